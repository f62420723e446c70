"""Embeddings: rows of a table, which may be partitioned."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_n_to_tensor, convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.ops.arrays import cast, concat, constant, identity, ranges, reshape, shape_ops, size_ops, stack, where
from minigraph.ops.math import clip, maximum_minimum, reductions
from minigraph.ops.rows import dynamic_partition, gather
from minigraph.variables.partitioned import PartitionedVariable

__all__ = ["embedding_lookup", "parts_of"]


def embedding_lookup(
    params: Any,
    ids: Any,
    partition_strategy: str = "mod",
    name: str | None = None,
    validate_indices: bool = True,
    max_norm: float | None = None,
) -> Tensor:
    """Return the rows of a table at `ids`.

    Args:
        params: a variable or tensor, or a list of them that together form the table, or a partitioned variable.
        ids: integers, a tensor of any shape.
        partition_strategy: how the rows are distributed over several parts: "mod" (in turn) or "div" (in order).
        name: the name of the node.
        validate_indices: accepted, as in TF1: indices are always checked.
        max_norm: the maximum Euclidean norm, to which rows are scaled down.

    Returns:
        A tensor of the shape of `ids` followed by that of a row.

    Raises:
        ValueError: if there is no table, or the strategy is unknown.

    Example:
        >>> print(tf.nn.embedding_lookup(tf.constant([[1.0], [2.0], [3.0]]), [2, 0]).eval().tolist())
        [[3.0], [1.0]]
    """
    if params is None:
        raise ValueError("params must be specified")
    if isinstance(params, (list, tuple)) and not params:
        raise ValueError("Need at least one param")
    parts = parts_of(params)
    with atomic_scope(name, "embedding_lookup", [*parts, ids]) as scope:
        by_handle = any(hasattr(part, "handle") for part in parts)  # whose rows are read without the rest
        tables = parts if by_handle else convert_n_to_tensor(parts, name="params")
        ids = convert_to_tensor(ids, name="ids")
        if len(tables) == 1:
            with colocate_with(tables[0]):
                rows = _clipped(gather.gather(tables[0], ids, name=scope), ids, max_norm)
            return identity.identity(rows)
        return _from_parts(tables, ids, partition_strategy, scope, max_norm)


def _clipped(rows: Tensor, ids: Tensor, max_norm: Any) -> Tensor:
    if max_norm is None:
        return rows
    first, last = ids.shape.ndims, rows.shape.ndims
    axes: Any = list(range(first, last)) if first and last else ranges.range(size_ops.rank(ids), size_ops.rank(rows))
    return clip.clip_by_norm(rows, max_norm, axes=axes)


def _from_parts(tables: list, ids: Tensor, strategy: str, scope: str, max_norm: Any) -> Tensor:
    flat = reshape.reshape(ids, [-1])
    places = ranges.range(size_ops.size(flat))
    part, row = _assigned(tables, flat, strategy)
    part = cast.cast(part, dtypes.int32)
    rows_of = dynamic_partition.dynamic_partition(row, part, len(tables))
    places_of = dynamic_partition.dynamic_partition(places, part, len(tables))
    found = []
    for table, rows in zip(tables, rows_of):
        with colocate_with(table):
            found.append(gather.gather(table, rows))
    result = apply(dynamic_partition.ParallelDynamicStitch(), *places_of, *found, name=scope)
    row_shape = tables[0].shape[1:]
    for table in tables[1:]:
        row_shape = row_shape.merge_with(table.shape[1:])
    tail = row_shape if row_shape.is_fully_defined() else shape_ops.shape(tables[0])[1:]
    result = reshape.reshape(result, concat.concat([shape_ops.shape(ids), tail], 0))
    result.set_shape(ids.shape.concatenate(row_shape))
    return _clipped(result, ids, max_norm)


def _assigned(tables: list, flat: Any, strategy: str) -> tuple[Any, Any]:
    """Return for each id the index of its part, and of its row there."""
    count = len(tables)
    if strategy == "mod":
        return flat % count, flat // count
    if strategy != "div":
        raise ValueError(f"Unrecognized partition strategy: {strategy}")
    sizes = [t.shape.tuple[0] if t.shape.tuple else None for t in tables]
    if None not in sizes:
        total: Any = constant.constant(sum(sizes), flat.dtype)
    else:
        total = reductions.reduce_sum(cast.cast(stack.stack([shape_ops.shape(t)[0] for t in tables]), flat.dtype))
    each, extra = total // count, total % count
    part = maximum_minimum.maximum(flat // (each + 1), (flat - extra) // each)
    row = where.where(part < extra, flat % (each + 1), (flat - extra) % each)
    return part, row


def parts_of(table: Any) -> list:
    """Return the parts of a table that is given as a list of them, as a partitioned variable or in one piece."""
    return list(table) if isinstance(table, (list, tuple, PartitionedVariable)) else [table]
