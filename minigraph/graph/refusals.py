"""Errors for what a graph refuses: nodes of another graph, control inputs that are none, changes once finalized."""

from __future__ import annotations

from typing import Any

from minigraph.graph.code import code, graph_name
from minigraph.graph.default import get_default_graph
from minigraph.graph.messages import belongs, graph_text
from minigraph.graph.text import message
from minigraph.graph.traces import format_where, here

__all__ = ["other_graph_error", "not_an_element", "is_finalized", "bad_name", "used_name"]
__all__ += ["one_control_input", "not_a_control_input"]


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


def is_finalized(graph: Any, name: str, kind: str) -> RuntimeError:
    """Return the error for an addition to a finalized graph."""
    return RuntimeError(
        message(
            "Graph is finalized and cannot be modified.",
            f"The call at {here()} adds '{name}' ({kind}).",
            f"The graph was finalized at {format_where(graph._finalized)}.",
            "Build it once, before the training loop, and run the same tensor again and again.",
        )
    )


def bad_name(name: str, what: str) -> ValueError:
    """Return the error for characters that the name of a node or scope cannot have."""
    rule = "Names begin with a letter or digit, followed by letters, digits and _ . / - (no spaces)."
    return ValueError(f"'{name}' is not a valid {what} name\n{rule}")


def used_name(name: str) -> ValueError:
    """Return the error for a name that a node has already."""
    why = "A name that ends in a slash is used unchanged, and so only once."
    return ValueError(f"Duplicate node name in graph: '{name}'\n{why}")


def one_control_input(op: Any) -> TypeError:
    """Return the error for an operation in place of a list of control inputs."""
    advice = "Write it in a list: tf.control_dependencies([op])."
    return TypeError(message("'Operation' object is not iterable", f"The control input is {op.name}.", advice))


def not_a_control_input(given: Any, why: TypeError) -> TypeError:
    """Return the error for a control input that is not an operation or tensor."""
    advice = "They must be operations or tensors: the result of tf.assign, say, and not that of sess.run."
    return TypeError(message(str(why), f"Among the control inputs is {given}.", advice))
