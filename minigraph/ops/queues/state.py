"""A queue in a session: its elements, and the requests of the runs that wait to put or take some.

Requests are served in the order in which they came, as far as the queue allows, and perhaps in parts. A thread whose
request is not done waits; whoever changes the queue serves all that the change allows.
"""

from __future__ import annotations

import copy
import heapq
import itertools
import threading
from collections import deque
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.limits import wait
from minigraph.graph.resource import Resource
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.ops.queues.requests import Close, Put, Request, Take
from minigraph.ops.random import philox

__all__ = ["PaddingQueue", "PriorityQueue", "Queue", "ShuffleQueue"]

_WORDS = 64  # blocks of random numbers that are drawn at a time


class Queue(Resource):
    """A first-in-first-out queue; other kinds keep their elements otherwise.

    Args:
        name: the name of its node.
        capacity: the maximum number of elements; no limit if negative.
        dtypes: the dtypes of the components of an element.
        shapes: their shapes, or nothing if they are not known.
        shared_name: its name in messages; by default made of the node's.

    Attributes:
        closed: True once it takes no more elements.

    Example:
        >>> queue = Queue("q", 10, (tf.int32,), (tf.TensorShape([]),), "q")
        >>> queue.enqueue_many([np.arange(3)])
        >>> print(queue.dequeue()[0], queue.dequeue_many(2)[0], queue.size())
        0 [1 2] 0
        >>> queue.close()
        >>> try:
        ...     queue.dequeue()
        ... except tf.errors.OutOfRangeError as error:
        ...     print(error)
        FIFOQueue 'q' is closed and has insufficient elements (requested 1, current size 0)
    """

    kind = many_kind = "FIFOQueue"

    def __init__(
        self, name: str, capacity: int, dtypes: Sequence, shapes: Sequence[TensorShape], shared_name: str = ""
    ):
        super().__init__(name, shared_name)
        self.closed = False
        self._capacity, self._dtypes, self._shapes = capacity, dtypes, shapes
        self._changed = threading.Condition(threading.Lock())
        self._to_put: deque[Request] = deque()
        self._to_take: deque[Request] = deque()
        self._released = False
        self._elements: Any = self.no_elements()

    def __deepcopy__(self, memo: Any) -> Queue:
        """Return a queue of its own with the same elements, for which nobody waits."""
        with self._changed:
            other = copy.copy(self)
            other._elements = copy.copy(self._elements)
        other._changed, other._to_put, other._to_take = threading.Condition(threading.Lock()), deque(), deque()
        return other

    # How elements are kept; the callers hold the lock

    def no_elements(self) -> Any:
        """Return an empty collection."""
        return deque()

    def store(self, element: tuple) -> None:
        """Add an element."""
        self._elements.append(element)

    def next(self) -> tuple:
        """Remove and return the element whose turn it is."""
        return self._elements.popleft()

    def put_back(self, elements: list) -> None:
        """Add elements again that `next` has returned."""
        self._elements.extendleft(reversed(elements))

    def available(self) -> int:
        """Return the number of elements that may be taken now."""
        return len(self._elements)

    def room(self) -> int:
        """Return the number of elements that may be added now."""
        return self._capacity - len(self._elements) if self._capacity >= 0 else 1 << 62

    # What operations ask

    def size(self) -> int:
        """Return the number of elements."""
        with self._changed:
            return len(self._elements)

    def is_closed(self) -> bool:
        """Return True if the queue takes no more elements."""
        return self.closed

    def enqueue(self, components: Sequence) -> None:
        """Add an element; wait while the queue is full.

        Raises:
            errors.InvalidArgumentError: if a component has another shape than the queue's.
            errors.CancelledError: if the queue is closed.
        """
        self._ask(self._to_put, Put([tuple(self._own(components, ()))]))

    def enqueue_many(self, components: Sequence) -> None:
        """Add the rows of the components one by one; wait while the queue is full. Errors are those of `enqueue`."""
        count = len(components[0])
        arrays = self._own(components, (count,))
        self._ask(self._to_put, Put([tuple([a[i, ...] for a in arrays]) for i in range(count)]))

    def dequeue(self) -> tuple:
        """Remove and return an element; wait for one.

        Raises:
            errors.OutOfRangeError: if the queue is closed and empty.
        """
        request = Take(1, self.kind)
        self._ask(self._to_take, request)
        return request.elements[0]

    def dequeue_many(self, count: int, is_up_to: bool = False) -> tuple:
        """Remove elements and return their components stacked; wait until there are enough.

        Args:
            count: how many.
            is_up_to: return what is left, if it is anything, once the queue is closed and has fewer.

        Raises:
            errors.InvalidArgumentError: if the shapes of the components are not known.
            errors.OutOfRangeError: if the queue is closed and has not enough elements.
        """
        if len(self._shapes) != len(self._dtypes):
            raise errors.InvalidArgumentError(
                None,
                None,
                f"{self.many_kind}'s DequeueMany and DequeueUpTo require the components to have specified shapes.\n"
                "Give them to the queue: shapes=[...], one for each component.",
            )
        request = Take(count, self.many_kind, is_up_to)
        self._ask(self._to_take, request)
        columns = zip(*request.elements) if request.elements else [()] * len(self._dtypes)
        return tuple([self.stacked(i, column) for i, column in enumerate(columns)])

    def close(self, cancel_pending_enqueues: bool = False) -> None:
        """Take no more elements; wait for those that others wait to put, or cancel them."""
        if not cancel_pending_enqueues:
            self._ask(self._to_put, Close())
            return
        with self._changed:
            self.closed = True
            self._cancel(self._to_put)
            self._serve()
            self._changed.notify_all()

    def release(self) -> None:
        """Cancel what waits: the session has been closed."""
        with self._changed:
            self._released = True
            self._cancel(self._to_put)
            self._cancel(self._to_take)
            self._changed.notify_all()

    # How it is done

    def _ask(self, pending: deque, request: Request) -> None:
        """Have a request served, waiting if need be; raise what it failed with."""
        with self._changed:
            pending.append(request)
            if self._released:
                self._cancel(pending)
            self._serve()
            try:
                wait(self._changed, lambda: request.done)
            except BaseException:
                self._withdraw(pending, request)
                raise
        if request.error is not None:
            raise request.error

    def _serve(self) -> None:
        """Serve all requests as far as possible; one that is served may make others possible."""
        moved, ended = True, 0
        while moved:
            moved = False
            for pending in (self._to_put, self._to_take):
                while pending:
                    moved |= pending[0].advance(self)
                    if not pending[0].done:
                        break
                    pending.popleft()
                    ended += 1
        if ended:
            self._changed.notify_all()

    def _withdraw(self, pending: deque, request: Request) -> None:
        """Forget a request whose run has ended, and serve those that it kept waiting."""
        if request in pending:
            pending.remove(request)
            request.undo(self)
            self._serve()

    @staticmethod
    def _cancel(pending: deque) -> None:
        while pending:
            pending.popleft().cancel()

    def _own(self, components: Sequence, outer: tuple) -> list[np.ndarray]:
        """Return copies of components, which the queue may keep; `outer` is the size before the shapes, if any."""
        arrays = [np.array(c, t.as_numpy_dtype) for c, t in zip(components, self._dtypes)]
        for i, (array, shape) in enumerate(zip(arrays, self._shapes)):
            expected = TensorShape(outer).concatenate(shape)
            if not expected.is_compatible_with(array.shape):
                raise errors.InvalidArgumentError(
                    None,
                    None,
                    f"Shape mismatch in tuple component {i}. Expected {brackets(expected)}, got "
                    f"{brackets(array.shape)}",
                )
        return arrays

    def stacked(self, i: int, column: Sequence) -> np.ndarray:
        """Return the components number `i` of some elements as one array."""
        if column:
            return np.stack(column)
        return np.empty((0, *self._shapes[i].as_list()), self._dtypes[i].as_numpy_dtype)


