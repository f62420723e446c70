"""Sparse tensors from dense ones and back; placeholders, identity matrices, ids as columns."""

from __future__ import annotations

import numbers
from collections.abc import Iterable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.sparse_tensor import SparseTensor, as_sparse, is_sparse
from minigraph.ops.arrays import (
    cast,
    concat,
    constant,
    expand_dims,
    fill,
    placeholder,
    ranges,
    shape_ops,
    slices,
    stack,
)
from minigraph.ops.arrays.where import where
from minigraph.ops.arrays.where_v2 import where_v2
from minigraph.ops.math import comparison, maximum_minimum
from minigraph.ops.rows import gather, sparse_to_dense
from minigraph.ops.sparse.ordering import sparse_reorder

__all__ = [
    "sparse_expand_dims",
    "sparse_eye",
    "sparse_from_dense",
    "sparse_merge",
    "sparse_placeholder",
    "sparse_tensor_to_dense",
    "sparse_to_indicator",
]


def sparse_placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> SparseTensor:
    """Make a sparse tensor that each run must feed, with a `SparseTensorValue` or a tuple of its three parts.

    Args:
        dtype: the type of the elements.
        shape: the shape of the whole; None, or with None for some sizes, if it is fed too.
        name: the scope of the names of the three placeholders.

    Example:
        >>> x = tf.sparse_placeholder(tf.float32)
        >>> total = tf.sparse.reduce_sum(x)
        >>> print(sess.run(total, {x: tf.SparseTensorValue([[0, 1], [2, 0]], [5.0, 7.0], [3, 2])}))
        12.0
    """
    names = {part: f"{name}/{part}" if name is not None else None for part in ("shape", "values", "indices")}
    with get_default_graph().atomic():
        whole, rank = _placed(shape, names["shape"])
        values = placeholder.placeholder(dtype, [None], name=names["values"])
        indices = placeholder.placeholder(dtypes.int64, [None, rank], name=names["indices"])
        return SparseTensor(indices, values, whole)


def _placed(shape: Any, name: str | None) -> tuple[Tensor, Any]:
    """Return the shape as a tensor, and its length: a placeholder if it is not known."""
    rank = None
    if shape is not None:
        rank = shape.shape[0] if isinstance(shape, Tensor) else len(shape)
        if isinstance(shape, Tensor) or None not in shape:
            return convert_to_tensor(shape, dtypes.int64, name=name), rank
    return placeholder.placeholder(dtypes.int64, [rank], name=name), rank


def sparse_tensor_to_dense(
    sp_input: Any, default_value: Any = None, validate_indices: bool = True, name: str | None = None
) -> Tensor:
    """Return a sparse tensor as a dense one.

    Args:
        sp_input: a sparse tensor.
        default_value: the value of the missing elements, zero or "" by default.
        validate_indices: demand that the index vectors are in order and different.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if an index vector is out of bounds, out of order or repeated.

    Example:
        >>> print(tf.sparse.to_dense(tf.SparseTensor([[0, 1]], [7], [1, 3]), default_value=-1).eval())
        [[-1  7 -1]]
    """
    with get_default_graph().atomic():
        sparse = as_sparse(sp_input)
        if default_value is None:
            default_value = fill.zeros([], dtype=sparse.dtype)
        return sparse_to_dense.sparse_to_dense(
            sparse.indices, sparse.dense_shape, sparse.values, default_value, validate_indices, name
        )


def sparse_from_dense(tensor: Any, name: str | None = None) -> SparseTensor:
    """Return the elements of a dense tensor that are not zero as a sparse tensor.

    Args:
        tensor: a tensor of numbers.
        name: the name scope.

    Example:
        >>> print(sess.run(tf.sparse.from_dense([[0, 7], [8, 0]])).values)
        [7 8]
    """
    with atomic_scope(name, "dense_to_sparse"):
        dense = convert_to_tensor(tensor)
        indices = where(comparison.not_equal(dense, constant.constant(0, dense.dtype)))
        values = gather.gather_nd(dense, indices)
        return SparseTensor(indices, values, shape_ops.shape(dense, out_type=dtypes.int64))


def sparse_expand_dims(sp_input: SparseTensor, axis: Any = None, name: str | None = None) -> SparseTensor:
    """Insert an axis of size 1 into a sparse tensor.

    Args:
        sp_input: a sparse tensor whose rank is known.
        axis: the position of the new axis; the last by default.
        name: the name scope.

    Raises:
        TypeError: if the axis is not an integer.

    Example:
        >>> print(sess.run(tf.sparse.expand_dims(tf.SparseTensor([[1]], [7], [3]), 0)).dense_shape)
        [1 3]
    """
    rank = sp_input.dense_shape.shape[0]
    axis = -1 if axis is None else axis
    with atomic_scope(name, "expand_dims", [sp_input]):
        if isinstance(axis, numbers.Integral):
            axis = convert_to_tensor(axis, dtypes.int32, name="axis")
        elif not isinstance(axis, Tensor):
            raise TypeError("axis must be an integer value in range [-rank(sp_input) - 1, rank(sp_input)]")
        axis = where_v2(axis >= 0, axis, axis + rank + 1)
        count = shape_ops.shape(sp_input.indices)[0]
        zeros = fill.zeros([count, 1], dtype=dtypes.int64)
        before = slices.slice(sp_input.indices, [0, 0], [-1, axis])
        after = slices.slice(sp_input.indices, [0, axis], [-1, -1])
        indices = concat.concat([before, zeros, after], axis=1)
        sizes_before = slices.slice(sp_input.dense_shape, [0], [axis])
        sizes_after = slices.slice(sp_input.dense_shape, [axis], [-1])
        new = convert_to_tensor([1], dtypes.int64, name="new_shape")
        shape = concat.concat([sizes_before, new, sizes_after], axis=0)
        return SparseTensor(indices, sp_input.values, shape)


