"""Rows picked by their numbers, and rows put back: gather, gather_nd, scatter_nd."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.context import colocate_with, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape
from minigraph.graph.static import constant_value
from minigraph.ops import array, cast, identities, join, sequences, transposing

__all__ = ["gather", "gather_nd", "scatter_nd", "batch_gather", "tensor_scatter_add", "tensor_scatter_sub",
           "tensor_scatter_update"]


def check_bounds(indices: Any, size: int) -> None:
    """Raises ValueError where an index is not a row number."""
    if indices.size and (indices.min() < 0 or indices.max() >= size):
        at = int(np.argmax((indices < 0) | (indices >= size)))
        place = ",".join(str(int(i)) for i in np.unravel_index(at, indices.shape))
        raise ValueError(f"indices[{place}] = {indices.ravel()[at]} is not in [0, {size})")


@dataclass(frozen=True, eq=False)
class GatherV2(OpDef):
    """The slices of `params` along an axis whose numbers `indices` gives."""
    batch_dims: int = 0
    inputs = ("params: Tparams", "indices: Tindices", "axis: Taxis")
    outputs = ("Tparams",)
    allowed = {"Tindices": dtypes.INDICES, "Taxis": dtypes.INDICES}
    type_defaults = {"Taxis": dtypes.int32}
    static_inputs = (2,)

    def shape(self, params, indices, axis):
        if params.ndims is None or indices.ndims is None or axis.value is None:
            return unknown_shape()
        at = int(axis.value)
        if not -params.ndims <= at < params.ndims:
            raise ShapeError(f"Shape must be at least rank {at + 1 if at >= 0 else -at} but is rank {params.ndims}")
        at %= params.ndims
        batch = self.batch_dims % (indices.ndims + 1) if self.batch_dims < 0 else self.batch_dims
        return TensorShape.of((*params.tuple[:at], *indices.tuple[batch:], *params.tuple[at + 1:]))

    def kernel(self, xp, params, indices, axis):
        indices, at = np.asarray(indices), int(axis) % np.ndim(params)
        check_bounds(indices, params.shape[at])
        batch = self.batch_dims + indices.ndim if self.batch_dims < 0 else self.batch_dims
        if not batch:
            return xp.take(params, indices, axis=at)
        moved = np.moveaxis(params, at, batch)
        flat = moved.reshape(-1, *moved.shape[batch:])
        rows = indices.reshape(len(flat), -1)
        found = flat[np.arange(len(flat))[:, None], rows]
        found = found.reshape(*indices.shape, *moved.shape[batch + 1:])
        return np.moveaxis(found, range(batch, indices.ndim), range(at, at + indices.ndim - batch)) if at != batch \
            else found

    def gradient(self, dy, y, params, indices, axis):
        with colocate_with(params):
            shape = cast.cast(array.shape(params, out_type=dtypes.int64), dtypes.int32)
        size = array.expand_dims(array.size(indices), 0)
        if constant_value(axis) == 0:
            rows_shape = join.concat([size, shape[1:]], 0)
            return IndexedSlices(array.reshape(dy, rows_shape), array.reshape(indices, size), shape), None, None
        return self._dense_gradient(dy, indices, axis, shape), None, None

    def _dense_gradient(self, dy, indices, axis, shape):
        batch = self.batch_dims + indices.shape.ndims if self.batch_dims < 0 else self.batch_dims
        outer, inner = shape[:axis], shape[axis:][1:]
        values_shape = join.concat([outer, [-1], inner], 0)
        values_dims, axis_dims = array.size(values_shape), array.size(outer)
        batch_axes, middle = sequences.range(batch), sequences.range(batch, axis_dims)
        rest = sequences.range(axis_dims + 1, values_dims)
        values = array.reshape(dy, values_shape)
        moved = transposing.transpose(values, join.concat([batch_axes, [axis_dims], middle, rest], 0))
        found = _batch_gather_gradient(shape, moved, indices, batch, shape[axis])
        return transposing.transpose(found, join.concat([batch_axes, middle + 1, [batch], rest], 0))


def _batch_gather_gradient(shape: Tensor, values: Tensor, indices: Tensor, batch: int, size: Any) -> Tensor:
    """Sums rows by their numbers, each batch for itself."""
    from minigraph.ops import reduction, segment
    count = array.expand_dims(array.size(indices), 0)
    if batch:
        sizes = array.shape(values)
        outer, inner = sizes[:batch], sizes[batch:][1:]
        flat_shape = join.concat([[-1], inner], 0)
        rows_of_a_batch = size
        size = size * apply(reduction.Prod(), outer, [0])
        numbers = array.reshape(sequences.range(reduction.reduce_prod(outer)),
                                join.concat([outer, [1] * (indices.shape.ndims - batch)], 0))       # type: ignore[operator]
        indices = indices + cast.cast(numbers * rows_of_a_batch, indices.dtype)
        values = array.reshape(values, flat_shape)
    found = segment.unsorted_segment_sum(values, array.reshape(indices, count), size)
    if batch:
        found = array.reshape(found, join.concat([outer, flat_shape], 0))
    return found


class GatherNd(OpDef):
    """The elements or slices of `params` that the rows of `indices` name."""
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
            raise ShapeError("indices.shape[-1] must be <= params.rank, but saw indices shape: "
                             f"{brackets(indices)} and params shape: {brackets(params)}")
        return TensorShape.of((*indices.tuple[:-1], *params.tuple[depth:]))

    def kernel(self, xp, params, indices):
        indices = np.asarray(indices)
        _check_rows(indices, params.shape)
        return xp.asarray(params[tuple(np.moveaxis(indices, -1, 0))])

    def gradient(self, dy, y, params, indices):
        shape = array.shape(params, out_type=indices.dtype)
        if indices.shape.ndims == 2 and indices.shape.tuple[-1] == 1:
            return IndexedSlices(dy, array.squeeze(indices, axis=-1), shape), None
        return scatter_nd(indices, dy, shape), None


def _check_rows(indices: Any, shape: tuple) -> None:
    limits = np.array(shape[:indices.shape[-1]])
    bad = ((indices < 0) | (indices >= limits)).any(axis=-1)
    if bad.any():
        at = np.unravel_index(int(np.argmax(bad)), bad.shape) if bad.ndim else ()
        place = ", ".join(str(int(i)) for i in at)
        raise ValueError(f"indices[{place}] = {indices[at].tolist()} does not index into param shape {list(shape)}")


class ScatterNd(OpDef):
    """Zeros of a shape, to which updates are added at the places that the rows of `indices` name."""
    inputs = ("indices: Tindices", "updates: T", "shape: Tindices")
    allowed = {"Tindices": dtypes.INDICES}
    type_defaults = {"Tindices": dtypes.int32}
    static_inputs = (2,)

    def shape(self, indices, updates, shape):
        return shape.as_shape

    def kernel(self, xp, indices, updates, shape):
        result = np.zeros(tuple(np.asarray(shape).tolist()), updates.dtype)
        indices = np.asarray(indices)
        _check_rows(indices, result.shape)
        np.add.at(result, tuple(np.moveaxis(indices, -1, 0)), updates)
        return result

    def gradient(self, dy, y, indices, updates, shape):
        return None, gather_nd(dy, indices), None


class _TensorScatter(OpDef):
    inputs = ("tensor: T", "indices: Tindices", "updates: T")
    allowed = {"Tindices": dtypes.INDICES}

    def shape(self, tensor, indices, updates):
        return tensor

    def kernel(self, xp, tensor, indices, updates):
        indices = np.asarray(indices)
        _check_rows(indices, tensor.shape)
        result = np.array(tensor)
        self.put(result, tuple(np.moveaxis(indices, -1, 0)), updates)
        return result


class TensorScatterAdd(_TensorScatter):
    """A tensor with updates added at places."""

    @staticmethod
    def put(result, key, updates):
        np.add.at(result, key, updates)

    def gradient(self, dy, y, tensor, indices, updates):
        found = gather_nd(dy, indices)
        return identities.identity(dy), None, found


class TensorScatterSub(_TensorScatter):
    """A tensor with updates subtracted at places."""

    @staticmethod
    def put(result, key, updates):
        np.subtract.at(result, key, updates)

    def gradient(self, dy, y, tensor, indices, updates):
        found = gather_nd(dy, indices)
        return identities.identity(dy), None, -found


class TensorScatterUpdate(_TensorScatter):
    """A tensor with other values at places."""

    @staticmethod
    def put(result, key, updates):
        result[key] = updates

    def gradient(self, dy, y, tensor, indices, updates):
        from minigraph.ops import fill
        found = gather_nd(dy, indices)
        zeros = fill.zeros_like(updates, dtype=dy.dtype)
        return tensor_scatter_update(identities.identity(dy), indices, zeros), None, found


def gather(params: Any, indices: Any, validate_indices: Any = None, name: str | None = None, axis: Any = None,
           batch_dims: int = 0) -> Tensor:
    """Gives the slices of a tensor along an axis, by their numbers.

    Its gradient for axis 0 is `IndexedSlices`: only the rows that were used.

    Args:
        params: a tensor.
        indices: integers, a tensor of any shape.
        validate_indices: accepted, as in TF1: indices are always checked.
        name: the name of the node.
        axis: which axis; by default `batch_dims`.
        batch_dims: how many leading axes the two share.

    Returns:
        A tensor of shape `params.shape[:axis] + indices.shape[batch_dims:] + params.shape[axis + 1:]`.

    Raises:
        InvalidArgumentError: in a run, if an index is out of range.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.gather([10, 20, 30], [2, 0, 0])))
        [30 10 10]
    """
    return apply(GatherV2(batch_dims), params, indices, batch_dims if axis is None else axis, name=name)


def batch_gather(params: Any, indices: Any, name: str | None = None) -> Tensor:
    """Gathers along the last axis of `indices`, each batch for itself.

    Args:
        params: a tensor.
        indices: integers; the sizes but the last are those of `params`.
        name: the name scope.

    Raises:
        ValueError: if the rank of `indices` is unknown.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.batch_gather([[1, 2], [3, 4]], [[1], [0]])).tolist())
        [[2], [3]]
    """
    with name_scope(name, "BatchGather", [params, indices]):
        indices, params = convert_to_tensor(indices, name="indices"), convert_to_tensor(params, name="params")
        if indices.shape.ndims is None:
            raise ValueError("batch_gather does not allow indices with unknown shape.")
        return gather(params, indices, axis=indices.shape.ndims - 1, batch_dims=indices.shape.ndims - 1)


def gather_nd(params: Any, indices: Any, name: str | None = None, batch_dims: int = 0) -> Tensor:
    """Gives the elements or slices that index vectors name.

    Args:
        params: a tensor.
        indices: integers; the last axis holds the index vectors.
        name: the name of the node.
        batch_dims: only 0 here.

    Raises:
        ValueError: if an index vector is longer than the rank, or `batch_dims` is not 0.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.gather_nd([[1, 2], [3, 4]], [[0, 1], [1, 0]])))
        [2 3]
    """
    if batch_dims:
        raise ValueError("gather_nd: batch_dims is not supported; use tf.gather with batch_dims")
    return apply(GatherNd(), params, indices, name=name)


def scatter_nd(indices: Any, updates: Any, shape: Any, name: str | None = None) -> Tensor:
    """Adds updates into zeros, at the places that index vectors name.

    Args:
        indices: integers; the last axis holds the index vectors.
        updates: the values.
        shape: the shape of the result.
        name: the name of the node.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.scatter_nd([[1], [3], [1]], [5, 7, 1], [5])))
        [0 6 0 7 0]
    """
    return apply(ScatterNd(), indices, updates, shape, name=name)


def tensor_scatter_add(tensor: Any, indices: Any, updates: Any, name: str | None = None) -> Tensor:
    """Gives `tensor` with updates added at the places that index vectors name."""
    return apply(TensorScatterAdd(), tensor, indices, updates, name=name)


def tensor_scatter_sub(tensor: Any, indices: Any, updates: Any, name: str | None = None) -> Tensor:
    """Gives `tensor` with updates subtracted at the places that index vectors name."""
    return apply(TensorScatterSub(), tensor, indices, updates, name=name)


def tensor_scatter_update(tensor: Any, indices: Any, updates: Any, name: str | None = None) -> Tensor:
    """Gives `tensor` with other values at the places that index vectors name."""
    return apply(TensorScatterUpdate(), tensor, indices, updates, name=name)
