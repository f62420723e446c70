"""`InteractiveSession`: a session for notebooks."""

from __future__ import annotations

from typing import Any

from minigraph.graph import default
from minigraph.graph.graph import Graph
from minigraph.runtime.config import ConfigProto
from minigraph.runtime.session import Session

__all__ = ["InteractiveSession"]


class InteractiveSession(Session):
    """A session that makes itself and its graph the default as soon as it is made; for notebooks.

    Example:
        >>> sess = tf.InteractiveSession()
        >>> print((tf.constant(5.0) * 6.0).eval())
        30.0
        >>> sess.close()
    """

    def __init__(self, target: str | bytes | None = "", graph: Graph | None = None, config: ConfigProto | None = None):
        super().__init__(target, graph, config)
        self._contexts = [self.as_default()] if graph is None else [graph.as_default(), self.as_default()]
        for c in self._contexts:
            c.__enter__()

    def close(self) -> None:
        """Free the variables and plans and is the default no longer."""
        super().close()
        for c in reversed(self._contexts):
            try:
                c.__exit__(None, None, None)
            except (AssertionError, IndexError):  # another interactive session was begun since
                stack = default.session_stack()
                if self in stack:
                    stack.remove(self)
        self._contexts = []

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()
