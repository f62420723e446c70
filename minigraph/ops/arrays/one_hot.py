"""`one_hot`: rows with a one at a given position."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape

__all__ = ["one_hot"]


class OneHot(OpDef):
    """A row per index, with one value at that position and another elsewhere."""

    axis: int = -1

    inputs = ("indices: TI", "depth: int32", "on_value: T", "off_value: T")
    allowed = {"TI": (dtypes.uint8, dtypes.int32, dtypes.int64)}
    type_defaults = {"TI": dtypes.int64}
    static_inputs = (1,)
    gradient = no_gradient

    def shape(self, indices, depth, on_value, off_value):
        if self.axis < -1:
            raise ShapeError("axis must be >= -1")
        size = None if depth.value is None else depth.value
        if depth.shape.ndims:
            raise ShapeError(f"Input must be scalar but has rank {depth.shape.ndims}")
        if size is not None and size < 0:
            raise ShapeError(f"Dimension size, given by scalar input 1, must be non-negative but is {size}")
        if indices.ndims is None:
            return unknown_shape()
        size = None if size is None else int(size)
        at = indices.ndims if self.axis == -1 else min(self.axis, indices.ndims)
        return TensorShape.of((*indices.tuple[:at], size, *indices.tuple[at:]))

    def kernel(self, xp, indices, depth, on_value, off_value):
        at = np.ndim(indices) if self.axis == -1 else self.axis
        for name, value in (("depth", depth), ("on_value", on_value), ("off_value", off_value)):
            if np.ndim(value):
                raise ValueError(f"{name} must be a scalar, but got: {brackets(np.shape(value))}")
        if depth < 0:
            raise ValueError(f"depth must be non-negative, got: {depth}")
        if at > np.ndim(indices):
            raise ValueError(f"Expected axis to be -1 or between [0, {np.ndim(indices) + 1}).  But received: {at}")
        places = xp.arange(int(depth)).reshape((-1,) + (1,) * (np.ndim(indices) - at))
        return xp.where(xp.expand_dims(indices, at) == places, on_value, off_value)


def _differ(a: DType | None, b: DType | None) -> bool:
    """Return True if two types are given and are not the same."""
    return a is not None and b is not None and a != b


def _common_dtype(dtype: DType | None, on: DType | None, off: DType | None) -> DType:
    """Return the type of the result: as asked for, or that of a given value; TypeError if they differ."""
    for side, kind in (("on_value", on), ("off_value", off)):
        if _differ(kind, dtype):
            raise TypeError(f"dtype {kind} of {side} does not match dtype parameter {dtype}")
    if _differ(on, off):
        raise TypeError(f"dtype {on} of on_value does not match dtype {off} of off_value")
    return dtype or on or off or dtypes.float32


def one_hot(
    indices: Any,
    depth: Any,
    on_value: Any = None,
    off_value: Any = None,
    axis: int | None = None,
    dtype: Any = None,
    name: str | None = None,
) -> Tensor:
    """Return, for each index, a row of zeros with a one at that position; only zeros if the index is out of range.

    Args:
        indices: integers.
        depth: the length of the rows.
        on_value, off_value: the values to use instead of 1 and 0.
        axis: the axis of the rows, by default the last.
        dtype: the element type, by default that of the values, or float32.
        name: the name of the node.

    Raises:
        TypeError: if the types of the values do not match `dtype` or each other.

    Example:
        >>> print(tf.one_hot([0, 2, -1], 3).eval())
        [[1. 0. 0.]
         [0. 0. 1.]
         [0. 0. 0.]]
    """
    with atomic_scope(name, "one_hot", [indices, depth, on_value, off_value, axis, dtype]) as scope:
        dtype = None if dtype is None else as_dtype(dtype).base_dtype
        given = (None if v is None else convert_to_tensor(v).dtype.base_dtype for v in (on_value, off_value))
        dtype = _common_dtype(dtype, *given)
        if on_value is None:
            on_value = convert_to_tensor(1, dtype, name="on_value")
        if off_value is None:
            off_value = convert_to_tensor(0, dtype, name="off_value")
        return apply(OneHot(-1 if axis is None else axis), indices, depth, on_value, off_value, name=scope)
