"""Transformations of datasets that `tf.data` has replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.data import structure
from minigraph.data.dataset import Dataset
from minigraph.data.experimental.grouping import Reducer
from minigraph.data.experimental.interleaving import parallel_interleave
from minigraph.data.reordered import int64
from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.ops.data import batching

__all__ = [
    "batch_and_drop_remainder",
    "padded_batch_and_drop_remainder",
    "reduce_dataset",
    "sliding_window_batch",
    "sloppy_interleave",
]

Transformation = Callable[[Dataset], Dataset]


def batch_and_drop_remainder(batch_size: Any) -> Transformation:
    """Return a function for `Dataset.apply`: `Dataset.batch(batch_size, drop_remainder=True)`."""
    return lambda dataset: dataset.batch(batch_size, drop_remainder=True)


def padded_batch_and_drop_remainder(batch_size: Any, padded_shapes: Any, padding_values: Any = None) -> Transformation:
    """Return a function for `Dataset.apply`: `Dataset.padded_batch` with `drop_remainder=True`."""
    return lambda dataset: dataset.padded_batch(batch_size, padded_shapes, padding_values, drop_remainder=True)


def sloppy_interleave(map_func: Callable, cycle_length: Any, block_length: Any = 1) -> Transformation:
    """Return a function for `Dataset.apply`: `tf.data.experimental.parallel_interleave` with `sloppy=True`."""
    return parallel_interleave(map_func, cycle_length, block_length, sloppy=True)


def sliding_window_batch(
    window_size: Any, stride: Any = None, window_shift: Any = None, window_stride: Any = 1
) -> Transformation:
    """Return a function for `Dataset.apply` that makes batches of elements that follow each other.

    Args:
        window_size: the number of elements in a batch.
        stride: another name of `window_shift`.
        window_shift: the distance of the beginnings of batches, by default 1.
        window_stride: the distance of the elements of a batch.

    Raises:
        ValueError: if both names of the distance are given.

    Example:
        >>> pairs = tf.data.Dataset.range(4).apply(tf.contrib.data.sliding_window_batch(2))
        >>> element = pairs.make_one_shot_iterator().get_next()
        >>> print(sess.run(element), sess.run(element))
        [0 1] [1 2]
    """
    if stride is not None and window_shift is not None:
        raise ValueError("Cannot specify both `stride` and `window_shift`")
    shift = next((each for each in (window_shift, stride) if each is not None), 1)

    def slid(dataset: Dataset) -> Dataset:
        with get_default_graph().atomic():
            size, step = int64(window_size, "window_stride"), int64(window_stride, "window_stride")
            spec = structure.map_structure(lambda each: each.batched(None), dataset.element_spec)
            kind = batching.SlidingWindowDataset(**structure.flat(spec))
            variant = apply(kind, dataset._variant_tensor, size, int64(shift, "window_shift"), step)
            return Dataset(variant, spec, [dataset])

    return slid


def reduce_dataset(dataset: Dataset, reducer: Reducer) -> Any:
    """Return the state to which a dataset is reduced; see `Dataset.reduce`.

    Raises:
        TypeError: if the argument is not a dataset.
    """
    if not isinstance(dataset, Dataset):
        raise TypeError("`dataset` must be a `tf.data.Dataset` object.")
    return dataset.reduce(reducer.init_func(np.int64(0)), reducer.reduce_func)
