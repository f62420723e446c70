"""Loops: `while_loop`, as a While node with a body for the condition and one for the step."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes, nest
from minigraph.graph.code import code
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.graph import Graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.messages import made
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scope_state import ControlBlock
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape, as_shape, brackets
from minigraph.graph.text import message
from minigraph.ops.arrays import constant, identity, stop_gradient
from minigraph.ops.control.while_op import build_while
from minigraph.ops.math import comparison

__all__ = ["while_loop"]


def while_loop(
    cond: Callable,
    body: Callable,
    loop_vars: Any,
    shape_invariants: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
    maximum_iterations: Any = None,
    return_same_structure: bool = False,
) -> Any:
    """Repeat `body` as long as `cond` is true.

    Args:
        cond: a function of the loop variables that returns a scalar boolean tensor.
        body: a function of the loop variables that returns their next values, in the same structure.
        loop_vars: their initial values: a list or tuple of tensors, possibly nested.
        shape_invariants: a structure like `loop_vars` of shapes that hold in every step, for shapes that change.
        parallel_iterations, swap_memory: accepted, as in TF1.
        back_prop: False blocks gradients.
        name: the name of the node.
        maximum_iterations: the maximum number of steps.
        return_same_structure: return a list if `loop_vars` is a list of one.

    Returns:
        The final values, structured like the result of `body`; the tensor itself if that is a list of one.

    Raises:
        TypeError: if `cond` or `body` is not callable, or a type changes from step to step.
        ValueError: if there are no loop variables, their number changes, or a shape changes without an invariant.

    Example:
        >>> i, total = tf.while_loop(lambda i, t: i < 4, lambda i, t: (i + 1, t * 2.0), [0, 1.0])
        >>> print(*sess.run([i, total]))
        4 16.0
    """
    if not callable(cond):
        raise TypeError("cond must be callable.")
    if not callable(body):
        raise TypeError("body must be callable.")
    if parallel_iterations < 1:
        raise TypeError("parallel_iterations must be a positive integer.")
    if not loop_vars:
        raise ValueError("No loop variables provided")
    if not isinstance(parallel_iterations, int):
        raise ValueError(f"`parallel_iterations` must be a positive integer: {parallel_iterations}")
    with get_default_graph().atomic():
        leaves = [v if nest.is_composite(v) else convert_to_tensor(v) for v in nest.flatten(loop_vars)]
        packed = nest.pack_sequence_as(loop_vars, leaves)
        with atomic_scope(name or "while", values=leaves) as scope:
            loop = _Loop(packed, shape_invariants, maximum_iterations, return_same_structure)
            return loop.build(cond, body, scope, parallel_iterations, back_prop)


class Step(FuncGraph):
    """The condition or the body of a loop.

    Args:
        name: the name of the function.
        beside: the condition, if this is the body: TF1 captures an outer tensor once for both.
    """

    is_step = True

    def __init__(self, name: str, beside: Step | None = None):
        super().__init__(name)
        self._entered: set[Tensor] = set() if beside is None else beside._entered  # outer tensors that TF1 captured
        self._around: list[ControlBlock] = []
        graph = self.outer_graph
        while graph is not None:
            self._around += graph._scopes.control
            graph = graph.outer_graph

    def capture(self, tensor: Tensor) -> Tensor:
        before = len(self.captures)
        found = super().capture(tensor)
        if len(self.captures) > before:
            outer = self.outer_of(found)
            self.count_as(self._last_id - (outer in self._entered))
            self._entered.add(outer)
        return found

    def enter(self, outer: Tensor) -> None:
        """Count an outer tensor among those that TF1 captures, though it is a loop variable here."""
        if outer not in self._entered:
            self._entered.add(outer)
            self.count_as(self._last_id + 1)

    def add_variables(self, start: list[Tensor], shapes: list[TensorShape]) -> None:
        """Add the loop variables with these initial values; in TF1 they wait for the loop's control dependencies."""
        for t, shape in zip(start, shapes):
            variable = self.add_input(t.dtype.base_dtype, shape, t.op.name.rpartition("/")[2])
            for block in self._around:
                block.add(variable.op)

    def add_op(self, op_def: OpDef, name: str, inputs: tuple, output_types: tuple, output_shapes: tuple) -> Operation:
        op = super().add_op(op_def, name, inputs, output_types, output_shapes)
        if self._around:
            self._count_control(op)
        return op

    def _count_control(self, op: Operation) -> None:
        """Count the nodes by which TF1 makes an operation wait for the control dependencies around the loop.

        They are the first output of each dependency, captured, and an Identity. Here the loop itself waits.
        """
        before = {self._source(t).op for t in op.inputs}
        waits = dict.fromkeys([c for block in self._around if not block.covers(before) for c in block.control_inputs])
        for t in [c.all_outputs[0] for c in waits if c.all_outputs]:
            if t not in self._entered:
                self._entered.add(t)
                self._count_outer(t)
                self.count_as(self._last_id + 1)
            self.count_as(self._last_id + 1)
        for block in self._around:
            block.add(op)

    def _source(self, tensor: Tensor) -> Tensor:
        graph: Any = self
        while graph.outer_of(tensor) is not tensor:
            tensor = graph.outer_of(tensor)
            graph = tensor.graph
        return tensor

    def pull(self, op: Operation) -> Operation:
        with self.as_default(), self._scopes.set(name="", control=(), colocation=(), attrs={}):
            return identity.identity(op.all_outputs[0]).op

    def give_out(self, tensor: Tensor) -> Tensor:
        user, name = get_default_graph(), self.name_outside(tensor.op)
        reason = "they are in different while loops" if _in_loop(user) else f"'{name}' is in a while loop"
        raise ValueError(
            message(
                f"Cannot use '{name}' as input to '{user.get_name_scope()}' because {reason}.",
                f"It is {made(tensor)}.",
                "Make it a loop variable: the loop returns its value after the last step.",
            )
        )


