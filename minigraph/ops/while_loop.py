"""Loops: `while_loop`, as a While node with a body for the condition and one for the step."""
from __future__ import annotations

import builtins
from typing import Any, Callable

import numpy as np

from minigraph.graph import dtypes, nest
from minigraph.graph.apply import apply_op, value_shape
from minigraph.graph.context import control_dependencies, get_default_graph, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape, as_shape, brackets
from minigraph.ops import comparison, constants, fill, identities, reduction, resource, tape

__all__ = ["while_loop"]


class While(OpDef):
    """Runs a body as long as a condition holds. The last output, the tape, is not shown."""
    cond: FuncGraph
    body: FuncGraph
    output_shapes: tuple = ()
    parallel_iterations: int = 10
    _lower_using_switch_merge: bool = True
    _num_original_outputs: int = 0

    inputs = ("*input: *T",)
    functions = ("cond", "body")
    hidden_outputs = 1

    @property
    def is_pure(self) -> bool:
        """Never, as in TF1, which has no other loop: an If around one has a state too."""
        return False

    def dtype(self, *types):
        return (*[t.dtype.base_dtype for t in self.body.outputs], dtypes.variant)

    def shape(self, *inputs, functions=()):
        if not functions:
            return (*self.output_shapes, TensorShape.of(()))
        before, shapes = None, inputs
        while before != [shape.tuple for shape in shapes]:      # what a step changes is not known after any step
            before = [shape.tuple for shape in shapes]
            shapes = [a.most_specific_compatible_shape(b) for a, b in zip(shapes, functions[1](*shapes))]
        return (*shapes, TensorShape.of(()))

    def kernel(self, xp, *state, functions):
        cond, body = functions
        steps: list = []
        while np.asarray(cond(*state)[0]).any():
            state, left = body.with_intermediates(*state)
            steps.append(left)
        return (*map(body.value, state), steps)

    def gradient(self, dys, ys, *inputs, differentiate):
        return _WhileGradient(self, list(dys), list(ys), list(inputs), differentiate).build()


class _WhileGradient:
    """Builds the backward loop: it runs through the tape from the last step to the first.

    Its variables are the number of steps taken, the gradient for each loop variable that has one, and for each outer
    tensor that the body uses the sum of the gradients so far.
    """

    def __init__(self, op_def: While, dys: list, ys: list, inputs: list, differentiate: Callable):
        self._forward, self._inputs, self._differentiate = op_def.body, inputs, differentiate
        self._dys, self._ys = dys, ys
        changes = [out is not given for out, given in zip(self._forward.outputs, self._forward.inputs)]
        self._variables = [i for i, t in enumerate(self._forward.inputs) if changes[i] and _has_gradient(t)]
        self._constants = [i for i, t in enumerate(self._forward.inputs) if not changes[i] and _has_gradient(t)]
        self._outer = [None if change else given for change, given in zip(changes, inputs)]

    def build(self) -> list:
        tape_gradient = self._dys[-1]
        start = [constants.constant(0, dtypes.int32, name="grad_counter")]
        start += [self._given(i) for i in self._variables]
        start += [_zero_like(self._inputs[i]) for i in self._constants]
        count, step_tape = self._ys[0], self._ys[-1]
        cond, body = FuncGraph("while_grad_cond"), tape.BackwardGraph("while_grad_body", self._forward, self._outer,
                                                                      step_tape)
        # The shapes that hold in every step: a gradient given for the last values may be known better than that.
        shapes = [start[0].shape, *[value_shape(self._forward.inputs[i]) for i in self._variables + self._constants]]
        for graph in (cond, body):
            for t, shape in zip(start, shapes):
                graph.add_input(t.dtype.base_dtype, shape)
        with cond.as_default():
            cond.outputs = [comparison.less(cond.inputs[0], count)]
        with body.as_default():
            body.outputs = self._step(body, count, tape_gradient, len(start))
        results = build_while(cond, body, start, name=None)
        gradients: list = [None] * len(self._inputs)
        for i, result in zip(self._variables + self._constants, results[1:]):
            gradients[i] = result
        for i in self._constants:       # a constant's own output has a gradient too
            if self._dys[i] is not None:
                gradients[i] = reduction.add_n([gradients[i], convert_to_tensor(self._dys[i])])
        return gradients

    def _given(self, i: int) -> Tensor:
        dy = self._dys[i]
        return _zero_like(self._ys[i]) if dy is None else convert_to_tensor(dy)

    def _step(self, body: tape.BackwardGraph, count: Tensor, tape_gradient: Any, size: int) -> list:
        arguments = builtins.list(body.inputs[:size])
        taken, rest = arguments[0], arguments[1:]
        with body._scopes.set(name=""):
            body.step = count - taken - 1
        given: list = [None] * len(self._forward.outputs)
        for i, dy in zip(self._variables, rest):
            given[i] = dy
        grads = tape.backward(body, given, tape_gradient, self._differentiate)
        found = [_tensor_or_zero(grads[i], self._forward.inputs[i]) for i in self._variables]
        sums = [before if grads[i] is None else reduction.add_n([before, convert_to_tensor(grads[i])])
                for i, before in zip(self._constants, rest[len(self._variables):])]
        return [taken + 1, *[body.capture(t) for t in found], *sums]


