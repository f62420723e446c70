"""A trained graph without variables: each becomes a constant of its value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minigraph import logging
from minigraph.graph import dtypes, protos
from minigraph.graph.tensor_protos import tensor_proto
from minigraph.interop.sub_graph import extract_sub_graph, node_of

__all__ = ["convert_variables_to_constants"]

_VARIABLES = ("Variable", "VariableV2", "VarHandleOp")
_READS = ("ReadVariableOp", "ResourceGather")
_HAND_ON = ("Switch", "Enter", "Exit", "Identity", "Merge", "NextIteration")


def convert_variables_to_constants(
    sess: Any,
    input_graph_def: Any,
    output_node_names: Iterable[str],
    variable_names_whitelist: Iterable[str] | None = None,
    variable_names_blacklist: Iterable[str] | None = None,
) -> Any:
    """Return the part of a graph that some nodes need, with a constant of its value for each variable.

    One file then holds a whole network: it needs no checkpoint, and no initializer.

    Args:
        sess: the session in which the variables have their values.
        input_graph_def: the graph, a `GraphDef` message.
        output_node_names: the names of the nodes, such as ["logits"].
        variable_names_whitelist: the names of the variables to convert; by default all.
        variable_names_blacklist: the names of variables to keep.

    Raises:
        FailedPreconditionError: if a variable has no value.
        AssertionError: if there is no node of a name.
        ValueError: if a handle that is read comes from no variable.

    Example:
        >>> x = tf.placeholder(tf.float32, [2], name="x")
        >>> y = tf.multiply(x, tf.Variable([2.0, 3.0], name="w"), name="y")
        >>> sess.run(tf.global_variables_initializer())
        >>> frozen = tf.graph_util.convert_variables_to_constants(sess, sess.graph_def, ["y"])
        >>> [(node.name, node.op) for node in frozen.node]
        [('x', 'Placeholder'), ('w', 'Const'), ('w/read', 'Identity'), ('y', 'Mul')]
    """
    graph_def = extract_sub_graph(input_graph_def, output_node_names)
    nodes = {node.name: node for node in graph_def.node}
    only = None if variable_names_whitelist is None else set(variable_names_whitelist)
    never = set(variable_names_blacklist or ())
    variables = [
        node.name
        for node in graph_def.node
        if node.op in _VARIABLES and (only is None or node.name in only) and node.name not in never
    ]
    handing_on = _handing_on(nodes)
    names = [f"{v}/Read/ReadVariableOp:0" if nodes[v].op == "VarHandleOp" else f"{v}:0" for v in variables]
    values = dict(zip(variables, sess.run(names) if names else ()))
    logging.info("Froze %d variables.", len(values))
    found = protos.GraphDef(library=graph_def.library)
    for node in graph_def.node:
        if node.name in values:
            found.node.append(_constant(node.name, node.attr["dtype"], values[node.name]))
        elif node.name in handing_on:
            found.node.append(_typed(node, handing_on[node.name]))
        elif node.op == "ReadVariableOp":
            found.node.append(_read(node))
        elif node.op == "ResourceGather":
            found.node.extend(_gathered(node))
        else:
            found.node.append(node)
    logging.info("Converted %d variables to const ops.", len(values))
    return found


def _handing_on(nodes: dict[str, Any]) -> dict[str, Any]:
    """Return the nodes between variables and reads of them, by name, with the attribute of the variable's type.

    Raises:
        ValueError: if a read has no variable at the end of that way.
    """
    found: dict[str, Any] = {}
    for read in nodes.values():
        todo = [node_of(read.input[0])] if read.op in _READS else []
        while todo:
            node = nodes[todo.pop()]
            if node.op == "VarHandleOp" or node.name in found:
                continue
            if node.op not in _HAND_ON:
                raise ValueError("Cannot find the variable that is an input to the ReadVariableOp.")
            found[node.name] = read.attr["dtype"]
            todo += [node_of(name) for name in node.input[: 2 if node.op == "Merge" else 1]]
    return found


def _constant(name: str, dtype: Any, value: Any) -> Any:
    found = protos.NodeDef(name=name, op="Const")
    found.attr["dtype"].CopyFrom(dtype)
    found.attr["value"].tensor.CopyFrom(tensor_proto(value, dtypes.as_dtype(dtype.type)))
    return found


def _typed(node: Any, dtype: Any) -> Any:
    """Return a node that handed on a handle, and now hands on a value of a type."""
    found = protos.NodeDef()
    found.CopyFrom(node)
    found.attr["T"].CopyFrom(dtype)
    found.attr.pop("_output_shapes", None)
    return found


def _read(node: Any) -> Any:
    found = protos.NodeDef(name=node.name, op="Identity", input=node.input[:1])
    found.attr["T"].CopyFrom(node.attr["dtype"])
    if "_class" in node.attr:
        found.attr["_class"].CopyFrom(node.attr["_class"])
    return found


def _gathered(node: Any) -> tuple[Any, Any]:
    """Return the nodes that look rows up in a value, not in a variable."""
    if node.attr["batch_dims"].i:
        raise ValueError("batch_dims != 0 is not supported by freeze_graph.")
    index = node.attr["Tindices"]
    axis = _constant(f"{node.name}/axis", index, dtypes.as_dtype(index.type).as_numpy_dtype(0))
    found = protos.NodeDef(name=node.name, op="GatherV2", input=[*node.input[:2], axis.name])
    for name, value in (("Tparams", node.attr["dtype"]), ("Tindices", index), ("Taxis", index)):
        found.attr[name].CopyFrom(value)
    if "_class" in node.attr:
        found.attr["_class"].CopyFrom(node.attr["_class"])
    return axis, found
