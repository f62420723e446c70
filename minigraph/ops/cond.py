"""Conditionals: `cond` and `case`, as If nodes with a body for each branch."""
from __future__ import annotations

import builtins
import functools
from typing import Any, Callable

import numpy as np

from minigraph.graph import dtypes, nest
from minigraph.graph.advice import code, name_of
from minigraph.graph.apply import apply_op
from minigraph.graph.context import control_dependencies, get_default_graph, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import ShapeError, TensorShape, brackets
from minigraph.graph.static import computed_value
from minigraph.ops import array, cast, comparison, constants, control_flow, fill, identities, join, reduction, tape

__all__ = ["cond", "case"]


class If(OpDef):
    """Runs one of two bodies. The last output, the tape, is not shown."""
    then_branch: FuncGraph
    else_branch: FuncGraph
    Tout: tuple = ()
    output_shapes: tuple = ()
    _lower_using_switch_merge: bool = True

    inputs = ("cond: Tcond", "*input: *Tin")
    functions = ("then_branch", "else_branch")
    hidden_outputs = 1

    def dtype(self, *types):
        return (*self.Tout, dtypes.variant)

    def shape(self, cond, *inputs, functions=()):
        if cond.ndims not in (None, 0):
            raise ShapeError(f"Shape must be rank 0 but is rank {cond.ndims}")
        shapes = self.output_shapes
        if functions:
            shapes = tuple(map(TensorShape.most_specific_compatible_shape, *[body(*inputs) for body in functions]))
        return (*shapes, TensorShape.of(()))

    def kernel(self, xp, cond, *inputs, functions):
        if np.ndim(cond):
            raise ValueError(f"The condition must be a scalar, but it has shape {brackets(np.shape(cond))}")
        outputs, left = functions[0 if cond else 1].with_intermediates(*inputs)
        return (*outputs, (left,)) if outputs else (left,)

    def gradient(self, dy, y, cond, *inputs, differentiate):
        dys, ys = (dy, y) if isinstance(dy, (list, builtins.tuple)) else ([dy], [y])
        bodies, found = [], []
        for body in (self.then_branch, self.else_branch):
            graph = tape.BackwardGraph(f"{body.name}_grad", body, list(inputs), ys[-1])
            with graph.as_default():
                found.append([g if g is None else convert_to_tensor(g) for g in tape.backward(
                    graph, list(dys[:-1]), dys[-1], differentiate)])
            bodies.append(graph)
        wanted = [i for i, pair in enumerate(zip(*found)) if any(g is not None for g in pair)]
        for body, grads in zip(bodies, found):
            with body.as_default():
                body.outputs = [_or_zeros(grads[i], inputs[i]) for i in wanted]
        results = build_if(cond, *bodies, name=None)
        gradients: list = [None] * (1 + len(inputs))
        for i, result in zip(wanted, results):
            gradients[1 + i] = result
        return gradients


def _or_zeros(gradient: Any, like: Tensor) -> Tensor:
    """The gradient, made sure to be a tensor of the body in force."""
    if gradient is None:
        if like.dtype is dtypes.variant:
            return tape.no_gradient()
        return fill.zeros_like(like, optimize=False)
    return identities.identity(gradient) if gradient.graph is not get_default_graph() else gradient


class StatelessIf(If):
    """An If whose bodies have no state and no effects."""


def make_body(name: str, function: Callable, pred: Tensor, count: int) -> tuple[FuncGraph, Any]:
    """Builds the body of a branch, before which TF1 has made `count` nodes; gives it and the results' structure."""
    body = FuncGraph(name)
    body.count_as(count)
    with body.as_default():
        result = function()
        if result is None:
            raise ValueError(f"{name} must have a return value.")
        needless = 0            # nodes that TF1 does without: see Graph.count_as

        def as_tensor(value: Any) -> Any:
            nonlocal needless
            taken, made = body.inputs_taken, _as_tensor(value, pred)
            if isinstance(value, Operation):
                needless += body.inputs_taken - taken
            elif isinstance(made, Tensor) and made is not value and made.op.type == "Identity":
                needless += 1
            return made

        structure = nest.map_structure(as_tensor, result)
        body.count_as(body._last_id - needless)
        body.outputs = [body.capture(t) for t in nest.flatten(structure, expand_composites=True)]
    return body, structure