def _has_gradient(t: Tensor) -> bool:
    return t.dtype.is_floating or t.dtype.is_complex or t.dtype.base_dtype in (dtypes.variant, dtypes.resource)


def _zero_like(t: Tensor) -> Tensor:
    if t.dtype is dtypes.resource:
        return resource.zeros_like_value(t)
    return tape.no_gradient() if t.dtype.base_dtype is dtypes.variant else fill.zeros_like(t, optimize=False)


def _tensor_or_zero(gradient: Any, like: Tensor) -> Tensor:
    return _zero_like(like) if gradient is None else convert_to_tensor(gradient)


def build_while(cond: FuncGraph, body: FuncGraph, start: list, name: str | None, shapes: Any = None,
                parallel_iterations: int = 10) -> list[Tensor]:
    """Adds a While node; gives an Identity of each output.

    Args:
        cond, body: bodies whose first inputs are the loop variables.
        start: their first values.
        name: the name of the node.
        shapes: the static shapes of the loop variables, by default what is common to the first and later values.
        parallel_iterations: recorded, as in TF1.
    """
    size = len(start)
    outer = builtins.list(dict.fromkeys([*body.captures, *cond.captures]))
    for graph in (cond, body):
        graph.inputs = [*graph.inputs[:size], *[graph.capture(t) for t in outer]]
    body.outputs = [*body.outputs, *body.inputs[size:]]
    if shapes is None:
        shapes = [a.shape.most_specific_compatible_shape(b.shape) for a, b in zip(start, body.outputs)]
    shapes = (*shapes, *[t.shape for t in outer])
    with control_dependencies([op for graph in (cond, body) for op in graph.waits_for]):
        op = apply_op(While(cond, body, shapes, parallel_iterations, True, len(shapes)), *start, *outer, name=name)
    return [identities.identity(t) for t in op._outputs[:-1]]


def while_loop(cond: Callable, body: Callable, loop_vars: Any, shape_invariants: Any = None,
               parallel_iterations: int = 10, back_prop: bool = True, swap_memory: bool = False,
               name: str | None = None, maximum_iterations: Any = None, return_same_structure: bool = False) -> Any:
    """Repeats what `body` builds as long as what `cond` builds is true.

    Args:
        cond: a function of the loop variables that gives a scalar boolean tensor.
        body: a function of the loop variables that gives their next values, in the same structure.
        loop_vars: their first values: a list, tuple or dict of tensors, nested as you like.
        shape_invariants: a structure like `loop_vars` of the shapes that hold in every step, for those that change.
        parallel_iterations, swap_memory: accepted, as in TF1.
        back_prop: False lets no gradient through.
        name: the name of the node.
        maximum_iterations: stop after so many steps in any case.
        return_same_structure: give a list where `loop_vars` is a list of one.

    Returns:
        The last values, structured like `loop_vars`; the tensor itself where that is a list of one.

    Raises:
        TypeError: if `cond` or `body` cannot be called, or a type changes from step to step.
        ValueError: if there are no loop variables, their number changes, or a shape does without an invariant.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     i, total = tf.while_loop(lambda i, t: i < 4, lambda i, t: (i + 1, t * 2.0), [0, 1.0])
        ...     print(*sess.run([i, total]))
        4 16.0
    """
    if not callable(cond):
        raise TypeError("cond must be callable.")
    if not callable(body):
        raise TypeError("body must be callable.")
    if parallel_iterations < 1:
        raise TypeError("parallel_iterations must be a positive integer.")
    if not nest.flatten(loop_vars):
        raise ValueError("No loop variables provided")
    with get_default_graph().atomic():
        packed = loop_vars if nest.is_nested(loop_vars) else [loop_vars]
        packed = nest.map_structure(convert_to_tensor, packed)
        results = _build(cond, body, packed, shape_invariants, parallel_iterations, name, maximum_iterations)
        if not back_prop:
            results = [identities.stop_gradient(t) for t in results]
        result = nest.pack_sequence_as(packed, results)
    if not return_same_structure and isinstance(packed, (builtins.list, builtins.tuple)) and len(packed) == 1:
        return result[0]
    return result


