"""How messages name nodes and graphs, with the lines that made them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minigraph.graph.text import listed
from minigraph.graph.traces import format_where

__all__ = ["made", "made_all", "graph_text", "belongs", "path_text"]


def made(node: Any) -> str:
    """Return "'x' (train.py:12)": the name of an operation or of its tensor, and where it was made."""
    op = getattr(node, "op", node)
    return f"'{op.name}' ({format_where(op.where)})"


def graph_text(graph: Any) -> str:
    """Return "the default graph" or "the graph made at train.py:12".

    Example:
        >>> graph_text(tf.get_default_graph())
        'the graph made at ...py:...'
    """
    if graph.outer_graph is not None:
        return "the body of a function"
    return graph._role or f"the graph made at {format_where(graph._where)}"


def made_all(nodes: Iterable[Any]) -> str:
    """Return "'w', 'b' (train.py:12), 'c' (train.py:13)": names grouped by the line that made them."""
    places: dict[str, list[str]] = {}
    for node in nodes:
        name, _, place = made(node).rpartition(" (")
        places.setdefault(place, []).append(name)
    return ", ".join(f"{listed(names)} ({place}" for place, names in places.items())


def belongs(node: Any) -> str:
    """Return "'x' (train.py:12) is in the default graph."."""
    return f"{made(node)} is in {graph_text(node.graph)}."


def path_text(ops: list) -> str:
    """Return "  loss <- mul <- x", shortened to its ends if the path is long."""
    names = [op.name for op in ops]
    if len(names) > 6:
        names[3:-2] = ["..."]
    text = "  " + " <- ".join(names)
    return text if len(text) <= 100 else "  " + " <- ".join([names[0], "...", *names[-2:]])