def _as_tensor(value: Any, pred: Tensor) -> Any:
    if value is None or isinstance(value, IndexedSlices):
        return value
    if isinstance(value, Operation):            # something to run: its value is that of the condition
        with control_dependencies([value]):
            return identities.identity(pred)
    value = convert_to_tensor(value)
    if value.dtype._is_ref or value.graph is not get_default_graph():
        return identities.identity(value)        # the value at this moment, and a node of this body
    return value


def _inputs_of(bodies: Any) -> list[Tensor]:
    """Gives the outer tensors that any of the bodies takes in, and makes all bodies take all of them in that order."""
    outer = builtins.list(dict.fromkeys(t for body in bodies for t in body.captures))
    for body in bodies:
        body.inputs = [body.capture(t) for t in outer]
    return outer


def build_if(pred: Tensor, then_branch: FuncGraph, else_branch: FuncGraph, name: str | None) -> list[Tensor]:
    """Adds an If node; gives an Identity of each output."""
    outer = _inputs_of((then_branch, else_branch))
    bodies = (then_branch, else_branch)
    definition = StatelessIf if all(body.is_pure for body in bodies) else If
    shapes = tuple(a._shape.most_specific_compatible_shape(b._shape)
                   for a, b in zip(then_branch.outputs, else_branch.outputs))
    types = tuple(t.dtype.base_dtype for t in then_branch.outputs)
    before = [op for body in bodies for op in body.waits_for]
    with control_dependencies(before):
        op = apply_op(definition(then_branch, else_branch, types, shapes), pred, *outer, name=name)
    return [identities.identity(t) for t in op._outputs[:-1]]


def cond(pred: Any, true_fn: Callable | None = None, false_fn: Callable | None = None, strict: bool = False,
         name: str | None = None, fn1: Callable | None = None, fn2: Callable | None = None) -> Any:
    """Gives what one of two functions builds, as a condition decides when it runs.

    Only the operations made *inside* a function wait for the condition; what it takes from outside is computed always.

    Args:
        pred: a scalar boolean tensor.
        true_fn, false_fn: functions without arguments; both give tensors of the same types in the same structure.
        strict: keep a list of one tensor a list.
        name: the name of the node.
        fn1, fn2: the older names of `true_fn` and `false_fn`.

    Raises:
        TypeError: if `pred` is a Python bool or not boolean, a function is missing, or the results differ in structure.
        ValueError: if a function gives nothing, or the types differ.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     x = tf.placeholder(tf.float32, [])
        ...     y = tf.cond(x > 0.0, lambda: x * 2.0, lambda: x - 1.0)
        ...     print(sess.run(y, {x: 3.0}), sess.run(y, {x: -3.0}))
        6.0 -4.0
    """
    true_fn = _branch(true_fn, fn1, "true_fn", "fn1")
    false_fn = _branch(false_fn, fn2, "false_fn", "fn2")
    if isinstance(pred, (bool, np.bool_)):
        raise TypeError("pred must not be a Python bool\nWrite a Python `if`, or "
                        f"{code('tf.constant(pred)', 'pred')}.")
    with get_default_graph().atomic(), name_scope(name or "cond", values=[pred]) as scope:
        graph = get_default_graph()
        pred = graph.capture(convert_to_tensor(pred))
        if pred.dtype.base_dtype is not dtypes.bool_:
            raise TypeError(f"Input 'pred' of 'Switch' Op has type {pred.dtype.base_dtype.name} that does not match "
                            f"expected type of bool.\nWrite a comparison: {code(f'{name_of(pred)} > 0', 'x')}, or "
                            f"{code(f'tf.cast({name_of(pred)}, tf.bool)', 'x')}.")
        if pred.shape.ndims is None or pred.shape.ndims:
            pred = array.squeeze(pred)
        # The ids that TF1's default control flow would give: its Switch, two pivots and pred_id come first.
        then_branch, structure = make_body("true_fn", true_fn, pred, graph._last_id + 4)
        else_branch, other = make_body("false_fn", false_fn, pred, then_branch._last_id)
        _check_alike((structure, other), (then_branch, else_branch))
        count = else_branch._last_id + len(else_branch.outputs)        # and a Merge for each output
        outputs = build_if(pred, then_branch, else_branch, name=scope)
        graph.count_as(count)
        results = nest.pack_sequence_as(structure, outputs, expand_composites=True)
        return results if strict else _single(results)


def _branch(function: Any, old: Any, name: str, old_name: str) -> Callable:
    if old is not None:
        if function is not None:
            raise TypeError(f"cond(): {name} and {old_name} may not be set simultaneously.")
        function = old
    if function is None:
        raise TypeError(f"cond(): {name} argument required")
    if not callable(function):
        raise TypeError(f"{name} must be callable.\nWrite a function: lambda: {getattr(function, 'name', 'x')}")
    return function


