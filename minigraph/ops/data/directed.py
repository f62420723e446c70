"""Datasets whose elements another dataset chooses among several ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minigraph.graph.invalid import invalid
from minigraph.graph.limits import check, limits
from minigraph.ops.data.dataset_op import DatasetOp, number
from minigraph.ops.data.pipeline import Pipeline, Scope

__all__: list[str] = []

_END = object()


class _Choosing:
    def __init__(self, choices: Iterator, elements: list[Iterator]):
        self._choices, self._elements = choices, elements
        self._left: set[int] = set(range(len(elements)))

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        while self._left:
            if limits:
                check()
            choice = number(next(self._choices)[0])
            if not 0 <= choice < len(self._elements):
                raise invalid(f"Selector index out of range: {choice} >= {len(self._elements)}")
            if choice not in self._left:
                continue
            found = next(self._elements[choice], _END)
            if found is not _END:
                return found
            self._left.discard(choice)
        raise StopIteration


class _Directed(Pipeline):
    def iterate(self, scope: Scope) -> Iterator:
        choices, *elements = [each.elements(scope.inside(f"[{i}]")) for i, each in enumerate(self.inputs)]
        return _Choosing(choices, elements)


class DirectedInterleaveDataset(DatasetOp):
    """The elements of datasets, in the order that another one of indices gives."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("selector_input_dataset: variant", "*data_input_datasets: variant")

    def kernel(self, xp, selector_input_dataset, *data_input_datasets):
        return _Directed(selector_input_dataset, *data_input_datasets)
