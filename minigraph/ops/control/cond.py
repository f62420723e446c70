"""Conditionals: `cond`, as an If node with a body for each branch."""

import builtins
import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes, nest
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.code import code, name_of
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.func_graph import FuncGraph, needed_by
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.messages import made
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.same_structure import assert_same_structure
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.graph.shapes import ShapeError, TensorShape, brackets
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.graph.walks import ancestors
from minigraph.ops.arrays import cast, identity
from minigraph.ops.control import saved_values

__all__ = ["cond"]


class If(OpDef):
    """Run one of two bodies: which, a predicate says. What its gradient needs is kept beside its results."""

    then_branch: FuncGraph
    else_branch: FuncGraph
    Tout: tuple = ()
    output_shapes: tuple = ()
    _lower_using_switch_merge: bool = True

    inputs = ("cond: Tcond", "*input: *Tin")
    outputs = ("*output: *Tout",)
    functions = ("then_branch", "else_branch")
    hidden_outputs = 1
    forwards = True

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
            raise ValueError(f"The second input must be a scalar, but it has shape {brackets(np.shape(cond))}")
        outputs, left = functions[0 if cond else 1].with_intermediates(*inputs)
        return (*outputs, saved_values.Tape([left])) if outputs else saved_values.Tape([left])

    def gradient(self, tf, dy, y, cond, *inputs, differentiate):
        dys, ys = (dy, y) if isinstance(dy, (list, builtins.tuple)) else ([dy], [y])
        bodies, found = [], []
        for body in (self.then_branch, self.else_branch):
            graph = saved_values.BackwardGraph(f"{body.name}_grad", body, list(inputs), ys[-1])
            with graph.as_default():
                found.append(saved_values.backward(graph, list(dys[:-1]), dys[-1], differentiate))
            bodies.append(graph)
        pairs = _present(found)
        for k, body in enumerate(bodies):
            with body.as_default():
                outputs = (_gradient_outputs(tf, pair[k], pair[1 - k], inputs[i]) for i, pair in pairs.items())
                body.outputs = [t for each in outputs for t in each]
        results = iter(build_if(cond, bodies[0], bodies[1], name=None))
        gradients: list = [None] * (1 + len(inputs))
        for i, pair in pairs.items():
            gradients[1 + i] = next(results)
            if _is_sparse(pair):
                gradients[1 + i] = IndexedSlices(gradients[1 + i], next(results), tf.shape_of(inputs[i]))
        return gradients


def _present(gradients: list) -> dict[int, Any]:
    """Return the gradients of both branches for each input that has one in any of them."""
    return {i: pair for i, pair in enumerate(zip(*gradients)) if any(g is not None for g in pair)}


def _is_sparse(pair: Any) -> bool:
    """Return True if no branch has a dense gradient: both have rows of one, or one has rows and the other nothing."""
    return not any(isinstance(gradient, Tensor) for gradient in pair)


def _gradient_outputs(tf: Any, own: Any, other: Any, like: Tensor) -> list:
    """Return what a branch returns for the gradient of an input: one tensor, or values and indices of rows."""
    return _rows(tf, own, other, like) if _is_sparse((own, other)) else [_or_zeros(tf, own, like)]


def _or_zeros(tf: Any, gradient: Any, like: Tensor) -> Tensor:
    """Return the gradient, or zeros, as a tensor of the body in force."""
    if gradient is None:
        return tf.zeros_of(like)
    gradient = convert_to_tensor(gradient)
    return tf.identity(gradient) if gradient.graph is not get_default_graph() else gradient


def _rows(tf: Any, gradient: Any, other: Any, like: Tensor) -> list:
    """Return the values and indices of a gradient that is `IndexedSlices` in the branches that have one.

    As in TF1, a branch has zeros for all rows if the gradient of the other one is requested.
    """
    index_types = [g.indices.dtype for g in (gradient, other) if g is not None]
    kind = dtypes.int64 if dtypes.int64 in index_types else dtypes.int32
    values, indices = [], []
    if gradient is not None:
        values.append(gradient.values)
        indices.append(tf.cast(gradient.indices, kind))
    if other is not None:
        values.append(tf.zeros_of(like))
        indices.append(tf.range(tf.cast(tf.shape_of(like)[0], kind)))
    return [
        t if t.graph is get_default_graph() else tf.identity(t)
        for t in (tf.concat(parts, 0) if len(parts) > 1 else parts[0] for parts in (values, indices))
    ]


