"""The tape: values of intermediate tensors that a function body saves for its backward body, step by step.

An `If` or `While` has a hidden last output, its *tape*: for each step (an If has one) the values of the tensors
that its gradient needs. Reading the tape is an operation with a gradient, so that gradients can be differentiated
again: the gradient of a tape is a bag of entries (step, tensor, value).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.collections import GraphKeys
from minigraph.graph.constant_value import constant_value
from minigraph.graph.dtypes import DType
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.graph import Graph
from minigraph.graph.opdef import OpDef, scalar
from minigraph.graph.operation import Tensor
from minigraph.graph.recordable import Holder
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import constant, filled_like


class Entries:
    """A bag of (step, index, value); bags are added without copying."""

    __slots__ = ("parts",)
    shape = ()

    def __init__(self, *parts: Any):
        self.parts = parts

    def zero(self) -> Entries:
        """Return an empty bag."""
        return Entries()

    def __add__(self, other: Entries) -> Entries:
        return Entries(self, other)

    def find(self, step: int, index: int) -> list:
        """Return the values for one tensor in one step."""
        found, todo = [], [self]
        while todo:
            for part in todo.pop().parts:
                if isinstance(part, Entries):
                    todo.append(part)
                elif part[:2] == (step, index):
                    found.append(part[2])
        return found


class Tape(Holder):
    """For each step the values of the intermediate tensors."""

    __slots__ = ()

    def zero(self) -> Entries:
        """Return an empty bag, the zero of its gradients."""
        return Entries()


class TapeItem(OpDef):
    """The value of a tensor in a step."""

    index: int
    dtype_: DType
    shape_: TensorShape

    inputs = ("tape: variant", "step: int32")
    outputs = ("dtype",)
    forwards = True

    def shape(self, tape, step):
        return self.shape_

    def kernel(self, xp, tape, step):
        return tape[int(step)][self.index]

    def gradient(self, tf, dy, y, tape, step):
        return apply(TapeGradient(self.index), dy, step, tape), None


class TapeGradient(OpDef):
    """A bag with one entry; `like` is the tape, or a gradient of it.

    Args:
        index: the index of the tensor among those that its body saves.
        branch: the branch whose body that is, if no backward body tells it.
    """

    index: int
    branch: bool | None = None

    inputs = ("value: T", "step: int32", "like: variant")
    outputs = ("variant",)
    shape = scalar

    def kernel(self, xp, value, step, like):
        return Entries((int(step), self.index, value))

    def gradient(self, tf, dy, y, value, step, like):
        return apply(TapeGradientItem(self.index), dy, step, value), None, None


class TapeGradientItem(OpDef):
    """The sum of the entries for one tensor in one step; zeros like `like` if there are none."""

    index: int

    inputs = ("gradient: variant", "step: int32", "like: T")

    def shape(self, gradient, step, like):
        return like

    def kernel(self, xp, gradient, step, like):
        total = filled_like.zero_like(xp, like)
        for value in gradient.find(int(step), self.index):
            total = total + value
        return total

    def gradient(self, tf, dy, y, gradient, step, like):
        return apply(TapeGradient(self.index), dy, step, gradient), None, None


class BackwardGraph(FuncGraph):
    """A body that computes the gradients of another body, whose tensors it reads from the tape.

    Args:
        name: the name of the function.
        forward: the body to differentiate.
        outer_inputs: for each input of `forward` the outer tensor that it stands for in every step, or None.
        tape: the tape of the operation that runs `forward`.
        step: returns, inside this body, the index of the step.
    """

    def __init__(self, name: str, forward: FuncGraph, outer_inputs: list, tape: Tensor, outer: Graph | None = None):
        super().__init__(name, outer)
        for key in (GraphKeys.GLOBAL_VARIABLES, GraphKeys.LOCAL_VARIABLES, GraphKeys.TRAINABLE_VARIABLES):
            self.get_collection_ref(key)
        self.forward, self._tape = forward, tape
        self.step: Tensor | None = None
        self._outer_inputs = dict(zip(forward.inputs, outer_inputs))
        self._read: dict[Tensor, Tensor] = {}

    def _captures_from(self, other: Graph) -> bool:
        return other is self.forward or super()._captures_from(other)

    def capture(self, tensor: Tensor) -> Tensor:
        if tensor.graph is not self.forward:
            return super().capture(tensor)
        outer = self._outer_inputs.get(tensor)
        if outer is None and tensor in self.forward.captures.values():
            outer = self.forward.outer_of(tensor)  # an operation that no result needs
        if outer is not None:
            return super().capture(outer)
        if tensor not in self._read:
            self._read[tensor] = self._from_tape(tensor)
        return self._read[tensor]

    def _from_tape(self, tensor: Tensor) -> Tensor:
        value = constant_value(tensor)
        with self.as_default(), self._scopes.set(name="", control=(), original_op=None):
            if value is not None and np.size(value) < 1000:
                return constant.constant(value, tensor.dtype.base_dtype)
            if self.step is None:
                self.step = constant.constant(0, dtypes.int32)
            return apply(
                TapeItem(index_on_tape(self.forward, tensor), tensor.dtype.base_dtype, tensor.shape),
                self._tape,
                self.step,
            )


def index_on_tape(forward: FuncGraph, tensor: Tensor) -> int:
    """Return the index of a body's tensor on its tape, adding it if needed."""
    if tensor not in forward.intermediates:
        forward.intermediates.append(tensor)
    return forward.intermediates.index(tensor)


def _can_have_gradient(tensor: Tensor) -> bool:
    return tensor.dtype.is_floating or tensor.dtype.is_complex or tensor.dtype is dtypes.variant


def backward(graph: BackwardGraph, given: list, tape_gradient: Tensor | None, differentiate: Callable) -> list:
    """Build, inside a backward body, the gradients for all inputs of the forward body.

    Args:
        graph: the backward body, which is the default graph.
        given: the gradients for the outputs of the forward body, or None.
        tape_gradient: the gradient of its tape, or None.
        differentiate: the gradient driver.
    """
    forward = graph.forward
    ys = [y for y, dy in zip(forward.outputs, given) if dy is not None]
    dys = [dy for dy in given if dy is not None]
    if tape_gradient is not None:
        for i, tensor in enumerate(list(forward.intermediates)):
            if _can_have_gradient(tensor):
                ys.append(tensor)
                if graph.step is None:
                    graph.step = constant.constant(0, dtypes.int32)
                dys.append(apply(TapeGradientItem(i), tape_gradient, graph.step, tensor))
    return differentiate(ys, forward.inputs, dys) if ys else [None] * len(forward.inputs)
