"""The nodes that hold queues: each has a queue in each session, and its output is the handle to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.ops.queues.state import PaddingQueue, PriorityQueue, Queue, ShuffleQueue
from minigraph.ops.random import philox

__all__ = ["fifo_queue", "padding_fifo_queue", "priority_queue", "random_shuffle_queue"]


class _QueueOp(OpDef):
    component_types: tuple
    shapes: tuple = ()
    capacity: int = -1
    container: str = ""
    shared_name: str = ""

    outputs = ("handle: resource",)
    stateful = holds_resource = True

    def shape(self):
        return TensorShape.of(())

    def kernel(self, xp, state):
        return state

    def gradient(self, tf, dy, y):
        return ()

    def __eq__(self, other):  # two nodes never share a queue
        return self is other

    def __hash__(self):
        return id(self)


class FIFOQueueV2(_QueueOp):
    """A first-in-first-out queue."""

    def initial_state(self, name):
        return Queue(name, self.capacity, self.component_types, self.shapes, self.shared_name)


class PaddingFIFOQueueV2(_QueueOp):
    """A first-in-first-out queue of components of different sizes."""

    def initial_state(self, name):
        return PaddingQueue(name, self.capacity, self.component_types, self.shapes, self.shared_name)


class PriorityQueueV2(_QueueOp):
    """A queue that returns the least element first; `component_types` and `shapes` are those after the priority."""

    def initial_state(self, name):
        types = (dtypes.int64, *self.component_types)
        shapes = (TensorShape(()), *self.shapes) if self.shapes or not self.component_types else ()
        return PriorityQueue(name, self.capacity, types, shapes, self.shared_name)


class RandomShuffleQueueV2(_QueueOp):
    """A queue that returns its elements in a random order."""

    min_after_dequeue: int = 0
    seed: int = 0
    seed2: int = 0

    def initial_state(self, name):
        if 0 <= self.capacity <= self.min_after_dequeue:
            raise errors.InvalidArgumentError(
                None, None, f"min_after_dequeue {self.min_after_dequeue} must be < capacity {self.capacity}"
            )
        rng = philox.Philox(self.seed, self.seed2) if self.seed or self.seed2 else philox.Philox()
        given = name, self.capacity, self.component_types, self.shapes, self.shared_name
        return ShuffleQueue(*given, self.min_after_dequeue, rng)


def fifo_queue(
    component_types: Sequence,
    shapes: Sequence = (),
    capacity: int = -1,
    container: str = "",
    shared_name: str = "",
    name: str | None = None,
) -> Tensor:
    """Add a first-in-first-out queue; return its handle, a scalar of type resource.

    Args:
        component_types: the dtypes of the components of an element.
        shapes: their shapes, or nothing.
        capacity: the maximum number of elements; no limit if negative.
        container: the container in which the queue lies.
        shared_name: its name in messages; by default made of the node's.
        name: the name of the node.

    Example:
        >>> print(fifo_queue([tf.int32], [tf.TensorShape([])], 3, name="q"))
        Tensor("q:0", shape=(), dtype=resource)
    """
    return _add(FIFOQueueV2, component_types, shapes, capacity, container, shared_name, name)


def padding_fifo_queue(
    component_types: Sequence,
    shapes: Sequence = (),
    capacity: int = -1,
    container: str = "",
    shared_name: str = "",
    name: str | None = None,
) -> Tensor:
    """Add a first-in-first-out queue that pads components to one size; the arguments are those of `fifo_queue`."""
    return _add(PaddingFIFOQueueV2, component_types, shapes, capacity, container, shared_name, name)


def priority_queue(
    component_types: Sequence,
    shapes: Sequence = (),
    capacity: int = -1,
    container: str = "",
    shared_name: str = "",
    name: str | None = None,
) -> Tensor:
    """Add a queue that returns the least element first; the arguments are those of `fifo_queue`.

    The priority, an int64, comes before the components and is not in `component_types`.
    """
    return _add(PriorityQueueV2, component_types, shapes, capacity, container, shared_name, name)


def random_shuffle_queue(
    component_types: Sequence,
    shapes: Sequence = (),
    capacity: int = -1,
    min_after_dequeue: int = 0,
    seed: int = 0,
    seed2: int = 0,
    container: str = "",
    shared_name: str = "",
    name: str | None = None,
) -> Tensor:
    """Add a queue that returns its elements in a random order.

    Args:
        component_types, shapes, capacity, container, shared_name, name: those of `fifo_queue`.
        min_after_dequeue: the number of elements that stay while the queue is open.
        seed, seed2: the seeds, random ones if both are zero.

    Raises:
        InvalidArgumentError: in a run, if `capacity` is not larger than `min_after_dequeue`.
    """
    seeds = dict(min_after_dequeue=min_after_dequeue, seed=seed, seed2=seed2)
    return _add(RandomShuffleQueueV2, component_types, shapes, capacity, container, shared_name, name, **seeds)


def _add(
    kind: Any,
    component_types: Sequence,
    shapes: Sequence | None,
    capacity: int,
    container: str,
    shared_name: str,
    name: str | None,
    **more: int,
) -> Tensor:
    types = tuple([dtypes.as_dtype(each) for each in component_types])
    known = tuple([TensorShape(shape) for shape in shapes or ()])
    return apply(kind(types, known, capacity, container or "", shared_name or "", **more), name=name)
