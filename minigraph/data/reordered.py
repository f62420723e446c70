"""Datasets of some elements of others, or of all in another order: what has a number as its argument."""

from __future__ import annotations

from typing import Any

from minigraph.data import structure
from minigraph.data.base import DatasetBase
from minigraph.data.seeds import seed_tensors
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops.data import choosing, kept, passing, shuffling

__all__ = ["AUTOTUNE", "Reordered", "int64"]

AUTOTUNE = -1  # leaves a size or a number of threads to the machine


def int64(value: Any, name: str) -> Tensor:
    """Return a number as a tensor of type int64."""
    return convert_to_tensor(value, dtypes.int64, name=name)


class Reordered(DatasetBase):
    """A dataset with the methods that choose elements and order them."""

    def repeat(self, count: Any = None) -> Any:
        """Return a dataset of these elements, `count` times; for ever by default, or if `count` is -1."""
        return self._like(choosing.RepeatDataset, (-1 if count is None else count, "count"))

    def take(self, count: Any) -> Any:
        """Return a dataset of the first `count` elements; of all if it is -1."""
        return self._like(choosing.TakeDataset, (count, "count"))

    def skip(self, count: Any) -> Any:
        """Return a dataset without the first `count` elements; without any if it is -1."""
        return self._like(choosing.SkipDataset, (count, "count"))

    def shard(self, num_shards: Any, index: Any) -> Any:
        """Return a dataset of each `num_shards`-th element, beginning with the one at `index`."""
        return self._like(choosing.ShardDataset, (num_shards, "num_shards"), (index, "index"))

    def shuffle(self, buffer_size: Any, seed: Any = None, reshuffle_each_iteration: bool | None = None) -> Any:
        """Return a dataset of these elements in a random order: each is drawn from a buffer.

        Args:
            buffer_size: the size of the buffer; as large as the dataset for an order in which all mix.
            seed: the seed of the order, which with the graph's decides it: it is TensorFlow's.
            reshuffle_each_iteration: False to have each epoch in the same order.

        Example:
            >>> element = tf.data.Dataset.range(6).shuffle(4, seed=5).batch(6).make_one_shot_iterator().get_next()
            >>> print(sess.run(element))
            [1 4 5 2 3 0]
        """
        with get_default_graph().atomic():
            size = int64(buffer_size, "buffer_size")
            anew = reshuffle_each_iteration is None or reshuffle_each_iteration
            kind = shuffling.ShuffleDataset(reshuffle_each_iteration=anew, **structure.flat(self._element_spec))
            return self._made(kind, size, *seed_tensors(seed))

    def cache(self, filename: Any = "") -> Any:
        """Return a dataset that keeps the elements of the first epoch for those that follow.

        Args:
            filename: the beginning of the names of the files in which they are kept; "" for memory.
        """
        with get_default_graph().atomic():
            name = convert_to_tensor(filename, dtypes.string, name="filename")
            return self._made(kept.CacheDataset(**structure.flat(self._element_spec)), name)

    def prefetch(self, buffer_size: Any) -> Any:
        """Return a dataset whose elements a thread computes ahead.

        Args:
            buffer_size: the number of elements that may wait; None or -1 leaves it to the machine.
        """
        return self._like(passing.PrefetchDataset, (AUTOTUNE if buffer_size is None else buffer_size, "buffer_size"))

    # How they are made

    def _made(self, kind: Any, *given: Any, functions: Any = ()) -> Any:
        """Return the dataset of an operation on this one whose elements have the same structure."""
        return self._dataset_class(apply(kind, self._variant_tensor, *given), self._element_spec, [self], functions)

    def _like(self, kind: Any, *numbers: tuple[Any, str]) -> Any:
        with get_default_graph().atomic():
            given = [int64(value, name) for value, name in numbers]
            return self._made(kind(**structure.flat(self._element_spec)), *given)
