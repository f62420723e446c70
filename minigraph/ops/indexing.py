"""Tensors made of indices, and indices made of tensors: one-hot, partitions, masks, reversal."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply, expect_list
from minigraph.graph.context import name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, merge, merge_sizes, with_rank, with_rank_at_least
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape
from minigraph.ops.gather import check_bounds

__all__ = ["one_hot", "dynamic_partition", "dynamic_stitch", "reverse", "reverse_v2"]


class OneHot(OpDef):
    """A row per index, with one value at that position and another elsewhere."""

    axis: int = -1

    inputs = ("indices: TI", "depth: int32", "on_value: T", "off_value: T")
    allowed = {"TI": (dtypes.uint8, dtypes.int32, dtypes.int64)}
    type_defaults = {"TI": dtypes.int64}
    static_inputs = (1,)

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

    def gradient(self, tf, dy, y, indices, depth, on_value, off_value):
        return None, None, None, None


class DynamicPartition(OpDef):
    """The rows of a tensor, sorted into parts by partition index."""

    num_partitions: int

    inputs = ("data: T", "partitions: int32")
    minimum = {"num_partitions": 1}

    def dtype(self, data, partitions):
        return (data,) * self.num_partitions

    def shape(self, data, partitions):
        if data.ndims is None or partitions.ndims is None:
            return (unknown_shape(),) * self.num_partitions
        _merge_start(data, partitions)
        return (TensorShape.of((None, *data.tuple[partitions.ndims :])),) * self.num_partitions

    def kernel(self, xp, data, partitions):
        if data.shape[: partitions.ndim] != partitions.shape:
            raise ValueError(
                "data.shape must start with partitions.shape, got data.shape = "
                f"{brackets(data.shape)}, partitions.shape = {brackets(partitions.shape)}"
            )
        check_bounds(partitions, self.num_partitions, "partitions")
        found = tuple(data[partitions == i] for i in range(self.num_partitions))
        return found if len(found) > 1 else found[0]

    def gradient(self, tf, dy, y, data, partitions):
        shape = tf.shape(partitions)
        numbers = tf.reshape(tf.range(tf.reduce_prod(shape)), shape)
        places = tf.dynamic_partition(numbers, partitions, self.num_partitions)
        result = tf.dynamic_stitch(places, list(dy) if isinstance(dy, (list, tuple)) else [dy])
        return tf.reshape(result, tf.shape(data)), None


def _merge_start(rows: TensorShape, places: TensorShape) -> None:
    """Check that a tensor has a row for each place."""
    with_rank_at_least(rows, places.ndims)  # type: ignore[arg-type]
    for m, n in zip(rows.tuple, places.tuple):
        merge_sizes(m, n)


class DynamicStitch(OpDef):
    """Rows of several tensors put at their indices; a later one wins."""

    inputs = ("*indices: int32", "*data: T")
    static_inputs = ...

    def shape(self, *inputs):
        rest, sizes = unknown_shape(), []
        for places, rows in zip(*_halves(inputs)):
            if places.shape.ndims is not None and rows.shape.ndims is not None:
                _merge_start(rows.shape, places.shape)
                rest = merge(rest, rows.shape[places.shape.ndims :])
        for places in _halves(inputs)[0]:
            sizes.append(None if places.value is None else int(np.max(places.value, initial=-1)) + 1)
        return TensorShape.of((None if None in sizes else max(sizes),)).concatenate(rest)

    def static_value(self, *inputs):
        if any(i.value is None for i in inputs):
            return None
        return self.kernel(np, *[i.value for i in inputs])

    def kernel(self, xp, *inputs):
        indices, data = _halves(inputs)
        for k, (places, rows) in enumerate(zip(indices, data)):
            if np.shape(rows)[: np.ndim(places)] != np.shape(places):
                raise ValueError(
                    f"data[{k}].shape = {brackets(np.shape(rows))} does not start with "
                    f"indices[{k}].shape = {brackets(np.shape(places))}"
                )
            if np.size(places) and np.min(places) < 0:
                raise ValueError(f"indices[{int(np.argmax(np.ravel(places) < 0))}] is out of range")
        size = max((int(np.max(i)) + 1 for i in indices if np.size(i)), default=0)
        rest = np.shape(data[0])[np.ndim(indices[0]) :]
        result = np.zeros((size, *rest), np.asarray(data[0]).dtype)
        for places, rows in zip(indices, data):
            result[np.asarray(places)] = rows
        return result

    def gradient(self, tf, dy, y, *inputs):
        indices, _ = _halves(inputs)
        return [None] * len(indices) + [tf.gather(dy, places) for places in indices]


class ParallelDynamicStitch(DynamicStitch):
    """As DynamicStitch; which of several rows with one index wins is unspecified."""


def _halves(inputs: tuple) -> tuple:
    half = len(inputs) // 2
    return inputs[:half], inputs[half:]


class ReverseV2(OpDef):
    """The elements in reverse order along axes."""

    inputs = ("tensor: T", "axis: Tidx")
    allowed = {"Tidx": dtypes.INDICES}
    type_defaults = {"Tidx": dtypes.int32}
    static_inputs = (1,)
    forwards = True

    def shape(self, tensor, axis):
        with_rank(axis.shape, 1)
        if axis.value is not None and tensor.ndims is not None:
            _check_axes(axis.value.tolist(), tensor.ndims)
        return tensor

    def kernel(self, xp, tensor, axis):
        if not np.ndim(tensor):
            return tensor
        demand(np.ndim(axis) == 1, f"'dims' must be 1-dimension, not {np.ndim(axis)}")
        _check_axes(np.asarray(axis).tolist(), np.ndim(tensor))
        return xp.flip(tensor, tuple(np.asarray(axis).tolist()))

    def gradient(self, tf, dy, y, tensor, axis):
        return tf.reverse(dy, axis), None


def _check_axes(axes: list, ndims: int) -> None:
    seen: set = set()
    for i, axis in enumerate(axes):
        if not -ndims <= axis < ndims:
            # the bracket is not closed in TF1's words either
            raise ShapeError(f"'axis'[{i}] = {axis} is out of valid range [0, {ndims - 1}")
        if axis % ndims in seen:
            raise ShapeError(f"axis {axis % ndims} specified more than once.")
        seen.add(axis % ndims)


def one_hot(
    indices: Any,
    depth: Any,
    on_value: Any = None,
    off_value: Any = None,
    axis: int | None = None,
    dtype: Any = None,
    name: str | None = None,
) -> Tensor:
    """Make, for each index, a row of zeros with a one at that position; only zeros for an index out of range.

    Args:
        indices: integers.
        depth: the length of the rows.
        on_value, off_value: what to write instead of 1 and 0.
        axis: the axis of the rows, the last by default.
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
    with name_scope(name, "one_hot", [indices, depth, on_value, off_value, axis, dtype]) as scope:
        dtype = None if dtype is None else as_dtype(dtype).base_dtype
        found = {
            side: None if value is None else convert_to_tensor(value).dtype.base_dtype
            for side, value in (("on_value", on_value), ("off_value", off_value))
        }
        for side, kind in found.items():
            if kind is not None and dtype is not None and kind != dtype:
                raise TypeError(f"dtype {kind} of {side} does not match dtype parameter {dtype}")
        dtype = dtype or found["on_value"] or found["off_value"] or dtypes.float32
        if on_value is None:
            on_value = convert_to_tensor(1, dtype, name="on_value")
        if off_value is None:
            off_value = convert_to_tensor(0, dtype, name="off_value")
        kinds = found["on_value"] or dtype, found["off_value"] or dtype
        if kinds[0] != kinds[1]:
            raise TypeError(f"dtype {kinds[0]} of on_value does not match dtype {kinds[1]} of off_value")
        return apply(OneHot(-1 if axis is None else axis), indices, depth, on_value, off_value, name=scope)


