"""Rows and elements selected by index."""

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scalar_inputs import scalar_value
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.graph.shape_rules import demand, with_rank_at_least
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape
from minigraph.ops.arrays import (
    cast,
    concat,
    fill,
    meshgrid,
    ranges,
    reshape,
    shape_ops,
    size_ops,
    stack,
    tile,
    transpose,
    unstack,
)
from minigraph.ops.math import reductions

__all__ = ["gather", "gather_nd", "batch_gather"]


def check_bounds(indices: Any, size: int, name: str = "indices") -> None:
    """Raise ValueError if an index is out of range."""
    if indices.size and (indices.min() < 0 or indices.max() >= size):
        at = int(np.argmax((indices < 0) | (indices >= size)))
        place = np.unravel_index(at, indices.shape)
        raise ValueError(f"{name}{_place_text(place)} = {indices.ravel()[at]} is not in [0, {size})")


def _place_text(place: Any) -> str:
    return f"[{','.join(str(int(i)) for i in place)}]" if len(place) else ""


class GatherV2(OpDef):
    """The slices of `params` along an axis at `indices`."""

    batch_dims: int = 0
    inputs = ("params: Tparams", "indices: Tindices", "axis: Taxis")
    outputs = ("Tparams",)
    allowed = {"Tindices": dtypes.INDICES, "Taxis": dtypes.INDICES}
    type_defaults = {"Taxis": dtypes.int32}
    static_inputs = (2,)

    def shape(self, params, indices, axis):
        with_rank_at_least(params, 1)
        at = scalar_value(axis)
        if params.ndims is None or indices.ndims is None:
            return unknown_shape()
        batch = self.batch_dims + indices.ndims if self.batch_dims < 0 else self.batch_dims
        if at is None:
            return unknown_shape(params.ndims - 1 + indices.ndims - batch)
        with_rank_at_least(params, at + 1 if at >= 0 else -at)
        at %= params.ndims
        return TensorShape.of((*params.tuple[:at], *indices.tuple[batch:], *params.tuple[at + 1 :]))

    def kernel(self, xp, params, indices, axis):
        demand(np.ndim(params), "params must be at least 1 dimensional")
        demand(not np.ndim(axis), "axis must be scalar")
        indices, at, ndims = np.asarray(indices), int(axis), np.ndim(params)
        if not -ndims <= at < ndims:
            raise ValueError(f"Expected axis in the range [{-ndims}, {ndims}), but got {at}")
        at %= ndims
        check_bounds(indices, params.shape[at])
        batch = self.batch_dims + indices.ndim if self.batch_dims < 0 else self.batch_dims
        if not batch:
            return xp.take(params, indices, axis=at)
        moved = np.moveaxis(params, at, batch)
        flat = moved.reshape(-1, *moved.shape[batch:])
        rows = indices.reshape(len(flat), -1)
        found = flat[np.arange(len(flat))[:, None], rows]
        found = found.reshape(*indices.shape, *moved.shape[batch + 1 :])
        return (
            np.moveaxis(found, range(batch, indices.ndim), range(at, at + indices.ndim - batch))
            if at != batch
            else found
        )

    def gradient(self, tf, dy, y, params, indices, axis):
        with colocate_with(params):
            shape = tf.cast(tf.shape(params, out_type=dtypes.int64), dtypes.int32)
        size = tf.expand_dims(tf.size(indices), 0)
        if constant_value(axis) == 0:
            rows_shape = tf.concat([size, shape[1:]], 0)
            return IndexedSlices(tf.reshape(dy, rows_shape), tf.reshape(indices, size), shape), None, None
        return self._dense_gradient(tf, dy, indices, axis, shape), None, None

    def _dense_gradient(self, tf, dy, indices, axis, shape):
        batch = self.batch_dims + indices.shape.ndims if self.batch_dims < 0 else self.batch_dims
        outer, inner = shape[:axis], shape[axis:][1:]
        values_shape = tf.concat([outer, [-1], inner], 0)
        values_dims, axis_dims = tf.size(values_shape), tf.size(outer)
        batch_axes, middle = tf.range(batch), tf.range(batch, axis_dims)
        rest = tf.range(axis_dims + 1, values_dims)
        values = tf.reshape(dy, values_shape)
        moved = tf.transpose(values, tf.concat([batch_axes, [axis_dims], middle, rest], 0))
        found = _batch_gather_gradient(tf, shape, moved, indices, batch, shape[axis])
        return tf.transpose(found, tf.concat([batch_axes, middle + 1, [batch], rest], 0))


def _batch_gather_gradient(tf: Any, shape: Tensor, values: Tensor, indices: Tensor, batch: int, size: Any) -> Tensor:
    """Sum rows by their indices, separately in each batch."""
    count = tf.expand_dims(tf.size(indices), 0)
    if batch:
        sizes = tf.shape(values)
        outer, inner = sizes[:batch], sizes[batch:][1:]
        batches = tf.reduce_prod(outer, [0])
        flat_shape = tf.concat([[-1], inner], 0)
        size = size * batches
        shape = tf.cast(shape, indices.dtype.base_dtype)
        indices = _with_batch_offsets(indices, batch, shape, tf.ones((), indices.dtype), tf.range)
        values = tf.reshape(values, flat_shape)
    found = tf.unsorted_segment_sum(values, tf.reshape(indices, count), size)
    if batch:
        found = tf.reshape(found, tf.concat([outer, flat_shape], 0))
    return found


