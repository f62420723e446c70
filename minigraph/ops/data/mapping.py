"""Datasets made by functions: of each element another one, a choice, a further dataset, a state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.limits import check, limits
from minigraph.graph.shapes import brackets
from minigraph.ops.data.ahead import Ahead, threads_for
from minigraph.ops.data.dataset_op import DatasetOp, WithFunction, number
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


class MapDataset(WithFunction):
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


class ParallelMapDataset(WithFunction):
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
    outputs = ("*components: *output_types",)
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
