"""`QueueBase`: what the classes of queues have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import Dimension, TensorShape, as_shape, unknown_shape
from minigraph.ops.queues import elements

__all__ = ["QueueBase", "as_names", "as_shapes", "as_types"]


class QueueBase:
    """A queue in the graph, whose elements are tuples of tensors; its state is in the session.

    Args:
        dtypes: the dtypes of the components of an element.
        shapes: their shapes, or None.
        names: their names, or None; with names, elements are dicts.
        queue_ref: the handle.

    Raises:
        ValueError: if there are not as many shapes or names as dtypes.
    """

    def __init__(self, dtypes: list[DType], shapes: list | None, names: list[str] | None, queue_ref: Tensor):
        if shapes is not None and len(shapes) != len(dtypes):
            raise ValueError("Queue shapes must have the same length as dtypes")
        if names is not None and len(names) != len(dtypes):
            raise ValueError("Queue names must have the same length as dtypes")
        self._dtypes, self._names, self._queue_ref = dtypes, names, queue_ref
        known: Any = [TensorShape(shape) for shape in shapes] if shapes is not None else None
        self._shapes: list[TensorShape] = known or [unknown_shape() for _ in dtypes]
        self._name = queue_ref.op.name.split("/")[-1]

    @property
    def queue_ref(self) -> Tensor:
        """The handle."""
        return self._queue_ref

    @property
    def name(self) -> str:
        """The name of the node."""
        return self._queue_ref.op.name

    @property
    def dtypes(self) -> list[DType]:
        """The dtypes of the components."""
        return self._dtypes

    @property
    def shapes(self) -> list[TensorShape]:
        """The static shapes of the components."""
        return self._shapes

    @property
    def names(self) -> list[str] | None:
        """The names of the components, or None."""
        return self._names

    def enqueue(self, vals: Any, name: str | None = None) -> Operation:
        """Build an operation that puts one element; the run waits while the queue is full.

        Args:
            vals: the tensor, the list of tensors, or a dict of them for a queue with names.
            name: the name.

        Raises:
            ValueError: if the shapes or names are not those of the queue.
            CancelledError: in a run, if the queue is closed, or is closed while the run waits.
        """
        with atomic_scope(name, f"{self._name}_enqueue", _in_scope(vals)) as scope:
            tensors = self._components(vals)
            for tensor, shape in zip(tensors, self._shapes):
                tensor.shape.assert_is_compatible_with(shape)
            return elements.queue_enqueue(self._queue_ref, tensors, name=scope)

    def enqueue_many(self, vals: Any, name: str | None = None) -> Operation:
        """Build an operation that puts the rows of tensors as elements; arguments and errors are those of `enqueue`."""
        with atomic_scope(name, f"{self._name}_EnqueueMany", _in_scope(vals)) as scope:
            tensors = self._components(vals)
            rows = Dimension(None)
            for tensor, shape in zip(tensors, self._shapes):
                rows = rows.merge_with(tensor.shape.with_rank_at_least(1)[0])
                tensor.shape[1:].assert_is_compatible_with(shape)
            return elements.queue_enqueue_many(self._queue_ref, tensors, name=scope)

    def dequeue(self, name: str | None = None) -> Any:
        """Build an operation that takes one element; the run waits while the queue is empty.

        Args:
            name: the name.

        Returns:
            The tensor, the list of tensors, or a dict of them for a queue with names.

        Raises:
            OutOfRangeError: in a run, if the queue is closed and empty.
        """
        found = elements.queue_dequeue(self._queue_ref, self._dtypes, name or f"{self._name}_Dequeue")
        return self._shaped(found, TensorShape([]))

    def dequeue_many(self, n: Any, name: str | None = None) -> Any:
        """Build an operation that takes `n` elements and stacks them along a new first axis.

        Args:
            n: how many, a scalar.
            name: the name.

        Returns:
            The tensors, as from `dequeue`.

        Raises:
            OutOfRangeError: in a run, if the queue is closed and has fewer elements.
        """
        found = elements.queue_dequeue_many(self._queue_ref, n, self._dtypes, name or f"{self._name}_DequeueMany")
        return self._shaped(found, TensorShape([constant_value(found[0].op.inputs[1])]))

    def dequeue_up_to(self, n: Any, name: str | None = None) -> Any:
        """Build an operation that takes `n` elements, or what is left of a closed queue; see `dequeue_many`."""
        found = elements.queue_dequeue_up_to(self._queue_ref, n, self._dtypes, name or f"{self._name}_DequeueUpTo")
        return self._shaped(found, TensorShape([None]))

    def close(self, cancel_pending_enqueues: bool = False, name: str | None = None) -> Operation:
        """Build an operation that closes the queue: it takes no more elements, and gives those that it has.

        Args:
            cancel_pending_enqueues: end runs that wait to put elements; else they are waited for.
            name: the name.
        """
        return elements.queue_close(self._queue_ref, cancel_pending_enqueues, name or f"{self._name}_Close")

    def is_closed(self, name: str | None = None) -> Tensor:
        """Return a scalar tensor that is True if the queue is closed."""
        return elements.queue_is_closed(self._queue_ref, name or f"{self._name}_Is_Closed")

    def size(self, name: str | None = None) -> Tensor:
        """Return a scalar int32 tensor, the number of elements."""
        return elements.queue_size(self._queue_ref, name or f"{self._name}_Size")

    def _components(self, vals: Any) -> list[Tensor]:
        if isinstance(vals, dict):
            if not self._names:
                raise ValueError("Queue must have names to enqueue a dictionary")
            if sorted(self._names) != sorted(vals, key=str):
                raise ValueError(
                    "Keys in dictionary to enqueue do not match names of Queue.  "
                    f"Dictionary: ({sorted(vals)}), Queue: ({sorted(self._names)})"
                )
            vals = [vals[name] for name in self._names]
        elif self._names:
            raise ValueError("You must enqueue a dictionary in a Queue with names")
        elif not isinstance(vals, (list, tuple)):
            vals = [vals]
        return [
            convert_to_tensor(val, dtype=dtype, name=f"component_{i}")
            for i, (val, dtype) in enumerate(zip(vals, self._dtypes))
        ]

    def _shaped(self, tensors: list[Tensor], outer: TensorShape) -> Any:
        for tensor, shape in zip(tensors, self._shapes):
            tensor.set_shape(outer.concatenate(shape))
        if self._names:
            return dict(zip(self._names, tensors))
        return tensors[0] if len(tensors) == 1 else tensors


def _in_scope(vals: Any) -> Sequence:
    """Return the values with which a name scope is opened."""
    found = vals if isinstance(vals, (list, tuple)) else list(vals.values()) if isinstance(vals, dict) else [vals]
    return [each for each in found if isinstance(each, Tensor) or hasattr(each, "_as_graph_element")]


def as_types(dtypes: Any) -> list[DType]:
    """Return dtypes, or one, as a list."""
    return [as_dtype(each) for each in (dtypes if isinstance(dtypes, (list, tuple)) else [dtypes])]


def as_shapes(shapes: Any, is_partial: bool = False) -> list[TensorShape] | None:
    """Return shapes as a list; one shape stands for a list of one.

    Args:
        shapes: a list of shapes, a shape, or None.
        is_partial: sizes may be unknown.

    Raises:
        ValueError: if a size, or a rank, is not known.
        TypeError: if it is something else.
    """
    is_list = isinstance(shapes, (list, tuple))
    is_one = _is_one_shape(shapes)
    if is_partial and (is_one or not is_list):
        raise ValueError("When providing partial shapes, a list of shapes must be provided.")
    if shapes is None:
        return None
    if not is_one and not is_list:
        raise TypeError("shapes must be a TensorShape or a list or tuple of TensorShapes.")
    found = [as_shape(shape) for shape in ([shapes] if is_one else shapes)]
    _check_known(found, is_partial)
    return found


def _is_one_shape(given: Any) -> bool:
    if isinstance(given, TensorShape):
        return True
    return isinstance(given, (list, tuple)) and all(size is None or isinstance(size, int) for size in given)


def _check_known(found: list[TensorShape], is_partial: bool) -> None:
    if not is_partial and not all(shape.is_fully_defined() for shape in found):
        raise ValueError(f"All shapes must be fully defined: {found}")
    if any(shape.ndims is None for shape in found):
        raise ValueError(f"All shapes must have a defined rank: {found}")


def as_names(names: Any, dtypes: list[DType]) -> list[str] | None:
    """Return names, or one, as a list; ValueError if there are not as many as dtypes."""
    if names is None:
        return None
    found = list(names) if isinstance(names, (list, tuple)) else [names]
    if len(found) != len(dtypes):
        raise ValueError("List of names must have the same length as the list of dtypes")
    return found
