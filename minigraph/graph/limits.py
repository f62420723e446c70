"""Limits that end a run early: a deadline, or the closing of its session.

A kernel that may run for ever, such as a loop's, checks between its steps: `if limits: check()`. One that waits for
another run, such as a queue's, waits by `wait`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

__all__ = ["limits", "check", "ends_of_waits", "wait"]

limits: list[Callable[[], None]] = []  # in force now, usually none; each raises if it ends this thread's run
ends_of_waits: list[Callable[[], None]] = []  # each raises if it ends a wait, though not a run that gets on

_PAUSE = 0.05  # seconds between two looks at the limits


def check() -> None:
    """Raise the error that ends this thread's run, if one of the limits in force does.

    Example:
        >>> def over():
        ...     raise TimeoutError("too late")
        >>> limits.append(over)
        >>> check()
        Traceback (most recent call last):
        ...
        TimeoutError: too late
        >>> limits.remove(over)
    """
    for limit in tuple(limits):
        limit()


def wait(changed: threading.Condition, is_over: Callable[[], bool]) -> None:
    """Wait until `is_over` returns True; the caller holds the condition, and no lock that other runs need.

    Args:
        changed: notified when `is_over` may return something else.
        is_over: what is waited for.

    Raises:
        OpError, KeyboardInterrupt: if a limit in force, or Ctrl-C, ends the wait.

    Example:
        >>> changed, items = threading.Condition(), []
        >>> def put():
        ...     with changed:
        ...         items.append(1)
        ...         changed.notify_all()
        >>> threading.Thread(target=put).start()
        >>> with changed:
        ...     wait(changed, lambda: bool(items))
        >>> items
        [1]
    """
    while not is_over():
        check()
        for end in ends_of_waits:
            end()
        changed.wait(_PAUSE)
