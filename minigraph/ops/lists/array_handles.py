"""The operations on TensorArrays of version 3, which loops have in graphs that TensorFlow 1.x wrote.

`tf.TensorArray` builds lists on edges of type `variant` instead. Here a handle names an array that operations change in
a run; a scalar that they pass on, the *flow*, orders them.
"""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import TensorShape, unknown_shape
from minigraph.ops.lists.array_values import ArrayValue

__all__ = ["array_gradient"]

_FLOW = np.zeros((), np.float32)
_PAIR = (TensorShape.of((2,)), TensorShape.of(()))


class TensorArrayV3(OpDef):
    """The handle of a new array in each run, and its flow."""

    dtype_: DType
    element_shape: TensorShape = unknown_shape()
    dynamic_size: bool = False
    clear_after_read: bool = True
    identical_element_shapes: bool = False
    tensor_array_name: str = ""

    inputs = ("size: int32",)
    outputs = ("handle: resource", "flow: float32")
    side_effect = True
    gradient = no_gradient

    def shape(self, size):
        return _PAIR

    def kernel(self, xp, size):
        name, clears = self.tensor_array_name, self.clear_after_read
        array = ArrayValue(name, self.dtype_, int(size), self.element_shape, self.dynamic_size, clears)
        return array, _FLOW


class TensorArrayGradV3(OpDef):
    """The handle of the array of gradients of an array, and its flow."""

    source: str

    inputs = ("handle: &resource", "flow_in: float32")
    outputs = ("grad_handle: resource", "flow_out: float32")
    side_effect = True
    gradient = no_gradient

    def shape(self, handle, flow_in):
        return _PAIR

    def kernel(self, xp, handle, flow_in):
        return handle.gradient(self.source), flow_in


class _OnArray(OpDef, base=True):
    """An operation on the array that its first input names."""

    side_effect = True

    def shape(self, *inputs):
        return TensorShape.of(()) if self.outputs == ("flow_out: float32",) else unknown_shape()


class TensorArrayWriteV3(_OnArray):
    """The flow after an element has been written."""

    inputs = ("handle: &resource", "index: int32", "value: T", "flow_in: float32")
    outputs = ("flow_out: float32",)

    def kernel(self, xp, handle, index, value, flow_in):
        handle.write(int(index), value)
        return flow_in

    def gradient(self, tf, dy, y, handle, index, value, flow_in):
        grad, flow = tf.array_gradient(handle, dy)
        return None, None, apply(TensorArrayReadV3(value.dtype.base_dtype), grad, index, flow), dy


class TensorArrayReadV3(_OnArray):
    """An element."""

    dtype_: DType

    inputs = ("handle: &resource", "index: int32", "flow_in: float32")
    outputs = ("value: dtype",)

    def kernel(self, xp, handle, index, flow_in):
        return handle.read(int(index))

    def gradient(self, tf, dy, y, handle, index, flow_in):
        grad, flow = tf.array_gradient(handle, flow_in)
        return None, None, apply(TensorArrayWriteV3(), grad, index, dy, flow)


class TensorArrayScatterV3(_OnArray):
    """The flow after rows have been written as elements."""

    inputs = ("handle: &resource", "indices: int32", "value: T", "flow_in: float32")
    outputs = ("flow_out: float32",)

    def kernel(self, xp, handle, indices, value, flow_in):
        demand(np.ndim(value) > 0, "Input value must be at least a vector but received shape: []")
        demand(
            len(indices) == len(value),
            f"Expected len(indices) == values.shape[0], but saw: {len(indices)} vs. {len(value)}",
        )
        for index, row in zip(indices, value):
            handle.write(int(index), row)
        return flow_in

    def gradient(self, tf, dy, y, handle, indices, value, flow_in):
        grad, flow = tf.array_gradient(handle, dy)
        return None, None, apply(TensorArrayGatherV3(value.dtype.base_dtype), grad, indices, flow), dy


