"""A graph as a `GraphDef` message, the form in which TensorFlow reads and writes it."""

from __future__ import annotations

from typing import Any

from minigraph.graph import protos
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation
from minigraph.interop import export_bodies, export_items, export_switch
from minigraph.interop.export_place import Library, Place, Rule, write_plain

__all__ = ["graph_def", "node_def"]


def _write_if(place: Place, op: Operation) -> None:
    """Write a conditional: with functions, which take no cells, or else with Switch and Merge."""
    takes_cells = any(t.dtype._is_ref_dtype for t in op.inputs)
    (export_switch.write_switched_if if takes_cells else export_bodies.write_if)(place, op)


_FIRST_WITH_FUNCTIONS = 12  # the version of GraphDefs
_RULES: dict[str, Rule] = {
    **export_items.RULES,
    "_Arg": export_bodies.write_argument,
    "If": _write_if,
    "StatelessIf": _write_if,
    "While": export_bodies.write_while,
}


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
    place = Place(found.node, Library(found.library.function, _RULES, export_bodies.write_calling, add_shapes), graph)
    ops = graph.get_operations()
    place.write(ops[:from_version])
    del found.node[:]  # written to know how their outputs are spelled
    place.write(ops[from_version:])
    if found.library.function:
        found.versions.min_consumer = _FIRST_WITH_FUNCTIONS
    return found


def node_def(op: Operation) -> Any:
    """Return the `NodeDef` message of an operation, for `Operation.node_def`; functions are named as their bodies."""
    place = Place(protos.GraphDef().node, Library([], {}, write_plain), op.graph)
    node = write_plain(place, op)
    for name in op.op_def.functions:
        node.attr[name].func.name = op.op_def.attr(name).name
    return node
