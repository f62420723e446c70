"""`bitcast`: the same bytes reinterpreted as another type."""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import with_rank_at_least
from minigraph.graph.shapes import ShapeError
from minigraph.graph.type_lists import types

__all__ = ["bitcast"]


_BITS = types("bfloat16 float16 float32 float64 int64 int32 uint8 uint16 uint32 uint64 int8 int16 complex64 complex128")


class Bitcast(OpDef):
    """The same bytes reinterpreted as another type."""

    type_: DType

    inputs = ("input: T",)
    outputs = ("type",)
    allowed = {"T": _BITS}

    static_inputs = (0,)  # for its type, not for its value
    forwards = True

    def shape(self, input):
        old, new = input.tensor.dtype.size, self.type_.size
        if old >= new or input.shape.ndims is None:
            return input.shape.concatenate([old // new]) if old > new else input.shape
        shape = with_rank_at_least(input.shape, 1)
        if shape.tuple[-1] not in (None, new // old):
            raise ShapeError(f"Cannot bitcast due to shape. {shape.tuple[-1]} does not match {new // old}")
        return shape[:-1]

    def kernel(self, xp, input):
        input = np.ascontiguousarray(input).reshape(np.shape(input))
        old, new = input.dtype.itemsize, self.type_.size
        if old < new and (not input.ndim or input.shape[-1] * old != new):
            numbers = as_dtype(input.dtype).as_datatype_enum, self.type_.as_datatype_enum
            raise ValueError("Cannot bitcast from {} to {}".format(*numbers))
        if old > new:
            return input.reshape(*input.shape, 1).view(self.type_.as_numpy_dtype)
        found = input.view(self.type_.as_numpy_dtype)
        return found if old == new else found.reshape(input.shape[:-1])


def bitcast(input: Any, type: Any, name: str | None = None) -> Tensor:
    """Reinterpret the bytes of the elements as another type.

    Args:
        input: a tensor of numbers.
        type: the new type. A smaller one adds a last axis with the parts of each element; a larger one requires
            the last axis to hold the parts, and removes it.
        name: the name of the node.

    Raises:
        TypeError: if either type is not numeric.
        ValueError: if the last axis does not have the number of parts.

    Example:
        >>> print(hex(tf.bitcast(1.0, tf.int32).eval()))
        0x3f800000
    """
    target = as_dtype(type).base_dtype
    if target not in _BITS:
        raise TypeError(
            f"Value passed to parameter 'type' has DataType {target.name} not in list of allowed values: "
            f"{', '.join(t.name for t in _BITS)}"
        )
    return apply(Bitcast(target), input, name=name)
