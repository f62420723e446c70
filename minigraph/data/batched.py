"""Datasets of several elements of another one: batches, and windows."""

from __future__ import annotations

from typing import Any

from minigraph.data import structure
from minigraph.data.base import DatasetSpec
from minigraph.data.padding import padded_batches
from minigraph.data.reordered import Reordered, int64
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.ops.data import batching

__all__ = ["Batched"]


class Batched(Reordered):
    """A dataset with the methods that put elements together."""

    def batch(self, batch_size: Any, drop_remainder: Any = False) -> Any:
        """Return a dataset of batches: elements stacked along a new first axis.

        Args:
            batch_size: the number of elements in a batch.
            drop_remainder: leave out a last batch that is smaller; the size is then known statically.

        Raises:
            InvalidArgumentError: in a run, if the shapes of the elements differ.
        """
        with get_default_graph().atomic():
            size = int64(batch_size, "batch_size")
            drop = convert_to_tensor(drop_remainder, dtypes.bool_, name="drop_remainder")
            known = constant_value(size) if constant_value(drop) else None
            spec = structure.map_structure(lambda each: each.batched(known), self._element_spec)
            kind = batching.BatchDatasetV2(**structure.flat(spec))
            return self._dataset_class(apply(kind, self._variant_tensor, size, drop), spec, [self])

    def padded_batch(
        self, batch_size: Any, padded_shapes: Any, padding_values: Any = None, drop_remainder: Any = False
    ) -> Any:
        """Return a dataset of batches of elements of different sizes, filled up to one.

        Args:
            batch_size: the number of elements in a batch.
            padded_shapes: the shapes to which they are filled up, in the structure of an element; None or -1 in a
                shape stands for the largest size in the batch.
            padding_values: what fills them, scalars in the same structure; zeros or "" by default.
            drop_remainder: leave out a last batch that is smaller.

        Raises:
            ValueError: if a shape does not fit.
            TypeError: if a value has another type.

        Example:
            >>> ragged = tf.data.Dataset.range(1, 4).map(lambda n: tf.fill([n], n))
            >>> print(sess.run(ragged.padded_batch(3, [None]).make_one_shot_iterator().get_next()))
            [[1 0 0]
             [2 2 0]
             [3 3 3]]
        """
        with get_default_graph().atomic():
            return self._dataset_class(*padded_batches(self, batch_size, padded_shapes, padding_values, drop_remainder))

    def window(self, size: Any, shift: Any = None, stride: Any = 1, drop_remainder: Any = False) -> Any:
        """Return a dataset of windows: datasets of `size` elements that follow each other.

        Args:
            size: the number of elements in a window.
            shift: the distance of the beginnings of windows, by default `size`.
            stride: the distance of the elements of a window.
            drop_remainder: leave out last windows that are smaller.

        Example:
            >>> windows = tf.data.Dataset.range(5).window(3, shift=1, drop_remainder=True)
            >>> element = windows.flat_map(lambda window: window.batch(3)).make_one_shot_iterator().get_next()
            >>> print(sess.run(element), sess.run(element))
            [0 1 2] [1 2 3]
        """
        with get_default_graph().atomic():
            given = [(size, "size"), (size if shift is None else shift, "shift"), (stride, "stride")]
            numbers = [int64(value, name) for value, name in given]
            drop = convert_to_tensor(drop_remainder, dtypes.bool_, name="drop_remainder")
            spec = structure.map_structure(DatasetSpec, self._element_spec)
            kind = batching.WindowDataset(**structure.flat(spec))
            return self._dataset_class(apply(kind, self._variant_tensor, *numbers, drop), spec, [self])
