"""Iterators in the graph: nodes that hold one in each session, and the operations on them."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

import numpy as np

from minigraph.graph import errors
from minigraph.graph.c_names import c_name
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.invalid import invalid
from minigraph.graph.limits import wait
from minigraph.graph.opdef import OpDef, no_gradient, scalar
from minigraph.graph.resource import Resource
from minigraph.graph.shapes import TensorShape
from minigraph.ops.data.pipeline import Captured, Pipeline, Scope

__all__ = ["IteratorResource", "first_elements"]

_by_handle: weakref.WeakValueDictionary[bytes, IteratorResource] = weakref.WeakValueDictionary()


class IteratorResource(Resource):
    """An iterator in a session; of several runs that ask it, one gets an element and the others wait.

    Args:
        name: the name of the node.
        shared_name: the name in messages; by default made of the node's.
        types: the dtypes of the components of an element.
        shapes: their static shapes.
    """

    def __init__(self, name: str, shared_name: str, types: Sequence, shapes: Sequence[TensorShape]):
        super().__init__(name, shared_name)
        self.types, self.shapes = tuple(types), tuple(shapes)
        self._given = name, shared_name, types, shapes
        self._changed = threading.Condition()
        self._busy = False
        self._pipeline: Pipeline | None = None
        self._scope = Scope()
        self._elements: Iterator[tuple] | None = None
        self.handle = f"{self.name}/{id(self)}".encode()
        _by_handle[self.handle] = self

    def __deepcopy__(self, memo: Any) -> IteratorResource:
        """Return an iterator of its own, which begins anew."""
        other = IteratorResource(*self._given)
        if self._pipeline is not None:
            other.start(self._pipeline)
        return other

    def start(self, pipeline: Pipeline) -> None:
        """Begin with the first element of a dataset."""
        self._scope.close()
        self._pipeline, self._scope = pipeline, Scope()
        self._elements = pipeline.elements(self._scope)

    def start_once(self, factory: Callable) -> None:
        """Begin with the dataset that a function returns, unless it has begun."""
        with self._changed:
            wait(self._changed, lambda: not self._busy)
            if self._elements is None:
                self.start(Captured(factory).bound(self._scope)()[0])

    def release(self) -> None:
        """End the threads: the session has been closed."""
        self._scope.close()
        self._elements = self._pipeline = None

    def get_next(self) -> tuple:
        """Return the next element.

        Raises:
            errors.FailedPreconditionError: if the iterator has not been initialized.
            errors.OutOfRangeError: if there is no further element.
        """
        with self._changed:
            if self._busy:
                wait(self._changed, lambda: not self._busy)
            self._busy = True
        try:
            if self._elements is None:
                raise errors.FailedPreconditionError(
                    None,
                    None,
                    "GetNext() failed because the iterator has not been initialized. Ensure that you have run the "
                    "initializer operation for this iterator before getting the next element.",
                )
            return next(self._elements)
        except StopIteration:
            raise errors.OutOfRangeError(None, None, "End of sequence") from None
        finally:
            with self._changed:
                self._busy = False
                self._changed.notify()


def first_elements(pipeline: Pipeline, count: int) -> list[tuple]:
    """Return the first elements of a dataset, at most `count`."""
    scope = Scope()
    try:
        return [element for element, _ in zip(pipeline.elements(scope), range(count))]
    finally:
        scope.close()


class _IteratorOp(OpDef):
    outputs: ClassVar[tuple[str, ...]] = ("handle: resource",)
    stateful = holds_resource = True
    shape = scalar

    gradient = no_gradient

    def __eq__(self, other):  # two nodes never share an iterator
        return self is other

    def __hash__(self):
        return id(self)


class IteratorV2(_IteratorOp):
    """An iterator, which is given a dataset in a run."""

    output_types: tuple
    output_shapes: tuple
    shared_name: str = ""
    container: str = ""

    def initial_state(self, name):
        return IteratorResource(name, self.shared_name, self.output_types, self.output_shapes)

    def kernel(self, xp, state):
        return state


class OneShotIterator(_IteratorOp):
    """An iterator over the dataset that a function makes when it is first used."""

    dataset_factory: FuncGraph
    output_types: tuple
    output_shapes: tuple
    container: str = ""
    shared_name: str = ""

    functions = ("dataset_factory",)
    waits = True

    def initial_state(self, name):
        return IteratorResource(name, self.shared_name, self.output_types, self.output_shapes)

    def kernel(self, xp, state, functions):
        state.start_once(functions[0])
        return state


class _IteratorUse(OpDef):
    inputs: ClassVar[tuple[str, ...]] = ("iterator: &resource",)
    outputs: ClassVar[tuple[str, ...]] = ()
    side_effect = True
    waits = True

    gradient = no_gradient


class MakeIterator(_IteratorUse):
    """Have an iterator begin with a dataset."""

    inputs = ("dataset: variant", "iterator: &resource")

    def shape(self, dataset, iterator):
        return ()

    def kernel(self, xp, dataset, iterator):
        iterator.start(dataset)


class _Elements(_IteratorUse, base=True):
    output_types: tuple
    output_shapes: tuple

    outputs = ("*components: *output_types",)

    def dtype(self, *types):
        return tuple(self.output_types)

    def shape(self, *inputs):
        return tuple(self.output_shapes)


class IteratorGetNext(_Elements):
    """The next element."""

    def kernel(self, xp, iterator):
        element = iterator.get_next()
        return element if len(element) != 1 else element[0]


class IteratorToStringHandle(OpDef):
    """The text that stands for an iterator."""

    inputs = ("resource_handle: &resource",)
    outputs = ("string_handle: string",)
    shape = scalar
    side_effect = True

    def kernel(self, xp, resource_handle):
        return np.array(resource_handle.handle, object)

    gradient = no_gradient


class IteratorFromStringHandleV2(OpDef):
    """The iterator for which a text stands."""

    output_types: tuple = ()
    output_shapes: tuple = ()

    inputs = ("string_handle: string",)
    outputs = ("resource_handle: resource",)
    shape = scalar
    side_effect = True

    def kernel(self, xp, string_handle):
        found = _by_handle.get(np.asarray(string_handle).item())
        if found is None:
            raise invalid("Could not parse string_handle as a valid ResourceHandle")
        for i, (expected, got) in enumerate(zip(self.output_types, found.types)):
            if expected != got:
                raise invalid(
                    f"Data type mismatch at component {i}: expected {c_name(expected)} but got {c_name(got)}."
                )
        for i, (wanted, known) in enumerate(zip(self.output_shapes, found.shapes)):
            if not wanted.is_compatible_with(known):
                raise invalid(f"Incompatible shapes at component {i}: expected {wanted} but got {known}.")
        return found

    gradient = no_gradient


class DatasetToSingleElement(_Elements):
    """The only element of a dataset."""

    inputs = ("dataset: variant",)

    def kernel(self, xp, dataset):
        found = first_elements(dataset, 2)
        if len(found) != 1:
            raise invalid("Dataset was empty." if not found else "Dataset had more than one element.")
        return found[0] if len(found[0]) != 1 else found[0][0]


class DatasetCardinality(OpDef):
    """The number of elements of a dataset, if it is known."""

    inputs = ("input_dataset: variant",)
    outputs = ("cardinality: int64",)
    shape = scalar
    gradient = no_gradient

    def kernel(self, xp, input_dataset):
        return np.int64(input_dataset.cardinality())
