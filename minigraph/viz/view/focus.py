"""Which operations of a graph a view is about: all, or those that a question asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minigraph.graph.default import get_default_graph

__all__ = ["graph_of", "elements", "ancestors", "on_the_paths", "around"]


def graph_of(source: Any) -> Any:
    """Return the graph of a Graph, Session, Tensor, Operation…; of None the default graph."""
    if source is None:
        return get_default_graph()
    if hasattr(source, "get_operations"):
        return source
    graph = getattr(source, "graph", None)
    if graph is None or not hasattr(graph, "get_operations"):
        raise TypeError(
            f"a tf.Graph was expected, or something with a graph, not {source!r} of type {type(source).__name__}"
        )
    return graph


def elements(graph: Any, wanted: Any) -> list[Any]:
    """Return the operations that tensors, operations, variables or names stand for, in lists and dicts as you like.

    Raises:
        KeyError, ValueError: if something names nothing of the graph.
    """
    found, todo = [], [wanted]
    while todo:
        each = todo.pop()
        if isinstance(each, dict):
            todo.extend(each.values())
        elif isinstance(each, (list, tuple, set)):
            todo.extend(each)
        else:
            element = graph.as_graph_element(each)
            found.append(element if hasattr(element, "inputs") else element.op)
    return found


def ancestors(ops: list[Any], wanted: Iterable[Any]) -> list[Any]:
    """Those of `ops` (in creation order) that a run of `wanted` needs."""
    needed = set(wanted)
    for op in reversed(ops):
        if op in needed:
            needed.update(t.op for t in op.inputs)
            needed.update(op.control_inputs)
    return [op for op in ops if op in needed]


def on_the_paths(ops: list[Any], begin: Any, end: Any) -> list[Any]:
    """Those of `ops` that lie on a way from `begin` to `end`, both included.

    Raises:
        ValueError: if there is no way.
    """
    reached = {begin}
    for op in ops:
        if any(t.op in reached for t in op.inputs) or any(c in reached for c in op.control_inputs):
            reached.add(op)
    if end not in reached:
        back = ancestors(ops, [begin])
        hint = (
            f"\nThe other way round there is one: path=({end.name!r}, {begin.name!r})."
            if end in back
            else "\nWhat each of them needs is shown by fetches=."
        )
        raise ValueError(f"path: no edges lead from {begin.name!r} to {end.name!r}.{hint}")
    return [op for op in ancestors(ops, [end]) if op in reached]


def around(ops: list[Any], centres: Iterable[Any]) -> list[Any]:
    """Return the operations given, what they take, and who takes their values; of a variable its readers and writers,
    who may take the variable itself or the value that was read with it."""
    inside = set(ops)
    found = set(centres)
    for op in list(found):
        found.update(t.op for t in op.inputs)
        for user in _users(op):
            found.add(user)
            if user.name == op.name + "/read":
                found.update(_users(user))
    return [op for op in ops if op in found & inside]


def _users(op: Any) -> list[Any]:
    return [user for t in op.outputs for user in t.consumers()]
