"""What may end a run before its end: a deadline, or a session that is closed under it.

A kernel that may go on for ever, such as a loop's, asks between its steps: `if limits: check()`.
"""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["limits", "check"]

limits: list[Callable[[], None]] = []  # in force now, mostly none; each raises where it ends this thread's run


def check() -> None:
    """Raise the error that ends the run of this thread, if one of the limits in force does.

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
