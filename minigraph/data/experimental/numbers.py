"""Datasets of numbers without end: counted, or drawn at random."""

from __future__ import annotations

from typing import Any

from minigraph.data import structure
from minigraph.data.dataset import Dataset
from minigraph.data.experimental.transformations import scan
from minigraph.data.seeds import seed_tensors
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.scopes import name_scope
from minigraph.ops.data import shuffling

__all__ = ["Counter", "RandomDataset"]


def Counter(start: Any = 0, step: Any = 1, dtype: Any = dtypes.int64) -> Dataset:  # noqa: N802 (TensorFlow's name)
    """Return a dataset that counts without end.

    Args:
        start: the first number.
        step: the distance of the numbers.
        dtype: their type.

    Example:
        >>> numbers = tf.data.experimental.Counter(10, -1).take(3)
        >>> print(sess.run(numbers.batch(3).make_one_shot_iterator().get_next()))
        [10  9  8]
    """
    with get_default_graph().atomic(), name_scope("counter"):
        first = convert_to_tensor(start, dtype, name="start")
        distance = convert_to_tensor(step, dtype, name="step")
        return Dataset.from_tensors(0).repeat(None).apply(scan(first, lambda state, _: (state + distance, state)))


class RandomDataset(Dataset):
    """Random numbers from 0 to 2**32 - 1, of type int64, without end.

    Args:
        seed: the seed; with the graph's it decides the numbers.

    Example:
        >>> numbers = tf.data.experimental.RandomDataset(seed=3).batch(4)
        >>> numbers.output_types, numbers.output_shapes
        (tf.int64, TensorShape([Dimension(None)]))
    """

    _shown_as = "RandomDatasetV1"

    def __init__(self, seed: int | None = None):
        spec = structure.TensorSpec([], dtypes.int64)
        with get_default_graph().atomic():
            seeds = seed_tensors(seed)
            super().__init__(apply(shuffling.RandomDataset(**structure.flat(spec)), *seeds), spec)