def _in_loop(graph: Graph | None) -> bool:
    while graph is not None and not isinstance(graph, Step):
        graph = graph.outer_graph
    return graph is not None


class _Loop:
    """A loop under construction. Its first variables are hidden: the step count and the limit, -1 if there is none."""

    def __init__(self, loop_vars: Any, invariants: Any, maximum: Any, keep_structure: bool):
        outer = get_default_graph()
        self._limited = maximum is not None
        self._keep = keep_structure or len(loop_vars) > 1 and self._limited
        limit = outer.capture(_limit(maximum if self._limited else -1))
        self._start = [constant.constant(0, limit.dtype.base_dtype, name="loop_counter"), limit]
        if not self._limited:  # TF1 counts the steps only if there is a limit
            outer.count_as(outer._last_id - 2)
        self._packed = loop_vars
        self._variables = [outer.capture(t) for t in nest.flatten(loop_vars, expand_composites=True)]
        self._shapes = _shapes(self._packed, invariants, self._variables)
        self._start += self._variables

    def build(self, cond: Callable, body: Callable, scope: str, parallel_iterations: int, back_prop: bool) -> Any:
        """Add the loop; return its results, structured as those of `body`."""
        outer, limited = get_default_graph(), self._limited
        count = len(self._variables) + limited  # of TF1's loop variables
        test = Step("while_cond")
        step = Step("while_body", test)
        shapes = [t.shape for t in self._start[:2]] + self._shapes
        for graph in (test, step):
            graph.add_variables(self._start, shapes)
        test.count_as(outer._last_id + 2 * count)  # Enter and Merge of each
        with test.as_default():
            test.outputs = [self._condition(cond, test)]
        step.count_as(test._last_id + 1 + 2 * count)  # LoopCond; Switch and Identity of each
        with step.as_default():
            if limited:  # TF1 has it at this point, before the nodes of body: for the names
                taken = step.inputs[0] + 1
            structure, values = self._next_values(body, step)
            total = step._last_id + 2 * count  # NextIteration and Exit of each
            if not limited:
                taken = step.inputs[0] + 1
            step.outputs = [taken, step.inputs[1], *values]
        results = build_while(test, step, self._start, scope, shapes, parallel_iterations)[2 : 2 + len(self._variables)]
        if not back_prop:
            results = [stop_gradient.stop_gradient(t) for t in results]
        outer.count_as(total)
        result = nest.pack_sequence_as(structure, results, expand_composites=True)
        return result if self._keep or limited or len(results) > 1 else result[0]

    def _call(self, function: Callable, graph: FuncGraph) -> Any:
        given = graph.inputs[2 : 2 + len(self._variables)]
        return function(*nest.pack_sequence_as(self._packed, given, expand_composites=True))

    def _condition(self, cond: Callable, test: Step) -> Tensor:
        below = None
        if self._limited:
            below = test.inputs[0] < test.inputs[1]
            test.enter(self._start[1])
        pred = convert_to_tensor(self._call(cond, test))
        if pred.dtype.base_dtype is not dtypes.bool_:
            raise TypeError(
                f"Input 'input' of 'LoopCond' Op has type {pred.dtype.base_dtype.name} that does not match "
                f"expected type of bool.\ncond returns {pred}; write {code('lambda i: i < 10')}"
            )
        if below is not None:
            pred = comparison.logical_and(below, pred)
        if pred.shape.ndims:
            raise ValueError(
                f"Shape must be rank 0 but is rank {pred.shape.ndims} for '{test.get_name_scope()}/"
                f"LoopCond' (op: 'LoopCond') with input shapes: {brackets(pred.shape)}.\n"
                f"cond must return one truth value: {code('tf.reduce_all(…)')}"
            )
        return test.capture(pred)

    def _next_values(self, body: Callable, step: FuncGraph) -> tuple[Any, list]:
        """Return the result of `body`, structured and flat."""
        found, before = self._call(body, step), self._packed
        if not self._limited:
            found = found if nest.is_nested(found) else [found]
            before, after = builtins.list(before), builtins.list(found)
        else:
            before, after = before if self._keep else before[0], found
        nest.assert_same_structure(before, after)
        for a, b in zip(nest.flatten(before), nest.flatten(after)):
            if nest.is_composite(a) is not nest.is_composite(b):
                raise ValueError(f"The two structures don't have the same nested structure.\n{a} becomes {b}.")
        flat = nest.flatten(after, expand_composites=True)
        return found, [_next_value(*given, step) for given in zip(flat, self._variables, self._shapes)]


