"""The session that runs a tensor or operation: the given one, or this thread's default."""

from __future__ import annotations

from typing import Any

from minigraph.graph.code import code, session_name
from minigraph.graph.default import session_stack
from minigraph.graph.messages import graph_text
from minigraph.graph.text import message

__all__ = ["get_default_session", "session_for"]


def get_default_session() -> Any:
    """Return the session of the innermost `with session:` or `InteractiveSession` of this thread, or None.

    Example:
        >>> get_default_session() is sess
        True
    """
    sessions = session_stack()
    return sessions[-1] if sessions else None


def session_for(graph: Any, session: Any, task: str, what: str) -> Any:
    """Return `session` or the default session, and check that it runs `graph`.

    Args:
        graph: the graph to run.
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
