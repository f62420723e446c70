"""Datasets made by functions: of each element another one, a choice, a further dataset, a state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import numpy as np

from minigraph.graph import errors
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.limits import check, limits
from minigraph.graph.shapes import brackets
from minigraph.ops.data.ahead import Ahead, threads_for
from minigraph.ops.data.dataset_op import DatasetOp, number
from minigraph.ops.data.pipeline import Captured, Pipeline, Scope

__all__: list[str] = []


class _Mapping:
    def __init__(self, elements: Iterator, function: Callable):
        self._elements, self._function = elements, function

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> tuple:
        try:
            return self._function(*next(self._elements))
        except errors.OutOfRangeError:  # as in TF1: a function may end its dataset
            raise StopIteration from None


class _Mapped(Pipeline):
    def __init__(self, source: Pipeline, function: Captured):
        super().__init__(source)
        self._function = function

    def iterate(self, scope: Scope) -> Iterator:
        return _Mapping(self.inputs[0].elements(scope), self._function.bound(scope))

    def cardinality(self) -> int:
        """Return the number of elements of the input."""
        return self.inputs[0].cardinality()


class _WithFunction(DatasetOp, base=True):
    f: FuncGraph
    output_types: tuple
    output_shapes: tuple

    inputs: ClassVar[tuple[str, ...]] = ("input_dataset: variant", "*other_arguments: *Targuments")
    functions = ("f",)


class MapDataset(_WithFunction):
    """What a function returns for the elements."""

    use_inter_op_parallelism: bool = True
    preserve_cardinality: bool = False

    def kernel(self, xp, input_dataset, *other_arguments, functions):
        return _Mapped(input_dataset, Captured(functions[0], other_arguments))


class _MappedAhead(_Mapped):
    def __init__(self, source: Pipeline, function: Captured, calls: int):
        super().__init__(source, function)
        self._calls = calls

    def iterate(self, scope: Scope) -> Iterator:
        function, threads = self._function.bound(scope), threads_for(self._calls)
        elements = self.inputs[0].elements(scope)
        return Ahead(scope, elements, lambda element: function(*element), threads, max(threads, self._calls))


class ParallelMapDataset(_WithFunction):
    """What a function returns for the elements, in their order, computed by several threads."""

    use_inter_op_parallelism: bool = True
    sloppy: bool = False
    preserve_cardinality: bool = False

    inputs = ("input_dataset: variant", "*other_arguments: *Targuments", "num_parallel_calls: int32")

    def kernel(self, xp, input_dataset, *given, functions):
        *arguments, calls = given
        if number(calls) < -1 or number(calls) == 0:
            raise errors.InvalidArgumentError(None, None, "num_parallel_calls must be greater than zero.")
        return _MappedAhead(input_dataset, Captured(functions[0], arguments), number(calls))


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


class FlatMapDataset(_WithFunction):
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
    """Datasets in turn; those that are open are read ahead, by a thread for each, if `ahead` is not 0."""

    def __init__(self, source: Pipeline, function: Captured, cycle_length: int, block_length: int, ahead: int = 0):
        super().__init__(source, function)
        self._cycle_length, self._block_length, self._ahead = cycle_length, block_length, ahead

    def iterate(self, scope: Scope) -> Iterator:
        function = self._function.bound(scope)

        def opened(element: tuple, position: int) -> Iterator:
            elements = function(*element)[0].elements(scope.inside(f"[{position}]"))
            return Ahead(scope, elements, None, 1, self._ahead) if self._ahead else elements

        elements = self.inputs[0].elements(scope)
        return _Interleaving(elements, opened, self._cycle_length, self._block_length)


class InterleaveDataset(_WithFunction):
    """The elements of the datasets that a function returns, several of them in turn."""

    inputs = ("input_dataset: variant", "*other_arguments: *Targuments", "cycle_length: int64", "block_length: int64")

    def kernel(self, xp, input_dataset, *given, functions):
        *arguments, cycle, block = given
        return _Interleaved(input_dataset, Captured(functions[0], arguments), *_lengths(cycle, block))


class ParallelInterleaveDatasetV2(_WithFunction):
    """The elements of datasets in turn, each read ahead by a thread."""

    sloppy: bool = False

    inputs = (*InterleaveDataset.inputs, "num_parallel_calls: int64")

    def kernel(self, xp, input_dataset, *given, functions):
        *arguments, cycle, block, _ = given
        lengths = _lengths(cycle, block)
        return _Interleaved(input_dataset, Captured(functions[0], arguments), *lengths, ahead=2 * lengths[1])


class ParallelInterleaveDataset(_WithFunction):
    """The elements of datasets in turn, each read ahead by a thread."""

    inputs = (
        *InterleaveDataset.inputs,
        "sloppy: bool",
        "buffer_output_elements: int64",
        "prefetch_input_elements: int64",
    )

    def kernel(self, xp, input_dataset, *given, functions):
        *arguments, cycle, block, _, ahead, _ = given
        lengths = _lengths(cycle, block)
        return _Interleaved(input_dataset, Captured(functions[0], arguments), *lengths, ahead=max(1, number(ahead)))


def _lengths(cycle_length: Any, block_length: Any) -> tuple[int, int]:
    cycle, block = number(cycle_length), number(block_length)
    if cycle == -1:
        cycle = threads_for(-1)
    if cycle <= 0:
        raise errors.InvalidArgumentError(None, None, "cycle_length must be greater than zero.")
    if block <= 0:
        raise errors.InvalidArgumentError(None, None, "block_length must be greater than zero.")
    return cycle, block


class _Filtering:
    """Hand on the items for whose elements a predicate is true."""

    def __init__(self, items: Iterator, element: Callable, predicate: Callable):
        self._items, self._element, self._predicate = items, element, predicate

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        for item in self._items:
            if limits:
                check()
            if self._is_true(item):
                return item
        raise StopIteration

    def _is_true(self, item: Any) -> bool:
        found = self._predicate(*self._element(item))[0]
        if np.ndim(found):
            raise errors.InvalidArgumentError(
                None, None, f"Filter predicate `f` must return a scalar bool, but it has shape {brackets(found.shape)}"
            )
        return bool(found)


class _Filtered(Pipeline):
    def __init__(self, source: Pipeline, predicate: Captured):
        super().__init__(source)
        self.layout, self._predicate = source.layout, predicate

    def iterate(self, scope: Scope) -> Iterator:
        return _Filtering(self.inputs[0].items(scope), self.layout.element, self._predicate.bound(scope))


class _WithPredicate(DatasetOp, base=True):
    predicate: FuncGraph
    output_types: tuple
    output_shapes: tuple

    inputs = ("input_dataset: variant", "*other_arguments: *Targuments")
    functions = ("predicate",)


class FilterDataset(_WithPredicate):
    """The elements for which a function returns True."""

    def kernel(self, xp, input_dataset, *other_arguments, functions):
        return _Filtered(input_dataset, Captured(functions[0], other_arguments))


class _TakingWhile(_Filtering):
    def __next__(self) -> Any:
        item = next(self._items)
        if self._is_true(item):
            return item
        self._items = iter(())
        raise StopIteration


class _TakenWhile(_Filtered):
    def iterate(self, scope: Scope) -> Iterator:
        return _TakingWhile(self.inputs[0].items(scope), self.layout.element, self._predicate.bound(scope))


class TakeWhileDataset(_WithPredicate):
    """The elements before the first for which a function returns False."""

    def kernel(self, xp, input_dataset, *other_arguments, functions):
        return _TakenWhile(input_dataset, Captured(functions[0], other_arguments))


class _Scanning:
    def __init__(self, elements: Iterator, function: Callable, state: tuple):
        self._elements, self._function, self._state = elements, function, state

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> tuple:
        found = self._function(*self._state, *next(self._elements))
        count = len(self._state)
        self._state = found[:count]
        return found[count:]


class _Scanned(_Mapped):
    def __init__(self, source: Pipeline, function: Captured, state: tuple):
        super().__init__(source, function)
        self._state = state

    def iterate(self, scope: Scope) -> Iterator:
        return _Scanning(self.inputs[0].elements(scope), self._function.bound(scope), self._state)


class ScanDataset(DatasetOp):
    """What a function of a state and an element returns besides the next state."""

    f: FuncGraph
    Tstate: tuple
    output_types: tuple
    output_shapes: tuple
    preserve_cardinality: bool = False

    inputs = ("input_dataset: variant", "*initial_state: *Tstate", "*other_arguments: *Targuments")
    functions = ("f",)

    def kernel(self, xp, input_dataset, *given, functions):
        count = len(self.Tstate)
        return _Scanned(input_dataset, Captured(functions[0], given[count:]), given[:count])


class ReduceDataset(DatasetOp):
    """The last state of a function of a state and an element."""

    f: FuncGraph
    Tstate: tuple
    output_types: tuple
    output_shapes: tuple
    use_inter_op_parallelism: bool = True

    inputs = ("input_dataset: variant", "*initial_state: *Tstate", "*other_arguments: *Targuments")
    functions = ("f",)
    waits = True

    def dtype(self, *types):
        return tuple(self.output_types)

    def shape(self, *inputs):
        return tuple(self.output_shapes)

    def kernel(self, xp, input_dataset, *given, functions):
        count, scope = len(self.Tstate), Scope()
        state, function = tuple(given[:count]), Captured(functions[0], given[count:]).bound(scope)
        try:
            for element in input_dataset.elements(scope):
                if limits:
                    check()
                state = function(*state, *element)
        finally:
            scope.close()
        return state if count != 1 else state[0]
