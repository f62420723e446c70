"""Limits that end a run early: a deadline, or the closing of its session.

A kernel that may run for ever, such as a loop's, checks between its steps: `if limits: check()`.
"""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["limits", "check"]

limits: list[Callable[[], None]] = []  # in force now, usually none; each raises if it ends this thread's run


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
