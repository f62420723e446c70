"""`While`: a loop with a body for the condition and one for the step; its gradient is a backward loop."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply_op
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.func_graph import FuncGraph, needed_by
from minigraph.graph.handles import value_shape
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.limits import check, limits
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.ops.arrays import cast, concat, constant, fill, identity
from minigraph.ops.control import saved_values
from minigraph.ops.math import add_n, comparison
from minigraph.ops.variables import resource_ops


class While(OpDef):
    """Run a body as long as a condition holds. What its gradient needs of each turn is kept beside its results."""

    cond: FuncGraph
    body: FuncGraph
    output_shapes: tuple = ()
    parallel_iterations: int = 10
    _lower_using_switch_merge: bool = True
    _num_original_outputs: int = 0

    inputs = ("*input: *T",)
    outputs = ("*output: *T",)
    functions = ("cond", "body")
    hidden_outputs = 1
    forwards = True

    is_pure = False
    has_state = True  # always, as in TF1, which has no other loop

    def dtype(self, *types):
        return (*[t.dtype.base_dtype for t in self.body.outputs], dtypes.variant)

    def shape(self, *inputs, functions=()):
        if not functions:
            return (*self.output_shapes, TensorShape.of(()))
        before, shapes = None, list(inputs)
        while before != [shape.tuple for shape in shapes]:  # a value that a step changes is not known statically
            before = [shape.tuple for shape in shapes]
            shapes = [a.most_specific_compatible_shape(b) for a, b in zip(shapes, functions[1](*shapes))]
        return (*shapes, TensorShape.of(()))

    def kernel(self, xp, *state, functions):
        cond, body = functions
        steps: list = []
        while np.asarray(cond(*state)[0]).any():
            if limits:
                check()
            state, left = body.with_intermediates(*state)
            steps.append(left)
        given = [t.dtype is dtypes.resource for t in self.body.outputs]  # a handle is handed on, other cells are read
        return (*[x if is_handle else body.value(x) for x, is_handle in zip(state, given)], saved_values.Tape(steps))

    def gradient(self, tf, dys, ys, *inputs, differentiate):
        return _WhileGradient(self, list(dys), list(ys), list(inputs), differentiate).build()


class _WhileGradient:
    """Build the backward loop, which reads the tape from the last step to the first.

    Its variables are the number of steps taken, the gradient of each loop variable that has one, and for each outer
    tensor that the body uses the sum of its gradients so far (for `IndexedSlices` all rows so far).
    """

    def __init__(self, op_def: While, dys: list, ys: list, inputs: list, differentiate: Callable):
        self._forward, self._inputs, self._differentiate = op_def.body, inputs, differentiate
        self._dys, self._ys = dys, ys
        changes = [out is not given for out, given in zip(self._forward.outputs, self._forward.inputs)]
        self._variables = [i for i, t in enumerate(self._forward.inputs) if changes[i] and _has_gradient(t)]
        self._constants = [i for i, t in enumerate(self._forward.inputs) if not changes[i] and _has_gradient(t)]
        self._outer = [None if change else given for change, given in zip(changes, inputs)]

    def build(self) -> list:
        start = [constant.constant(0, dtypes.int32, name="grad_counter"), *map(self._given, self._variables)]
        count = cast.cast(self._ys[0], dtypes.int32)
        cond = FuncGraph("while_grad_cond")
        body = saved_values.BackwardGraph("while_grad_body", self._forward, self._outer, self._ys[-1])
        # The shapes that hold in every step: a gradient of the final values may have a more specific shape.
        shapes = [start[0].shape, *[value_shape(self._forward.inputs[i]) for i in self._variables]]
        for t, shape in zip(start, shapes):
            for graph in (cond, body):
                graph.add_input(t.dtype.base_dtype, shape)
        arguments = builtins.list(body.inputs)
        with cond.as_default():
            cond.outputs = [comparison.less(cond.inputs[0], count)]
        with body.as_default():
            grads = self._step(body, count, arguments)
            found = [_tensor_or_zero(grads[i], self._forward.inputs[i]) for i in self._variables]
            body.outputs = [arguments[0] + 1, *[body.capture(t) for t in found]]
        sums = self._sums(grads)
        for each in sums.values():
            start += each.start
            each.add_to(cond, body)
        for graph in (cond, body):
            graph.inputs.sort(key=set(graph.captures.values()).__contains__)  # captured ones come last
        return self._collected(iter(build_while(cond, body, start, name=None)[1:]), sums)

    def _sums(self, grads: list) -> dict[int, _Sum]:
        """Return the sums, for outer tensors that have a gradient, of what each step adds to it."""
        return {i: _Sum(self._inputs[i], grads[i]) for i in self._constants if grads[i] is not None}

    def _collected(self, results: Iterator, sums: dict) -> list:
        """Return the gradient of each input of the loop from the results of the backward loop."""
        gradients: list = [None] * len(self._inputs)
        for i in self._variables:
            gradients[i] = next(results)
        for i, each in sums.items():
            gradients[i] = each.result(results)
        for i in self._constants:  # a constant's own output has a gradient too
            if self._dys[i] is not None:
                both = [gradients[i], convert_to_tensor(self._dys[i])]
                gradients[i] = both[1] if both[0] is None else add_n.add_n(both)
        return gradients

    def _given(self, i: int) -> Tensor:
        dy = self._dys[i]
        return resource_ops.zeros_of(self._ys[i]) if dy is None else convert_to_tensor(dy)

    def _step(self, body: saved_values.BackwardGraph, count: Tensor, arguments: list) -> list:
        """Return the gradients of the body's inputs in one step, given those of its outputs."""
        with body._scopes.set(name=""):
            body.step = count - arguments[0] - 1
        given: list = [None] * len(self._forward.outputs)
        for i, dy in zip(self._variables, arguments[1:]):
            given[i] = dy
        return saved_values.backward(body, given, self._dys[-1], self._differentiate)


