"""Python expressions for graph elements, for use with `code`: the program's name, or how to look the element up."""

from __future__ import annotations

from typing import Any

from minigraph.graph.code import is_variable, program_name, program_name_of
from minigraph.graph.collections import GraphKeys
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor

__all__ = ["element", "graph_name", "opening", "read_of", "reference", "variable"]


def element(node: Any) -> str:
    """Return Python for a tensor or operation: the program's name for it, or else an expression that looks it up.

    Args:
        node: a tensor, or an operation; for an operation the name of its (only) output will do.

    Example:
        >>> total = tf.add(1.0, 2.0, name="sum")
        >>> print(element(total), element(tf.multiply(total, 2.0, name="layer/double").op))
        total tf.get_default_graph().get_operation_by_name('layer/double')
    """
    found = program_name_of(node)
    if found or node.graph.outer_graph is not None:  # the inside of a body is out of reach from outside
        return found or "…"
    kind = "tensor" if isinstance(node, Tensor) else "operation"
    return f"{graph_name(node.graph)}.get_{kind}_by_name({node.name!r})"


def reference(node: Any) -> str:
    """Return Python for a tensor or operation in a context that accepts a name, such as `feed_dict`.

    Example:
        >>> print(reference(tf.multiply(2.0, 2.0, name="layer/double").op))
        'layer/double'
    """
    found = element(node)
    return repr(node.name) if found.startswith("tf.get_default_graph()") else found


def variable(cell: Operation) -> str:
    """Return Python for the variable whose operation is `cell`.

    Example:
        >>> kept = [tf.Variable(1.0, name="w")]
        >>> print(variable(kept[0].op))
        tf.global_variables('w:0')[0]
    """
    found = program_name(lambda value: is_variable(value) and value.op is cell)
    if found:
        return found
    for getter, collection in _COLLECTIONS.items() if cell.graph is get_default_graph() else ():
        matching = [v for v in cell.graph.get_collection(collection) if v.name.startswith(f"{cell.name}:0")]
        if matching and is_variable(matching[0]):
            return f"tf.{getter}('{cell.name}:0')[0]"
    return element(cell.all_outputs[0])


def read_of(cell: Operation) -> str:
    """Return Python for a new read of the variable whose operation is `cell`.

    Example:
        >>> w = tf.Variable(1.0, name="w")
        >>> print(read_of(w.op))
        w.read_value()
    """
    found = variable(cell)
    return f"tf.identity({found})" if "get_tensor_by_name" in found else f"{found}.read_value()"


_COLLECTIONS = {"global_variables": GraphKeys.GLOBAL_VARIABLES, "local_variables": GraphKeys.LOCAL_VARIABLES}


def opening(graph: Any) -> str:
    """Return the start of a `with` statement, such as "graph.as_default(), ", or "" for the default graph.

    Example:
        >>> other = tf.Graph()
        >>> opening(other), opening(tf.get_default_graph())
        ('other.as_default(), ', '')
    """
    graph = graph._root()
    return "" if graph is get_default_graph() else f"{graph_name(graph)}.as_default(), "


def graph_name(graph: Any) -> str:
    """Return Python for a graph; "graph" for one that has no name where the program is now, as after its end."""
    if graph is get_default_graph():
        return "tf.get_default_graph()"
    return program_name(lambda value: value is graph) or "graph"
