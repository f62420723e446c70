"""Threads that compute the elements of a dataset before they are asked for, in order."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.limits import wait
from minigraph.ops.data.pipeline import Scope

__all__ = ["Ahead", "threads_for"]

_AUTOTUNE = -1


def threads_for(number: int) -> int:
    """Return how many threads carry out `number` parallel calls; -1 leaves the choice to the machine."""
    most = os.cpu_count() or 1
    return most if number == _AUTOTUNE else max(1, min(number, 4 * most))


class _Slot:
    """An item that is being computed: its value or its error, once it is there."""

    __slots__ = ("is_done", "value", "error")

    def __init__(self) -> None:
        self.is_done = False
        self.value: Any = None
        self.error: BaseException | None = None


class _Shared:
    """What the threads and the iterator share; it does not know the iterator, which may be forgotten."""

    def __init__(self, scope: Scope, items: Iterator, function: Callable | None, capacity: int):
        self.scope, self.items, self.function, self.capacity = scope, items, function, capacity
        self.slots: deque[_Slot] = deque()
        self.pulling = threading.Lock()
        self.has_ended = self.is_unwanted = False

    def pull(self) -> tuple[_Slot, Any] | None:
        """Wait for room; return the next item, and the slot for what is made of it, or None at the end."""
        changed = self.scope.changed
        with self.pulling:
            with changed:
                while len(self.slots) >= self.capacity and not self._is_over():
                    changed.wait()
                if self._is_over():
                    return None
            slot, item = _Slot(), None
            try:
                item = next(self.items)
            except StopIteration:
                with changed:
                    self.has_ended = True
                    changed.notify_all()
                return None
            except BaseException as error:  # noqa: BLE001 (whoever takes the element raises it)
                slot.error, slot.is_done = error, True
            with changed:
                self.slots.append(slot)
                if slot.is_done:
                    changed.notify_all()
            return slot, item

    def _is_over(self) -> bool:
        return self.scope.closed or self.is_unwanted or self.has_ended

    def is_known(self) -> bool:
        """Return True if the next item is there, or is known not to come."""
        slots = self.slots
        return bool(slots[0].is_done if slots else self.has_ended) or self.scope.closed

    def work(self) -> None:
        """Compute one item after the other until there is no further one."""
        changed = self.scope.changed
        with np.errstate(all="ignore"):
            while (pulled := self.pull()) is not None:
                slot, item = pulled
                if slot.is_done:
                    continue
                try:
                    slot.value = item if self.function is None else self.function(item)
                except BaseException as error:  # noqa: BLE001
                    slot.error = error
                with changed:
                    slot.is_done = True
                    if self.slots and self.slots[0] is slot:
                        changed.notify_all()


class Ahead:
    """An iterator whose items threads compute ahead of it.

    Args:
        scope: what ends the threads when it is closed.
        items: the iterator of what is computed from.
        function: what is computed of an item; None to take it as it is.
        threads: the number of threads.
        capacity: how many items may be waiting.

    Example:
        >>> list(Ahead(Scope(), iter([1, 2, 3]), lambda x: x * x, threads=2, capacity=2))
        [1, 4, 9]
    """

    def __init__(self, scope: Scope, items: Iterator, function: Callable | None, threads: int, capacity: int):
        self._shared = _Shared(scope, items, function, capacity)
        self._threads = threads  # to be started when the first item is asked for

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        shared = self._shared
        for number in range(self._threads):
            threading.Thread(target=shared.work, name=f"minigraph data {number}", daemon=True).start()
        self._threads = 0
        slots, changed = shared.slots, shared.scope.changed
        with changed:
            if not (slots and slots[0].is_done):
                wait(changed, shared.is_known)
            if not slots or not slots[0].is_done:
                raise StopIteration if shared.has_ended else errors.CancelledError(None, None, "Iterator was cancelled")
            slot = slots.popleft()
            changed.notify_all()
        if slot.error is not None:
            raise slot.error
        return slot.value

    def __del__(self) -> None:
        shared = self._shared
        if not shared.has_ended:
            shared.is_unwanted = True
            with shared.scope.changed:
                shared.scope.changed.notify_all()
