"""Zeros, or another tensor, updated at index vectors."""

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import as_sizes, demand, merge, with_rank, with_rank_at_least
from minigraph.graph.shapes import ShapeError, TensorShape, brackets
from minigraph.ops.rows.gather import check_rows

__all__ = ["scatter_nd", "tensor_scatter_add", "tensor_scatter_sub", "tensor_scatter_update"]


class ScatterNd(OpDef):
    """Zeros of a shape, with updates added at the index vectors in `indices`."""

    inputs = ("indices: Tindices", "updates: T", "shape: Tindices")
    allowed = {"Tindices": dtypes.INDICES}
    type_defaults = {"Tindices": dtypes.int32}
    static_inputs = shape_inputs = (2,)

    def shape(self, indices, updates, shape):
        with_rank(shape.shape, 1)
        _check_outer(indices, updates)
        output = as_sizes(shape)
        if 0 in (output.tuple or ()) and indices.num_elements() and updates.num_elements():
            raise ShapeError("Indices and updates specified for empty output shape")
        _check_inner(output, indices, updates)
        return output

    def kernel(self, xp, indices, updates, shape):
        demand(np.ndim(shape) == 1, f"Shape must be a vector, not {brackets(np.shape(shape))}")
        demand(np.ndim(indices), "Indices shape must have rank at least one. Found:[]")
        demand(np.ndim(updates), "Updates shape must have rank at least one. Found:[]")
        demand(
            np.prod(shape) or not (np.size(indices) or updates.size),
            f"Indices and updates specified for empty output.  indices shape: {brackets(np.shape(indices))}",
        )
        is_text = updates.dtype == object
        result = np.full(tuple(np.asarray(shape).tolist()), b"" if is_text else 0, updates.dtype)
        indices = np.asarray(indices)
        _check_scatter(result, indices, updates)
        np.add.at(result, tuple(np.moveaxis(indices, -1, 0)), updates)
        return result

    def gradient(self, tf, dy, y, indices, updates, shape):
        return None, tf.gather_nd(dy, indices), None


class _TensorScatter(OpDef):
    inputs = ("tensor: T", "indices: Tindices", "updates: T")
    put: ClassVar[Callable]
    allowed = {"Tindices": dtypes.INDICES}

    def shape(self, tensor, indices, updates):
        with_rank_at_least(tensor, 1)
        _check_outer(indices, updates)
        _check_inner(tensor, indices, updates)
        return tensor

    def kernel(self, xp, tensor, indices, updates):
        indices = np.asarray(indices)
        result = np.array(tensor)
        _check_scatter(result, indices, updates)
        self.put(result, tuple(np.moveaxis(indices, -1, 0)), updates)
        return result


class TensorScatterAdd(_TensorScatter):
    """A tensor with updates added at index vectors."""

    @staticmethod
    def put(result, key, updates):
        np.add.at(result, key, updates)

    def gradient(self, tf, dy, y, tensor, indices, updates):
        found = tf.gather_nd(dy, indices)
        return tf.identity(dy), None, found


class TensorScatterSub(_TensorScatter):
    """A tensor with updates subtracted at index vectors."""

    @staticmethod
    def put(result, key, updates):
        np.subtract.at(result, key, updates)

    def gradient(self, tf, dy, y, tensor, indices, updates):
        found = tf.gather_nd(dy, indices)
        return tf.identity(dy), None, -found


class TensorScatterUpdate(_TensorScatter):
    """A tensor with values replaced at index vectors."""

    @staticmethod
    def put(result, key, updates):
        result[key] = updates

    def gradient(self, tf, dy, y, tensor, indices, updates):
        found = tf.gather_nd(dy, indices)
        same = tf.identity(dy)
        return tf.tensor_scatter_update(same, indices, tf.zeros_like(updates, dtype=dy.dtype)), None, found


