"""Embeddings of the ids in the rows of a sparse tensor, combined row by row."""

from __future__ import annotations

from typing import Any

from minigraph import logging
from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import unknown_shape
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.nn.embedding import embedding_lookup, parts_of
from minigraph.ops.arrays import (
    cast,
    concat,
    expand_dims,
    fill,
    filled_like,
    reshape,
    shape_ops,
    size_ops,
    slices,
    stack,
    tile,
    unique,
    where,
)
from minigraph.ops.math import comparison, modulo, pow, powers, reductions, segments, sparse_segments
from minigraph.ops.rows import gather
from minigraph.ops.sparse import ordering, rows

__all__ = ["embedding_lookup_sparse", "safe_embedding_lookup_sparse"]

_COMBINED = {
    "sum": sparse_segments.sparse_segment_sum,
    "mean": sparse_segments.sparse_segment_mean,
    "sqrtn": sparse_segments.sparse_segment_sqrt_n,
}


def embedding_lookup_sparse(
    params: Any,
    sp_ids: SparseTensor,
    sp_weights: SparseTensor | None,
    partition_strategy: str = "mod",
    name: str | None = None,
    combiner: str | None = None,
    max_norm: float | None = None,
) -> Tensor:
    """Return the combined embeddings of the ids in each row of a sparse tensor; each row must have some.

    Args:
        params: a variable or tensor, or a list of them that together form the table, or a partitioned variable.
        sp_ids: a sparse tensor of ids, its index vectors in order.
        sp_weights: a weight for each id, a sparse tensor; None for equal ones.
        partition_strategy: how the rows of the table are distributed over several parts; see `embedding_lookup`.
        name: the name of the node.
        combiner: "sum"; "mean", divided by the sum of the weights; "sqrtn", by the root of the sum of their squares.
        max_norm: the maximum Euclidean norm, to which embeddings are scaled down.

    Returns:
        A row for each row of `sp_ids`.

    Raises:
        TypeError: if `sp_ids` or `sp_weights` is not sparse.
        ValueError: if the combiner is unknown, or the shapes of ids and weights differ.

    Example:
        >>> table = tf.constant([[1.0], [2.0], [4.0]])
        >>> ids = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [0, 2, 1], [2, 2])
        >>> print(tf.nn.embedding_lookup_sparse(table, ids, None, combiner="sum").eval().tolist())
        [[5.0], [2.0]]
    """
    if combiner is None:
        logging.warn('The default value of combiner will change from "mean" to "sqrtn" after 2016/11/01.')
        combiner = "mean"
    if combiner not in _COMBINED:
        raise ValueError("combiner must be one of 'mean', 'sqrtn' or 'sum'")
    params = parts_of(params)
    _check_kinds(sp_ids, sp_weights)
    with atomic_scope(name, "embedding_lookup_sparse", [*params, sp_ids]) as scope:
        segment_ids = cast.cast(sp_ids.indices[:, 0], dtypes.int32)
        ids, places = unique.unique(sp_ids.values)
        found = embedding_lookup(params, ids, partition_strategy, max_norm=max_norm)
        if found.dtype in (dtypes.float16, dtypes.bfloat16):
            found = cast.cast(found, dtypes.float32)
        if sp_weights is None:
            return _COMBINED[combiner](found, places, segment_ids, name=scope)
        weights = cast.cast(sp_weights.values, found.dtype)
        return _weighted(gather.gather(found, places), weights, segment_ids, combiner, scope)


def _check_kinds(sp_ids: Any, sp_weights: Any) -> None:
    if not isinstance(sp_ids, SparseTensor):
        raise TypeError("sp_ids must be SparseTensor")
    if sp_weights is None:
        return
    if not isinstance(sp_weights, SparseTensor):
        raise TypeError("sp_weights must be either None or SparseTensor")
    for of_ids, of_weights in zip(sp_ids.nest_parts(), sp_weights.nest_parts()):
        of_ids.shape.assert_is_compatible_with(of_weights.shape)


def _weighted(found: Tensor, weights: Tensor, segment_ids: Tensor, combiner: str, scope: str) -> Tensor:
    """Return the sums of embeddings with weights, divided as the combiner says."""
    known, rank = weights.shape, found.shape.ndims
    ones = fill.fill(expand_dims.expand_dims(size_ops.rank(found) - 1, 0), 1)
    weights = reshape.reshape(weights, concat.concat([shape_ops.shape(weights), ones], 0))
    if rank is not None:
        weights.set_shape(known.concatenate([1] * (rank - 1)))
    found = found * weights
    if combiner == "sum":
        return segments.segment_sum(found, segment_ids, name=scope)
    total = segments.segment_sum(found, segment_ids)
    if combiner == "mean":
        return modulo.div(total, segments.segment_sum(weights, segment_ids), name=scope)
    squares = segments.segment_sum(pow.pow(weights, 2), segment_ids)
    return modulo.div(total, powers.sqrt(squares), name=scope)


