"""A graph's collections: named lists."""

from __future__ import annotations

import re
from typing import Any

from minigraph.graph.default import get_default_graph
from minigraph.graph.graph_keys import GraphKeys
from minigraph.graph.nodes import NodeList

__all__ = ["GraphKeys", "Collections"]
__all__ += ["add_to_collection", "add_to_collections", "get_collection", "get_collection_ref"]


class Collections(NodeList):
    """The part of a graph that holds its collections."""

    def __init__(self) -> None:
        self._collections: dict[Any, list] = {}

    @property
    def collections(self) -> list:
        """The names of the collections."""
        return list(self._collections)

    def get_all_collection_keys(self) -> list:
        """Return the names of all collections that are strings."""
        return [key for key in self._collections if isinstance(key, str)]

    def add_to_collection(self, name: Any, value: Any) -> None:
        """Append `value` to the collection `name`."""
        self._check_not_finalized(str(name), "collection")
        is_new = name not in self._collections
        values = self._collections.setdefault(name, [])
        values.append(value)

        def undo() -> None:
            last = max((i for i, each in enumerate(values) if each is value), default=None)
            if last is not None:
                del values[last]
            if is_new and not values:
                self._collections.pop(name, None)

        self.on_rollback(undo)

    def add_to_collections(self, names: Any, value: Any) -> None:
        """Append `value` to each of the collections: one name or several, duplicates ignored."""
        for name in [names] if isinstance(names, str) else dict.fromkeys(names):
            self.add_to_collection(name, value)

    def get_collection(self, name: Any, scope: str | None = None) -> list:
        """Return a copy of the collection, or the items whose `name` begins with `scope`, a regular expression."""
        values = self._collections.get(name, [])
        if scope is None:
            return list(values)
        match = re.compile(scope).match
        return [v for v in values if hasattr(v, "name") and match(v.name)]

    def get_collection_ref(self, name: Any) -> list:
        """Return the collection itself: changes to the list change the collection."""
        return self._collections.setdefault(name, [])

    def clear_collection(self, name: Any) -> None:
        """Remove everything from the collection."""
        self._collections.pop(name, None)


def add_to_collection(name: str, value: Any) -> None:
    """Call `Graph.add_to_collection` of the default graph."""
    get_default_graph().add_to_collection(name, value)


def add_to_collections(names: Any, value: Any) -> None:
    """Call `Graph.add_to_collections` of the default graph."""
    get_default_graph().add_to_collections(names, value)


def get_collection(key: str, scope: str | None = None) -> list:
    """Return a copy of a collection of the default graph; see `Graph.get_collection`.

    Example:
        >>> tf.add_to_collection("seen", 1)
        >>> tf.get_collection("seen")
        [1]
    """
    return get_default_graph().get_collection(key, scope)


def get_collection_ref(key: str) -> list:
    """Return a collection of the default graph itself; changes to the list change the collection."""
    return get_default_graph().get_collection_ref(key)
