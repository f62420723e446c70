"""Deadlines: runs that end when their time is over, between two operations or two turns of a loop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from minigraph.graph import errors
from minigraph.graph.limits import check, limits
from minigraph.graph.operation import Operation
from minigraph.runtime.interpreter import Interpreter

__all__ = ["Deadline", "milliseconds_left", "stepwise"]


class Deadline:
    """End the runs that this thread makes inside the block, when their time is over.

    Args:
        milliseconds: how much time there is; without a limit where it is not positive.
    """

    def __init__(self, milliseconds: float):
        self._seconds, self._thread = milliseconds / 1000, threading.get_ident()

    def __enter__(self) -> Deadline:
        if self._seconds > 0:
            self._end = time.monotonic() + self._seconds
            limits.append(self)
        return self

    def __call__(self) -> None:
        if threading.get_ident() == self._thread and time.monotonic() > self._end:
            text = f"Timed out waiting for notification\nThe run was given {self._seconds * 1000:g} ms."
            error: Any = errors.DeadlineExceededError(None, None, text)
            error.minigraph_op = None  # it is not the failure of the operation that happens to run
            raise error

    def __exit__(self, kind: Any, *error: Any) -> None:
        if self in limits:
            limits.remove(self)
            if kind is None:
                self()


def milliseconds_left() -> int:
    """Return how much time the runs of this thread have still, at least 1; 0 if nothing limits it."""
    ends = [limit._end for limit in limits if isinstance(limit, Deadline) and limit._thread == threading.get_ident()]
    return max(1, round((min(ends) - time.monotonic()) * 1000)) if ends else 0


class _Limited(Interpreter):
    """Ask the limits after each operation."""

    def run_op(self, op: Operation, kernel: Callable, env: dict) -> None:
        super().run_op(op, kernel, env)
        check()


def stepwise(program: Any, feeds: tuple) -> list:
    """Run a program operation by operation and ask the limits after each of them."""
    return program.interpret(feeds, _Limited())
