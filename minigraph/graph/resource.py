"""`Resource`: what an operation keeps in a session that is more than an array, such as a queue or an open file."""

from __future__ import annotations

import itertools

__all__ = ["Resource"]

_unnamed = itertools.count()  # the resources of this process without a shared name


class Resource:
    """The state of an operation whose output is a handle to it; its session releases it when it is closed.

    Args:
        name: the name of the node.
        shared_name: the name in messages; by default made of the node's and of a number.

    Attributes:
        name: the name in messages.

    Example:
        >>> class Log(Resource):
        ...     def release(self):
        ...         print(self.name, "is closed")
        >>> Log("log", "the log").release()
        the log is closed
    """

    def __init__(self, name: str, shared_name: str = ""):
        number = next(_unnamed) if not shared_name else 0
        self.name = shared_name or f"_{number}_{name}"

    def release(self) -> None:
        """Let go of what is held, and end the waits of other threads: the session has been closed."""
