"""Reading and changing shapes: shape, size, rank, reshape, expand_dims, squeeze."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply, expect_list
from minigraph.graph.context import name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import as_sizes, demand
from minigraph.graph.shapes import ShapeError, TensorShape, unknown_shape
from minigraph.graph.static import constant_value_as_shape
from minigraph.ops import constants, sizes

__all__ = ["shape", "shape_n", "rank", "size", "reshape", "expand_dims", "squeeze"]


class Shape(OpDef):
    """The shape, as a vector of integers."""

    out_type: DType = dtypes.int32
    inputs = ("input",)
    allowed = {"out_type": dtypes.INDICES}
    outputs = ("out_type",)

    def shape(self, input):
        return TensorShape.of((input.ndims,))

    def as_shape(self, input):
        return input.shape

    def static_value(self, input):
        if input.shape.is_fully_defined():
            return np.array(input.shape.as_list(), self.out_type.as_numpy_dtype)
        return None if input.value is None else np.array(input.value.shape, self.out_type.as_numpy_dtype)

    def kernel(self, xp, input):
        return np.array(np.shape(input), self.out_type.as_numpy_dtype)

    def gradient(self, tf, dy, y, input):
        return None


class ShapeN(OpDef):
    """The shapes of several inputs."""

    out_type: DType = dtypes.int32
    inputs = ("*input: T",)
    allowed = {"out_type": dtypes.INDICES}

    def dtype(self, *types):
        return (self.out_type,) * len(types)

    def shape(self, *shapes):
        return tuple(TensorShape.of((s.ndims,)) for s in shapes)

    def as_shape(self, *inputs):
        return [i.shape for i in inputs]

    def kernel(self, xp, *arrays):
        found = tuple(np.array(np.shape(a), self.out_type.as_numpy_dtype) for a in arrays)
        return found if len(found) > 1 else found[0]

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class Rank(OpDef):
    """The number of axes."""

    inputs = ("input",)
    outputs = ("int32",)

    def shape(self, input):
        return TensorShape.of(())

    def static_value(self, input):
        return None if input.shape.ndims is None else np.int32(input.shape.ndims)

    def kernel(self, xp, input):
        return np.array(np.ndim(input), np.int32)

    def gradient(self, tf, dy, y, input):
        return None


class Size(OpDef):
    """The number of elements."""

    out_type: DType = dtypes.int32
    inputs = ("input",)
    allowed = {"out_type": dtypes.INDICES}
    outputs = ("out_type",)

    def shape(self, input):
        return TensorShape.of(())

    def static_value(self, input):
        found = input.shape.num_elements()
        if found is None:
            found = None if input.value is None else input.value.size
        return None if found is None else self.out_type.as_numpy_dtype(found)

    def kernel(self, xp, input):
        return np.array(np.size(input), self.out_type.as_numpy_dtype)

    def gradient(self, tf, dy, y, input):
        return None


class Reshape(OpDef):
    """The same elements in another shape; one size may be -1."""

    inputs = ("tensor: T", "shape: Tshape")
    allowed = {"Tshape": dtypes.INDICES}
    type_defaults = {"Tshape": dtypes.int32}
    static_inputs = shape_inputs = (1,)
    forwards = True

    def shape(self, tensor, shape):
        wanted, count = as_sizes(shape), 0 if 0 in (tensor.tuple or ()) else tensor.num_elements()
        if shape.value is None:
            return sizes.completed(wanted, count)
        return sizes.static_shape(wanted, shape.value.tolist(), count)

    def kernel(self, xp, tensor, shape):
        return xp.reshape(tensor, sizes.whole_shape(np.shape(tensor), np.asarray(shape)))

    def gradient(self, tf, dy, y, tensor, shape):
        return like_input(tensor, dy), None


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


class Squeeze(OpDef):
    """Remove the axes of size 1, or those named."""

    squeeze_dims: tuple = ()
    inputs = ("input",)
    forwards = True

    def shape(self, input):
        if input.ndims is None:
            return unknown_shape()
        for i, axis in enumerate(self.squeeze_dims):
            if not -input.ndims <= axis < input.ndims:
                raise ShapeError(f"squeeze_dims[{i}] not in [{-input.ndims},{input.ndims}).")
        axes = {axis % input.ndims for axis in self.squeeze_dims}
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


def like_input(x: Tensor, gradient: Any) -> Tensor:
    """Reshape a gradient like the input `x`, which has as many elements."""
    return reshape(gradient, shape(x))


def shape(input: Any, name: str | None = None, out_type: Any = dtypes.int32) -> Tensor:
    """Return the shape at run time; a constant where it is known already.

    Args:
        input: a tensor.
        name: the name of the node.
        out_type: int32 or int64.

    Returns:
        A vector of that type.

    Example:
        >>> print(tf.shape([[1, 2, 3]]).eval())
        [1 3]
    """
    return shape_internal(input, name, True, out_type)


def shape_internal(input: Any, name: str | None = None, optimize: bool = True, out_type: Any = dtypes.int32) -> Tensor:
    """As `shape`; not `optimize` makes a Shape node always."""
    with name_scope(name, "Shape", [input]) as scope:
        known = convert_to_tensor(input).shape
        if optimize and known.is_fully_defined():
            return constants.constant(known.as_list(), out_type, name=scope)
        return apply(Shape(as_dtype(out_type)), input, name=scope)


def shape_n(input: Any, out_type: Any = dtypes.int32, name: str | None = None) -> list[Tensor]:
    """Return the shapes of several tensors of one type.

    Args:
        input: a list of tensors.
        out_type: int32 or int64.
        name: the name of the node.

    Example:
        >>> print(sess.run(tf.shape_n([[1, 2], [3]])))
        [array([2], dtype=int32), array([1], dtype=int32)]
    """
    found = apply(ShapeN(as_dtype(out_type)), *expect_list(input, "input", "shape_n"), name=name)
    return found if isinstance(found, list) else [found]


def size(input: Any, name: str | None = None, out_type: Any = dtypes.int32) -> Tensor:
    """Return the number of elements at run time; a constant where it is known already.

    Args:
        input: a tensor.
        name: the name of the node.
        out_type: int32 or int64.

    Example:
        >>> print(tf.size([[1, 2, 3]]).eval())
        3
    """
    return size_internal(input, name, True, out_type)


def size_internal(input: Any, name: str | None = None, optimize: bool = True, out_type: Any = dtypes.int32) -> Tensor:
    """As `size`; not `optimize` makes a Size node always."""
    with name_scope(name, "Size", [input]) as scope:
        tensor = convert_to_tensor(input)
        if optimize:
            count = 0 if 0 in (tensor.shape.tuple or ()) else tensor.shape.num_elements()
            if count is not None:
                return constants.constant(count, out_type, name=scope)
        return apply(Size(as_dtype(out_type)), tensor, name=scope)


def rank(input: Any, name: str | None = None) -> Tensor:
    """Return the number of axes (not the rank of a matrix); a constant where it is known already.

    Args:
        input: a tensor.
        name: the name of the node.

    Example:
        >>> print(tf.rank([[1, 2], [3, 4]]).eval())
        2
    """
    return rank_internal(input, name, True)


def rank_internal(input: Any, name: str | None = None, optimize: bool = True) -> Tensor:
    """As `rank`; not `optimize` makes a Rank node always."""
    with name_scope(name, "Rank", [input]) as scope:
        tensor = convert_to_tensor(input)
        if optimize and tensor.shape.ndims is not None:
            return constants.constant(tensor.shape.ndims, dtypes.int32, name=scope)
        return apply(Rank(), tensor, name=scope)


def reshape(tensor: Any, shape: Any, name: str | None = None) -> Tensor:
    """Return the same elements, in row-major order, in another shape.

    Args:
        tensor: a tensor.
        shape: a vector of integers; one may be -1, and is worked out.
        name: the name of the node.

    Raises:
        ValueError: if the numbers of elements differ (at once where they are known, else when it runs).

    Example:
        >>> print(tf.reshape(tf.placeholder(tf.float32, [None, 2, 3]), [-1, 6]).shape)
        (?, 6)
    """
    result = apply(Reshape(), tensor, shape, name=name)
    if not result.shape.is_fully_defined():
        result.set_shape(constant_value_as_shape(result.op.inputs[1]))
    return result


def expand_dims(input: Any, axis: Any = None, name: str | None = None, dim: Any = None) -> Tensor:
    """Insert an axis of size 1.

    Args:
        input: a tensor with n axes.
        axis: where, from -n-1 to n.
        name: the name of the node.
        dim: the older name of `axis`.

    Raises:
        ValueError: if neither or both are given, or the place does not exist.

    Example:
        >>> print(tf.expand_dims([[1, 2, 3]], -1).shape)
        (1, 3, 1)
    """
    axis = either("axis", axis, "dim", dim)
    if axis is None:
        raise ValueError("Must specify an axis argument to tf.expand_dims()")
    return apply(ExpandDims(), input, axis, name=name)


def either(new_name: str, new: Any, old_name: str, old: Any) -> Any:
    """Return the one of two spellings of an argument that is not None."""
    if old is None:
        return new
    if new is not None:
        raise ValueError(f"Cannot specify both '{old_name}' and '{new_name}'")
    return old


def squeeze(input: Any, axis: Any = None, name: str | None = None, squeeze_dims: Any = None) -> Tensor:
    """Remove axes of size 1.

    Args:
        input: a tensor.
        axis: which, a number or a list; by default all of size 1.
        name: the name of the node.
        squeeze_dims: the older name of `axis`.

    Raises:
        ValueError: if an axis named has another size, or both spellings are given.

    Example:
        >>> print(tf.squeeze([[[1], [2]]]).shape, tf.squeeze([[[1], [2]]], 0).shape)
        (2,) (2, 1)
    """
    axis = either("axis", axis, "squeeze_dims", squeeze_dims)
    axes = () if axis is None else (axis,) if np.ndim(axis) == 0 else expect_list(axis, "axis", "squeeze")
    return apply(Squeeze(tuple(int(a) for a in axes)), input, name=name)
