"""The classes of queues: `FIFOQueue`, `PaddingFIFOQueue`, `PriorityQueue`, `RandomShuffleQueue`."""

from __future__ import annotations

import hashlib
from typing import Any

from minigraph.graph import dtypes as _dtypes
from minigraph.graph.seeds import get_seed
from minigraph.graph.shapes import TensorShape
from minigraph.ops.queues import queues
from minigraph.queues.queue_base import QueueBase, as_names, as_shapes, as_types

__all__ = ["FIFOQueue", "PaddingFIFOQueue", "PriorityQueue", "RandomShuffleQueue"]


class FIFOQueue(QueueBase):
    """A queue that returns its elements in the order in which they came.

    Args:
        capacity: the maximum number of elements.
        dtypes: the dtype, or the list of the dtypes of the components of an element.
        shapes: their shapes, fully known; None if elements differ in shape, and then they are taken one by one.
        names: their names; with names, elements are dicts.
        shared_name: its name in messages; by default made of the node's.
        name: the name of the node.

    Raises:
        ValueError: if the numbers of dtypes, shapes and names differ, or a shape is not fully known.

    Example:
        >>> queue = tf.FIFOQueue(3, tf.int32, shapes=[[]])
        >>> sess.run(queue.enqueue_many([[1, 2, 3]]))
        >>> print(sess.run(queue.dequeue()), sess.run(queue.dequeue_many(2)))
        1 [2 3]
    """

    def __init__(
        self,
        capacity: int,
        dtypes: Any,
        shapes: Any = None,
        names: Any = None,
        shared_name: str | None = None,
        name: str = "fifo_queue",
    ):
        types = as_types(dtypes)
        known, called = as_shapes(shapes), as_names(names, types)
        ref = queues.fifo_queue(types, known or (), capacity, shared_name=shared_name or "", name=name)
        super().__init__(types, known, called, ref)


class PaddingFIFOQueue(QueueBase):
    """A `FIFOQueue` of components that differ in size: `dequeue_many` pads them with zeros.

    Args:
        capacity, dtypes, names, shared_name, name: those of `FIFOQueue`.
        shapes: the list of the shapes of the components; None for a size that differs.

    Raises:
        ValueError: if there is no list of shapes, one for each component, or a rank is not known.

    Example:
        >>> queue = tf.PaddingFIFOQueue(3, tf.int32, shapes=[[None]])
        >>> sess.run([queue.enqueue([[1]]), queue.enqueue([[2, 3]])])
        [None, None]
        >>> print(sess.run(queue.dequeue_many(2)))
        [[1 0]
         [2 3]]
    """

    def __init__(
        self,
        capacity: int,
        dtypes: Any,
        shapes: Any,
        names: Any = None,
        shared_name: str | None = None,
        name: str = "padding_fifo_queue",
    ):
        types = as_types(dtypes)
        known = as_shapes(shapes, is_partial=True) or []
        called = as_names(names, types)
        if len(types) != len(known):
            raise ValueError(
                f"Shapes must be provided for all components, but received {len(types)} dtypes and {len(known)} shapes."
            )
        ref = queues.padding_fifo_queue(types, known, capacity, shared_name=shared_name or "", name=name)
        super().__init__(types, known, called, ref)


class PriorityQueue(QueueBase):
    """A queue that returns first the element of the least priority value.

    An element has one more component than there are types: the first one, an int64 scalar, is the priority. Among
    elements of one priority the first that came is the first to go.

    Args:
        capacity, shapes, names, shared_name, name: those of `FIFOQueue`.
        types: the dtype, or the list of the dtypes of the components after the priority.

    Example:
        >>> queue = tf.PriorityQueue(3, tf.string, shapes=[[]])
        >>> sess.run(queue.enqueue_many([tf.constant([7, 1], tf.int64), ["later", "soon"]]))
        >>> sess.run(queue.dequeue())
        [np.int64(1), b'soon']
    """

    def __init__(
        self,
        capacity: int,
        types: Any,
        shapes: Any = None,
        names: Any = None,
        shared_name: str | None = None,
        name: str = "priority_queue",
    ):
        rest = as_types(types)
        known = as_shapes(shapes)
        ref = queues.priority_queue(rest, known or (), capacity, shared_name=shared_name or "", name=name)
        super().__init__([_dtypes.int64, *rest], [TensorShape([]), *known] if known else known, names, ref)


class RandomShuffleQueue(QueueBase):
    """A queue that returns its elements in a random order.

    Args:
        capacity, dtypes, shapes, names, shared_name, name: those of `FIFOQueue`.
        min_after_dequeue: the number of elements that stay while the queue is open, so that they mix.
        seed: the operation's seed; the order is then TensorFlow's.

    Raises:
        ValueError: if the numbers of dtypes, shapes and names differ, or a shape is not fully known.
        InvalidArgumentError: in a run, if `capacity` is not larger than `min_after_dequeue`.

    Example:
        >>> queue = tf.RandomShuffleQueue(10, 0, tf.int32, shapes=[[]], seed=1)
        >>> sess.run(queue.enqueue_many([[1, 2, 3]]))
        >>> sorted(sess.run(queue.dequeue_many(3)).tolist())
        [1, 2, 3]
    """

    def __init__(
        self,
        capacity: int,
        min_after_dequeue: int,
        dtypes: Any,
        shapes: Any = None,
        names: Any = None,
        seed: int | None = None,
        shared_name: str | None = None,
        name: str = "random_shuffle_queue",
    ):
        types = as_types(dtypes)
        known, called = as_shapes(shapes), as_names(names, types)
        seed1, seed2 = get_seed(seed)
        if seed1 is not None and seed is None and shared_name is not None:
            digest = hashlib.md5((str(seed1) + shared_name).encode()).hexdigest()
            seed2 = int(digest[:8], 16) & 0x7FFFFFFF
        ref = queues.random_shuffle_queue(
            types,
            known or (),
            capacity,
            min_after_dequeue,
            seed1 or 0,
            seed2 or 0,
            shared_name=shared_name or "",
            name=name,
        )
        super().__init__(types, known, called, ref)
