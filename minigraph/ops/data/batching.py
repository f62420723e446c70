"""Datasets of batches: stacked, padded to one size, taken apart again; and windows, datasets of datasets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.invalid import invalid
from minigraph.graph.shapes import brackets
from minigraph.ops.data.ahead import Ahead, threads_for
from minigraph.ops.data.dataset_op import DatasetOp, number
from minigraph.ops.data.pipeline import Captured, Elements, Layout, Pipeline, Scope, drained, stacked

__all__: list[str] = []


class _Batching:
    """Take a number of items at a time; `made` makes a batch of them."""

    def __init__(self, items: Iterator, size: int, drop_remainder: bool, made: Any):
        self._items, self._size, self._drop_remainder, self._made = items, size, drop_remainder, made

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> tuple:
        items = drained(self._items, self._size)
        if not items or self._drop_remainder and len(items) < self._size:
            raise StopIteration
        return self._made(items)


class _Batched(Pipeline):
    def __init__(self, source: Pipeline, size: int, drop_remainder: bool):
        super().__init__(source)
        if size <= 0:
            raise invalid("Batch size must be greater than zero.")
        self._size, self._drop_remainder = size, drop_remainder

    def cardinality(self) -> int:
        """Return the number of batches."""
        number = self.inputs[0].cardinality()
        return number if number < 0 else (number + (0 if self._drop_remainder else self._size - 1)) // self._size

    def iterate(self, scope: Scope) -> Iterator:
        source = self.inputs[0]
        return _Batching(source.items(scope), self._size, self._drop_remainder, source.layout.batch)


class BatchDatasetV2(DatasetOp):
    """Elements, stacked."""

    output_types: tuple
    output_shapes: tuple
    parallel_copy: bool = False

    inputs = ("input_dataset: variant", "batch_size: int64", "drop_remainder: bool")

    def kernel(self, xp, input_dataset, batch_size, drop_remainder):
        return _Batched(input_dataset, number(batch_size), bool(drop_remainder))


class MapAndBatchDataset(DatasetOp):
    """What a function returns for elements, computed by several threads, and stacked."""

    f: FuncGraph
    output_types: tuple
    output_shapes: tuple
    preserve_cardinality: bool = False

    inputs = (
        "input_dataset: variant",
        "*other_arguments: *Targuments",
        "batch_size: int64",
        "num_parallel_calls: int64",
        "drop_remainder: bool",
    )
    functions = ("f",)

    def kernel(self, xp, input_dataset, *given, functions):
        *arguments, size, calls, drop_remainder = given
        mapped = _MappedAhead(input_dataset, Captured(functions[0], arguments), number(calls))
        return _Batched(mapped, number(size), bool(drop_remainder))


class _MappedAhead(Pipeline):
    def __init__(self, source: Pipeline, function: Captured, calls: int):
        super().__init__(source)
        self._function, self._calls = function, calls

    def iterate(self, scope: Scope) -> Iterator:
        function, threads = self._function.bound(scope), threads_for(self._calls)
        elements = self.inputs[0].elements(scope)
        return Ahead(scope, elements, lambda element: function(*element), threads, max(threads, self._calls))

    def cardinality(self) -> int:
        """Return the number of elements of the input."""
        return self.inputs[0].cardinality()


class _Padding:
    """Stack arrays of different sizes, filled up to the given ones, or to the largest where -1 is given."""

    def __init__(self, layout: Layout, shapes: list, values: list):
        self._layout, self._shapes, self._values = layout, shapes, values

    def __call__(self, items: list) -> tuple:
        columns = zip(*map(self._layout.element, items))
        return tuple([_padded(i, *each) for i, each in enumerate(zip(columns, self._shapes, self._values))])


def _padded(number: int, values: Any, shape: tuple, fill: Any) -> np.ndarray:
    """Stack the values of a component, given by its number."""
    arrays = [np.asarray(a) for a in values]
    if len(shape) != arrays[0].ndim:
        raise invalid(
            f"All elements in a batch must have the same rank as the padded shape for component{number}: expected rank "
            f"{len(shape)} but got element with rank {arrays[0].ndim}"
        )
    result = np.empty((len(arrays), *_full_shape(arrays, shape)), arrays[0].dtype)
    result.fill(np.asarray(fill).item())
    for i, a in enumerate(arrays):
        place: Any = (i, *map(slice, a.shape))
        result[place] = a if a.ndim else a.item()
    return result


def _full_shape(arrays: list[np.ndarray], shape: tuple) -> tuple[int, ...]:
    """Return the shape with the largest sizes of the arrays in the place of -1."""
    largest = tuple([max(sizes) for sizes in zip(*[a.shape for a in arrays])])
    if any(0 <= wanted < size for wanted, size in zip(shape, largest)):
        raise errors.DataLossError(
            None,
            None,
            "Attempted to pad to a smaller size than the input element.\n"
            f"The largest element has the shape {brackets(largest)}, the padded shape is {brackets(shape)}.",
        )
    return tuple([size if wanted < 0 else wanted for wanted, size in zip(shape, largest)])


class _PaddedBatches(_Batched):
    def __init__(self, source: Pipeline, size: int, shapes: list, values: list, drop_remainder: bool):
        super().__init__(source, size, drop_remainder)
        self._shapes, self._values = shapes, values

    def iterate(self, scope: Scope) -> Iterator:
        source = self.inputs[0]
        made = _Padding(source.layout, self._shapes, self._values)
        return _Batching(source.items(scope), self._size, self._drop_remainder, made)


class PaddedBatchDatasetV2(DatasetOp):
    """Elements of different sizes, filled up and stacked."""

    Toutput_types: tuple
    output_shapes: tuple
    parallel_copy: bool = False

    inputs = (
        "input_dataset: variant",
        "batch_size: int64",
        "*padded_shapes: int64",
        "*padding_values: *Toutput_types",
        "drop_remainder: bool",
    )

    def kernel(self, xp, input_dataset, batch_size, *given):
        *given, drop_remainder = given  # type: ignore[assignment]
        count = len(given) // 2
        shapes = [tuple(np.asarray(each).tolist()) for each in given[:count]]
        return _PaddedBatches(input_dataset, number(batch_size), shapes, list(given[count:]), bool(drop_remainder))


class _Unbatching:
    def __init__(self, elements: Iterator):
        self._elements = elements
        self._element: tuple = ()
        self._next = self._count = 0

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> tuple:
        while self._next == self._count:
            self._element, self._next = next(self._elements), 0
            self._count = len(self._element[0])
            if any(len(each) != self._count for each in self._element):
                self._count = 0
                raise invalid("Input element must have the same batch size in each component.")
        self._next += 1
        return tuple([each[self._next - 1, ...] for each in self._element])


class _Unbatched(Pipeline):
    def iterate(self, scope: Scope) -> Iterator:
        return _Unbatching(self.inputs[0].elements(scope))


class UnbatchDataset(DatasetOp):
    """The rows of the elements."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("input_dataset: variant",)

    def kernel(self, xp, input_dataset):
        return _Unbatched(input_dataset)