def safe_embedding_lookup_sparse(
    embedding_weights: Any,
    sparse_ids: SparseTensor,
    sparse_weights: SparseTensor | None = None,
    combiner: str = "mean",
    default_id: int | None = None,
    name: str | None = None,
    partition_strategy: str = "div",
    max_norm: float | None = None,
) -> Tensor:
    """Return combined embeddings as `embedding_lookup_sparse` does, of rows that may be empty.

    Args:
        embedding_weights: the table, in one part or several.
        sparse_ids: a sparse tensor of ids of rank 2 or more; negative ones are left out.
        sparse_weights: a weight for each id; without one the id is left out, unless the combiner is "sum".
        combiner: "mean", "sqrtn" or "sum".
        default_id: the id of an empty row; its embedding is zero by default.
        name: the name of the node.
        partition_strategy: "div" or "mod"; see `embedding_lookup`.
        max_norm: the maximum Euclidean norm, to which embeddings are scaled down.

    Returns:
        A tensor of the shape of `sparse_ids` without its last axis, followed by that of an embedding.

    Raises:
        ValueError: if there is no table.

    Example:
        >>> ids = tf.SparseTensor([[0, 0], [2, 0], [2, 1]], tf.constant([1, 0, -1], tf.int64), [3, 2])
        >>> print(tf.nn.safe_embedding_lookup_sparse(tf.constant([[1.0], [2.0]]), ids).eval().tolist())
        [[2.0], [0.0], [1.0]]
    """
    tables = _tables(embedding_weights, None if sparse_weights is None else sparse_weights.dtype)
    with atomic_scope(name, "embedding_lookup", [*tables, sparse_ids, sparse_weights]) as scope:
        shape = sparse_ids.dense_shape
        known_rank = shape.shape.as_list()[0] if shape.shape.ndims else None
        rank: Any = size_ops.size(shape) if known_rank is None else known_rank
        leading = reductions.reduce_prod(slices.slice(shape, [0], [rank - 1]))
        ids = ordering.sparse_reshape(sparse_ids, [leading, gather.gather(shape, rank - 1)])
        weights = None
        if sparse_weights is not None:
            weights = SparseTensor(ids.indices, sparse_weights.values, ids.dense_shape)
        ids, weights = _valid(ids, weights, combiner)
        ids, is_empty = rows.sparse_fill_empty_rows(ids, default_id or 0)
        if weights is not None:
            weights, _ = rows.sparse_fill_empty_rows(weights, 1.0)
        inner = None if default_id is None else scope
        result = embedding_lookup_sparse(tables, ids, weights, partition_strategy, inner, combiner, max_norm)
        if default_id is None:
            is_empty = reshape.reshape(is_empty, [-1, 1])
            is_empty = tile.tile(is_empty, stack.stack([1, shape_ops.shape(result)[1]]))
            result = where.where(is_empty, filled_like.zeros_like(result), result, name=scope)
        return _unflattened(result, shape, rank, known_rank)


def _tables(given: Any, kind: Any) -> list:
    """Return the parts of a table as tensors, handles as they are; ValueError if there is none."""
    parts = [] if given is None else parts_of(given)
    if not parts:
        raise ValueError(f"Missing embedding_weights {given}.")
    return [
        part if hasattr(part, "handle") and kind in (None, part.dtype) else convert_to_tensor(part, kind)
        for part in parts
    ]


def _valid(ids: SparseTensor, weights: Any, combiner: str) -> tuple[SparseTensor, Any]:
    """Leave out ids that are negative, and those without weight."""
    valid = comparison.greater_equal(ids.values, 0)
    if weights is None:
        return rows.sparse_retain(ids, valid), None
    valid = comparison.logical_and(valid, filled_like.ones_like(weights.values, dtype=dtypes.bool_))
    ids, weights = rows.sparse_retain(ids, valid), rows.sparse_retain(weights, valid)
    if combiner == "sum":
        return ids, weights
    positive = comparison.greater(weights.values, 0)
    return rows.sparse_retain(ids, positive), rows.sparse_retain(weights, positive)


def _unflattened(result: Tensor, shape: Tensor, rank: Any, known_rank: int | None) -> Tensor:
    """Return rows as a tensor of the leading axes of a shape."""
    leading = slices.slice(cast.cast(shape, dtypes.int32), [0], [rank - 1])
    last = slices.slice(shape_ops.shape(result), [1], [-1])
    final = reshape.reshape(result, concat.concat([leading, last], 0))
    left = unknown_shape(None if known_rank is None else known_rank - 1)
    final.set_shape(left.concatenate(result.shape[1:]))
    return final
