"""The default graph and the default session of each thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from minigraph.graph.code import code, session_name
from minigraph.graph.messages import graph_text
from minigraph.graph.text import message

__all__ = ["get_default_graph", "reset_default_graph", "get_default_session", "session_for"]


class _Defaults(threading.local):
    def __init__(self) -> None:
        self.graphs: list[Any] = []
        self.devices: list[list] = []  # for each of them the list of requested devices when it became the default
        self.sessions: list[Any] = []


_defaults = _Defaults()

_global_graph: Any = None

_global_lock = threading.Lock()
_new_graph: Any = None  # builds a graph; set by `graph.py`, which is above this module


def install(new_graph: Callable[[], Any]) -> None:
    """Set the function that builds the global graph."""
    global _new_graph
    _new_graph = new_graph


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
                _global_graph = _new_graph()
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
    """Yield the default graphs of this thread, innermost first, each with the devices requested when it became the
    default.
    """
    return zip(reversed(_defaults.graphs), reversed(_defaults.devices))


def get_default_session() -> Any:
    """Return the session of the innermost `with session:` or `InteractiveSession` of this thread, or None.

    Example:
        >>> get_default_session() is sess
        True
    """
    return _defaults.sessions[-1] if _defaults.sessions else None


def session_for(graph: Any, session: Any, task: str, what: str) -> Any:
    """Return `session` or the default session, and check that it runs `graph`.

    Args:
        graph: the graph of what is to run.
        session: a session or None.
        task: the purpose, for the error message: "evaluate" or "execute".
        what: "tensor" or "operation".

    Raises:
        ValueError: if there is none, or it runs another graph.
    """
    found, method = session, "eval" if task == "evaluate" else "run"
    if session is None:
        found = get_default_session()
    if found is None:
        told = code(f"{session_name(graph)}.run(x)", "sess", "x")
        raise ValueError(
            f"Cannot {task} {what} using `{method}()`: No default session is registered. Use `with "
            f"sess.as_default()` or pass an explicit session to `{method}(session=sess)`\nOr write "
            f"{told}, with x for the {what}."
        )
    if found.graph is not graph and not graph._is_inside(found.graph):
        which = "default" if session is None else "given"
        raise ValueError(
            message(
                f"Cannot use the {which} session to {task} {what}: the {what}'s graph is different from the session's "
                "graph.",
                f"The {what} is in {graph_text(graph)}, the session runs {graph_text(found.graph)}.",
                f"Pass an explicit session that was made with the {what}'s graph: tf.Session(graph=graph).",
            )
        )
    return found


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
