"""Datasets of groups of elements, by keys that a function computes; and of elements without those seen before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import numpy as np

from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.invalid import invalid
from minigraph.graph.limits import check, limits
from minigraph.ops.data.dataset_op import DatasetOp, number
from minigraph.ops.data.pipeline import Captured, Elements, Pipeline, Scope

__all__: list[str] = []


class _Grouping:
    """Collect elements by key; hand on what is made of a group once it is complete, or when the input ends."""

    def __init__(self, elements: Iterator, key: Callable, reduce: Callable, size: Callable, scope: Scope):
        self._elements, self._key, self._reduce, self._size, self._scope = elements, key, reduce, size, scope
        self._groups: dict[int, list] = {}
        self._sizes: dict[int, int] = {}
        self._current: Iterator = iter(())

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> tuple:
        while True:
            for element in self._current:
                return element
            if limits:
                check()
            self._current = self._made_of(*self._complete_group())

    def _complete_group(self) -> tuple[int, list]:
        for element in self._elements:
            key = number(self._key(*element)[0])
            if key not in self._sizes:
                self._sizes[key] = self._size_of(key)
            group = self._groups.setdefault(key, [])
            group.append(element)
            if len(group) == self._sizes[key]:
                return key, self._groups.pop(key)
            if limits:
                check()
        if not self._groups:
            raise StopIteration
        first = min(self._groups)
        return first, self._groups.pop(first)

    def _size_of(self, key: int) -> int:
        size = number(self._size(np.int64(key))[0])
        if size <= 0:
            raise invalid(f"Window size must be greater than zero, but got {size}.")
        return size

    def _made_of(self, key: int, group: list) -> Iterator:
        return self._reduce(np.int64(key), Elements(group))[0].elements(self._scope)


class _Grouped(Pipeline):
    def __init__(self, source: Pipeline, *functions: Captured):
        super().__init__(source)
        self._functions = functions

    def iterate(self, scope: Scope) -> Iterator:
        key, reduce, size = [each.bound(scope) for each in self._functions]
        return _Grouping(self.inputs[0].elements(scope), key, reduce, size, scope)


class GroupByWindowDataset(DatasetOp):
    """What a function makes of groups of elements with equal keys."""

    key_func: FuncGraph
    reduce_func: FuncGraph
    window_size_func: FuncGraph
    Tkey_func_other_arguments: tuple
    Treduce_func_other_arguments: tuple
    Twindow_size_func_other_arguments: tuple
    output_types: tuple
    output_shapes: tuple

    inputs = (
        "input_dataset: variant",
        "*key_func_other_arguments: *Tkey_func_other_arguments",
        "*reduce_func_other_arguments: *Treduce_func_other_arguments",
        "*window_size_func_other_arguments: *Twindow_size_func_other_arguments",
    )
    functions = ("key_func", "reduce_func", "window_size_func")

    def kernel(self, xp, input_dataset, *arguments, functions):
        parts = _parts(arguments, self.Tkey_func_other_arguments, self.Treduce_func_other_arguments)
        return _Grouped(input_dataset, *[Captured(function, part) for function, part in zip(functions, parts)])


def _parts(arguments: tuple, *types: tuple) -> list[tuple]:
    """Split arguments into those of functions; the last function gets the rest."""
    found = []
    for each in types:
        found.append(arguments[: len(each)])
        arguments = arguments[len(each) :]
    return [*found, arguments]


class _Reduced(Pipeline):
    """A state for each key, one after the other in the order of the keys."""

    def __init__(self, source: Pipeline, *functions: Captured):
        super().__init__(source)
        self._functions = functions

    def iterate(self, scope: Scope) -> Iterator:
        return self._results(scope)

    def _results(self, scope: Scope) -> Iterator[tuple]:
        key_of, begin, reduce, finish = [each.bound(scope) for each in self._functions]
        states: dict[int, tuple] = {}
        for element in self.inputs[0].elements(scope):
            if limits:
                check()
            key = number(key_of(*element)[0])
            state = states[key] if key in states else begin(np.int64(key))
            states[key] = reduce(*state, *element)
        for key in sorted(states):
            yield finish(*states[key])


class ExperimentalGroupByReducerDataset(DatasetOp):
    """For each key the elements with that key, reduced."""

    key_func: FuncGraph
    init_func: FuncGraph
    reduce_func: FuncGraph
    finalize_func: FuncGraph
    Tkey_func_other_arguments: tuple
    Tinit_func_other_arguments: tuple
    Treduce_func_other_arguments: tuple
    Tfinalize_func_other_arguments: tuple
    output_types: tuple
    output_shapes: tuple

    inputs = (
        "input_dataset: variant",
        "*key_func_other_arguments: *Tkey_func_other_arguments",
        "*init_func_other_arguments: *Tinit_func_other_arguments",
        "*reduce_func_other_arguments: *Treduce_func_other_arguments",
        "*finalize_func_other_arguments: *Tfinalize_func_other_arguments",
    )
    functions = ("key_func", "init_func", "reduce_func", "finalize_func")

    def kernel(self, xp, input_dataset, *arguments, functions):
        types = (self.Tkey_func_other_arguments, self.Tinit_func_other_arguments, self.Treduce_func_other_arguments)
        parts = _parts(arguments, *types)
        return _Reduced(input_dataset, *[Captured(function, part) for function, part in zip(functions, parts)])


class _Distinct(Pipeline):
    def iterate(self, scope: Scope) -> Iterator:
        return filter(_Unseen(), self.inputs[0].elements(scope))


class _Unseen:
    def __init__(self) -> None:
        self._seen: set = set()

    def __call__(self, element: tuple) -> bool:
        value = np.asarray(element[0])
        key: Any = (value.shape, tuple(value.ravel().tolist()))
        if key in self._seen:
            return False
        self._seen.add(key)
        return True


class UniqueDataset(DatasetOp):
    """The elements without those that have been there before."""

    output_types: tuple
    output_shapes: tuple

    inputs: ClassVar[tuple[str, ...]] = ("input_dataset: variant",)

    def kernel(self, xp, input_dataset):
        return _Distinct(input_dataset)
