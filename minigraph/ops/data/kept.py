"""Datasets whose elements are kept from the first epoch on, in memory or in files as TF1 writes them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from minigraph.checkpoints.bundle import Bundle, Entry, write_bundle
from minigraph.graph import dtypes, errors
from minigraph.graph.limits import check, limits
from minigraph.ops.data.dataset_op import DatasetOp
from minigraph.ops.data.pipeline import Pipeline, Same, Scope
from minigraph.ops.io.disk import on_disk, text_of

__all__: list[str] = []


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


class _Cached(Same):
    def iterate(self, scope: Scope) -> Iterator:
        cache = scope.kept.setdefault(scope.path, _Cache())
        return _Filling(self.inputs[0].items(scope), cache) if cache.items is None else iter(cache.items)


class _Lock:
    """The file that says that a cache is being written; it is removed when nobody writes any longer."""

    def __init__(self, prefix: str):
        self._name: str | None = None
        name = f"{prefix}_0.lockfile"
        try:
            on_disk(self._make, name)
        except errors.UnknownError:
            if not os.path.exists(name):
                raise
            with open(name) as file:
                raise errors.AlreadyExistsError(
                    None,
                    None,
                    f"There appears to be a concurrent caching iterator running - cache lockfile already exists "
                    f"('{name}'). If you are sure no other running TF computations are using this cache prefix, delete "
                    f"the lockfile and re-initialize the iterator. Lockfile contents: {file.read()}",
                ) from None
        self._name = name

    @staticmethod
    def _make(name: str) -> None:
        with open(name, "x") as file:
            file.write(f"Created at: {int(time.time())}")

    def release(self) -> None:
        """Remove the file."""
        if self._name is not None and os.path.exists(self._name):
            os.remove(self._name)
        self._name = None

    def __del__(self) -> None:
        self.release()


class _Filing:
    """Hand on elements, and write them to files when there are no more."""

    def __init__(self, elements: Iterator[tuple], prefix: str):
        self._elements, self._prefix = elements, prefix
        self._found: list[tuple] = []
        self._lock: _Lock | None = None

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> tuple:
        if self._lock is None:
            self._lock = _Lock(self._prefix)
        if limits:
            check()
        for element in self._elements:
            self._found.append(element)
            return element
        self._write()
        self._lock.release()
        raise StopIteration

    def _write(self) -> None:
        entries = []
        for i, element in enumerate(self._found):
            for j, value in enumerate(element):
                array = np.asarray(value)
                entries.append(Entry(_key(i, j), dtypes.as_dtype(array.dtype), array))
        on_disk(write_bundle, self._prefix, entries)
        self._found = []


def _key(item: int, component: int) -> str:
    return f"{item:7d}_{component}"


def _filed(prefix: str, count: int) -> Iterator[tuple]:
    """Yield the elements, of `count` components, that files contain."""
    bundle = Bundle(prefix)
    for item in range(len(bundle.names) // count):
        yield tuple([bundle.read(_key(item, component)) for component in range(count)])


class _FiledElements(Pipeline):
    def __init__(self, source: Pipeline, prefix: str, count: int):
        super().__init__(source)
        self._prefix, self._count = prefix, count

    def iterate(self, scope: Scope) -> Iterator:
        if os.path.exists(f"{self._prefix}.index"):
            return _filed(self._prefix, self._count)
        return _Filing(self.inputs[0].elements(scope), self._prefix)

    def cardinality(self) -> int:
        """Return the number of elements of the input."""
        return self.inputs[0].cardinality()


class CacheDataset(DatasetOp):
    """The elements, kept in memory or files in the first epoch."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("input_dataset: variant", "filename: string")

    def kernel(self, xp, input_dataset, filename):
        prefix = text_of(filename)
        return _FiledElements(input_dataset, prefix, len(self.output_types)) if prefix else _Cached(input_dataset)