class TensorArrayGatherV3(_OnArray):
    """Elements, stacked along a new first axis."""

    dtype_: DType
    element_shape: TensorShape = unknown_shape()

    inputs = ("handle: &resource", "indices: int32", "flow_in: float32")
    outputs = ("value: dtype",)

    def shape(self, handle, indices, flow_in):
        rows = indices[:1] if indices.ndims else TensorShape([None])
        return rows.concatenate(self.element_shape)

    def kernel(self, xp, handle, indices, flow_in):
        if not len(indices):
            known = self.element_shape if self.element_shape.is_fully_defined() else handle.element_shape
            demand(known.is_fully_defined(), "TensorArray has size zero, but element shape is not fully defined.")
            return np.zeros((0, *known.tuple), self.dtype_.as_numpy_dtype)
        return np.stack([handle.read(int(index)) for index in indices])

    def gradient(self, tf, dy, y, handle, indices, flow_in):
        grad, flow = tf.array_gradient(handle, flow_in)
        return None, None, apply(TensorArrayScatterV3(), grad, indices, dy, flow)


class TensorArrayConcatV3(_OnArray):
    """All elements, joined along their first axis, and the size of each along it."""

    dtype_: DType
    element_shape_except0: TensorShape = unknown_shape()

    inputs = ("handle: &resource", "flow_in: float32")
    outputs = ("value: dtype", "lengths: int64")

    def shape(self, handle, flow_in):
        return TensorShape([None]).concatenate(self.element_shape_except0), TensorShape([None])

    def kernel(self, xp, handle, flow_in):
        found = [handle.read(i) for i in range(len(handle))]
        demand(all(np.ndim(each) for each in found), "Concat saw a scalar shape at an index of the TensorArray.")
        lengths = np.array([len(each) for each in found], np.int64)
        if not found:
            known = self.element_shape_except0
            demand(known.is_fully_defined(), "TensorArray has size zero, but its element_shape_except0 is not known.")
            return np.zeros((0, *known.tuple), self.dtype_.as_numpy_dtype), lengths
        return np.concatenate(found), lengths

    def gradient(self, tf, dys, ys, handle, flow_in):
        grad, flow = tf.array_gradient(handle, flow_in)
        return None, apply(TensorArraySplitV3(), grad, dys[0], ys[1], flow)


class TensorArraySplitV3(_OnArray):
    """The flow after the parts of a value have been written as elements."""

    inputs = ("handle: &resource", "value: T", "lengths: int64", "flow_in: float32")
    outputs = ("flow_out: float32",)

    def kernel(self, xp, handle, value, lengths, flow_in):
        demand(
            int(np.sum(lengths)) == len(value),
            f"Expected sum of lengths to be equal to values.shape[0], but sum of lengths is {int(np.sum(lengths))} and "
            f"value's shape is: [{','.join(map(str, np.shape(value)))}]",
        )
        for i, part in enumerate(np.split(value, np.cumsum(lengths)[:-1]) if len(lengths) else ()):
            handle.write(i, part)
        return flow_in

    def gradient(self, tf, dy, y, handle, value, lengths, flow_in):
        grad, flow = tf.array_gradient(handle, dy)
        return None, apply(TensorArrayConcatV3(value.dtype.base_dtype), grad, flow)[0], None, dy


class TensorArraySizeV3(_OnArray):
    """The number of elements."""

    inputs = ("handle: &resource", "flow_in: float32")
    outputs = ("size: int32",)
    gradient = no_gradient

    def shape(self, handle, flow_in):
        return TensorShape.of(())

    def kernel(self, xp, handle, flow_in):
        return np.int32(len(handle))


class TensorArrayCloseV3(_OnArray):
    """Free the elements."""

    inputs = ("handle: &resource",)
    outputs = ()
    gradient = no_gradient

    def kernel(self, xp, handle):
        handle.close()


def array_gradient(handle: Any, flow: Any) -> list:
    """Return the handle and the flow of the array of gradients that belongs to the gradients being built.

    Args:
        handle: the handle of the array.
        flow: a flow after which all elements have been written.
    """
    scope = get_default_graph().get_name_scope().split("/")
    inside = [i for i, part in enumerate(scope) if part.startswith("grad")]
    source = "/".join(scope[: inside[-1] + 1]) if inside else "gradients"
    return apply(TensorArrayGradV3(source), handle, flow)