def _with_batch_offsets(indices: Tensor, batch: int, sizes: Tensor, rows: Tensor, make_range: Callable) -> Tensor:
    """Convert row indices within each batch to row indices of the tensor whose batch axes are merged into its rows.

    Args:
        indices: row indices.
        batch: the number of batch axes.
        sizes: the sizes of the tensor's axes, in the type of the indices.
        rows: a 1 of that type.
        make_range: the function that builds a range.
    """
    result, ndims = indices, len(indices.shape)
    for axis in range(batch, 0, -1):
        size = sizes[axis - 1]
        rows = rows * sizes[axis]
        numbers = make_range(fill.zeros((), indices.dtype), size, fill.ones((), indices.dtype)) * rows
        result = result + reshape.reshape(numbers, stack.stack([1] * (axis - 1) + [size] + [1] * (ndims - axis)))
    return result


class GatherNd(OpDef):
    """The elements or slices of `params` at the index vectors in `indices`."""

    inputs = ("params: Tparams", "indices: Tindices")
    outputs = ("Tparams",)
    allowed = {"Tindices": dtypes.INDICES}

    def shape(self, params, indices):
        if params.ndims is None or indices.ndims is None:
            return unknown_shape()
        if not indices.ndims:
            raise ShapeError("Shape must be at least rank 1 but is rank 0")
        depth = indices.tuple[-1]
        if depth is None:
            return unknown_shape()
        if depth > params.ndims:
            raise ShapeError(
                "indices.shape[-1] must be <= params.rank, but saw indices shape: "
                f"{brackets(indices)} and params shape: {brackets(params)}"
            )
        return TensorShape.of((*indices.tuple[:-1], *params.tuple[depth:]))

    def kernel(self, xp, params, indices):
        indices = np.asarray(indices)
        demand(np.ndim(params), "params must be at least a vector")
        demand(indices.ndim, "indices must be at least a vector")
        if indices.shape[-1] > np.ndim(params):
            raise ValueError(
                "index innermost dimension length must be <= params rank; saw: "
                f"{indices.shape[-1]} vs. {np.ndim(params)}"
            )
        demand(
            params.size or 0 in indices.shape[:-1],
            f"Requested more than 0 entries, but params is empty.  Params shape: {brackets(params.shape)}",
        )
        check_rows(indices, params.shape, "param shape")
        if not indices.shape[-1]:  # index vectors of length 0 select the whole tensor
            return xp.array(xp.broadcast_to(params, indices.shape[:-1] + params.shape))
        return xp.asarray(params[tuple(np.moveaxis(indices, -1, 0))])

    def gradient(self, tf, dy, y, params, indices):
        shape = tf.shape(params, out_type=indices.dtype)
        if indices.shape.ndims == 2 and indices.shape.tuple[-1] == 1:
            return IndexedSlices(dy, tf.squeeze(indices, axis=-1), shape), None

        return tf.scatter_nd(indices, dy, shape), None


def check_rows(indices: Any, shape: tuple, what: str) -> None:
    """Raise ValueError if a row of `indices` is out of range for that shape."""
    limits = np.array(shape[: indices.shape[-1]])
    bad = ((indices < 0) | (indices >= limits)).any(axis=-1)
    if bad.any():
        at = np.unravel_index(int(np.argmax(bad)), bad.shape) if bad.ndim else ()
        raise ValueError(
            f"indices{_place_text(at)} = {indices[at].tolist()} does not index into {what} {brackets(shape)}"
        )


def gather(
    params: Any,
    indices: Any,
    validate_indices: Any = None,
    name: str | None = None,
    axis: Any = None,
    batch_dims: int = 0,
) -> Tensor:
    """Return the slices of a tensor along an axis, by index.

    Its gradient for axis 0 is `IndexedSlices`: only the rows that were used.

    Args:
        params: a tensor.
        indices: integers, a tensor of any shape.
        validate_indices: accepted, as in TF1: indices are always checked.
        name: the name of the node.
        axis: the axis; by default `batch_dims`.
        batch_dims: the number of shared leading axes.

    Returns:
        A tensor of shape `params.shape[:axis] + indices.shape[batch_dims:] + params.shape[axis + 1:]`.

    Raises:
        InvalidArgumentError: in a run, if an index is out of range.

    Example:
        >>> print(tf.gather([10, 20, 30], [2, 0, 0]).eval())
        [30 10 10]
    """
    axis = batch_dims if axis is None else axis
    if (constant_value(axis) if isinstance(axis, Tensor) else axis) == 0:
        batch_dims = 0  # there are no axes before axis 0 to share
        if hasattr(params, "handle"):
            return params.sparse_read(indices, name=name)
    return apply(GatherV2(batch_dims), params, indices, axis, name=name)


