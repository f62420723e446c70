"""Datasets of some elements of others: taken, skipped, repeated, joined, kept."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator
from typing import Any

from minigraph.graph.invalid import invalid
from minigraph.graph.limits import check, limits
from minigraph.ops.data.dataset_op import DatasetOp, number
from minigraph.ops.data.pipeline import INFINITE, UNKNOWN, Pipeline, Same, Scope, Zipped, drained
from minigraph.ops.data.shuffling import Shuffled, times

__all__: list[str] = []

_NO_OPERATIONS = b"noop_elimination"  # TF1's optimization that drops datasets which change nothing


class _Taken(Same):
    def __init__(self, source: Pipeline, count: int):
        super().__init__(source)
        self._count = count

    def iterate(self, scope: Scope) -> Iterator:
        items = self.inputs[0].items(scope) if self._count else iter(())
        return items if self._count < 0 else itertools.islice(items, self._count)

    def cardinality(self) -> int:
        """Return how many are taken."""
        number = super().cardinality()
        if number < 0:
            return UNKNOWN if number == UNKNOWN else self._count
        return min(number, self._count)

    def optimized(self, wanted: Container[bytes]) -> Pipeline:
        """Return the input if all of it is taken."""
        other = super().optimized(wanted)
        return other.inputs[0] if self._count == -1 and _NO_OPERATIONS in wanted else other


class _DatasetWithCount(DatasetOp, base=True):
    output_types: tuple
    output_shapes: tuple

    inputs = ("input_dataset: variant", "count: int64")


class TakeDataset(_DatasetWithCount):
    """The first elements."""

    def kernel(self, xp, input_dataset, count):
        return _Taken(input_dataset, number(count))


class _Skipping:
    """Iterate over what follows the first items."""

    def __init__(self, items: Iterator, count: int):
        self._items, self._left = items, count

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        while self._left:
            self._left -= 1
            next(self._items)
        return next(self._items)


class _Skipped(Same):
    def __init__(self, source: Pipeline, count: int):
        super().__init__(source)
        self._count = count

    def iterate(self, scope: Scope) -> Iterator:
        return iter(()) if self._count < 0 else _Skipping(self.inputs[0].items(scope), self._count)

    def cardinality(self) -> int:
        """Return how many are left."""
        number = super().cardinality()
        if self._count < 0:
            return 0
        return number if number < 0 else max(0, number - self._count)

    def optimized(self, wanted: Container[bytes]) -> Pipeline:
        """Return the input if none of it is skipped."""
        other = super().optimized(wanted)
        return other.inputs[0] if self._count == 0 and _NO_OPERATIONS in wanted else other


class SkipDataset(_DatasetWithCount):
    """All but the first elements."""

    def kernel(self, xp, input_dataset, count):
        return _Skipped(input_dataset, number(count))


class _Sharding:
    def __init__(self, items: Iterator, number_of_shards: int, index: int):
        self._items, self._skip, self._number = items, index, number_of_shards

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        while self._skip:
            next(self._items)
            self._skip -= 1
        found = next(self._items)
        self._skip = self._number - 1
        return found


class _Shard(Same):
    def __init__(self, source: Pipeline, number_of_shards: int, index: int):
        super().__init__(source)
        self._number, self._index = number_of_shards, index

    def iterate(self, scope: Scope) -> Iterator:
        return _Sharding(self.inputs[0].items(scope), self._number, self._index)

    def cardinality(self) -> int:
        """Return the number of elements of the shard."""
        number = super().cardinality()
        return number if number < 0 else len(range(self._index, number, self._number))


class ShardDataset(DatasetOp):
    """Each n-th element."""

    output_types: tuple
    output_shapes: tuple
    require_non_empty: bool = False

    inputs = ("input_dataset: variant", "num_shards: int64", "index: int64")

    def kernel(self, xp, input_dataset, num_shards, index):
        count, at = number(num_shards), number(index)
        if count <= 0:
            raise invalid(f"Number of shards must be greater than zero (currently num_shards = {count}).")
        if not 0 <= at < count:
            raise invalid(f"Index must be between 0 and {count - 1} (currently index = {at}).")
        return _Shard(input_dataset, count, at)


class _Repeating:
    """Iterate several times, each time anew; once more after the last time, as TF1 does, which uses up seeds."""

    def __init__(self, source: Pipeline, scope: Scope, count: int):
        self._source, self._scope, self._left = source, scope, count
        self._items = source.items(scope)

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        while self._left:
            for item in self._items:
                return item
            if limits:
                check()
            self._left -= 1
            self._items = self._source.items(self._scope)
        self._items = iter(())
        raise StopIteration


class _Repeated(Same):
    def __init__(self, source: Pipeline, count: int):
        super().__init__(source)
        self._count = count

    def iterate(self, scope: Scope) -> Iterator:
        if self._count < 0:
            return itertools.chain.from_iterable(self._without_end(scope))
        source = self.inputs[0]
        return _Repeating(source, scope, self._count) if self._count else iter(())

    def cardinality(self) -> int:
        """Return the number of elements in all epochs."""
        return times(super().cardinality(), self._count)

    def _without_end(self, scope: Scope) -> Iterator[Iterator]:
        while True:
            items = self.inputs[0].items(scope)
            first = drained(items, 1)
            if not first:  # there is nothing to repeat
                return
            yield iter(first)
            yield items

    def optimized(self, wanted: Container[bytes]) -> Pipeline:
        """Return the input if it is repeated once; one that shuffles and repeats where it is shuffled anew."""
        other = super().optimized(wanted)
        source = other.inputs[0]
        if self._count == 1 and _NO_OPERATIONS in wanted:
            return source
        if b"shuffle_and_repeat_fusion" in wanted and isinstance(source, Shuffled) and source.is_reshuffled:
            return source.repeated(self._count)
        return other


class RepeatDataset(_DatasetWithCount):
    """The elements again and again."""

    def kernel(self, xp, input_dataset, count):
        return _Repeated(input_dataset, number(count))


class _Joined(Pipeline):
    def iterate(self, scope: Scope) -> Iterator:
        first, second = self.inputs
        return itertools.chain(first.elements(scope.inside("[0]")), _later(second, scope.inside("[1]")))

    def cardinality(self) -> int:
        """Return the sum of both numbers."""
        numbers = [each.cardinality() for each in self.inputs]
        return INFINITE if INFINITE in numbers else UNKNOWN if UNKNOWN in numbers else sum(numbers)


def _later(pipeline: Pipeline, scope: Scope) -> Iterator[tuple]:
    """Yield the elements of a dataset whose iterator is made when the first one is asked for."""
    yield from pipeline.elements(scope)


class ConcatenateDataset(DatasetOp):
    """The elements of one dataset after those of another."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("input_dataset: variant", "another_dataset: variant")

    def kernel(self, xp, input_dataset, another_dataset):
        return _Joined(input_dataset, another_dataset)


class _SideBySide(Pipeline):
    def __init__(self, *sources: Pipeline):
        super().__init__(*sources)
        self.layout = Zipped([each.layout for each in sources])

    def iterate(self, scope: Scope) -> Iterator:
        return zip(*[each.items(scope.inside(f"[{i}]")) for i, each in enumerate(self.inputs)])

    def cardinality(self) -> int:
        """Return the least of the numbers."""
        numbers = [each.cardinality() for each in self.inputs]
        ends = [number for number in numbers if number != INFINITE]
        return UNKNOWN if UNKNOWN in numbers else min(ends, default=INFINITE)


class ZipDataset(DatasetOp):
    """The elements of several datasets side by side."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("*input_datasets: variant",)

    def kernel(self, xp, *input_datasets):
        return _SideBySide(*input_datasets)