def _check_scatter(result: Any, indices: Any, updates: Any) -> None:
    depth, outer = indices.shape[-1], indices.shape[:-1]
    if updates.shape[: len(outer)] != outer:
        raise ValueError(
            "Outer dimensions of indices and update must match. Indices shape: "
            f"{brackets(indices.shape)}, updates shape:{brackets(updates.shape)}"
        )
    if depth > result.ndim or updates.shape[len(outer) :] != result.shape[depth:]:
        raise ValueError(
            "Inner dimensions of output shape must match inner dimensions of updates shape. Output: "
            f"{brackets(result.shape)} updates: {brackets(updates.shape)}"
        )
    check_rows(indices, result.shape, "shape")


def _check_outer(indices: TensorShape, updates: TensorShape) -> None:
    with_rank_at_least(indices, 1)
    with_rank_at_least(updates, 1)
    if indices.ndims is None or updates.ndims is None:
        return
    outer = indices.ndims - 1
    try:
        merge(indices[:outer], updates[:outer])
    except ShapeError as error:
        raise ShapeError(
            f"The outer {outer} dimensions of indices.shape={brackets(indices)} must match the outer "
            f"{outer} dimensions of updates.shape={brackets(updates)}: {error}"
        ) from None


def _check_inner(output: TensorShape, indices: TensorShape, updates: TensorShape) -> None:
    if None in (output.ndims, indices.ndims, updates.ndims) or indices.tuple[-1] is None:
        return
    depth, inner = indices.tuple[-1], updates[len(indices) - 1 :]
    count = len(output) - depth
    if count < 0:
        return  # an error, but at run time
    try:
        merge(output[depth:], inner)
    except ShapeError as error:
        raise ShapeError(
            f"The inner {count} dimensions of output.shape={brackets(output)} must match the inner "
            f"{len(updates) - len(indices) + 1} dimensions of updates.shape={brackets(updates)}: "
            f"{error}"
        ) from None


def scatter_nd(indices: Any, updates: Any, shape: Any, name: str | None = None) -> Tensor:
    """Add updates at index vectors to a tensor of zeros.

    Args:
        indices: integers; the last axis holds the index vectors.
        updates: the values.
        shape: the shape of the result.
        name: the name of the node.

    Example:
        >>> print(tf.scatter_nd([[1], [3], [1]], [5, 7, 1], [5]).eval())
        [0 6 0 7 0]
    """
    return apply(ScatterNd(), indices, updates, shape, name=name)


def tensor_scatter_add(tensor: Any, indices: Any, updates: Any, name: str | None = None) -> Tensor:
    """Return `tensor` with updates added at index vectors.

    Args:
        tensor: a tensor.
        indices: integers; the last axis holds the index vectors.
        updates: the values.
        name: the name of the node.

    Example:
        >>> print(tf.tensor_scatter_add([1, 2, 3], [[0], [2]], [7, 8]).eval())
        [ 8  2 11]
    """
    return apply(TensorScatterAdd(), tensor, indices, updates, name=name)


def tensor_scatter_sub(tensor: Any, indices: Any, updates: Any, name: str | None = None) -> Tensor:
    """Return `tensor` with updates subtracted at index vectors.

    Args:
        tensor: a tensor.
        indices: integers; the last axis holds the index vectors.
        updates: the values.
        name: the name of the node.

    Example:
        >>> print(tf.tensor_scatter_sub([1, 2, 3], [[0], [2]], [7, 8]).eval())
        [-6  2 -5]
    """
    return apply(TensorScatterSub(), tensor, indices, updates, name=name)


def tensor_scatter_update(tensor: Any, indices: Any, updates: Any, name: str | None = None) -> Tensor:
    """Return `tensor` with values replaced at index vectors.

    Args:
        tensor: a tensor.
        indices: integers; the last axis holds the index vectors.
        updates: the values.
        name: the name of the node.

    Example:
        >>> print(tf.tensor_scatter_update([1, 2, 3], [[0], [2]], [7, 8]).eval())
        [7 2 8]
    """
    return apply(TensorScatterUpdate(), tensor, indices, updates, name=name)