class ShuffleQueue(Queue):
    """A queue that returns its elements in a random order.

    Args:
        name, capacity, dtypes, shapes, shared_name: those of `Queue`.
        min_after_dequeue: the number of elements that stay while the queue is open, so that they mix.
        rng: draws the positions.
    """

    kind = many_kind = "RandomShuffleQueue"

    def __init__(
        self,
        name: str,
        capacity: int,
        dtypes: Sequence,
        shapes: Sequence[TensorShape],
        shared_name: str,
        min_after_dequeue: int,
        rng: philox.Philox,
    ):
        super().__init__(name, capacity, dtypes, shapes, shared_name)
        self._min_after_dequeue, self._rng = min_after_dequeue, rng
        self._words: list[int] = []

    def __deepcopy__(self, memo: Any) -> Queue:
        """Return a queue of its own with the same elements, which will come in the same order."""
        other: Any = super().__deepcopy__(memo)
        other._rng, other._words = copy.deepcopy(self._rng), list(self._words)
        return other

    def no_elements(self) -> Any:
        """Return an empty list."""
        return []

    def next(self) -> tuple:
        """Remove and return an element at a random position."""
        if not self._words:
            self._words = self._rng.blocks_from(self._rng.reserve(_WORDS), _WORDS).reshape(-1)[::-1].tolist()
        at, last = self._words.pop() % len(self._elements), self._elements.pop()
        if at == len(self._elements):
            return last
        found, self._elements[at] = self._elements[at], last
        return found

    def put_back(self, elements: list) -> None:
        """Add elements again."""
        self._elements.extend(elements)

    def available(self) -> int:
        """Return the number of elements that may be taken now."""
        return len(self._elements) - (0 if self.closed else self._min_after_dequeue)


class PaddingQueue(Queue):
    """A first-in-first-out queue that pads with zeros where the components of a batch differ in size."""

    many_kind = "PaddingFIFOQueue"

    def stacked(self, i: int, column: Sequence) -> np.ndarray:
        """Return components as one array, each padded at its ends."""
        if not column:
            return np.empty((0, *[size or 0 for size in self._shapes[i].as_list()]), self._dtypes[i].as_numpy_dtype)
        shape = [max(sizes) for sizes in zip(*[each.shape for each in column])]
        fill = b"" if column[0].dtype == object else 0
        result = np.full((len(column), *shape), fill, column[0].dtype)
        for row, each in enumerate(column):
            inside: tuple = tuple([slice(size) for size in each.shape])
            result[(row, *inside)] = each
        return result


class PriorityQueue(Queue):
    """A queue that returns first the element whose first component, an integer, is least."""

    kind = many_kind = "PriorityQueue"

    def __init__(self, *args: Any):
        super().__init__(*args)
        self._count = itertools.count()

    def no_elements(self) -> Any:
        """Return an empty heap."""
        return []

    def store(self, element: tuple) -> None:
        """Add an element; among equal priorities the first that came is the first to go."""
        heapq.heappush(self._elements, (int(element[0]), next(self._count), element))

    def next(self) -> tuple:
        """Remove and return the element of the least priority value."""
        return heapq.heappop(self._elements)[2]

    def put_back(self, elements: list) -> None:
        """Add elements again."""
        for element in elements:
            self.store(element)
