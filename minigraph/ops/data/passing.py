"""Datasets of all elements of another one: computed ahead, without errors, optimized."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minigraph.graph.invalid import invalid
from minigraph.graph.limits import check, limits
from minigraph.ops.data.ahead import Ahead
from minigraph.ops.data.dataset_op import DatasetOp, number
from minigraph.ops.data.pipeline import Pipeline, Same, Scope

__all__: list[str] = []


class _Prefetched(Same):
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


class _WithoutErrors(Same):
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
