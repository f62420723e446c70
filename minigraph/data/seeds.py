"""The seeds of datasets that draw at random, as tensors."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes, seeds
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import name_scope
from minigraph.ops import namespace

__all__ = ["seed_tensors"]

tf: Any = namespace
_LARGEST = 2**31 - 1


def seed_tensors(seed: Any) -> tuple[Tensor, Tensor]:
    """Return the two seeds, scalars of type int64, for a dataset that is given `seed`, a number or a tensor.

    Both are zero if there is no seed: the system then chooses an order. Two zeros that are meant stand for a seed of
    their own.
    """
    first, second = seeds.get_seed(seed)
    if first is None:
        return tf.constant(0, dtypes.int64, name="seed"), tf.constant(0, dtypes.int64, name="seed2")
    graph_seed = convert_to_tensor(first, dtypes.int64, name="seed")
    with name_scope("seed2") as scope:
        op_seed = convert_to_tensor(second, dtypes.int64)
        both_zero = tf.logical_and(tf.equal(graph_seed, 0), tf.equal(op_seed, 0))
        op_seed = tf.where(both_zero, tf.constant(_LARGEST, dtypes.int64), op_seed, name=scope)
    return graph_seed, op_seed
