"""A graph as a `GraphDef` message, the form in which TensorFlow reads and writes it."""

from __future__ import annotations

from typing import Any

from minigraph.graph import protos
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation
from minigraph.interop.export_node import attrs_of_node, bare_node, tensor_name

__all__ = ["graph_def", "node_def"]


def graph_def(graph: Graph, from_version: int = 0, add_shapes: bool = False) -> Any:
    """Return the `GraphDef` message of a graph, for `Graph.as_graph_def`.

    Args:
        graph: the graph.
        from_version: leave out the operations before this one.
        add_shapes: add the attribute `_output_shapes` to each node.

    Raises:
        ImportError: if the package tensorboard is not installed.
    """
    found = protos.GraphDef(versions=protos.VersionDef(producer=graph.graph_def_versions.producer))
    found.node.extend([node_def(op, add_shapes) for op in graph.get_operations()[from_version:]])
    return found


def node_def(op: Operation, add_shapes: bool = False) -> Any:
    """Return the `NodeDef` message of an operation, for `Operation.node_def`."""
    found = bare_node(op)
    found.input.extend([tensor_name(t) for t in op.inputs])
    found.input.extend(sorted("^" + other.name for other in op.waits_for))
    for key, value in attrs_of_node(op, add_shapes):
        found.attr[key].CopyFrom(value)
    return found
