"""Shapes that begin with a batch size, and states of zeros."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes, nest
from minigraph.graph.constant_value import constant_value
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.ops.arrays import concat, expand_dims, fill
from minigraph.ops.arrays.constant import constant

__all__ = ["joined_shape", "joined_static_shape", "zero_tensors"]


def _vector(size: Any, what: str) -> tuple[Tensor | None, TensorShape]:
    """Return a size or shape as a vector, None where it is not known, and what is known of it statically."""
    if not isinstance(size, Tensor):
        static = as_shape(size)
        return constant(static.as_list(), dtypes.int32) if static.is_fully_defined() else None, static
    static = as_shape(constant_value(size))
    if size.shape.ndims == 0:
        return expand_dims.expand_dims(size, 0), static
    if size.shape.ndims != 1:
        raise ValueError(f"{what} tensor must be either a scalar or vector, but saw tensor: {size}")
    return size, static


def joined_shape(prefix: Any, suffix: Any) -> Tensor:
    """Build the shape that begins with `prefix` and ends with `suffix`.

    Args:
        prefix: the batch size, perhaps after the number of steps: an int, a shape, or an integer scalar or vector.
        suffix: the other sizes, likewise.

    Raises:
        ValueError: if one of them is not known, or is a tensor of rank 2 or more.

    Example:
        >>> print(joined_shape(2, tf.TensorShape([3, 4])).eval())
        [2 3 4]
    """
    first, rest = _vector(prefix, "prefix")[0], _vector(suffix, "suffix")[0]
    if first is None or rest is None:
        raise ValueError(f"Provided a prefix or suffix of None: {prefix} and {suffix}")
    return concat.concat((first, rest), 0)


def joined_static_shape(prefix: Any, suffix: Any) -> TensorShape:
    """Return what is statically known of `joined_shape`; builds its constants, as TF1 does.

    Example:
        >>> print(joined_static_shape(tf.placeholder(tf.int32, []), 3), joined_static_shape(None, [3]))
        <unknown> <unknown>
    """
    return _vector(prefix, "prefix")[1].concatenate(_vector(suffix, "suffix")[1])


def zero_tensors(sizes: Any, batch_size: Any, dtype: Any) -> Any:
    """Build a tensor of zeros for each size in a nested structure.

    Example:
        >>> print([t.shape.as_list() for t in zero_tensors((3, tf.TensorShape([4, 5])), 2, tf.float32)])
        [[2, 3], [2, 4, 5]]
    """

    def zeros(size: Any) -> Tensor:
        found = fill.zeros(joined_shape(batch_size, size), dtype)
        found.set_shape(joined_static_shape(batch_size, size))
        return found

    return nest.map_structure(zeros, sizes)