class StatelessIf(If):
    """An If whose bodies are stateless and have no side effects."""


class BranchItem(OpDef):
    """The value of a branch's tensor that is not one of its results; it exists only if that branch ran."""

    index: int
    branch: bool
    dtype_: dtypes.DType
    shape_: TensorShape

    inputs = ("tape: variant", "cond: bool")
    outputs = ("dtype",)

    def shape(self, tape, cond):
        return self.shape_

    def kernel(self, xp, tape, cond):
        if bool(cond) is not self.branch:
            raise ValueError("Retval[0] does not have value")
        return tape[0][self.index]

    def gradient(self, tf, dy, y, tape, cond):
        only = saved_values.TapeGradient(self.index, self.branch)
        return apply(only, dy, tf.constant(0, dtypes.int32), tape), None


class Branch(FuncGraph):
    """The body of a branch."""

    def __init__(self, name: str):
        super().__init__(name)
        self._given_out: dict[Tensor, Tensor] = {}

    def give_out(self, tensor: Tensor) -> Tensor:
        """Return a tensor outside the branch for one inside it, as in TF1: its users fail if that branch did not run.

        An operation with an effect of its own must not run unrequested: it is made again outside, on inputs that are
        made available there.
        """
        op = self.called_by
        if op is None:
            return super().give_out(tensor)
        if tensor not in self._given_out:
            count = op.graph._last_id  # TF1 uses the branch's tensor itself: there is no further node to count
            with op.graph.as_default(), op.graph._scopes.set(name="", control=()):
                self._given_out[tensor] = (
                    self._item(tensor, op)
                    if self._is_there_anyway(tensor)
                    else self._made_outside(tensor.op).all_outputs[tensor.value_index]
                )
            op.graph.count_as(count)
            op.graph.on_rollback(lambda: self._given_out.pop(tensor, None))
        return self._given_out[tensor]

    def _item(self, tensor: Tensor, op: Operation) -> Tensor:
        branch = op.op_def.attr("then_branch") is self
        item = BranchItem(saved_values.index_on_tape(self, tensor), branch, tensor.dtype.base_dtype, tensor.shape)
        return apply(item, op.all_outputs[-1], op.inputs[0], name=self.name_outside(tensor.op))

    def _must_stay(self, op: Operation, inner: list) -> bool:
        """Return True if an operation of the branch, with inputs from there, cannot be made again outside."""
        depends = inner or op.waits_for
        return bool(op.op_def.calls_back or op.op_def.must_feed or not depends or self._awaited.get(op))

    def _made_outside(self, op: Operation) -> Operation:
        """Remake outside an operation of the branch that its results do not need; it runs only if the branch did."""
        inner = [t for t in op.inputs if self.outer_of(t) is t]
        if self._must_stay(op, inner):
            raise self.inaccessible(op.all_outputs[0])
        waits = [self.give_out(other.all_outputs[0]).op for other in op.waits_for if other.all_outputs]
        if len(waits) != len(op.waits_for):
            raise self.inaccessible(op.all_outputs[0])
        inputs = [self.give_out(t) if t in inner else self.outer_of(t) for t in op.inputs]
        with op.graph.outer_graph.control_dependencies(waits):
            made = apply(op.op_def, *inputs, name=self.name_outside(op))
        return made if isinstance(made, Operation) else nest.flatten(made)[0].op

    def _is_there_anyway(self, tensor: Tensor) -> bool:
        inputs = {t.op for t in self.inputs}
        return not any(
            op.op_def.writes or op.op_def.side_effect or op.op_def.calls_back or op.op_def.must_feed
            for op in set(ancestors([tensor])).difference(ancestors(self.outputs), inputs)
        )


