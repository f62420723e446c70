"""Datasets of the elements of others, which a function makes: one after the other, or several in turn."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from minigraph.graph.invalid import invalid
from minigraph.graph.limits import check, limits
from minigraph.ops.data.ahead import Ahead, threads_for
from minigraph.ops.data.dataset_op import WithFunction, number
from minigraph.ops.data.pipeline import Captured, Pipeline, Scope

__all__: list[str] = []


class _Chaining:
    """Iterate over one dataset after the other, each made by a function of an element."""

    def __init__(self, elements: Iterator, function: Callable, scope: Scope):
        self._elements, self._function, self._scope = elements, function, scope
        self._current: Iterator = iter(())
        self._index = 0

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> tuple:
        while True:
            for element in self._current:
                return element
            if limits:
                check()
            dataset = self._function(*next(self._elements))[0]
            self._current = dataset.elements(self._scope.inside(f"[{self._index}]"))
            self._index += 1


class _ToDatasets(Pipeline):
    """Base: the function returns datasets, of any number of elements."""

    def __init__(self, source: Pipeline, function: Captured):
        super().__init__(source)
        self._function = function


class _Chained(_ToDatasets):
    def iterate(self, scope: Scope) -> Iterator:
        return _Chaining(self.inputs[0].elements(scope), self._function.bound(scope), scope)


class FlatMapDataset(WithFunction):
    """The elements of the datasets that a function returns, one dataset after the other."""

    def kernel(self, xp, input_dataset, *other_arguments, functions):
        return _Chained(input_dataset, Captured(functions[0], other_arguments))


class _Interleaving:
    """Take `block_length` elements of each of several datasets in turn.

    Args:
        elements: of what the datasets are made.
        opened: makes the iterator of a dataset at a position in the cycle.
        cycle_length: how many are open at a time.
        block_length: how many elements are taken at a time.
    """

    def __init__(self, elements: Iterator, opened: Callable, cycle_length: int, block_length: int):
        self._elements, self._opened, self._block_length = elements, opened, block_length
        self._open: list[Iterator | None] = [None] * cycle_length
        self._at = self._taken = 0
        self._has_ended = False

    def __iter__(self) -> Iterator:
        return self

    def _advance(self) -> None:
        self._at, self._taken = (self._at + 1) % len(self._open), 0

    def __next__(self) -> tuple:
        while not self._has_ended or any(each is not None for each in self._open):
            if limits:
                check()
            current = self._open[self._at]
            if current is not None:
                for element in current:
                    self._taken += 1
                    if self._taken == self._block_length:
                        self._advance()
                    return element
                self._open[self._at] = None
                self._advance()
            elif self._has_ended:
                self._advance()
            else:
                self._open_next()
        raise StopIteration

    def _open_next(self) -> None:
        try:
            element = next(self._elements)
        except StopIteration:
            self._has_ended = True
        else:
            self._open[self._at] = self._opened(element, self._at)


class _Interleaved(_ToDatasets):
    """Datasets in turn. Those that are made at one position in the cycle have one place in the scope."""

    def __init__(self, source: Pipeline, function: Captured, cycle_length: int, block_length: int):
        super().__init__(source, function)
        self._cycle_length, self._block_length = cycle_length, block_length

    def iterate(self, scope: Scope) -> Iterator:
        elements = self.inputs[0].elements(scope)
        return _Interleaving(elements, self._opener(scope), self._cycle_length, self._block_length)

    def _opener(self, scope: Scope) -> Callable:
        function = self._function.bound(scope)
        return lambda element, position: function(*element)[0].elements(scope.inside(f"[{position}]"))


class _InterleavedAhead(_Interleaved):
    """Datasets in turn, each read ahead by a thread; as in TF1 it has the place of the thread that reads it.

    Args:
        ahead: how many elements of each may wait.
        workers: the number of threads; 0 for a further one for each dataset.
    """

    def __init__(
        self, source: Pipeline, function: Captured, cycle_length: int, block_length: int, ahead: int, workers: int = 0
    ):
        super().__init__(source, function, cycle_length, block_length)
        self._ahead, self._workers = ahead, workers

    def _opener(self, scope: Scope) -> Callable:
        function, count = self._function.bound(scope), itertools.count()

        def opened(element: tuple, position: int) -> Iterator:
            number = next(count)
            place = scope.inside(f"[{number % self._workers if self._workers else number}]")
            return Ahead(scope, function(*element)[0].elements(place), None, 1, self._ahead)

        return opened


class InterleaveDataset(WithFunction):
    """The elements of the datasets that a function returns, several of them in turn."""

    inputs = ("input_dataset: variant", "*other_arguments: *Targuments", "cycle_length: int64", "block_length: int64")

    def kernel(self, xp, input_dataset, *given, functions):
        *arguments, cycle, block = given
        return _Interleaved(input_dataset, Captured(functions[0], arguments), *_lengths(cycle, block))


class ParallelInterleaveDatasetV2(WithFunction):
    """The elements of datasets in turn, each read ahead by a thread."""

    sloppy: bool = False

    inputs = (*InterleaveDataset.inputs, "num_parallel_calls: int64")

    def kernel(self, xp, input_dataset, *given, functions):
        *arguments, cycle, block, _ = given
        lengths = _lengths(cycle, block)
        return _InterleavedAhead(input_dataset, Captured(functions[0], arguments), *lengths, ahead=2 * lengths[1])


class ParallelInterleaveDataset(WithFunction):
    """The elements of datasets in turn, each read ahead by a thread."""

    inputs = (
        *InterleaveDataset.inputs,
        "sloppy: bool",
        "buffer_output_elements: int64",
        "prefetch_input_elements: int64",
    )

    def kernel(self, xp, input_dataset, *given, functions):
        *arguments, cycle, block, _, ahead, inputs_ahead = given
        lengths, workers = _lengths(cycle, block), number(cycle) + number(inputs_ahead)
        function = Captured(functions[0], arguments)
        return _InterleavedAhead(input_dataset, function, *lengths, max(1, number(ahead)), workers)


def _lengths(cycle_length: Any, block_length: Any) -> tuple[int, int]:
    cycle, block = number(cycle_length), number(block_length)
    if cycle == -1:
        cycle = threads_for(-1)
    if cycle <= 0:
        raise invalid("cycle_length must be greater than zero.")
    if block <= 0:
        raise invalid("block_length must be greater than zero.")
    return cycle, block