class _Windows:
    def __init__(self, elements: Iterator, size: int, shift: int, stride: int, drop_remainder: bool):
        self._elements, self._drop_remainder = elements, drop_remainder
        self._size, self._shift, self._stride = size, shift, stride
        self._buffer: list = []
        self._skip = 0
        self._has_ended = False

    def __iter__(self) -> Iterator:
        return self

    def _fill(self) -> None:
        """Read on until the next window is there, or all elements."""
        self._skip -= len(drained(self._elements, self._skip))
        wanted = (self._size - 1) * self._stride + 1 - len(self._buffer)
        found = drained(self._elements, wanted)
        self._buffer += found
        self._has_ended = len(found) < wanted

    def __next__(self) -> tuple:
        return tuple([Elements([(each,) for each in column]) for column in zip(*self.window())])

    def window(self) -> list[tuple]:
        """Return the elements of the next window."""
        if not self._has_ended:
            self._fill()
        window = self._buffer[: (self._size - 1) * self._stride + 1 : self._stride]
        if not window or self._drop_remainder and len(window) < self._size:
            raise StopIteration
        self._skip = max(0, self._shift - len(self._buffer))
        self._buffer = self._buffer[self._shift :]
        return window


class _Windowed(Pipeline):
    def __init__(self, source: Pipeline, *given: Any):
        super().__init__(source)
        self._given = given

    def iterate(self, scope: Scope) -> Iterator:
        return _Windows(self.inputs[0].elements(scope), *self._given)

    def cardinality(self) -> int:
        """Return the number of windows."""
        size, shift, stride, drop_remainder = self._given
        number = self.inputs[0].cardinality()
        last = (size - 1) * stride if drop_remainder else 0
        return number if number < 0 else len(range(0, number - last, shift))


class WindowDataset(DatasetOp):
    """Datasets of elements that follow each other."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("input_dataset: variant", "size: int64", "shift: int64", "stride: int64", "drop_remainder: bool")

    def kernel(self, xp, input_dataset, size, shift, stride, drop_remainder):
        for name, value in (("size", size), ("shift", shift), ("stride", stride)):
            if number(value) <= 0:
                raise invalid(f"Window {name} must be greater than zero.")
        return _Windowed(input_dataset, number(size), number(shift), number(stride), bool(drop_remainder))


class _Sliding(_Windows):
    def __next__(self) -> tuple:
        return tuple([stacked(column) for column in zip(*self.window())])


class _Slid(_Windowed):
    def iterate(self, scope: Scope) -> Iterator:
        return _Sliding(self.inputs[0].elements(scope), *self._given)


class SlidingWindowDataset(DatasetOp):
    """Batches of elements that follow each other, which may overlap."""

    output_types: tuple
    output_shapes: tuple

    inputs = ("input_dataset: variant", "window_size: int64", "window_shift: int64", "window_stride: int64")

    def kernel(self, xp, input_dataset, window_size, window_shift, window_stride):
        for name, value in (("size", window_size), ("shift", window_shift), ("stride", window_stride)):
            if number(value) <= 0:
                raise invalid(f"Window {name} must be greater than zero.")
        return _Slid(input_dataset, number(window_size), number(window_shift), number(window_stride), True)