def _build(cond: Callable, body: Callable, packed: Any, invariants: Any, parallel_iterations: int, name: str | None,
           maximum: Any) -> list[Tensor]:
    variables = nest.flatten(packed)
    shapes = [t.shape for t in variables]
    if invariants is not None:
        shapes = [as_shape(s) for s in _flat_shapes(packed, invariants)]
        for t, shape in zip(variables, shapes):
            if not _is_within(t.shape, shape):
                raise ValueError(f"The shape invariant specified for {t.name} is not compatible with the initial shape "
                                 f"of the loop variable. It enters the loop with shape {t.shape}, but the specified "
                                 f"shape invariant is {shape}.")
    with name_scope(name or "while") as scope:
        outer, count = get_default_graph(), len(variables)
        start_count = outer._last_id + 2 * count        # TF1's Enter and Merge
        limit = convert_to_tensor(-1 if maximum is None else maximum,
                                  dtype=None if maximum is not None else dtypes.int32, name="maximum_iterations")
        counter = constants.constant(0, limit.dtype.base_dtype, name="loop_counter")
        start = [counter, limit, *variables]
        all_shapes = [counter.shape, limit.shape, *shapes]
        graphs = [FuncGraph("while_cond"), FuncGraph("while_body")]
        for graph in graphs:
            for t, shape in zip(start, all_shapes):
                graph.add_input(t.dtype.base_dtype, shape, t.op.name.rpartition("/")[2])
        graphs[0].count_as(start_count)
        with graphs[0].as_default():
            graphs[0].outputs = [_condition(cond, graphs[0].inputs, packed, maximum is not None)]
        with graphs[1].as_default():
            counter = graphs[1].inputs[0] + 1
            graphs[1].count_as(graphs[0]._last_id + 1 + 2 * count)      # LoopCond; Switch and Identity of each
            graphs[1].outputs = [counter, graphs[1].inputs[1],
                                 *_next_values(body, graphs[1], packed, variables, shapes)]
        again = sum(t in graphs[0].captures for t in graphs[1].captures)
        total = graphs[1]._last_id - again + 2 * count                  # NextIteration and Exit of each
        results = build_while(graphs[0], graphs[1], start, scope, all_shapes, parallel_iterations)[2:2 + count]
        outer.count_as(total)
        return results


def _flat_shapes(packed: Any, invariants: Any) -> list:
    """The shapes, one for each variable; a shape may be a list, which is no structure here."""
    if not nest.is_nested(packed):
        return [invariants]
    if isinstance(packed, dict):
        return [s for key in sorted(packed) for s in _flat_shapes(packed[key], invariants[key])]
    if len(packed) != len(invariants):
        raise ValueError("shape_invariants must have the structure of loop_vars: "
                         f"{len(invariants)} shapes for {len(packed)} variables")
    return [s for part, shape in zip(packed, invariants) for s in _flat_shapes(part, shape)]


def _is_within(shape: TensorShape, invariant: TensorShape) -> bool:
    """Does every shape that `shape` stands for fit the invariant?"""
    if invariant.ndims is None:
        return True
    return shape.ndims == invariant.ndims and all(
        n is None or m == n for m, n in zip(shape.tuple, invariant.tuple))


def _call(function: Callable, arguments: list, packed: Any) -> Any:
    structure = nest.pack_sequence_as(packed, arguments)
    return function(*structure) if isinstance(structure, (builtins.list, builtins.tuple)) else function(structure)


def _condition(cond: Callable, inputs: list, packed: Any, limited: bool) -> Tensor:
    given = _call(cond, inputs[2:], packed)
    if isinstance(given, (builtins.list, builtins.tuple)) and len(given) == 1:
        given = given[0]
    pred = convert_to_tensor(given)
    if pred.dtype.base_dtype is not dtypes.bool_:
        raise TypeError(f"Input 'input' of 'LoopCond' Op has type {pred.dtype.base_dtype.name} that does not match "
                        f"expected type of bool.\ncond gives {pred}; write a comparison: lambda i: i < 10")
    if pred.shape.ndims:
        raise ValueError(f"Shape must be rank 0 but is rank {pred.shape.ndims} for 'LoopCond' (op: 'LoopCond') with "
                         f"input shapes: {brackets(pred.shape)}.\ncond must give one truth value: tf.reduce_all(…)")
    if limited:
        pred = comparison.logical_and(inputs[0] < inputs[1], pred)
    return identities.identity(pred) if pred.graph is not get_default_graph() else pred


def _as_list(structure: Any) -> Any:
    """The outermost tuple as a list: loop_vars are most often a list, and a body gives a tuple."""
    return builtins.list(structure) if isinstance(structure, builtins.tuple) else structure


def _next_values(body: Callable, graph: FuncGraph, packed: Any, variables: list, shapes: list) -> list:
    found = _call(body, builtins.list(graph.inputs)[2:2 + len(variables)], packed)
    if not nest.is_nested(found):
        found = [found]
    nest.assert_same_structure(*map(_as_list, (packed, found)))
    flat = nest.flatten(found)
    results = []
    for value, before, shape in zip(flat, variables, shapes):
        kind = before.dtype.base_dtype
        value = convert_to_tensor(value, None if isinstance(value, Tensor) or hasattr(value, "dtype") else kind)
        if value.dtype.base_dtype is not kind:
            raise TypeError(f"The loop variable {before.name} enters the loop with type {kind.name}, but has type "
                            f"{value.dtype.base_dtype.name} after one iteration.")
        if not _is_within(value.shape, shape):
            raise ValueError(f"Input tensor '{before.name}' enters the loop with shape {shape}, but has shape "
                             f"{value.shape} after one iteration. To allow the shape to vary across iterations, use "
                             "the `shape_invariants` argument of tf.while_loop to specify a less-specific shape.")
        results.append(graph.capture(value) if value.graph is not graph else value)
    return results