def batch_gather(params: Any, indices: Any, name: str | None = None) -> Tensor:
    """Gather along the last axis of `indices`, separately in each batch.

    Args:
        params: a tensor.
        indices: integers; all sizes except the last are those of `params`.
        name: the name scope.

    Raises:
        ValueError: if the rank of `indices` is unknown.

    Example:
        >>> print(tf.batch_gather([[1, 2], [3, 4]], [[1], [0]]).eval().tolist())
        [[2], [3]]
    """
    with atomic_scope(name, "BatchGather", [params, indices]):
        indices, params = convert_to_tensor(indices, name="indices"), convert_to_tensor(params, name="params")
        if indices.shape.ndims is None:
            raise ValueError("batch_gather does not allow indices with unknown shape.")
        return _gather_in_batches(params, indices, indices.shape.ndims - 1)


def _gather_in_batches(params: Tensor, indices: Tensor, batch: int) -> Tensor:
    for tensor, what in ((indices, "indices"), (params, "params")):
        if tensor.shape.ndims is not None and not 0 <= batch < tensor.shape.ndims:
            raise ValueError(f"batch_dims = {batch} must be less than rank({what}) = {tensor.shape.ndims}")
    indices_shape, shape = shape_ops.shape(indices), shape_ops.shape(params)
    one = fill.ones((), indices.dtype)
    sizes = apply(cast.Cast(indices.dtype.base_dtype), shape)
    flat = reshape.reshape(_with_batch_offsets(indices, batch, sizes, one, _plain_range), [-1])
    inner = shape[batch + 1 :]
    rows = apply(reductions.Prod(), shape[: batch + 1], [0])
    found = gather(reshape.reshape(params, concat.concat([[rows], inner], 0)), flat)
    result = reshape.reshape(found, concat.concat([indices_shape, inner], 0))
    known = indices.shape[:batch].merge_with(params.shape[:batch])
    result.set_shape(known.concatenate(indices.shape[batch:]).concatenate(params.shape[batch + 1 :]))
    return result


def _plain_range(start: Any, limit: Any, delta: Any) -> Tensor:
    return apply(ranges.Range(), start, limit, delta)


def gather_nd(params: Any, indices: Any, name: str | None = None, batch_dims: int = 0) -> Tensor:
    """Return the elements or slices at index vectors.

    Args:
        params: a tensor.
        indices: integers; the last axis holds the index vectors.
        name: the name of the node.
        batch_dims: the number of shared leading axes.

    Raises:
        ValueError: if an index vector is longer than the rank, or there are fewer axes to share.

    Example:
        >>> print(tf.gather_nd([[1, 2], [3, 4]], [[0, 1], [1, 0]]).eval())
        [2 3]
    """
    if isinstance(batch_dims, Tensor) and (known := constant_value(batch_dims)) is not None:
        batch_dims = int(known)
    if not isinstance(batch_dims, int) or batch_dims:
        return _gather_nd_in_batches(params, indices, batch_dims, name)
    if hasattr(params, "handle"):
        return params.gather_nd(indices, name=name)
    return apply(GatherNd(), params, indices, name=name)


def _gather_nd_in_batches(params: Any, indices: Any, batch: Any, name: str | None) -> Tensor:
    """Prepend to each index vector the indices of its batch, with the batch axes temporarily merged."""
    with atomic_scope(name, "BatchGatherND", [params, indices]):
        indices, params = convert_to_tensor(indices, name="indices"), convert_to_tensor(params, name="params")
        _check_batch(params, indices, batch)
        params_shape, indices_shape = shape_ops.shape(params), shape_ops.shape(indices)
        outer = params_shape[:batch]
        count = apply(reductions.Prod(), outer, [0])
        between = size_ops.rank(indices) - batch - 1
        inner = indices_shape[batch:-1]
        numbers = [apply(cast.Cast(indices.dtype), _plain_range(0, size, 1)) for size in unstack.unstack(outer)]
        flat = [reshape.reshape(grid, (-1,)) for grid in meshgrid.meshgrid(*numbers, indexing="ij")]
        grid = transpose.transpose(stack.stack(flat))
        shape = shape_ops.shape(grid)
        grid = reshape.reshape(grid, concat.concat([shape[:1], fill.ones(between, dtypes.int32), shape[1:]], 0))
        grid = tile.tile(grid, concat.concat(((1,), inner, (1,)), 0))
        rows = reshape.reshape(indices, concat.concat(([count], indices_shape[batch:]), 0))
        found = apply(GatherNd(), params, concat.concat((grid, rows), -1))
        return reshape.reshape(found, concat.concat((outer, shape_ops.shape(found)[1:]), 0))


def _check_batch(params: Tensor, indices: Tensor, batch: Any) -> None:
    if not isinstance(batch, int):
        raise TypeError(f"batch_dims must be an int; got {batch!r}")
    if batch < 0:
        raise ValueError("tf.gather_nd does not allow negative batch_dims.")
    for tensor, what in ((indices, "indices"), (params, "params")):
        if tensor.shape.ndims is not None and batch >= tensor.shape.ndims:
            raise ValueError(f"batch_dims = {batch} must be less than rank({what}) = {tensor.shape.ndims}")
