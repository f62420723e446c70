"""Datasets read in turn, by threads or by chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.data import structure
from minigraph.data.base import DatasetSpec
from minigraph.data.dataset import Dataset
from minigraph.data.functions import Traced
from minigraph.data.reordered import int64
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.ops.data import mapping

__all__ = ["interleaved", "parallel_interleave"]


def interleaved(
    dataset: Dataset,
    map_func: Callable,
    cycle_length: Any,
    block_length: Any = 1,
    sloppy: Any = False,
    buffer_output_elements: Any = None,
    prefetch_input_elements: Any = None,
) -> Dataset:
    """Return the dataset that `parallel_interleave` makes."""
    with get_default_graph().atomic():
        traced = Traced(map_func, "tf.data.experimental.parallel_interleave()", dataset.element_spec)
        if not isinstance(traced.spec, DatasetSpec):
            raise TypeError("`map_func` must return a `Dataset` object.")
        spec = traced.spec.element_spec
        ahead = 2 * block_length if buffer_output_elements is None else buffer_output_elements
        inputs_ahead = 2 * cycle_length if prefetch_input_elements is None else prefetch_input_elements
        given = [
            int64(cycle_length, "cycle_length"),
            int64(block_length, "block_length"),
            convert_to_tensor(sloppy, dtypes.bool_, name="sloppy"),
            int64(ahead, "buffer_output_elements"),
            int64(inputs_ahead, "prefetch_input_elements"),
        ]
        kind = mapping.ParallelInterleaveDataset(traced.body, **structure.flat(spec))
        return Dataset(apply(kind, dataset._variant_tensor, *traced.captures, *given), spec, [dataset], [traced])


def parallel_interleave(
    map_func: Callable,
    cycle_length: Any,
    block_length: Any = 1,
    sloppy: Any = False,
    buffer_output_elements: Any = None,
    prefetch_input_elements: Any = None,
) -> Callable[[Dataset], Dataset]:
    """Return a function for `Dataset.apply`: the elements of datasets in turn, each read ahead by a thread.

    Args:
        map_func: a function that returns a dataset.
        cycle_length: how many datasets are open at a time.
        block_length: how many elements are taken of one before it is the next one's turn.
        sloppy: recorded only; the order stays.
        buffer_output_elements: how many elements of each may wait.
        prefetch_input_elements: recorded only.

    Example:
        >>> turns = tf.data.experimental.parallel_interleave(
        ...     lambda x: tf.data.Dataset.from_tensors(x).repeat(3), cycle_length=2)
        >>> dataset = tf.data.Dataset.range(2).apply(turns)
        >>> print(sess.run(dataset.batch(6).make_one_shot_iterator().get_next()))
        [0 1 0 1 0 1]
    """
    rest = cycle_length, block_length, sloppy, buffer_output_elements, prefetch_input_elements
    return lambda dataset: interleaved(dataset, map_func, *rest)