def make_body(name: str, function: Callable, pred: Tensor, count: int) -> tuple[FuncGraph, Any]:
    """Build the body of a branch, before which TF1 has made `count` nodes; return it and its results' structure."""
    body = Branch(name)
    body.count_as(count)
    with body.as_default():
        result = function()
        if result is None:
            raise ValueError(f"{name} must have a return value.\nWrite `return`; for an operation, return it.")
        structure = _map_components(functools.partial(_as_result, body, pred), result)
        body.outputs = [body.capture(t) for t in nest.flatten(structure, expand_composites=True)]
    return body, structure


def _map_components(function: Callable, structure: Any) -> Any:
    """Apply `nest.map_structure` to the tensors inside `IndexedSlices`, too."""
    flat = nest.flatten(structure, expand_composites=True)
    return nest.pack_sequence_as(structure, [function(value) for value in flat], expand_composites=True)


def _as_result(body: FuncGraph, pred: Tensor, value: Any) -> Any:
    """Return a result of a branch as a tensor of the body, made with the nodes that TF1 counts (see Graph.count_as)."""
    if isinstance(value, Operation):  # an operation: its value is that of the condition
        taken = len(body.captures)
        with control_dependencies([value]):
            made = identity.identity(pred)
        body.count_as(body._last_id - (len(body.captures) - taken))
        return made
    value = convert_to_tensor(value)
    if not value.dtype._is_ref and value.graph is body:
        return value
    made = identity.identity(value)  # the value at this point, as a node of this body
    body.count_as(body._last_id - 1)
    return made


def build_if(pred: Tensor, then_branch: FuncGraph, else_branch: FuncGraph, name: str | None) -> list[Tensor]:
    """Add an If node; return an Identity of each output."""
    bodies = (then_branch, else_branch)
    outer, waits = needed_by(bodies)
    for body in bodies:  # both take the captures of either
        body.inputs = [body.capture(t) for t in outer]
    definition = If if any(body.has_state for body in bodies) else StatelessIf
    shapes = tuple(
        a.shape.most_specific_compatible_shape(b.shape) for a, b in zip(then_branch.outputs, else_branch.outputs)
    )
    types = tuple(t.dtype.base_dtype for t in then_branch.outputs)
    with control_dependencies(waits):
        op = apply_op(definition(then_branch, else_branch, types, shapes), pred, *outer, name=name)
    for body in bodies:
        body.called_by = op
    return [identity.identity(t) for t in op.all_outputs[:-1]]


def cond(
    pred: Any,
    true_fn: Callable | None = None,
    false_fn: Callable | None = None,
    strict: bool = False,
    name: str | None = None,
    fn1: Callable | None = None,
    fn2: Callable | None = None,
) -> Any:
    """Return the result of one of two functions, chosen by a condition at run time.

    Only operations made *inside* a function depend on the condition; what it takes from outside is always computed.

    Args:
        pred: a scalar boolean tensor.
        true_fn, false_fn: functions without arguments; both return tensors of the same types in the same structure.
        strict: return a list of one tensor as a list.
        name: the name of the node.
        fn1, fn2: the older names of `true_fn` and `false_fn`.

    Raises:
        TypeError: if `pred` is a Python bool or not boolean, a function is missing, or the results differ in structure.
        ValueError: if a function returns None, or the types differ.

    Example:
        >>> x = tf.placeholder(tf.float32, [])
        >>> y = tf.cond(x > 0.0, lambda: x * 2.0, lambda: x - 1.0)
        >>> print(sess.run(y, {x: 3.0}), sess.run(y, {x: -3.0}))
        6.0 -4.0
    """
    true_fn = _branch(true_fn, fn1, "true_fn", "fn1")
    false_fn = _branch(false_fn, fn2, "false_fn", "fn2")
    if isinstance(pred, bool):
        raise TypeError(f"pred must not be a Python bool\nWrite a Python `if`, or {code('tf.constant(pred)', 'pred')}.")
    with get_default_graph().atomic(), atomic_scope(name or "cond", values=[pred]) as scope:
        graph = get_default_graph()
        pred = _checked_pred(graph.capture(convert_to_tensor(pred)), scope)
        # The ids that TF1's default control flow would assign: its Switch, two pivots and pred_id come first.
        then_branch, structure = make_body("true_fn", true_fn, pred, graph._last_id + 4)
        else_branch, other = make_body("false_fn", false_fn, pred, then_branch._last_id)
        if not strict:
            structure, other = _single(structure), _single(other)
        count = else_branch._last_id + _check_alike(structure, other, (then_branch, else_branch))
        count += len(else_branch.outputs)  # and a Merge for each
        outputs = build_if(pred, then_branch, else_branch, name=scope) if then_branch.outputs else []
        graph.count_as(count)
        results = nest.pack_sequence_as(structure, outputs, expand_composites=True)
        return results if strict else _single(results)


