"""Partitioners: functions that say into how many parts a variable is cut along each axis."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.shapes import TensorShape

__all__ = ["fixed_size_partitioner", "min_max_variable_partitioner", "variable_axis_size_partitioner"]


def fixed_size_partitioner(num_shards: int, axis: int = 0) -> Callable:
    """Return a partitioner that makes a number of parts, at most as many as the axis is long.

    Args:
        num_shards: the number of parts.
        axis: the axis that is cut.

    Example:
        >>> tf.fixed_size_partitioner(3)(shape=tf.TensorShape([5, 2]), dtype=tf.float32)
        [3, 1]
        >>> with tf.variable_scope("big", partitioner=tf.fixed_size_partitioner(2)):
        ...     w = tf.get_variable("w", [3, 4])
        >>> [(v.name, v.shape.as_list()) for v in w]
        [('big/w/part_0:0', [2, 4]), ('big/w/part_1:0', [1, 4])]
    """

    def partitioner(shape: Any, **_: Any) -> list[int]:
        parts = [1] * len(shape)
        parts[axis] = min(num_shards, shape[axis].value)
        return parts

    return partitioner


def variable_axis_size_partitioner(
    max_shard_bytes: int, axis: int = 0, bytes_per_string_element: int = 16, max_shards: int | None = None
) -> Callable:
    """Return a partitioner that makes parts of at most a number of bytes.

    Args:
        max_shard_bytes: the greatest size of a part; one slice is always in a part.
        axis: the axis that is cut.
        bytes_per_string_element: what an element of a variable of strings counts as.
        max_shards: the greatest number of parts, or None.

    Raises:
        ValueError: if one of them is not positive; the partitioner, if the shape is not known.

    Example:
        >>> tf.variable_axis_size_partitioner(64)(shape=tf.TensorShape([16, 4]), dtype=tf.float32)
        [4, 1]
    """
    if max_shard_bytes < 1 or bytes_per_string_element < 1:
        raise ValueError("Both max_shard_bytes and bytes_per_string_element must be positive.")
    if max_shards and max_shards < 1:
        raise ValueError("max_shards must be positive.")

    def partitioner(shape: Any, dtype: Any) -> list[int]:
        _check(shape, dtype)
        size = shape[axis].value
        slice_bytes = shape.num_elements() / size * _bytes(dtype, bytes_per_string_element)
        parts = [1] * shape.ndims
        parts[axis] = math.ceil(size / max(1, math.floor(max_shard_bytes / slice_bytes)))
        if max_shards:
            parts[axis] = min(max_shards, parts[axis])
        return parts

    return partitioner


def min_max_variable_partitioner(
    max_partitions: int = 1, axis: int = 0, min_slice_size: int = 256 << 10, bytes_per_string_element: int = 16
) -> Callable:
    """Return a partitioner that makes as many parts as are allowed, of at least a number of bytes.

    Args:
        max_partitions: the greatest number of parts.
        axis: the axis that is cut.
        min_slice_size: the least size of a part in bytes.
        bytes_per_string_element: what an element of a variable of strings counts as.

    Raises:
        ValueError: by the partitioner, if the shape has no such axis.

    Example:
        >>> tf.min_max_variable_partitioner(8, min_slice_size=64)(shape=tf.TensorShape([16, 4]), dtype=tf.float32)
        [4, 1]
    """

    def partitioner(shape: Any, dtype: Any) -> list[int]:
        if axis >= len(shape):
            raise ValueError(f"Can not partition variable along axis {axis} when shape is only {shape}")
        wanted = math.ceil(shape.num_elements() * _bytes(dtype, bytes_per_string_element) / min_slice_size)
        parts = [1] * len(shape)
        parts[axis] = max(1, min(shape[axis].value, max_partitions, wanted))
        return parts

    return partitioner


def _bytes(dtype: Any, of_string: int) -> int:
    return of_string if dtype.base_dtype == dtypes.string else dtype.size


def _check(shape: Any, dtype: Any) -> None:
    if not isinstance(shape, TensorShape):
        raise ValueError(f"shape is not a TensorShape: {shape}")
    if not shape.is_fully_defined():
        raise ValueError(f"shape is not fully defined: {shape}")
    if not isinstance(dtype, dtypes.DType):
        raise ValueError(f"dtype is not a DType: {dtype}")
