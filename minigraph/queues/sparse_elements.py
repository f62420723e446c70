"""Sparse tensors in batches: a queue holds their ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from minigraph.graph import dtypes
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.ops import namespace
from minigraph.ops.control.group import with_dependencies

__all__ = ["Put", "put_aside", "taken_back"]

tf: Any = namespace


class Put(NamedTuple):
    """What a component of a queue stands for: the operation that puts sparse tensors aside, and their rank."""

    map_op: Operation
    rank: int | None


def put_aside(
    source: Sequence, many: bool, keep: Tensor, before: Sequence[Put | None] | None = None
) -> tuple[list[Tensor], list[Put | None]]:
    """Replace the sparse tensors of an example by ids.

    Args:
        source: the tensors of an example, or of many.
        many: True if they are those of many examples.
        keep: what says whether, or which, examples are to be kept.
        before: what became of those of another source of the same queue.

    Returns:
        The tensors, and for each that was sparse what became of it.
    """
    maps = before or [None] * len(source)
    ids = [_put(each, many, keep, put) if isinstance(each, SparseTensor) else each for each, put in zip(source, maps)]
    puts = [_what(each, number, many, put) for each, number, put in zip(source, ids, maps)]
    return [each if put is None else tf.expand_dims(each, [-1]) for each, put in zip(ids, puts)], puts


def _put(sparse: SparseTensor, many: bool, keep: Tensor, before: Put | None) -> Tensor:
    shared = before.map_op.name if before else ""
    if keep.shape.ndims == 1:
        kept = tf.sparse_retain(sparse, tf.gather(keep, sparse.indices[:, 0]))
        return tf.add_many_sparse_to_tensors_map(kept, shared)
    if not many:
        none = tf.constant
        return tf.smart_cond(keep, lambda: tf.add_sparse_to_tensors_map(sparse, shared), lambda: none(-1, dtypes.int64))
    ids = tf.smart_cond(
        keep,
        lambda: tf.add_many_sparse_to_tensors_map(sparse, shared),
        lambda: -1 * tf.ones(tf.shape(sparse)[0:1], dtypes.int64),
    )
    ids.set_shape([None])
    return ids


def _what(each: Any, number: Tensor, many: bool, before: Put | None) -> Put | None:
    if not isinstance(each, SparseTensor):
        return None
    (rank,) = each.dense_shape.shape.with_rank(1).as_list()
    return Put(before.map_op if before else number.op, None if rank is None else rank - many)


def taken_back(taken: Any, puts: Sequence[Put | None]) -> Any:
    """Return what was taken from a queue with sparse tensors in the place of ids.

    All of it is there only when all sparse tensors have been taken, so that none is left if one is not fetched.
    """
    listed = taken if isinstance(taken, list) else [taken]
    found = [each if put is None else _taken(each, put) for each, put in zip(listed, puts)]
    if any(puts):
        values = [each.values if isinstance(each, SparseTensor) else each for each in found]
        found = [_after(values, each) for each in found]
    return found if isinstance(taken, list) else found[0]


def _taken(ids: Tensor, put: Put) -> SparseTensor:
    rank = None if put.rank is None else put.rank + 1
    return tf.take_many_sparse_from_tensors_map(put.map_op, tf.squeeze(ids, [1]), rank)


def _after(values: list[Tensor], each: Any) -> Any:
    if isinstance(each, SparseTensor):
        return each.with_nest_parts([with_dependencies(values, part) for part in each.nest_parts()])
    return with_dependencies(values, each)
