"""The store of a graph: its shared variables, and its variable scopes."""

from __future__ import annotations

import threading
from typing import Any

from minigraph.graph.default import get_default_graph

__all__ = ["Store", "current_store", "store_of"]


class _InForce(threading.local):
    """The state of each thread: the current scope, and how often each scope was opened."""

    def __init__(self) -> None:
        self.opened: dict[str, int] = {}  # default names are made unique by it
        self.current: Any = None  # a `VariableScope`; None where none was asked for yet

    def open(self, name: str) -> None:
        """Count one more opening of a scope; an atomic block that fails takes it back."""
        opened, before = self.opened, self.opened.get(name, 0)
        opened[name] = before + 1
        get_default_graph().on_rollback(lambda: opened.update({name: before}))

    def close_below(self, name: str) -> None:
        """Forget the scopes opened inside this one: entered again, it uses the same default names."""
        for key in self.opened:
            if key.startswith(name + "/"):  # none is below "", as TF1 sees it: its names go on
                self.opened[key] = 0

    def unique(self, prefix: str) -> str:
        """Return the prefix, made unique among the scopes opened within the current one."""
        full = f"{self.current.name}/{prefix}" if self.current.name else prefix
        if not self.opened.get(full):
            return prefix
        i = 1
        while self.opened.get(f"{full}_{i}"):
            i += 1
        return f"{prefix}_{i}"


class Store:
    """A graph's variables made by `get_variable`, and its variable scopes."""

    def __init__(self) -> None:
        self.variables: dict[str, Any] = {}  # by their full names
        self.in_parts: dict[str, Any] = {}  # those with a partitioner
        self.opened_with: dict[str, str] = {}  # the name scopes opened by variable scopes, and their names
        self.scopes = _InForce()


def current_store() -> Store:
    """Return the store of the default graph."""
    return store_of(get_default_graph())


def store_of(graph: Any) -> Store:
    """Return the store of a graph; a function body shares that of its outer graph."""
    while graph.outer_graph is not None:
        graph = graph.outer_graph
    return graph.kept("variables", Store)