def _limit(maximum: Any) -> Tensor:
    limit = convert_to_tensor(maximum, name="maximum_iterations")
    if limit.shape.ndims != 0:
        raise ValueError(f"maximum_iterations must be a scalar, saw shape: {limit.shape}")
    return limit


def _shapes(packed: Any, invariants: Any, variables: list) -> list:
    """Return the shapes that hold in every step, one for each variable."""
    if invariants is None:
        return [t.shape for t in variables]
    nest.assert_same_structure(packed, invariants)
    shapes = [
        shape
        for value, given in zip(nest.flatten(packed), nest.flatten(invariants))
        for shape in _component_shapes(value, given)
    ]
    for t, shape in zip(variables, shapes):
        if not _is_within(t.shape, shape):
            raise ValueError(
                f"The shape invariant specified for {t.name} is not compatible with the initial shape "
                f"of the loop variable. It enters the loop with shape {t.shape}, but the specified "
                f"shape invariant is {shape}."
            )
    return shapes


def _component_shapes(value: Any, shape: Any) -> list:
    """Return the shapes of a variable (for an `IndexedSlices` those of its components) for the given invariant."""
    if shape is None:
        return [t.shape for t in nest.flatten(value, expand_composites=True)]
    if not isinstance(shape, TensorShape):
        raise ValueError(
            "`shapes` must be a (possibly nested) list of shapes.\n"
            f"There is {shape!r} among them: write tf.TensorShape([None, 3])."
        )
    if not isinstance(value, IndexedSlices):
        return [shape]
    parts = [as_shape([None]).concatenate(shape[1:]), as_shape([None]), as_shape([shape.ndims])]
    return parts[:2] if value.dense_shape is None else parts


def _is_within(shape: TensorShape, invariant: TensorShape) -> bool:
    """Return True if every shape compatible with `shape` satisfies the invariant."""
    if invariant.ndims is None:
        return True
    return shape.ndims == invariant.ndims and all(n is None or m == n for m, n in zip(shape.tuple, invariant.tuple))


def _next_value(value: Any, before: Tensor, shape: TensorShape, step: FuncGraph) -> Tensor:
    kind = before.dtype.base_dtype
    value = convert_to_tensor(value, None if isinstance(value, Tensor) or hasattr(value, "dtype") else kind)
    if value.dtype.base_dtype is not kind:
        raise TypeError(
            f"The loop variable {before.name} enters the loop with type {kind.name}, but has type "
            f"{value.dtype.base_dtype.name} after one iteration."
        )
    if not _is_within(value.shape, shape):
        raise ValueError(
            f"Input tensor '{before.name}' enters the loop with shape {before.shape}, but has shape "
            f"{value.shape} after one iteration. To allow the shape to vary across iterations, use "
            "the `shape_invariants` argument of tf.while_loop to specify a less-specific shape."
        )
    return step.capture(value)