def sparse_eye(
    num_rows: Any, num_columns: Any = None, dtype: Any = dtypes.float32, name: str | None = None
) -> SparseTensor:
    """Return a sparse matrix with ones on the diagonal.

    Args:
        num_rows, num_columns: its size; square by default.
        dtype: the type of the elements.
        name: the name scope.

    Raises:
        TypeError: if a size is not an integer.

    Example:
        >>> print(tf.sparse.to_dense(tf.sparse.eye(2, 3)).eval().tolist())
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    """
    with atomic_scope(name, "eye", [num_rows, num_columns]):
        rows = _as_size(num_rows, "num_rows")
        columns = rows if num_columns is None else _as_size(num_columns, "num_columns")
        size = maximum_minimum.minimum(rows, columns)
        places = ranges.range(size, dtype=dtypes.int64)
        indices = stack.stack([places, places], axis=1)
        return SparseTensor(indices, fill.ones(size, dtype=dtype), [rows, columns])


def _as_size(value: Any, name: str) -> Tensor:
    if isinstance(value, numbers.Integral):
        return convert_to_tensor(value, dtypes.int64, name=name)
    if not isinstance(value, Tensor):
        raise TypeError(f"{name} must be an integer value")
    return cast.cast(value, dtypes.int64)


def sparse_merge(
    sp_ids: Any, sp_values: Any, vocab_size: Any, name: str | None = None, already_sorted: bool = False
) -> SparseTensor:
    """Return a sparse tensor with values at columns that are ids: features of examples, for instance.

    Args:
        sp_ids: a sparse tensor of ids, which become the last index of the values; or a list, for several last axes.
        sp_values: a sparse tensor of values at the same index vectors.
        vocab_size: the size of the last axis; a list if there are several.
        name: the name scope.
        already_sorted: the ids of each row are in order.

    Raises:
        TypeError: if an argument is of another kind.
        ValueError: if the lists differ in length.

    Example:
        >>> ids, weights = (tf.SparseTensor([[0, 0], [0, 1]], v, [1, 2]) for v in ([3, 0], [0.5, 0.25]))
        >>> print(tf.sparse.to_dense(tf.sparse.merge(ids, weights, 4)).eval().tolist())
        [[0.25, 0.0, 0.0, 0.5]]
    """
    ids, sizes = _ids_and_sizes(sp_ids, vocab_size)
    with atomic_scope(name, "SparseMerge", [*ids, sp_values]):
        ids = [as_sparse(each) for each in ids]
        values = as_sparse(sp_values)
        columns = [expand_dims.expand_dims(cast.cast(each.values, dtypes.int64), axis=1) for each in ids]
        sizes = [cast.cast(size, dtypes.int64) for size in sizes]
        indices = concat.concat([ids[0].indices[:, :-1], *columns], 1)
        shape = concat.concat([ids[0].dense_shape[:-1], sizes], 0)
        result = SparseTensor(indices, values.values, shape)
        if already_sorted:
            return result
        ordered = sparse_reorder(result)
        return SparseTensor(ordered.indices, ordered.values, shape)


def _ids_and_sizes(sp_ids: Any, vocab_size: Any) -> tuple[list, list]:
    """Return the ids and the sizes as lists."""
    if is_sparse(sp_ids):
        if not isinstance(vocab_size, (Tensor, numbers.Integral)):
            raise TypeError(f"vocab_size has to be a Tensor or Python int. Found {type(vocab_size)}")
        return [sp_ids], [vocab_size]
    if not isinstance(sp_ids, Iterable):
        raise TypeError(f"sp_ids has to be a SparseTensor or list thereof. Found {type(sp_ids)}")
    if not isinstance(vocab_size, Iterable):
        raise TypeError(f"vocab_size has to be a list of Tensors or Python ints. Found {type(vocab_size)}")
    ids, sizes = list(sp_ids), list(vocab_size)
    for size in sizes:
        if not isinstance(size, (Tensor, numbers.Integral)):
            raise TypeError(f"vocab_size has to be a list of Tensors or Python ints. Found {type(size)}")
    if len(ids) != len(sizes):
        raise ValueError("sp_ids and vocab_size have to have equal lengths.")
    return ids, sizes


def sparse_to_indicator(sp_input: Any, vocab_size: Any, name: str | None = None) -> Tensor:
    """Return a dense tensor of bools that are True at the ids in a sparse tensor.

    Args:
        sp_input: a sparse tensor of ids.
        vocab_size: the size of the last axis of the result.
        name: the name scope.

    Example:
        >>> print(tf.sparse.to_indicator(tf.SparseTensor([[0, 0], [0, 1]], [2, 0], [1, 2]), 3).eval())
        [[ True False  True]]
    """
    with get_default_graph().atomic():
        sparse = as_sparse(sp_input)
        with atomic_scope(name, "SparseToIndicator", [sparse]) as scope:
            count = shape_ops.shape(sparse.indices)[0]
            values = fill.fill(expand_dims.expand_dims(count, 0), True)
            merged = sparse_merge(sparse, sparse.with_values(values), vocab_size, scope)
            return sparse_tensor_to_dense(merged, default_value=False, validate_indices=False, name=scope)
