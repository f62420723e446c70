"""The operations on a queue: put elements, take some, close it, look at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from minigraph.graph.apply import apply, apply_op
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape, unknown_shape

__all__ = [
    "queue_close",
    "queue_dequeue",
    "queue_dequeue_many",
    "queue_dequeue_up_to",
    "queue_enqueue",
    "queue_enqueue_many",
    "queue_is_closed",
    "queue_size",
]


class _QueueUse(OpDef):
    inputs: ClassVar[tuple[str, ...]] = ("handle: &resource",)
    outputs: ClassVar[tuple[str, ...]] = ()
    side_effect = True
    waits = True

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class _QueuePut(_QueueUse):
    timeout_ms: int = -1

    inputs = ("handle: &resource", "*components: *Tcomponents")

    def shape(self, *shapes):
        return ()


class QueueEnqueueV2(_QueuePut):
    """Put an element."""

    def kernel(self, xp, handle, *components):
        handle.enqueue(components)


class QueueEnqueueManyV2(_QueuePut):
    """Put the rows of tensors as elements."""

    def kernel(self, xp, handle, *components):
        handle.enqueue_many(components)


class _QueueTake(_QueueUse):
    component_types: tuple
    timeout_ms: int = -1

    outputs = ("*components: *component_types",)

    def dtype(self, *types):
        return tuple(self.component_types)

    def shape(self, *inputs):
        return (unknown_shape(),) * len(self.component_types)


class QueueDequeueV2(_QueueTake):
    """Take an element."""

    def kernel(self, xp, handle):
        return _unpacked(handle.dequeue())


class _QueueDequeueN(_QueueTake):
    inputs = ("handle: &resource", "n: int32")
    static_inputs = (1,)

    def shape(self, handle, n):
        if n.value is not None and n.value < 0:
            raise ValueError(f"Input 'n' must be >= 0, but is {n.value}")
        return (unknown_shape(),) * len(self.component_types)


class QueueDequeueManyV2(_QueueDequeueN):
    """Take `n` elements, stacked."""

    def kernel(self, xp, handle, n):
        return _unpacked(handle.dequeue_many(int(n)))


class QueueDequeueUpToV2(_QueueDequeueN):
    """Take `n` elements, stacked; what is left of a closed queue may be fewer."""

    def kernel(self, xp, handle, n):
        return _unpacked(handle.dequeue_many(int(n), is_up_to=True))


class QueueCloseV2(_QueueUse):
    """Close the queue."""

    cancel_pending_enqueues: bool = False

    def shape(self, handle):
        return ()

    def kernel(self, xp, handle):
        handle.close(self.cancel_pending_enqueues)


class QueueIsClosedV2(_QueueUse):
    """True if the queue is closed."""

    outputs = ("is_closed: bool",)

    def shape(self, handle):
        return TensorShape.of(())

    def kernel(self, xp, handle):
        return np.bool_(handle.is_closed())


class QueueSizeV2(_QueueUse):
    """The number of elements."""

    outputs = ("size: int32",)

    def shape(self, handle):
        return TensorShape.of(())

    def kernel(self, xp, handle):
        return np.int32(handle.size())


def _unpacked(values: tuple) -> Any:
    return values if len(values) != 1 else values[0]


def queue_enqueue(handle: Any, components: Sequence, name: str | None = None) -> Operation:
    """Put an element into a queue when it runs; the run waits while the queue is full.

    Args:
        handle: the queue's handle.
        components: the components of the element.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if a component does not have the queue's shape.
        CancelledError: in a run, if the queue is closed.
    """
    return apply_op(QueueEnqueueV2(), handle, *components, name=name)


def queue_enqueue_many(handle: Any, components: Sequence, name: str | None = None) -> Operation:
    """Put the rows of tensors into a queue when it runs; arguments and errors are those of `queue_enqueue`."""
    return apply_op(QueueEnqueueManyV2(), handle, *components, name=name)


def queue_dequeue(handle: Any, component_types: Sequence, name: str | None = None) -> list[Tensor]:
    """Take an element of a queue when it runs; the run waits while the queue is empty.

    Args:
        handle: the queue's handle.
        component_types: the dtypes of the components.
        name: the name of the node.

    Returns:
        The components, of unknown shapes.

    Raises:
        OutOfRangeError: in a run, if the queue is closed and empty.
    """
    return list(apply_op(QueueDequeueV2(tuple(component_types)), handle, name=name).outputs)


def queue_dequeue_many(handle: Any, n: Any, component_types: Sequence, name: str | None = None) -> list[Tensor]:
    """Take `n` elements of a queue when it runs, stacked; the run waits until there are enough.

    Args:
        handle: the queue's handle.
        n: how many, a scalar int32.
        component_types: the dtypes of the components.
        name: the name of the node.

    Raises:
        OutOfRangeError: in a run, if the queue is closed and has fewer elements.
    """
    return list(apply_op(QueueDequeueManyV2(tuple(component_types)), handle, n, name=name).outputs)


def queue_dequeue_up_to(handle: Any, n: Any, component_types: Sequence, name: str | None = None) -> list[Tensor]:
    """Take `n` elements of a queue when it runs, or what is left of a closed one; see `queue_dequeue_many`."""
    return list(apply_op(QueueDequeueUpToV2(tuple(component_types)), handle, n, name=name).outputs)


def queue_close(handle: Any, cancel_pending_enqueues: bool = False, name: str | None = None) -> Operation:
    """Close a queue when it runs: it takes no more elements, and what waits for some fails once it is empty.

    Args:
        handle: the queue's handle.
        cancel_pending_enqueues: end runs that wait to put elements; else they are waited for.
        name: the name of the node.
    """
    return apply_op(QueueCloseV2(cancel_pending_enqueues), handle, name=name)


def queue_is_closed(handle: Any, name: str | None = None) -> Tensor:
    """Return True, a scalar, if a queue is closed when it runs."""
    return apply(QueueIsClosedV2(), handle, name=name)


def queue_size(handle: Any, name: str | None = None) -> Tensor:
    """Return the number of elements of a queue, a scalar int32, when it runs."""
    return apply(QueueSizeV2(), handle, name=name)
