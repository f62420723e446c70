"""Datasets of tensors, of numbers, and of what a generator yields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minigraph.graph import errors
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.invalid import invalid
from minigraph.ops.data.dataset_op import DatasetOp, number
from minigraph.ops.data.pipeline import Captured, Elements, Integers, Pipeline, Rows, Scope, own

__all__ = ["Slices"]


class TensorDataset(DatasetOp):
    """One element: the components."""

    output_shapes: tuple

    inputs = ("*components: *Toutput_types",)
    side_effect = True  # as in TF1, which folds no source of data

    def kernel(self, xp, *components):
        return Elements([own(components)])


class Slices(Pipeline):
    """The rows of arrays."""

    def __init__(self, arrays: tuple):
        super().__init__()
        self._count = len(arrays[0])
        for each in arrays:
            if len(each) != self._count:
                raise invalid(
                    f"All components of the input must have the same size in the 0th dimension: {self._count} and "
                    f"{len(each)}"
                )
        self.layout = Rows(arrays)

    def iterate(self, scope: Scope) -> Iterator:
        """Return an iterator of the indices of the rows."""
        return iter(range(self._count))

    def cardinality(self) -> int:
        """Return the number of rows."""
        return self._count


class TensorSliceDataset(DatasetOp):
    """The rows of the components."""

    output_shapes: tuple

    inputs = ("*components: *Toutput_types",)
    side_effect = True

    def kernel(self, xp, *components):
        return Slices(own(components))


class _Numbers(Pipeline):
    layout = Integers()

    def __init__(self, start: int, stop: int, step: int):
        super().__init__()
        self._range = range(start, stop, step)

    def iterate(self, scope: Scope) -> Iterator:
        """Return an iterator of the numbers."""
        return iter(self._range)

    def cardinality(self) -> int:
        """Return how many numbers there are."""
        return len(self._range)


class RangeDataset(DatasetOp):
    """Numbers at equal distances."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("start: int64", "stop: int64", "step: int64")
    side_effect = True

    def kernel(self, xp, start, stop, step):
        if number(step) == 0:
            raise invalid("step must be a non-zero integer.")
        return _Numbers(number(start), number(stop), number(step))


class _Generated(Pipeline):
    def __init__(self, start: Captured, following: Captured, end: Captured, given: tuple):
        super().__init__()
        self._functions, self._given = (start, following, end), given

    def iterate(self, scope: Scope) -> Iterator:
        """Return an iterator of what the functions return."""
        start, following, end = [each.bound(scope) for each in self._functions]
        return _Generating(start, following, end, self._given)


class _Generating:
    """Call a function for each element; another one before the first, and a third when there are no more."""

    def __init__(self, start: Any, following: Any, end: Any, given: tuple):
        self._start, self._following, self._end, self._given = start, following, end, given
        self._state: tuple | None = None
        self._has_ended = False

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> tuple:
        if self._has_ended:
            raise StopIteration
        if self._state is None:
            self._state = self._start(*self._given)
        try:
            return self._following(*self._state)
        except errors.OutOfRangeError:
            self._has_ended = True
            self._end(*self._state)
            raise StopIteration from None


class GeneratorDataset(DatasetOp):
    """What a function returns each time it is called."""

    init_func: FuncGraph
    next_func: FuncGraph
    finalize_func: FuncGraph
    Tinit_func_args: tuple
    Tnext_func_args: tuple
    Tfinalize_func_args: tuple
    output_types: tuple
    output_shapes: tuple

    inputs = (
        "*init_func_other_args: *Tinit_func_args",
        "*next_func_other_args: *Tnext_func_args",
        "*finalize_func_other_args: *Tfinalize_func_args",
    )
    functions = ("init_func", "next_func", "finalize_func")
    side_effect = True

    def kernel(self, xp, *arguments, functions):
        start, following, end = functions
        first = len(self.Tinit_func_args)
        second = first + len(self.Tnext_func_args)
        return _Generated(
            Captured(start),
            Captured(following, arguments[first:second]),
            Captured(end, arguments[second:]),
            arguments[:first],
        )
