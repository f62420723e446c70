"""Datasets whose elements come in a random order: TF1's, by TF1's seeds."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any

import numpy as np

from minigraph.graph.invalid import invalid
from minigraph.ops.data.dataset_op import DatasetOp, number
from minigraph.ops.data.pipeline import INFINITE, UNKNOWN, Integers, Pipeline, Scope
from minigraph.ops.random.philox import Philox

__all__ = ["Shuffled", "times", "words_of"]

_BLOCKS = 64  # of four random numbers, drawn at a time
_END = object()


def words_of(seed: int, seed2: int) -> Iterator[int]:
    """Yield the random numbers of 32 bits of a stream, one by one.

    Example:
        >>> words = words_of(87654321, 4)
        >>> next(words), next(words)
        (3128586565, 2023892699)
    """
    stream = Philox(seed, seed2)
    blocks = (stream.blocks_from(stream.reserve(_BLOCKS), _BLOCKS).ravel().tolist() for _ in repeat(None))
    return chain.from_iterable(blocks)


def seeds_or_chance(seed: Any, seed2: Any) -> tuple[int, int]:
    """Return the seeds; two zeros stand for seeds that the system chooses."""
    seeds = number(seed), number(seed2)
    if any(seeds):
        return seeds
    chosen = np.frombuffer(os.urandom(16), np.int64)
    return int(chosen[0]), int(chosen[1])


def times(number: int, count: int) -> int:
    """Return the number of elements of `count` epochs with `number` elements each; -1 is no end, -2 is not known."""
    if 0 in (number, count):
        return 0
    if number == UNKNOWN:
        return UNKNOWN
    return INFINITE if min(number, count) < 0 else number * count


class Shuffled(Pipeline):
    """The items of a dataset in a random order, for one epoch or several.

    Args:
        source: the dataset.
        size: how many items wait in the buffer of which the next one is drawn.
        seeds: the seeds of the stream, or of the seeds of each epoch.
        is_reshuffled: each epoch has another order.
        count: the number of epochs, -1 for no end; the epochs do not mix.
    """

    def __init__(self, source: Pipeline, size: int, seeds: tuple[int, int], is_reshuffled: bool, count: int = 1):
        super().__init__(source)
        if size <= 0:
            raise invalid("buffer_size must be greater than zero.")
        self.layout = source.layout
        self.is_reshuffled = is_reshuffled
        self._size, self._seeds, self._count = size, seeds, count

    def cardinality(self) -> int:
        """Return the number of elements in all epochs."""
        return times(self.inputs[0].cardinality(), self._count)

    def repeated(self, count: int) -> Shuffled:
        """Return the dataset of several epochs from one stream."""
        return Shuffled(self.inputs[0], self._size, self._seeds, False, count)

    def iterate(self, scope: Scope) -> Iterator:
        """Return an iterator of the items."""
        seeds = self._seeds
        if self.is_reshuffled:
            if scope.path not in scope.kept:
                scope.kept[scope.path] = words_of(*seeds)
            words = scope.kept[scope.path]
            seeds = next(words), next(words)
        return _Shuffling(self.inputs[0], scope, self._size, words_of(*seeds), self._count)


class _Shuffling:
    """Fill a buffer, and draw the next item among those of the earliest epoch in it."""

    def __init__(self, source: Pipeline, scope: Scope, size: int, words: Iterator[int], count: int):
        self._source, self._scope, self._size, self._words, self._count = source, scope, size, words, count
        self._items: Iterator | None = None
        self._is_new = True
        self._epoch = 0
        self._buffer: dict[int, Any] = {}
        self._epochs = deque([[0, 0]])  # the positions of each epoch's items: the first, and the one after the last

    def __iter__(self) -> Iterator:
        return self

    def _next_item(self) -> Any:
        """Return the next item of the source, in the next epoch if need be, or the mark of the end."""
        if self._is_new:
            self._items = self._source.items(self._scope)
        while self._items is not None:
            item = next(self._items, _END)
            if item is not _END:
                self._is_new = False
                return item
            if self._is_new and self._count < 0:
                self._items = None
                break
            self._epoch += 1
            at = self._epochs[-1][1]
            self._epochs.append([at, at])
            self._items = self._source.items(self._scope)  # after the last epoch, too: TF1 uses up seeds for it
            if self._epoch == self._count:
                self._items = None
        self._is_new = False
        return _END

    def __next__(self) -> Any:
        buffer, epochs = self._buffer, self._epochs
        while len(buffer) < self._size and (self._items is not None or self._is_new):
            item = self._next_item()
            if item is not _END:
                last = epochs[-1]
                buffer[last[1]] = item
                last[1] += 1
        if not buffer:
            raise StopIteration
        while epochs[0][0] == epochs[0][1]:
            epochs.popleft()
        start, end = epochs[0]
        index = start + next(self._words) % (end - start)
        epochs[0][0] = start + 1
        first = buffer.pop(start)
        if index == start:
            return first
        found, buffer[index] = buffer[index], first
        return found


class ShuffleDataset(DatasetOp):
    """The elements in a random order."""

    output_types: tuple
    output_shapes: tuple
    reshuffle_each_iteration: bool = True

    inputs = ("input_dataset: variant", "buffer_size: int64", "seed: int64", "seed2: int64")

    def kernel(self, xp, input_dataset, buffer_size, seed, seed2):
        seeds = seeds_or_chance(seed, seed2)
        return Shuffled(input_dataset, number(buffer_size), seeds, self.reshuffle_each_iteration)


class ShuffleAndRepeatDataset(DatasetOp):
    """The elements in a random order, for several epochs."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("input_dataset: variant", "buffer_size: int64", "seed: int64", "seed2: int64", "count: int64")

    def kernel(self, xp, input_dataset, buffer_size, seed, seed2, count):
        seeds = seeds_or_chance(seed, seed2)
        return Shuffled(input_dataset, number(buffer_size), seeds, False, number(count))


class _Random(Pipeline):
    layout = Integers()

    def __init__(self, seeds: tuple[int, int]):
        super().__init__()
        self._seeds = seeds

    def iterate(self, scope: Scope) -> Iterator:
        return words_of(*self._seeds)

    def cardinality(self) -> int:
        """Return the mark of no end."""
        return INFINITE


class RandomDataset(DatasetOp):
    """Random numbers from 0 to 2**32 - 1."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("seed: int64", "seed2: int64")
    side_effect = True

    def kernel(self, xp, seed, seed2):
        return _Random(seeds_or_chance(seed, seed2))
