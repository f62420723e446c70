"""Reductions of sparse tensors along axes, and the softmax of their rows."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape, unknown_shape
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.graph.type_lists import types
from minigraph.ops.arrays import constant, ranges, size_ops
from minigraph.ops.arrays.shape_ops import either
from minigraph.ops.math.reduction_gradients import reduced_shape
from minigraph.ops.sparse.indices import NUMBERS, REALS, check_bounds, check_parts, flat, ranked

__all__ = [
    "sparse_reduce_max",
    "sparse_reduce_max_sparse",
    "sparse_reduce_sum",
    "sparse_reduce_sum_sparse",
    "sparse_softmax",
]


class _Reduce(OpDef):
    """Base: the elements reduced along axes, as a dense tensor."""

    keep_dims: bool = False

    inputs = ("input_indices: int64", "input_values: T", "input_shape: int64", "reduction_axes: int32")
    static_inputs = (2, 3)
    shape_inputs = (2,)
    ufunc: ClassVar[Any] = None

    def shape(self, indices, values, shape, axes):
        if shape.value is None or axes.value is None:
            return unknown_shape()
        sizes = shape.value.tolist()
        gone = {axis % len(sizes) for axis in np.atleast_1d(axes.value).tolist()}
        return TensorShape.of(tuple(self._left(sizes, gone)))

    def _left(self, sizes: list, gone: set) -> list:
        return [1 if i in gone else n for i, n in enumerate(sizes) if i not in gone or self.keep_dims]

    def _groups(self, indices, values, shape, axes):
        """Return the index vectors of the elements of the reduced tensor, the reduced elements, and its shape."""
        check_parts(indices, values, shape)
        rank = len(shape)
        for axis in np.reshape(axes, -1).tolist():
            demand(-rank <= axis < rank, f"Invalid reduction dimension {axis}, for input with {rank} dimensions.")
        gone = {axis % rank for axis in np.reshape(axes, -1).tolist()}
        sizes = self._left(shape.tolist(), gone)
        kept = np.where(np.isin(np.arange(rank), list(gone)), 0, indices)
        kept = kept if self.keep_dims else kept[:, [i for i in range(rank) if i not in gone]]
        keys = ranked(kept)
        order = np.argsort(keys, kind="stable")
        _, first = np.unique(keys[order], return_index=True)
        ufunc = type(self).ufunc
        found = ufunc.reduceat(values[order], first) if len(first) else np.zeros(0, values.dtype)
        return kept[order[first]], found.astype(values.dtype), np.array(sizes, np.int64)

    def kernel(self, xp, indices, values, shape, axes):
        kept, found, sizes = self._groups(indices, values, shape, axes)
        check_bounds(kept, sizes)
        result = np.zeros(int(np.prod(sizes)), values.dtype)
        result[flat(kept, sizes)] = found
        return result.reshape(sizes.tolist())


class SparseReduceSum(_Reduce):
    """The sums of the elements along axes."""

    allowed = {"T": NUMBERS}
    ufunc = np.add

    def gradient(self, tf, dy, y, indices, values, shape, axes):
        kept = reduced_shape(tf, shape, axes)
        dy = tf.reshape(dy, kept)
        scale = tf.floordiv(shape, tf.cast(kept, dtypes.int64))
        return None, tf.gather_nd(dy, tf.floordiv(indices, scale)), None, None


class SparseReduceMax(_Reduce):
    """The largest elements along axes; zero where there are none."""

    allowed = {"T": REALS}
    ufunc = np.maximum


class _ReduceSparse(_Reduce):
    """Base: the elements reduced along axes, as a sparse tensor."""

    outputs = ("int64", "T", "int64")

    def shape(self, indices, values, shape, axes):
        return (unknown_shape(),) * 3

    def kernel(self, xp, indices, values, shape, axes):
        return self._groups(indices, values, shape, axes)


class SparseReduceSumSparse(_ReduceSparse):
    """The sums of the elements along axes, where there are some."""

    outputs = ("output_indices: int64", "output_values: T", "output_shape: int64")

    allowed = {"T": NUMBERS}
    ufunc = np.add


class SparseReduceMaxSparse(_ReduceSparse):
    """The largest elements along axes, where there are some."""

    outputs = ("output_indices: int64", "output_values: T", "output_shape: int64")

    allowed = {"T": REALS}
    ufunc = np.maximum


class SparseSoftmax(OpDef):
    """The softmax of the elements of each row, the last axis; missing ones do not count."""

    inputs = ("sp_indices: int64", "sp_values: T", "sp_shape: int64")
    allowed = {"T": types("float32 float64")}

    def shape(self, indices, values, shape):
        with_rank(indices, 2)
        with_rank(shape, 1)
        return with_rank(values, 1)

    def kernel(self, xp, indices, values, shape):
        check_parts(indices, values, shape)
        demand(len(shape) > 1, "Input should have rank >= 2, but received shape: " + str(shape.tolist()))
        _, row = np.unique(flat(indices[:, :-1], shape[:-1]), return_inverse=True)
        count = int(row.max()) + 1 if len(row) else 0
        most, total = np.full(count, -np.inf, values.dtype), np.zeros(count, values.dtype)
        np.maximum.at(most, row, values)
        powers = np.exp(values - most[row])
        np.add.at(total, row, powers)
        return powers / total[row]

    def gradient(self, tf, dy, y, indices, values, shape):
        product = SparseTensor(indices, y * dy, shape)
        total = -tf.sparse_reduce_sum(product, [-1], keepdims=True)
        shifted = tf.sparse_dense_cwise_add(SparseTensor(indices, dy, shape), total)
        return None, shifted.values * y, None


def _axes(sparse: SparseTensor, axis: Any, old: Any) -> Any:
    """Return the axes to reduce along, all by default."""
    if axis is not None and old is not None:
        raise ValueError("Can't specify both axis' and 'reduction_indices'.")
    axis = old if axis is None else axis
    if axis is not None:
        return axis
    rank = sparse.dense_shape.shape.tuple
    if rank is not None and rank[0] is not None:
        return constant.constant(np.arange(rank[0]), dtype=dtypes.int32)
    return ranges.range(0, size_ops.rank(sparse))


def _reduced(kind: type, sparse: SparseTensor, axis: Any, keepdims: Any, old_axis: Any, old_keepdims: Any) -> Any:
    keepdims = bool(either("keepdims", keepdims, "keep_dims", old_keepdims))
    with get_default_graph().atomic():
        return apply(kind(keepdims), *sparse.nest_parts(), _axes(sparse, axis, old_axis))


def sparse_reduce_sum(
    sp_input: SparseTensor, axis: Any = None, keepdims: Any = None, reduction_axes: Any = None, keep_dims: Any = None
) -> Tensor:
    """Sum the elements of a sparse tensor along axes.

    Args:
        sp_input: a sparse tensor of numbers.
        axis: an axis or several; all by default.
        keepdims: keep the axes, with size 1.
        reduction_axes, keep_dims: the former names.

    Returns:
        A dense tensor.

    Example:
        >>> print(tf.sparse.reduce_sum(tf.SparseTensor([[0, 0], [0, 2]], [1.0, 2.0], [2, 3]), 1).eval())
        [3. 0.]
    """
    return _reduced(SparseReduceSum, sp_input, axis, keepdims, reduction_axes, keep_dims)


def sparse_reduce_max(
    sp_input: SparseTensor, axis: Any = None, keepdims: Any = None, reduction_axes: Any = None, keep_dims: Any = None
) -> Tensor:
    """Return the largest elements of a sparse tensor along axes, zero where there are none; see `sparse_reduce_sum`."""
    return _reduced(SparseReduceMax, sp_input, axis, keepdims, reduction_axes, keep_dims)


def sparse_reduce_sum_sparse(
    sp_input: SparseTensor, axis: Any = None, keepdims: Any = None, reduction_axes: Any = None, keep_dims: Any = None
) -> SparseTensor:
    """Sum the elements along axes as `sparse_reduce_sum` does; return a sparse tensor."""
    with get_default_graph().atomic():
        return SparseTensor(*_reduced(SparseReduceSumSparse, sp_input, axis, keepdims, reduction_axes, keep_dims))


def sparse_reduce_max_sparse(
    sp_input: SparseTensor, axis: Any = None, keepdims: Any = None, reduction_axes: Any = None, keep_dims: Any = None
) -> SparseTensor:
    """Return the largest elements along axes as a sparse tensor; see `sparse_reduce_sum`."""
    with get_default_graph().atomic():
        return SparseTensor(*_reduced(SparseReduceMaxSparse, sp_input, axis, keepdims, reduction_axes, keep_dims))


def sparse_softmax(sp_input: SparseTensor, name: str | None = None) -> SparseTensor:
    """Return the softmax of the elements of each row of a sparse tensor; missing ones do not count.

    Args:
        sp_input: a sparse tensor of rank 2 or more, float32 or float64.
        name: the name scope.

    Example:
        >>> logits = tf.SparseTensor([[0, 0], [0, 2]], [1.0, 1.0], [2, 3])
        >>> print(sess.run(tf.sparse.softmax(logits)).values)
        [0.5 0.5]
    """
    with atomic_scope(name, "SparseSoftmax", [sp_input.indices, sp_input.values]):
        return sp_input.with_values(apply(SparseSoftmax(), *sp_input.nest_parts()))
