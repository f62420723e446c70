"""Parts of a `GraphDef`: what some nodes need, and a graph without what only training needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minigraph.graph import protos
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation
from minigraph.graph.shapes import TensorShape
from minigraph.graph.walks import reached

__all__ = [
    "extract_sub_graph",
    "must_run_on_cpu",
    "node_of",
    "remove_training_nodes",
    "tensor_shape_from_node_def_name",
]

_ON_CPU = {"Const": "dtype", "DynamicStitch": "T", "ParallelDynamicStitch": "T", "Cast": "SrcT"}
_OF_VARIABLES = """
    Assign AssignAdd AssignSub Queue ScatterAdd ScatterSub ScatterUpdate TruncatedNormal Variable VariableV2
""".split()
_INT32, _STRING = 3, 7  # numbers of types in messages


def node_of(input_name: str) -> str:
    """Return the name of the node of which an input of a `NodeDef` is an output, or for which it waits.

    Example:
        >>> node_of("split:1"), node_of("^init"), node_of("x")
        ('split', 'init', 'x')
    """
    return input_name[1:] if input_name.startswith("^") else input_name.partition(":")[0]


def extract_sub_graph(graph_def: Any, dest_nodes: Iterable[str]) -> Any:
    """Return the part of a graph that some nodes need: nodes in their order, functions and versions.

    A node is needed as an input, as a control input, or as the node beside which a needed one is placed.

    Args:
        graph_def: a `GraphDef` message.
        dest_nodes: the names of the nodes.

    Raises:
        TypeError: if it is no `GraphDef`, or the names are not a list.
        AssertionError: if there is no node of a name.

    Example:
        >>> x = tf.placeholder(tf.float32, name="x")
        >>> y, z = tf.square(x, name="y"), tf.exp(x, name="z")
        >>> part = tf.graph_util.extract_sub_graph(tf.get_default_graph().as_graph_def(), ["y"])
        >>> [node.name for node in part.node]
        ['x', 'y']
    """
    _check_graph_def(graph_def)
    if isinstance(dest_nodes, (str, bytes)):
        raise TypeError("dest_nodes must be a list.")
    nodes = {node.name: node for node in graph_def.node}
    wanted = list(dest_nodes)
    for name in wanted:
        if name not in nodes:
            raise AssertionError(f"{name} is not in graph")
    kept = reached(wanted, lambda name: _needs(nodes[name]) if name in nodes else ())
    for name in sorted(kept.difference(nodes)):
        raise AssertionError(f"{name} is not in graph\nA node that is kept has it as an input.")
    found = protos.GraphDef(library=graph_def.library, versions=graph_def.versions)
    found.node.extend(node for node in graph_def.node if node.name in kept)
    return found


def _check_graph_def(graph_def: Any) -> None:
    if getattr(getattr(graph_def, "DESCRIPTOR", None), "name", "") != "GraphDef":
        raise TypeError("graph_def must be a graph_pb2.GraphDef proto.")


def _needs(node: Any) -> list[str]:
    """Return the names of the nodes that a node needs."""
    places = node.attr["_class"].list.s if "_class" in node.attr else ()
    beside = [place.decode()[5:] for place in places if place.startswith(b"loc:@")]
    return [*map(node_of, node.input), *beside]


def remove_training_nodes(input_graph: Any, protected_nodes: Iterable[str] | None = None) -> Any:
    """Return a graph without the nodes that change no result: checks of numbers, and identities.

    An identity stays if it waits for a node, or a node waits for it.

    Args:
        input_graph: a `GraphDef` message.
        protected_nodes: the names of nodes that stay.

    Example:
        >>> x = tf.placeholder(tf.float32, name="x")
        >>> y = tf.exp(tf.identity(x), name="y")
        >>> left = tf.graph_util.remove_training_nodes(tf.get_default_graph().as_graph_def())
        >>> [(node.name, *node.input) for node in left.node]
        [('x',), ('y', 'x')]
    """
    protected = set(protected_nodes or ())
    checks = {node.name for node in input_graph.node if node.op == "CheckNumerics"} - protected
    nodes = [_with_inputs(node, _without(node.input, checks)) for node in input_graph.node if node.name not in checks]
    waiting = {node.name for node in nodes if any(name.startswith("^") for name in node.input)}
    awaited = {name[1:] for node in nodes for name in node.input if name.startswith("^")}
    stays = protected | waiting | awaited
    spliced = {node.name: node.input[0] for node in nodes if node.op == "Identity" and node.name not in stays}
    found = protos.GraphDef()
    kept = [node for node in nodes if node.name not in spliced]
    found.node.extend(_with_inputs(node, [_source(name, spliced) for name in node.input]) for node in kept)
    return found


def _without(inputs: Iterable[str], removed: set[str]) -> list[str]:
    return [name for name in inputs if name.removeprefix("^") not in removed]


def _source(name: str, spliced: dict[str, str]) -> str:
    """Return the input in the place of one that may be an identity's output."""
    while name.removeprefix("^") in spliced:
        name = spliced[name.removeprefix("^")]
    return name


def _with_inputs(node: Any, inputs: list[str]) -> Any:
    found = protos.NodeDef()
    found.CopyFrom(node)
    found.input[:] = inputs
    return found


def must_run_on_cpu(node: Any, pin_variables_on_cpu: bool = False) -> bool:
    """Return True if TensorFlow has no GPU kernel for what a node does.

    Args:
        node: an operation or a `NodeDef`.
        pin_variables_on_cpu: True to count variables and what writes them, too.

    Example:
        >>> tf.graph_util.must_run_on_cpu(tf.constant("text").op), tf.graph_util.must_run_on_cpu(tf.constant(1.0).op)
        (True, False)
    """
    node = node.node_def if isinstance(node, Operation) else node
    if pin_variables_on_cpu and node.op in _OF_VARIABLES:
        return True
    if node.op not in _ON_CPU:
        return False
    return node.attr[_ON_CPU[node.op]].type in ((_INT32, _STRING) if node.op == "Const" else (_INT32,))


def tensor_shape_from_node_def_name(graph: Graph, input_name: str) -> TensorShape:
    """Return the static shape of a tensor that is named as in a `NodeDef`, where ":0" may be left out.

    Example:
        >>> x = tf.zeros([2, 3], name="x")
        >>> print(tf.graph_util.tensor_shape_from_node_def_name(tf.get_default_graph(), "x"))
        (2, 3)
    """
    return graph.get_tensor_by_name(input_name if ":" in input_name else f"{input_name}:0").shape
