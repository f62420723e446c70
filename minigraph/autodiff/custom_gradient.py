"""`custom_gradient`: functions that define their own gradient."""

from __future__ import annotations

import functools
import inspect
import itertools
from collections.abc import Callable
from typing import Any

from minigraph.graph import nest
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation
from minigraph.ops.arrays import identity, identity_n

__all__ = ["custom_gradient"]

_custom_ids = itertools.count()


def custom_gradient(f: Callable) -> Callable:
    """Decorate a function that returns its value *and* the function that computes its gradient.

    Args:
        f: a function of tensors that returns `(y, grad)`; `grad(*dys)` returns a gradient for each argument.

    Returns:
        The function of tensors that returns y.

    Raises:
        ValueError: when called with keyword arguments; from `gradients`, when `grad` returns a wrong number of them.
        TypeError: if the function creates variables, or its `grad` takes them: pass them as arguments.

    Example:
        >>> @tf.custom_gradient
        ... def clipped(x):
        ...     return tf.identity(x), lambda dy: tf.clip_by_value(dy, -1.0, 1.0)
        >>> x = tf.constant(3.0)
        >>> print(sess.run(tf.gradients(5.0 * clipped(x), x)[0]))
        1.0
    """

    @functools.wraps(f)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if kwargs:
            raise ValueError(
                "The custom_gradient decorator currently supports keywords arguments only when eager "
                "execution is enabled."
            )
        with get_default_graph().atomic():
            return _build(f, [convert_to_tensor(x) for x in args])

    return wrapped


def _build(f: Callable, inputs: list) -> Any:
    before = _variables()
    result, grad_fn = f(*inputs)
    _refuse_variables(grad_fn, made=_variables() - before)
    outputs = [convert_to_tensor(t) for t in nest.flatten(result)]
    name = f"CustomGradient-{next(_custom_ids)}"

    def gradient(op: Operation, *dys: Any) -> list:
        return [None] * len(outputs) + nest.flatten(grad_fn(*dys[: len(outputs)]))

    get_default_graph().kept("gradients", dict)[name] = gradient  # it holds tensors of the graph
    for output in outputs:
        identity.identity(output)  # TF1 leaves these behind, and its seeds count them
    with get_default_graph().gradient_override_map({"IdentityN": name}):
        passed = identity_n.identity_n(outputs + inputs)
    return nest.pack_sequence_as(result, passed[: len(outputs)])


def _variables() -> set:
    return {v for key in (GraphKeys.GLOBAL_VARIABLES, GraphKeys.LOCAL_VARIABLES) for v in get_collection(key)}


def _refuse_variables(grad_fn: Callable, made: set) -> None:
    """TF1 has custom gradients with respect to variables only for a kind of variables that is not here."""
    if made:
        raise TypeError(
            "All variables used by a function wrapped with @custom_gradient must be `ResourceVariable`s. "
            "Ensure that no `variable_scope` is created with `use_resource=False`.\n"
            "Make the variable outside and pass it as an argument."
        )
    signature = inspect.getfullargspec(grad_fn)
    if "variables" in signature.args or signature.varkw:
        raise TypeError(
            "If using @custom_gradient with a function that uses variables, the enclosing variable scope "
            "must have use_resource=True.\nPass the variables as arguments."
        )
