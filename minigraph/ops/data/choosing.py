"""Datasets of some elements of others: taken, skipped, repeated, joined, kept."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator
from typing import Any

from minigraph.graph.limits import check, limits
from minigraph.ops.data.ahead import Ahead
from minigraph.ops.data.dataset_op import DatasetOp, invalid, number
from minigraph.ops.data.pipeline import Pipeline, Scope, Zipped, drained
from minigraph.ops.data.shuffling import Shuffled

__all__: list[str] = []

_NO_OPERATIONS = b"noop_elimination"  # TF1's optimization that drops datasets which change nothing


class _Same(Pipeline):
    """Base: the items are those of the input."""

    def __init__(self, source: Pipeline):
        super().__init__(source)
        self.layout = source.layout


class _Taken(_Same):
    def __init__(self, source: Pipeline, count: int):
        super().__init__(source)
        self._count = count

    def iterate(self, scope: Scope) -> Iterator:
        items = self.inputs[0].items(scope) if self._count else iter(())
        return items if self._count < 0 else itertools.islice(items, self._count)

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


class _Skipped(_Same):
    def __init__(self, source: Pipeline, count: int):
        super().__init__(source)
        self._count = count

    def iterate(self, scope: Scope) -> Iterator:
        return iter(()) if self._count < 0 else _Skipping(self.inputs[0].items(scope), self._count)

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


class _Shard(_Same):
    def __init__(self, source: Pipeline, number_of_shards: int, index: int):
        super().__init__(source)
        self._number, self._index = number_of_shards, index

    def iterate(self, scope: Scope) -> Iterator:
        return _Sharding(self.inputs[0].items(scope), self._number, self._index)


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


class _Repeated(_Same):
    def __init__(self, source: Pipeline, count: int):
        super().__init__(source)
        self._count = count

    def iterate(self, scope: Scope) -> Iterator:
        if self._count < 0:
            return itertools.chain.from_iterable(self._without_end(scope))
        source = self.inputs[0]
        return _Repeating(source, scope, self._count) if self._count else iter(())

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
        is_fused = b"shuffle_and_repeat_fusion" in wanted and isinstance(source, Shuffled) and source.is_reshuffled
        return source.repeated(self._count) if is_fused else other


class RepeatDataset(_DatasetWithCount):
    """The elements again and again."""

    def kernel(self, xp, input_dataset, count):
        return _Repeated(input_dataset, number(count))


class _Joined(Pipeline):
    def iterate(self, scope: Scope) -> Iterator:
        first, second = self.inputs
        return itertools.chain(first.elements(scope.inside("[0]")), _later(second, scope.inside("[1]")))


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


class ZipDataset(DatasetOp):
    """The elements of several datasets side by side."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("*input_datasets: variant",)

    def kernel(self, xp, *input_datasets):
        return _SideBySide(*input_datasets)


class _Cache:
    """The items of a dataset, kept as they are first asked for. Only what has been read to the end is complete."""

    def __init__(self) -> None:
        self.items: list | None = None


class _Filling:
    def __init__(self, items: Iterator, cache: _Cache):
        self._items, self._cache = items, cache
        self._found: list = []

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        if limits:
            check()
        for item in self._items:
            self._found.append(item)
            return item
        self._cache.items = self._found
        raise StopIteration


class _Cached(_Same):
    def iterate(self, scope: Scope) -> Iterator:
        cache = scope.kept.setdefault(scope.path, _Cache())
        return _Filling(self.inputs[0].items(scope), cache) if cache.items is None else iter(cache.items)


class CacheDataset(DatasetOp):
    """The elements, kept in memory (or a file) in the first epoch."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("input_dataset: variant", "filename: string")

    def kernel(self, xp, input_dataset, filename):
        return _Cached(input_dataset)


class _Prefetched(_Same):
    def __init__(self, source: Pipeline, size: int):
        super().__init__(source)
        self._size = size

    def iterate(self, scope: Scope) -> Iterator:
        return Ahead(scope, self.inputs[0].items(scope), None, 1, self._size)


_CHOSEN_SIZE = 2  # of a buffer whose size is left to the machine


class PrefetchDataset(DatasetOp):
    """The elements, computed ahead by a thread."""

    output_types: tuple
    output_shapes: tuple
    slack_period: int = 0
    legacy_autotune: bool = True

    inputs = ("input_dataset: variant", "buffer_size: int64")

    def kernel(self, xp, input_dataset, buffer_size):
        size = number(buffer_size)
        if size < -1:
            raise invalid("buffer_size must be >= 0 or set buffer_size to be -1 for auto-tuning")
        return _Prefetched(input_dataset, size if size > 0 else _CHOSEN_SIZE) if size else input_dataset


class _WithoutErrors(_Same):
    def iterate(self, scope: Scope) -> Iterator:
        return _Ignoring(self.inputs[0].elements(scope))


class _Ignoring:
    def __init__(self, items: Iterator):
        self._items = items

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        while True:
            if limits:
                check()
            try:
                return next(self._items)
            except StopIteration:
                raise
            except Exception:  # noqa: BLE001, S112 (that is what it is for)
                continue


class IgnoreErrorsDataset(DatasetOp):
    """The elements without those whose computation fails."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("input_dataset: variant",)

    def kernel(self, xp, input_dataset):
        return _WithoutErrors(input_dataset)


class OptimizeDataset(DatasetOp):
    """The same elements, after TensorFlow's optimizations."""

    output_types: tuple
    output_shapes: tuple
    optimization_configs: tuple = ()

    inputs = ("input_dataset: variant", "optimizations: string")

    def kernel(self, xp, input_dataset, optimizations):
        wanted = set(optimizations.ravel().tolist())
        return input_dataset.optimized(wanted)


class ModelDataset(DatasetOp):
    """The same elements; in TF1 the buffers and threads then tune themselves."""

    output_types: tuple
    output_shapes: tuple
    algorithm: int = 0
    cpu_budget: int = 0

    inputs = ("input_dataset: variant",)

    def kernel(self, xp, input_dataset):
        return input_dataset
