"""The default graph and the default session of each thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["get_default_graph", "reset_default_graph"]


class _Defaults(threading.local):
    def __init__(self) -> None:
        self.graphs: list[Any] = []
        self.devices: list[list] = []  # for each of them the list of requested devices when it became the default
        self.sessions: list[Any] = []


_defaults = _Defaults()
_global_graph: Any = None
_global_lock = threading.Lock()
new_graph: Any = None  # builds a graph; installed by `graph.py`, which is above this module


def get_default_graph() -> Any:
    """Return the graph to which this thread adds nodes.

    This is the graph of the innermost `with graph.as_default()`, or else a global graph shared by all threads.

    Example:
        >>> graph = tf.Graph()
        >>> with graph.as_default():
        ...     get_default_graph() is graph
        True
    """
    graphs = _defaults.graphs
    return graphs[-1] if graphs else _get_global_graph()


def _get_global_graph() -> Any:
    global _global_graph
    if _global_graph is None:
        with _global_lock:
            if _global_graph is None:
                _global_graph = new_graph()
                _global_graph._role = "the default graph"
    return _global_graph


def reset_default_graph() -> None:
    """Replace the global default graph with an empty one; the old graph stays with whoever holds it.

    Raises:
        AssertionError: inside a `with graph.as_default()` block, which would bring the old graph back.

    Example:
        >>> reset_default_graph()
        Traceback (most recent call last):
        ...
        AssertionError: Do not use tf.reset_default_graph() to clear nested graphs. ...
    """
    global _global_graph
    if _defaults.graphs:
        raise AssertionError(
            "Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared "
            "graph, exit the nesting and create a new graph."
        )
    if _global_graph is not None:
        _global_graph._role = "a default graph from before reset_default_graph()"
    _global_graph = None


@contextmanager
def default_graph(graph: Any) -> Iterator[Any]:
    """Make `graph` the default in this thread (`Graph.as_default`)."""
    stack = _defaults.graphs
    stack.append(graph)
    _defaults.devices.append(graph._scopes.device)
    try:
        yield graph
    finally:
        if stack[-1] is not graph:
            raise AssertionError("Nesting violated for default stack of Graph objects")
        stack.pop()
        _defaults.devices.pop()


def default_graphs() -> Iterator[tuple[Any, list]]:
    """Yield the thread's default graphs, innermost first, each with the devices requested when it became one."""
    return zip(reversed(_defaults.graphs), reversed(_defaults.devices))


def session_stack() -> list:
    """Return the default sessions of this thread, outermost first."""
    return _defaults.sessions


class default_session:
    """Put a session on the thread's stack and take it off again (`Session.as_default`)."""

    def __init__(self, session: Any):
        self._session = session

    def __enter__(self) -> Any:
        session_stack().append(self._session)
        return self._session

    def __exit__(self, *error: Any) -> None:
        stack = session_stack()
        if not stack or stack[-1] is not self._session:
            raise AssertionError(f"Nesting violated for default stack of {type(self._session)} objects")
        stack.pop()
