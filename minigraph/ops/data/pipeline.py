"""What a dataset is in a run: a `Pipeline`, from which iterators are made.

A pipeline hands on *items*, of which its layout makes elements, tuples of arrays, when they are wanted. The items of
rows of arrays are indices: shuffling, repeating and choosing rows moves integers, and a batch is gathered at once.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.shapes import brackets

INFINITE, UNKNOWN = -1, -2  # for a number of elements

__all__ = [
    "INFINITE",
    "UNKNOWN",
    "Captured",
    "Elements",
    "Integers",
    "Layout",
    "Pipeline",
    "Rows",
    "Same",
    "Scope",
    "Zipped",
    "drained",
    "own",
    "stacked",
]


class Scope:
    """What all iterators made by one initialization share, and the place of one of them among them.

    Args:
        path: the place, such as "/Repeated/Joined[0]/Shuffled".
        root: what is shared; a scope of its own by default.

    Attributes:
        changed: the condition on which the threads of the iterators wait.
        kept: what datasets keep from epoch to epoch, by the place.
    """

    def __init__(self, path: str = "", root: Scope | None = None):
        self.path, self._root = path, root or self
        self.changed: threading.Condition = root.changed if root else threading.Condition()
        self.kept: dict[str, Any] = root.kept if root else {}
        self._is_closed = False
        self._functions: dict[Any, Any] = {}
        self._states: dict[Any, Any] = {}

    def inside(self, name: str) -> Scope:
        """Return the scope of a place further down."""
        return Scope(self.path + name, self._root)

    @property
    def closed(self) -> bool:
        """True once the iterators are no longer wanted; their threads then end."""
        return self._root._is_closed

    def function(self, body: Any) -> Callable:
        """Return a function body with random streams of its own, which begin with the root."""
        root = self._root
        found = root._functions.get(body)
        return root._functions.setdefault(body, body.with_state(root._state_of)) if found is None else found

    def _state_of(self, op: Any) -> Any:
        with self.changed:
            if op not in self._states:
                self._states[op] = op.op_def.initial_state(op.name)
            return self._states[op]

    def close(self) -> None:
        """End the threads."""
        with self.changed:
            self._root._is_closed = True
            self.changed.notify_all()


def own(values: Sequence) -> tuple:
    """Return values that nobody changes: copies of the arrays that someone may write."""
    return tuple([a.copy() if isinstance(a, np.ndarray) and a.flags.writeable else a for a in values])


class Captured:
    """A function of a dataset with the values of the outer tensors that it uses.

    Args:
        body: the function body.
        arguments: what follows the components of an element in its inputs.
    """

    def __init__(self, body: Any, arguments: Sequence = ()):
        self._body = body
        self._arguments = own(arguments)

    def bound(self, scope: Scope) -> Callable:
        """Return the function of the components of an element, which returns a tuple."""
        body, arguments = scope.function(self._body), self._arguments
        if not arguments:
            return body
        return lambda *element: body(*element, *arguments)


class Layout:
    """How elements are made of items; here an item is an element, a tuple of arrays."""

    def element(self, item: Any) -> tuple:
        """Return the element of an item."""
        return item

    def batch(self, items: Sequence) -> tuple:
        """Return the elements of items, stacked along a new first axis."""
        return tuple([stacked(column) for column in zip(*items)])


class Rows(Layout):
    """Rows of arrays of equal length: an item is an index."""

    def __init__(self, arrays: Sequence[np.ndarray]):
        self._arrays = tuple(arrays)

    def element(self, item: int) -> tuple:
        """Return the rows at an index."""
        return tuple([a[item, ...] for a in self._arrays])

    def batch(self, items: Sequence) -> tuple:
        """Return the rows at the indices."""
        first = items[0]
        if items[-1] - first == len(items) - 1 and items == list(range(first, first + len(items))):
            return tuple([a[first : first + len(items)].copy() for a in self._arrays])
        index = np.array(items)
        return tuple([a.take(index, axis=0) for a in self._arrays])


class Integers(Layout):
    """Numbers of type int64: an item is a Python integer."""

    def element(self, item: int) -> tuple:
        """Return the number."""
        return (np.int64(item),)

    def batch(self, items: Sequence) -> tuple:
        """Return the numbers as a vector."""
        return (np.array(items, np.int64),)


class Zipped(Layout):
    """Elements of several datasets side by side: an item is a tuple of theirs."""

    def __init__(self, parts: Sequence[Layout]):
        self._parts = tuple(parts)

    def element(self, item: tuple) -> tuple:
        """Return the elements, one after the other."""
        return tuple([each for part, own in zip(self._parts, item) for each in part.element(own)])

    def batch(self, items: Sequence) -> tuple:
        """Return the batches of all, one after the other."""
        return tuple([each for part, own in zip(self._parts, zip(*items)) for each in part.batch(list(own))])


def stacked(arrays: Sequence) -> np.ndarray:
    """Return arrays of one shape as the rows of one.

    Raises:
        errors.InvalidArgumentError: if the shapes differ.

    Example:
        >>> print(stacked([np.array([1, 2]), np.array([3, 4])]).tolist())
        [[1, 2], [3, 4]]
    """
    first = np.asarray(arrays[0])
    result = np.empty((len(arrays), *first.shape), first.dtype)
    shape = first.shape
    for i, array in enumerate(arrays):
        if np.shape(array) != shape:
            raise errors.InvalidArgumentError(
                None,
                None,
                "Cannot add tensor to the batch: number of elements does not match. Shapes are: "
                f"[tensor]: {brackets(np.shape(array))}, [batch]: {brackets(shape)}",
            )
        result[i] = array if shape or first.dtype != object else np.asarray(array, object).item()
    return result


_ELEMENTS = Layout()


class Pipeline:
    """A dataset in a run.

    Args:
        inputs: the datasets whose elements it takes.

    Attributes:
        layout: how elements are made of the items of its iterators.
    """

    shape = ()
    layout: Layout = _ELEMENTS

    def __init__(self, *inputs: Pipeline):
        self.inputs = inputs

    def __deepcopy__(self, memo: Any) -> Pipeline:
        """Return this pipeline: it never changes."""
        return self

    def iterate(self, scope: Scope) -> Iterator:
        """Return an iterator of items, whose place is the scope's. An error does not end it."""
        raise NotImplementedError

    def items(self, scope: Scope) -> Iterator:
        """Return an iterator of items at a place in the scope."""
        return self.iterate(scope.inside(f"/{type(self).__name__}"))

    def elements(self, scope: Scope) -> Iterator[tuple]:
        """Return an iterator of elements at a place in the scope."""
        items = self.items(scope)
        return items if self.layout is _ELEMENTS else map(self.layout.element, items)

    def cardinality(self) -> int:
        """Return the number of elements: -1 if there is no end, -2 if it is not known."""
        return UNKNOWN

    def optimized(self, wanted: Container[bytes]) -> Pipeline:
        """Return what TensorFlow's optimizations of these names make of it."""
        if not self.inputs:
            return self
        other = copy.copy(self)
        other.inputs = tuple([each.optimized(wanted) for each in self.inputs])
        return other


class Same(Pipeline):
    """Base: the items are those of the input, or some of them."""

    def __init__(self, source: Pipeline):
        super().__init__(source)
        self.layout = source.layout

    def cardinality(self) -> int:
        """Return the number of elements of the input."""
        return self.inputs[0].cardinality()


class Elements(Pipeline):
    """A dataset of given elements.

    Example:
        >>> list(Elements([(1,), (2,)]).elements(Scope()))
        [(1,), (2,)]
    """

    def __init__(self, elements: Sequence):
        super().__init__()
        self._elements = elements

    def iterate(self, scope: Scope) -> Iterator:
        """Return an iterator of the elements."""
        return iter(self._elements)

    def cardinality(self) -> int:
        """Return the number of elements."""
        return len(self._elements)


def drained(items: Iterator, count: int) -> list:
    """Return the next `count` items, or all that are left."""
    return list(islice(items, count))
