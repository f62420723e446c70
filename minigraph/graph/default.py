"""The default graph and the default session of each thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

__all__ = ["get_default_graph", "reset_default_graph"]


class _Defaults(threading.local):
    def __init__(self) -> None:
        self.graphs: list[tuple[Any, list]] = []  # each with the devices requested when it became the default
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
    return graphs[-1][0] if graphs else _get_global_graph()


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


class _Default:
    """Push a default onto a stack of the thread, and pop it at the end of the block."""

    __slots__ = ("_value", "_stack", "_entry", "_kind", "_depth")

    def __init__(self, value: Any, stack: list, entry: Any, kind: Any):
        self._value, self._stack, self._entry, self._kind = value, stack, entry, kind
        self._depth = 0  # how often it is in force: leaving it once more changes nothing

    def __enter__(self) -> Any:
        self._stack.append(self._entry)
        self._depth += 1
        return self._value

    def __exit__(self, *error: Any) -> None:
        if not self._depth:
            return
        self._depth -= 1
        if not self._stack or self._stack[-1] != self._entry:
            raise AssertionError(f"Nesting violated for default stack of {self._kind} objects")
        self._stack.pop()


def default_graph(graph: Any) -> Any:
    """Return a context manager that makes `graph` the default in this thread (`Graph.as_default`)."""
    return _Default(graph, _defaults.graphs, (graph, graph._scopes.device), "Graph")


def default_session(session: Any) -> Any:
    """Return a context manager that makes `session` the default in this thread (`Session.as_default`)."""
    return _Default(session, _defaults.sessions, session, type(session))


def default_graphs() -> Iterator[tuple[Any, list]]:
    """Yield the thread's default graphs, innermost first, each with the devices requested when it became one."""
    return reversed(_defaults.graphs)


def session_stack() -> list:
    """Return the default sessions of this thread, outermost first."""
    return _defaults.sessions
