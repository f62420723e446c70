"""`Resource`: what an operation keeps in a session that is more than an array, such as a queue or an open file."""

from __future__ import annotations

__all__ = ["Resource"]


class Resource:
    """The state of an operation whose output is a handle to it; its session releases it when it is closed.

    Example:
        >>> class Log(Resource):
        ...     def release(self):
        ...         print("closed")
        >>> Log().release()
        closed
    """

    def release(self) -> None:
        """Let go of what is held, and end the waits of other threads: the session has been closed."""