def dynamic_partition(data: Any, partitions: Any, num_partitions: int, name: str | None = None) -> list[Tensor]:
    """Sort the rows of a tensor into parts.

    Args:
        data: a tensor.
        partitions: for each row the number of its part; its shape is the start of that of `data`.
        num_partitions: how many parts.
        name: the name of the node.

    Example:
        >>> print([part.tolist() for part in sess.run(tf.dynamic_partition([10, 20, 30], [1, 0, 1], 2))])
        [[20], [10, 30]]
    """
    found = apply(DynamicPartition(num_partitions), data, partitions, name=name)
    return found if isinstance(found, list) else [found]


def dynamic_stitch(indices: Any, data: Any, name: str | None = None) -> Tensor:
    """Interleave the rows of several tensors, each at its index.

    Args:
        indices: a list of int32 tensors.
        data: a list of tensors, with a row for each index.
        name: the name of the node.

    Raises:
        ValueError: if the lists differ in length.

    Example:
        >>> print(tf.dynamic_stitch([[0, 2], [1]], [[10, 30], [20]]).eval())
        [10 20 30]
    """
    expect_list(indices, "indices", "dynamic_stitch")
    if len(expect_list(data, "data", "dynamic_stitch")) != len(indices):
        raise ValueError(
            f"List argument 'data' to 'dynamic_stitch' Op with length {len(data)} must match length "
            f"{len(indices)} of argument 'indices'."
        )
    if not indices:
        raise ValueError("List argument 'indices' to 'DynamicStitch' Op with length 0 shorter than minimum length 1.")
    return apply(DynamicStitch(), *indices, *data, name=name)


def reverse(tensor: Any, axis: Any, name: str | None = None) -> Tensor:
    """Reverse the order of the elements along axes.

    Args:
        tensor: a tensor.
        axis: a list of axes.
        name: the name of the node.

    Example:
        >>> print(tf.reverse([1, 2, 3], [0]).eval())
        [3 2 1]
    """
    return apply(ReverseV2(), tensor, axis, name=name)


reverse_v2 = reverse
