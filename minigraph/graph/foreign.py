"""Errors for nodes of another graph."""

from __future__ import annotations

from typing import Any

from minigraph.graph.code import code, graph_name
from minigraph.graph.default import get_default_graph
from minigraph.graph.messages import belongs, graph_text
from minigraph.graph.text import message

__all__ = ["other_graph_error", "not_an_element"]


def other_graph_error(value: Any, first: Any, graph: Any) -> ValueError:
    """Return the error for a node of another graph, which says where each was made and what to do."""
    other = next((g for g in (value.graph, graph) if g is not get_default_graph()), graph)
    block = code(f"with {graph_name(other)}.as_default():", "graph")
    advice = f"Build both inside one `{block}` block; after reset_default_graph() rebuild everything."
    if first is None:
        text, why = f"{value} is not from the passed-in graph.", f"The graph in use is {graph_text(graph)}."
    else:
        text, why = f"{value} must be from the same graph as {first}.", belongs(first)
    return ValueError(message(text, belongs(value), why, advice))


def not_an_element(graph: Any, element: Any) -> ValueError:
    """Return the error for a look-up, in a graph, of an element of another one."""
    first = f"{type(element).__name__} {element} is not an element of this graph."
    return ValueError(message(first, belongs(element), f"This graph is {graph_text(graph)}."))
