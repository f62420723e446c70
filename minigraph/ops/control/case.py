"""`case`: the function of the first true condition, built as nested conditionals."""

import builtins
import functools
from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.ops.arrays import cast, constant, stack
from minigraph.ops.control import assertions
from minigraph.ops.control.cond import cond
from minigraph.ops.math import comparison, reductions

__all__ = ["case"]


def case(
    pred_fn_pairs: Any,
    default: Callable | None = None,
    exclusive: bool = False,
    strict: bool = False,
    name: str = "case",
) -> Any:
    """Return the result of the function that belongs to the first true condition.

    Args:
        pred_fn_pairs: a list of pairs (scalar boolean tensor, function), or a dict of them.
        default: the function to use if no condition is true; without one, that is an error at run time.
        exclusive: make it an error at run time if more than one condition is true.
        strict: return a list of one tensor as a list.
        name: the name scope.

    Raises:
        TypeError: if an entry is not a pair of a boolean tensor and a function.

    Example:
        >>> x = tf.placeholder(tf.int32, [])
        >>> y = tf.case([(x < 0, lambda: tf.constant("negative")), (x > 0, lambda: tf.constant("positive"))],
        ...             default=lambda: tf.constant("zero"))
        >>> print(sess.run(y, {x: 5}))
        b'positive'
    """
    predicates, actions = _checked_pairs(pred_fn_pairs)
    with get_default_graph().atomic(), atomic_scope(name, "case", list(predicates)):
        if default is None:
            default, predicates, actions = _without_default(predicates, actions)
        fn: Callable = default
        for predicate, action in reversed(builtins.list(zip(predicates, actions))):
            fn = functools.partial(cond, predicate, true_fn=action, false_fn=fn, strict=strict)
        if not exclusive:
            return fn()
        with control_dependencies([_at_most(predicates, 1, "Input error: exclusive=True")]):
            return fn()


def _checked_pairs(pairs: Any) -> tuple:
    if not isinstance(pairs, (list, builtins.tuple, dict)):
        raise TypeError("fns must be a list, tuple, or dict")
    if isinstance(pairs, dict):
        pairs = sorted(pairs.items(), key=lambda item: item[0].name)
    for pair in pairs:
        if not isinstance(pair, builtins.tuple) or len(pair) != 2:
            raise TypeError("Each entry in pred_fn_pairs must be a 2-tuple")
        pred, fn = pair
        if not isinstance(pred, Tensor):
            raise TypeError(f"pred must be a Tensor, got: {pred}")
        if pred.dtype.base_dtype is not dtypes.bool_:
            raise TypeError(f"pred must be Tensor of type bool: {pred.name}")
        if not callable(fn):
            raise TypeError(f"fn for pred {pred.name} must be callable.")
    return zip(*pairs)  # type: ignore[return-value]


def _at_most(predicates: Any, count: int, message: str) -> Operation:
    """Build an assertion that at most `count` of the conditions are true."""
    stacked = stack.stack(builtins.list(predicates), name="preds_c")
    number = reductions.reduce_sum(cast.cast(stacked, dtypes.int32), name="num_true_conds")
    fits = comparison.less_equal(number, constant.constant(count, name="n_true_conds"))
    names = ", ".join(getattr(p, "name", "?") for p in predicates)
    text = f"{message}: more than {count} conditions ({names}) evaluated as True:"
    return assertions.Assert(fits, [text, stacked], summarize=len(builtins.list(predicates)))


def _without_default(predicates: Any, actions: Any) -> tuple:
    """Return the last action as the default, with assertions that it is the right one."""
    *others, last = predicates
    *other_actions, action = actions
    k = len(others)

    def default() -> Any:
        message = (
            f"Implementation error: selected default action #{k} was called, but some of other predicates are True: "
        )
        data = [
            "Input error: None of conditions evaluated as True:",
            stack.stack(builtins.list(predicates), name="preds_c"),
        ]
        with control_dependencies([_at_most(others, 0, message), assertions.Assert(last, data)]):
            return action()

    return default, others, other_actions