def _check_alike(structures: Any, bodies: Any) -> None:
    try:
        nest.assert_same_structure(*structures)
    except TypeError as error:
        raise TypeError(f"Incompatible return types of true_fn and false_fn: {error}") from None
    except ValueError as error:
        raise ValueError(f"Incompatible return values of true_fn and false_fn: {error}") from None
    if not bodies[0].outputs:
        raise ValueError("true_fn and false_fn must return at least one result.")
    for a, b in zip(bodies[0].outputs, bodies[1].outputs):
        if a.dtype.base_dtype != b.dtype.base_dtype:
            raise TypeError(f"Outputs of true_fn and false_fn must have the same type: {a.dtype.name}, {b.dtype.name}")


def _single(results: Any) -> Any:
    return results[0] if isinstance(results, (list, builtins.tuple)) and len(results) == 1 else results


def smart_constant_value(pred: Any) -> bool | None:
    """Gives the value of a condition that is the same in every run, or None.

    Raises:
        TypeError: if it is neither a boolean, 0, 1 nor a tensor.
    """
    if isinstance(pred, Tensor):
        value = computed_value(pred)
        return None if value is None else bool(value)
    if isinstance(pred, (bool, np.bool_)) or pred in (0, 1):
        return bool(pred)
    if hasattr(pred, "_as_graph_element"):
        return None
    raise TypeError(f"`pred` must be a Tensor, or a Python bool, or 1 or 0. Found instead: {pred}")


def smart_cond(pred: Any, true_fn: Callable, false_fn: Callable, name: str | None = None) -> Any:
    """As `cond`; a condition that is known while the graph is built chooses at once."""
    if not callable(true_fn):
        raise TypeError("`true_fn` must be callable.")
    if not callable(false_fn):
        raise TypeError("`false_fn` must be callable.")
    value = smart_constant_value(pred)
    if value is not None:
        return true_fn() if value else false_fn()
    return cond(pred, true_fn=true_fn, false_fn=false_fn, name=name)


def case(pred_fn_pairs: Any, default: Callable | None = None, exclusive: bool = False, strict: bool = False,
         name: str = "case") -> Any:
    """Gives what the function of the first true condition builds.

    Args:
        pred_fn_pairs: a list of pairs (scalar boolean tensor, function), or a dict of them.
        default: the function to take where no condition is true; without one, that is an error of the run.
        exclusive: it is an error of the run if more than one condition is true.
        strict: keep a list of one tensor a list.
        name: the name scope.

    Raises:
        TypeError: if an entry is no pair of a boolean tensor and a function.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     x = tf.placeholder(tf.int32, [])
        ...     y = tf.case([(x < 0, lambda: tf.constant("negative")), (x > 0, lambda: tf.constant("positive"))],
        ...                 default=lambda: tf.constant("zero"))
        ...     print(sess.run(y, {x: 5}))
        b'positive'
    """
    predicates, actions = _checked_pairs(pred_fn_pairs)
    with get_default_graph().atomic(), name_scope(name, "case", list(predicates)):
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
    return zip(*pairs)          # type: ignore[return-value]


def _at_most(predicates: Any, count: int, message: str) -> Operation:
    """An assertion that at most `count` of the conditions are true."""
    stacked = join.stack(builtins.list(predicates), name="preds_c")
    number = reduction.reduce_sum(cast.cast(stacked, dtypes.int32), name="num_true_conds")
    fits = comparison.less_equal(number, constants.constant(count, name="n_true_conds"))
    names = ", ".join(getattr(p, "name", "?") for p in predicates)
    text = f"{message}: more than {count} conditions ({names}) evaluated as True:"
    return control_flow.Assert(fits, [text, stacked], summarize=len(builtins.list(predicates)))


def _without_default(predicates: Any, actions: Any) -> tuple:
    """The last action as the default, with assertions that it is the right one."""
    *others, last = predicates
    *other_actions, action = actions
    k = len(others)

    def default() -> Any:
        message = (f"Implementation error: selected default action #{k} was called, but some of other predicates are "
                   "True: ")
        data = ["Input error: None of conditions evaluated as True:",
                join.stack(builtins.list(predicates), name="preds_c")]
        checks = [_at_most(others, 0, message)] if others else []
        with control_dependencies([*checks, control_flow.Assert(last, data)]):
            return action()

    return default, others, other_actions
