"""The store of a graph: its shared variables, and the variable scopes in force."""

from __future__ import annotations

import threading
from typing import Any

from minigraph.graph.default import get_default_graph

__all__ = ["Store", "current_store"]


class _InForce(threading.local):
    """What each thread has of its own: the scope in force, and how often each scope was opened."""

    def __init__(self) -> None:
        self.opened: dict[str, int] = {}  # default names are made unique by it
        self.current: Any = None  # a `VariableScope`; None where none was asked for yet

    def open(self, name: str) -> None:
        """Count the scope; the count is taken back where an atomic block fails."""
        opened, before = self.opened, self.opened.get(name, 0)
        opened[name] = before + 1
        get_default_graph().on_rollback(lambda: opened.update({name: before}))

    def close_below(self, name: str) -> None:
        """Forget what was opened inside the scope: entered again, it gives the same default names again."""
        for key in self.opened:
            if key.startswith(name + "/"):  # none is below "", as TF1 sees it: its names go on
                self.opened[key] = 0

    def unique(self, prefix: str) -> str:
        """Return a name within the scope in force that no scope has."""
        full = f"{self.current.name}/{prefix}" if self.current.name else prefix
        if not self.opened.get(full):
            return prefix
        i = 1
        while self.opened.get(f"{full}_{i}"):
            i += 1
        return f"{prefix}_{i}"


class Store:
    """The variables of a graph that `get_variable` made, and the scopes."""

    def __init__(self) -> None:
        self.variables: dict[str, Any] = {}  # by their full names
        self.opened_with: dict[str, str] = {}  # the name scopes opened by variable scopes, and their names
        self.scopes = _InForce()


def current_store() -> Store:
    """Return the store of the default graph; a function body shares that of its outer graph."""
    graph = get_default_graph()
    while graph.outer_graph is not None:
        graph = graph.outer_graph
    return graph.kept("variables", Store)