def _checked_pred(pred: Tensor, scope: str) -> Tensor:
    if pred.dtype.base_dtype is not dtypes.bool_:
        raise TypeError(
            f"Input 'pred' of 'Switch' Op has type {pred.dtype.base_dtype.name} that does not match "
            f"expected type of bool.\nWrite a comparison: {code(f'{name_of(pred)} > 0', 'x')}, or "
            f"{code(f'tf.cast({name_of(pred)}, tf.bool)', 'x')}."
        )
    if pred.shape.ndims:
        raise ValueError(
            f"Shape must be rank 0 but is rank {pred.shape.ndims} for '{scope}Switch' (op: 'Switch') with "
            f"input shapes: {brackets(pred.shape)}, {brackets(pred.shape)}.\n"
            "The condition is one truth value: tf.reduce_all(x > 0), or tf.squeeze(x)."
        )
    return pred


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


def _check_alike(first: Any, second: Any, bodies: Any) -> int:
    """Check that the results of two branches match, and unify the types of `IndexedSlices`' indices.

    Returns:
        The number of nodes that TF1 makes for that: it converts the branches' results and their stand-ins.
    """
    assert_same_structure(first, second)
    leaves, needed = [nest.flatten(first), nest.flatten(second)], 0
    for i, pair in enumerate(zip(*leaves)):
        if _differ_in_indices(*pair):
            needed += 2
            for flat, body in zip(leaves, bodies):
                flat[i] = _with_long_indices(flat[i], body)
        if _parts(leaves[0][i]) != _parts(leaves[1][i]):
            text = "The two structures don't have the same nested structure.\n"
            text = f"Incompatible return values of true_fn and false_fn: {text}First structure: {first}"
            raise ValueError(f"{text}\nSecond structure: {second}")
    for body, flat in zip(bodies, leaves):
        body.outputs = [body.capture(t) for t in nest.flatten(flat, expand_composites=True)]
    if not bodies[0].outputs and first in ([], ()):
        raise ValueError("true_fn and false_fn must return at least one result.")
    for a, b in zip(bodies[0].outputs, bodies[1].outputs):
        _check_same_type(a, b)
    return needed


def _differ_in_indices(a: Any, b: Any) -> bool:
    """Return True if both are `IndexedSlices`, with indices of two types."""
    return isinstance(a, IndexedSlices) and isinstance(b, IndexedSlices) and a.indices.dtype != b.indices.dtype


def _check_same_type(a: Tensor, b: Tensor) -> None:
    if a.dtype.base_dtype != b.dtype.base_dtype:
        kinds = f"{a.dtype.name}, {b.dtype.name}"
        raise ValueError(
            f"Outputs of true_fn and false_fn must have the same type: {kinds}\n"
            f"They are {made(a)} and {made(b)}.\n"
            f"Cast one of them: tf.cast(x, tf.{a.dtype.base_dtype.name})"
        )


def _with_long_indices(slices: IndexedSlices, body: FuncGraph) -> IndexedSlices:
    with body.as_default():
        return IndexedSlices(slices.values, cast.cast(slices.indices, dtypes.int64), slices.dense_shape)


def _parts(value: Any) -> Any:
    """Return what must match of two results: the types of what is sparse, and whether its shape is known."""
    sparse = isinstance(value, (IndexedSlices, SparseTensor))
    return sparse and (type(value), value.values.dtype.base_dtype, value.dense_shape is None)


def _single(results: Any) -> Any:
    return results[0] if isinstance(results, (list, builtins.tuple)) and len(results) == 1 else results
