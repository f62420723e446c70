"""What a run asks of a queue, and how far the queue can serve it: to put elements, to take some, to close it."""

from __future__ import annotations

from typing import Any

from minigraph.graph import errors

__all__ = ["Close", "Put", "Request", "Take"]


class Request:
    """A request that waits for its turn.

    Attributes:
        done: True once it needs no more waiting.
        error: what became of it if it failed.
    """

    cancelled = "Enqueue operation was cancelled"

    def __init__(self) -> None:
        self.done, self.error = False, None

    def finish(self, error: Any = None) -> None:
        """End the wait, with an error perhaps."""
        self.done, self.error = True, error

    def cancel(self) -> None:
        """End the wait with the error that tells so."""
        self.finish(errors.CancelledError(None, None, self.cancelled))

    def advance(self, queue: Any) -> bool:
        """Serve the request as far as the queue allows; return True if that has changed the queue."""
        raise NotImplementedError

    def undo(self, queue: Any) -> None:
        """Give back what a request that is withdrawn has taken so far."""


class Put(Request):
    """Put elements, each a tuple of components, as there is room."""

    def __init__(self, elements: list):
        super().__init__()
        self._elements, self._next = elements, 0

    def advance(self, queue: Any) -> bool:
        """Put what there is room for."""
        if queue.closed:
            error = errors.CancelledError(None, None, f"{queue.kind} '{queue.name}' is closed.")
            self.finish(error)
            return False
        start = self._next
        stop = min(len(self._elements), start + queue.room())
        for element in self._elements[start:stop]:
            queue.store(element)
        self._next = stop
        if stop == len(self._elements):
            self.finish()
        return stop > start


class Close(Request):
    """Close the queue after all that was asked to be put before."""

    def advance(self, queue: Any) -> bool:
        """Close the queue, whose turn this is."""
        if queue.closed:
            self.finish(errors.CancelledError(None, None, f"Queue '{queue.name}' is already closed."))
            return False
        queue.closed = True
        self.finish()
        return True


class Take(Request):
    """Take elements as they come.

    Args:
        count: how many.
        kind: the kind of the queue, for messages.
        is_up_to: take what is left, if it is anything, once the queue is closed and has fewer.

    Attributes:
        elements: those taken so far.
    """

    cancelled = "Dequeue operation was cancelled"

    def __init__(self, count: int, kind: str, is_up_to: bool = False):
        super().__init__()
        self.elements: list[tuple] = []
        self._count, self._kind, self._is_up_to = count, kind, is_up_to

    def advance(self, queue: Any) -> bool:
        """Take what is there."""
        missing, there = self._count - len(self.elements), queue.available()
        if queue.closed and there < missing:
            return self._take_rest(queue, missing, there)
        taken = max(min(missing, there), 0)
        self.elements += [queue.next() for _ in range(taken)]
        if taken == missing:
            self.finish()
        return taken > 0

    def _take_rest(self, queue: Any, missing: int, there: int) -> bool:
        had = bool(self.elements)
        self.undo(queue)
        if self._is_up_to and queue.available():
            self.elements = [queue.next() for _ in range(queue.available())]
            self.finish()
            return True
        text = f"(requested {missing}, current size {there})"
        self.finish(
            errors.OutOfRangeError(
                None, None, f"{self._kind} '{queue.name}' is closed and has insufficient elements {text}"
            )
        )
        return had

    def undo(self, queue: Any) -> None:
        """Put back what was taken, to the front."""
        queue.put_back(self.elements)
        self.elements = []
