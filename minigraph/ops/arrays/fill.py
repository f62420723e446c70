"""`fill`, `zeros` and `ones`: tensors with one value everywhere."""

from __future__ import annotations

import functools
import operator
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value_as_shape
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import as_sizes, with_rank
from minigraph.graph.shapes import ShapeError, TensorShape, brackets
from minigraph.ops.arrays import constant, reshape, shape_ops

__all__ = ["fill", "zeros", "ones", "zeros_like", "ones_like"]

_SMALL = 1000  # elements: below this, TF1 makes a constant


class Fill(OpDef):
    """A tensor of the given shape, filled with the value."""

    inputs = ("dims: index_type", "value: T")
    allowed = {"index_type": dtypes.INDICES}
    type_defaults = {"index_type": dtypes.int32}
    static_inputs = shape_inputs = (0,)

    def shape(self, dims, value):
        with_rank(dims.shape, 1)
        with_rank(value, 0)
        sizes = as_sizes(dims)
        if dims.value is not None and (dims.value < 0).any():
            raise ShapeError("Fill dimensions must be >= 0")
        return sizes

    def as_shape(self, dims, value):
        known = dims.as_shape
        length = known.tuple[0] if known.ndims == 1 else None
        if length is None or value.value is None:
            return None
        return TensorShape.of((int(value.value),) * length) if value.value >= 0 else None

    def kernel(self, xp, dims, value):
        dims = np.asarray(dims)
        if dims.ndim != 1:
            raise ValueError(f"dims must be a vector, got shape {brackets(dims.shape)}")
        if np.ndim(value):
            raise ValueError(f"value must be a scalar, got shape {brackets(np.shape(value))}")
        if (dims < 0).any():
            raise ValueError(f"Dimension {dims[dims < 0][0]} must be >= 0")
        return xp.full(tuple(dims.tolist()), value, dtype=getattr(value, "dtype", object))

    def gradient(self, tf, dy, y, dims, value):
        return None, tf.reduce_sum(dy)


class ZerosLike(OpDef):
    """Zeros of the input's shape and type."""

    inputs = ("x",)

    def kernel(self, xp, x):
        return zero_like(xp, x)

    def gradient(self, tf, dy, y, x):
        return None


def zero_like(xp: Any, x: Any) -> Any:
    """Return the zero that can be added to a value like x: an array of zeros; a variant value knows its own."""
    return getattr(type(x), "zero", xp.zeros_like)(x)


def fill(dims: Any, value: Any, name: str | None = None) -> Tensor:
    """Build a tensor filled with `value`.

    Args:
        dims: the shape, a vector of integers.
        value: a scalar.
        name: the name of the node.

    Example:
        >>> print(tf.fill([2, 3], 9).eval())
        [[9 9 9]
         [9 9 9]]
    """
    result = apply(Fill(), dims, value, name=name)
    if not result.shape.is_fully_defined():
        result.set_shape(constant_value_as_shape(result.op.inputs[0]))
    return result


def zeros(shape: Any, dtype: Any = dtypes.float32, name: str | None = None) -> Tensor:
    """Build a tensor of zeros (False, empty strings).

    Args:
        shape: the shape: a list, a `TensorShape` or a vector of integers.
        dtype: the element type.
        name: the name of the node.

    Example:
        >>> print(tf.zeros([2], tf.int32).eval())
        [0 0]
    """
    return _filled(shape, 0, dtype, name, "zeros")


def ones(shape: Any, dtype: Any = dtypes.float32, name: str | None = None) -> Tensor:
    """Build a tensor of ones (True).

    Args:
        shape: the shape: a list, a `TensorShape` or a vector of integers.
        dtype: the element type.
        name: the name of the node.

    Example:
        >>> print(tf.ones([2]).eval())
        [1. 1.]
    """
    return _filled(shape, 1, dtype, name, "ones")


def _filled(shape: Any, value: Any, dtype: Any, name: str | None, default_name: str) -> Tensor:
    dtype = as_dtype(dtype).base_dtype
    if dtype is dtypes.bool_:
        value = bool(value)
    elif dtype is dtypes.string:
        value = "" if not value else value
    with atomic_scope(name, default_name, [shape]) as scope:
        if not isinstance(shape, Tensor):
            try:
                if not isinstance(shape, int) and _count(shape) < _SMALL:
                    return constant.constant(value, dtype, shape, name=scope)
            except (TypeError, NotImplementedError):  # an element is not a number, or is a tensor
                pass
            try:
                shape = convert_to_tensor(TensorShape(shape))
            except (TypeError, ValueError):
                shape = convert_to_tensor(shape, dtypes.int32)
        if not shape.shape.tuple:  # a scalar, or of unknown rank
            shape = reshape.reshape(shape, [-1])
        return fill(shape, constant.constant(value, dtype), name=scope)


def _count(shape: Any) -> Any:
    """Return the number of elements; for sizes that are tensors, build TF1's nodes of product and comparison."""
    if isinstance(shape, (list, tuple)) and any(isinstance(size, Tensor) for size in shape):
        return functools.reduce(operator.mul, shape)
    return np.prod(shape)


def zeros_like(tensor: Any, dtype: Any = None, name: str | None = None, optimize: bool = True) -> Tensor:
    """Build zeros of the shape and (by default) the type of `tensor`.

    Args:
        tensor: a tensor.
        dtype: the element type.
        name: the name of the node.
        optimize: use the static shape if it is known.

    Example:
        >>> print(tf.zeros_like([1.5, 2.5]).eval())
        [0. 0.]
    """
    with atomic_scope(name, "zeros_like", [tensor]) as scope:
        tensor = convert_to_tensor(tensor, name="tensor")
        if optimize and tensor.shape.is_fully_defined() and tensor.dtype != dtypes.variant:
            return zeros(tensor.shape, dtype or tensor.dtype, name=scope)
        if dtype is not None and as_dtype(dtype) != tensor.dtype.base_dtype:
            return zeros(shape_ops.shape_internal(tensor, optimize=optimize), dtype, name=scope)
        return apply(ZerosLike(), tensor, name=scope)


def ones_like(tensor: Any, dtype: Any = None, name: str | None = None, optimize: bool = True) -> Tensor:
    """Build ones of the shape and (by default) the type of `tensor`.

    Args:
        tensor: a tensor.
        dtype: the element type.
        name: the name of the node.
        optimize: use the static shape if it is known.

    Example:
        >>> print(tf.ones_like([5, 6]).eval())
        [1 1]
    """
    with atomic_scope(name, "ones_like", [tensor]) as scope:
        tensor = convert_to_tensor(tensor, name="tensor")
        result = ones(shape_ops.shape_internal(tensor, optimize=optimize), dtype or tensor.dtype, name=scope)
        result.set_shape(tensor.shape)
        return result
