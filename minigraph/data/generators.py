"""Datasets of what Python generators yield."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from minigraph.data import structure
from minigraph.data.functions import Traced
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.ops.data import sources
from minigraph.ops.py_func import py_func

__all__ = ["from_generator"]

_OF = "Dataset.from_generator()"


class _Generators:
    """The generators that run, each with a number."""

    def __init__(self, function: Callable):
        self._function = function
        self._numbers = itertools.count()
        self._arguments: dict[int, tuple] = {}
        self._running: dict[int, Iterator] = {}

    def begin(self, *arguments: Any) -> np.int64:
        """Return the number of a new generator."""
        number = next(self._numbers)
        self._arguments[number] = arguments
        return np.int64(number)

    def next(self, number: Any) -> Any:
        """Return what a generator yields next."""
        number = int(number)
        if number not in self._running:
            self._running[number] = iter(self._function(*self._arguments.pop(number)))
        return next(self._running[number])

    def end(self, number: Any) -> np.int64:
        """Forget a generator."""
        self._running.pop(int(number), None)
        return np.int64(0)


def from_generator(generator: Callable, output_types: Any, output_shapes: Any, args: Any) -> Callable:
    """Return the function, of a tensor that is ignored, that makes the dataset of one generator.

    It returns the parts of a dataset: its tensor, and the structure of its elements.
    """
    if not callable(generator):
        raise TypeError("`generator` must be callable.")
    spec = structure.specs_from(output_types, output_shapes)
    leaves = structure.flatten(spec)
    arguments = [convert_to_tensor(each, name=f"args_{i}") for i, each in enumerate(args or ())]
    running = _Generators(generator)

    def following(number: Any) -> list:
        values = running.next(number)
        try:
            parts = structure.flatten_up_to(output_types, values)
        except (TypeError, ValueError):
            raise TypeError(
                "`generator` yielded an element that did not match the expected structure. The expected structure "
                f"was {output_types}, but the yielded element was {values}."
            ) from None
        return [_as_component(value, each.dtype, each.shape) for value, each in zip(parts, leaves)]

    def next_element(number: Tensor) -> Any:
        tensors = py_func(following, [number], [each.dtype for each in leaves], stateful=True)
        for tensor, each in zip(tensors, leaves):
            tensor.set_shape(each.shape)
        return structure.pack(spec, tensors)

    def inner(dummy: Tensor) -> tuple[Tensor, Any]:
        number = structure.TensorSpec(None, dtypes.int64)
        begin = Traced(lambda _: py_func(running.begin, arguments, dtypes.int64), _OF, structure.spec_of(dummy))
        following_ones = Traced(next_element, _OF, number)
        end = Traced(lambda number: py_func(running.end, [number], dtypes.int64), _OF, number)
        parts = [[dummy, *begin.captures], following_ones.captures, end.captures]
        kind = sources.GeneratorDataset(
            begin.body,
            following_ones.body,
            end.body,
            *[tuple([t.dtype for t in part]) for part in parts],
            **structure.flat(following_ones.spec),
        )
        return apply(kind, *[t for part in parts for t in part]), following_ones.spec

    return inner


def _as_component(value: Any, dtype: DType, shape: TensorShape) -> np.ndarray:
    """Return what was yielded as an array of the dtype that was announced."""
    try:
        found = np.asarray(value, dtype=dtype.as_numpy_dtype)
        if dtype is dtypes.string:
            found = _as_strings(found)
    except (TypeError, ValueError):
        raise TypeError(
            "`generator` yielded an element that could not be converted to the expected type. The expected type was "
            f"{dtype.name}, but the yielded element was {value}."
        ) from None
    if not shape.is_compatible_with(found.shape):
        raise ValueError(
            f"`generator` yielded an element of shape {found.shape} where an element of shape {shape} was expected."
        )
    return found


def _as_strings(values: np.ndarray) -> np.ndarray:
    result = np.empty(values.shape, object)
    for index, value in np.ndenumerate(values):
        if not isinstance(value, (str, bytes)):
            raise TypeError(f"{value!r} is not a string")
        result[index] = value.encode() if isinstance(value, str) else value
    return result