class _Sum:
    """The sum over the steps of the gradients of an outer tensor, in TF1's form: one tensor, or rows and indices.

    Args:
        x: the outer tensor.
        step: its gradient in one step, in the backward body.
    """

    def __init__(self, x: Tensor, step: Any):
        self._x, self._step = x, step
        self.start: list[Tensor] = [resource_ops.zeros_of(x)]
        self._shapes = [value_shape(x)]
        if isinstance(step, IndexedSlices):
            row = value_shape(x)[1:]
            size = (
                concat.concat([[1], resource_ops.shape_of(x)[1:]], 0)
                if not row.is_fully_defined()
                else [1, *row.as_list()]
            )
            self.start = [fill.zeros(size, step.dtype), constant.constant([0], step.indices.dtype)]
            self._shapes = [as_shape([None]).concatenate(row), as_shape([None])]

    def add_to(self, cond: FuncGraph, body: FuncGraph) -> None:
        """Add the loop's variables and their updates in a step."""
        for t, shape in zip(self.start, self._shapes):
            cond.add_input(t.dtype.base_dtype, shape)
        arguments = [body.add_input(t.dtype.base_dtype, shape) for t, shape in zip(self.start, self._shapes)]
        with body.as_default():
            if isinstance(self._step, IndexedSlices):
                new = zip(arguments, [self._step.values, self._step.indices])
                body.outputs += [concat.concat(pair, 0) for pair in new]
            else:
                body.outputs.append(add_n.add_n([arguments[0], convert_to_tensor(self._step)]))

    def result(self, results: Iterator[Tensor]) -> Any:
        """Return the gradient, built from as many results of the loop as it has variables."""
        if not isinstance(self._step, IndexedSlices):
            return next(results)
        return IndexedSlices(next(results), next(results), resource_ops.shape_of(self._x))


def _has_gradient(t: Tensor) -> bool:
    return t.dtype.is_floating or t.dtype.is_complex or t.dtype.base_dtype in (dtypes.variant, dtypes.resource)


def _tensor_or_zero(gradient: Any, like: Tensor) -> Tensor:
    return resource_ops.zeros_of(like) if gradient is None else convert_to_tensor(gradient)


def build_while(
    cond: FuncGraph, body: FuncGraph, start: list, name: str | None, shapes: Any = None, parallel_iterations: int = 10
) -> list[Tensor]:
    """Add a While node; return an Identity of each output.

    Args:
        cond, body: bodies whose first inputs are the loop variables.
        start: their initial values.
        name: the name of the node.
        shapes: the static shapes of the loop variables, by default those common to the initial and later values.
        parallel_iterations: recorded, as in TF1.
    """
    size = len(start)
    outer, waits = needed_by((cond, body))
    for graph in (cond, body):
        graph.inputs = [*graph.inputs[:size], *[graph.capture(t) for t in outer]]
    body.outputs = [*body.outputs, *body.inputs[size:]]
    if shapes is None:
        shapes = [a.shape.most_specific_compatible_shape(b.shape) for a, b in zip(start, body.outputs)]
    shapes = (*shapes, *[t.shape for t in outer])
    with control_dependencies(waits):
        op = apply_op(While(cond, body, shapes, parallel_iterations, True, len(shapes)), *start, *outer, name=name)
    cond.called_by = body.called_by = op
    return [identity.identity(t) for t in op.all_outputs[:-1]]
