"""`expand_dims` and `squeeze`: adding and removing axes of size 1."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.expect_list import expect_list
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import ShapeError, TensorShape, unknown_shape
from minigraph.ops.arrays.reshape import like_input
from minigraph.ops.arrays.shape_ops import either

__all__ = ["expand_dims", "squeeze"]


class ExpandDims(OpDef):
    """Insert an axis of size 1."""

    inputs = ("input: T", "dim: Tdim")
    allowed = {"Tdim": dtypes.INDICES}
    type_defaults = {"Tdim": dtypes.int32}
    static_inputs = (1,)
    forwards = True

    def shape(self, input, dim):
        if input.ndims is None or dim.value is None:
            return unknown_shape()
        if dim.value.size != 1:
            raise ShapeError("'dim' input must be a tensor with a single value")
        at = _axis(dim.value.item(), input.ndims + 1)
        return TensorShape.of((*input.tuple[:at], 1, *input.tuple[at:]))

    def kernel(self, xp, input, dim):
        demand(np.size(dim) == 1, "'dim' must be a tensor with a single value")
        at, ndims = np.asarray(dim).item(), np.ndim(input)
        if not -ndims - 1 <= at <= ndims:
            raise ValueError(f"Tried to expand dim index {at} for tensor with {ndims} dimensions.")
        return xp.expand_dims(input, at)

    def gradient(self, tf, dy, y, input, dim):
        return like_input(input, dy), None


def _axis(axis: int, ndims: int) -> int:
    if not -ndims <= axis < ndims:
        raise ShapeError(f"dim {axis} not in the interval [{-ndims}, {ndims - 1}].")
    return axis % ndims


def _axes_from_front(given: Sequence[int], ndims: int) -> set[int]:
    """Return axes counted from the front; ShapeError if there is no such axis."""
    for i, axis in enumerate(given):
        if not -ndims <= axis < ndims:
            raise ShapeError(f"squeeze_dims[{i}] not in [{-ndims},{ndims}).")
    return {axis % ndims for axis in given}


class Squeeze(OpDef):
    """Remove the axes of size 1, or the named ones."""

    squeeze_dims: tuple = ()
    inputs = ("input",)
    forwards = True

    def shape(self, input):
        if input.ndims is None:
            return unknown_shape()
        axes = _axes_from_front(self.squeeze_dims, input.ndims)
        for axis in axes:
            if input.tuple[axis] not in (None, 1):
                raise ShapeError(f"Can not squeeze dim[{axis}], expected a dimension of 1, got {input.tuple[axis]}")
        if not axes and None in input.tuple:
            return unknown_shape()
        return TensorShape.of(tuple(d for i, d in enumerate(input.tuple) if (i not in axes if axes else d != 1)))

    def kernel(self, xp, input):
        if self.squeeze_dims:
            for axis in self.squeeze_dims:
                if not -input.ndim <= axis < input.ndim:
                    raise ValueError(f"Tried to squeeze dim index {axis} for tensor with {input.ndim} dimensions.")
                if input.shape[axis] != 1:
                    raise ValueError(f"Can not squeeze dim[{axis}], expected a dimension of 1, got {input.shape[axis]}")
            return xp.squeeze(input, axis=tuple({axis % input.ndim for axis in self.squeeze_dims}))
        return xp.squeeze(input)

    def gradient(self, tf, dy, y, input):
        return like_input(input, dy)


def expand_dims(input: Any, axis: Any = None, name: str | None = None, dim: Any = None) -> Tensor:
    """Insert an axis of size 1.

    Args:
        input: a tensor with n axes.
        axis: the position of the new axis, from -n-1 to n.
        name: the name of the node.
        dim: the older name of `axis`.

    Raises:
        ValueError: if neither or both are given, or the position is out of range.

    Example:
        >>> print(tf.expand_dims([[1, 2, 3]], -1).shape)
        (1, 3, 1)
    """
    axis = either("axis", axis, "dim", dim)
    if axis is None:
        raise ValueError("Must specify an axis argument to tf.expand_dims()")
    return apply(ExpandDims(), input, axis, name=name)


def squeeze(input: Any, axis: Any = None, name: str | None = None, squeeze_dims: Any = None) -> Tensor:
    """Remove axes of size 1.

    Args:
        input: a tensor.
        axis: an axis or a list of them; by default all of size 1.
        name: the name of the node.
        squeeze_dims: the older name of `axis`.

    Raises:
        ValueError: if a given axis has another size, or both spellings are given.

    Example:
        >>> print(tf.squeeze([[[1], [2]]]).shape, tf.squeeze([[[1], [2]]], 0).shape)
        (2,) (2, 1)
    """
    axis = either("axis", axis, "squeeze_dims", squeeze_dims)
    axes = () if axis is None else (axis,) if np.ndim(axis) == 0 else expect_list(axis, "axis", "squeeze")
    return apply(Squeeze(tuple(int(a) for a in axes)), input, name=name)
