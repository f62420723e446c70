"""A warning for `tf.Variable` in a scope that reuses variables: only `tf.get_variable` does."""

from __future__ import annotations

from typing import Any

from minigraph.graph.messages import made
from minigraph.graph.text import message
from minigraph.graph.warn import warn
from minigraph.variables.store import current_store

__all__ = ["warn_if_unshared"]


def warn_if_unshared(v: Any, name: str) -> None:
    """Warn if the current scope reuses variables, and this new one seems to be meant for one that exists."""
    scope, graph = current_store().scopes.current, v.graph
    if scope is None or not scope.reuse or graph.get_stage() == "apply":
        return
    first = graph._by_name.get(f"{scope.name}/{name}" if scope.name else name)
    if first is not None and first is not v.op and _looks_shared(scope, first, v.op):
        warn(
            message(
                f"tf.Variable always makes a new variable: '{v.op.name}' is not shared.",
                f"In a variable scope that shares, '{scope.name}', it stands beside {made(first)}.",
                "To share that one write tf.get_variable.",
            )
        )


def _looks_shared(scope: Any, first: Any, second: Any) -> bool:
    """Return True if the second of two cells with the same name seems to be meant for the first."""
    if scope.name and not second.name.startswith(scope.name + "/"):  # the scope was entered again
        return True
    return scope.reuse is True and first.where[:1] == second.where[:1]  # the same line ran again
