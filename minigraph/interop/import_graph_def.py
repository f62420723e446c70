"""`import_graph_def`: add the nodes of a GraphDef to the default graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from minigraph.graph import errors, protos
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.create_op import definition_of
from minigraph.graph.default import get_default_graph
from minigraph.graph.node_def import VERSIONS
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, name_scope
from minigraph.interop.import_body import Builder
from minigraph.interop.import_checks import inferred
from minigraph.interop.import_functions import Library
from minigraph.interop.import_nodes import Node, nodes_of, parsed

__all__ = ["import_graph_def"]


def import_graph_def(
    graph_def: Any,
    input_map: Mapping[str, Any] | None = None,
    return_elements: Iterable[str] | None = None,
    name: str | None = None,
    op_dict: Any = None,
    producer_op_list: Any = None,
) -> list[Operation | Tensor] | None:
    """Add the nodes of a `GraphDef` to the default graph.

    Conditionals of control flow version 1 (`Switch`, `Merge`) stay what they are. Loops (`Enter`, `Exit`,
    `NextIteration`) become `While` nodes, and the nodes inside them those of its bodies; each `Exit` is an `Identity`
    of its name. If anything fails the graph is unchanged.

    Args:
        graph_def: the `GraphDef` message.
        input_map: tensors in the place of inputs of the nodes: "a:0", or "^a" for a control input, to a tensor.
        return_elements: names of operations ("a") and of tensors ("a:0") in `graph_def` to return.
        name: what the names of the nodes begin with, by default "import"; "" for nothing.
        op_dict: accepted, as in TF1.
        producer_op_list: the `OpList` of the program that wrote the graph: attributes that are unknown here and have
            their default there are left out.

    Returns:
        The list of the operations and tensors in `return_elements`; None without it.

    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if the graph is not legal, or a name in an argument is not there.
        NotFoundError: if there is no operation of a type.

    Example:
        >>> y = tf.multiply(tf.constant(3.0, name="x"), 2.0, name="y")
        >>> graph_def = tf.get_default_graph().as_graph_def()
        >>> with tf.Graph().as_default(), tf.Session() as session:
        ...     [z] = tf.import_graph_def(graph_def, {"x:0": tf.constant(5.0)}, ["y:0"])
        ...     print(z.name, session.run(z))
        import/y:0 10.0
    """
    graph_def = _checked_message(graph_def)
    mapped = _checked_map(input_map)
    wanted = _checked_elements(return_elements)
    if producer_op_list is not None:
        _strip_defaults(graph_def, producer_op_list)
    graph = get_default_graph()
    before = graph._last_id
    with graph.atomic(), atomic_scope(name, "import", list(mapped.values())) as scope:
        if any(not isinstance(value, Tensor) for value in mapped.values()):
            if not scope:
                raise ValueError(
                    "tf.import_graph_def() requires a non-empty `name` if `input_map` contains non-Tensor values. Try "
                    "calling tf.convert_to_tensor() on `input_map` values before calling tf.import_graph_def()."
                )
            with name_scope("_inputs"):
                mapped = {key: convert_to_tensor(value) for key, value in mapped.items()}
        count = graph._last_id + len(graph_def.node)
        nodes = nodes_of(graph_def.node)
        given, control = _given(nodes, mapped)
        prefix = scope[:-1] if scope else ""
        builder = Builder(Library(graph_def.library), prefix, unique=not prefix)
        with graph._scopes.set(name=""):
            built = builder.build(nodes, graph, given, control)
        found = [_element(built, nodes, *each) for each in wanted]
        unused = _unused(nodes, built, mapped)
        if unused:
            told = ", ".join(sorted(unused))
            raise ValueError(f"Attempted to map inputs that were not found in graph_def: [{told}]")
        assert before <= count
        graph.count_as(count)
    return found if return_elements is not None else None


def _checked_message(graph_def: Any) -> Any:
    """Return the message as TensorBoard's class, whosever class it is of; ValueError for one of a newer version."""
    if getattr(getattr(graph_def, "DESCRIPTOR", None), "name", "") != "GraphDef":
        raise TypeError("graph_def must be a GraphDef proto.")
    found = graph_def if isinstance(graph_def, protos.GraphDef) else None
    if found is None:
        found = protos.GraphDef.FromString(graph_def.SerializeToString())
    if found.versions.min_consumer > VERSIONS.producer:
        raise ValueError(
            f"GraphDef min consumer version {found.versions.min_consumer} above current version {VERSIONS.producer} "
            "for TensorFlow 1.15.5.  Please upgrade TensorFlow."
        )
    return found


def _checked_map(input_map: Any) -> dict[str, Any]:
    if input_map is None:
        return {}
    if not isinstance(input_map, Mapping) or not all(isinstance(key, str) for key in input_map):
        raise TypeError("input_map must be a dictionary mapping strings to Tensor objects.")
    return dict(input_map)


def _checked_elements(return_elements: Any) -> list[tuple[str, str, int]]:
    """Return (what was asked for, name, index) of each element to return; the index of an operation is -1."""
    if return_elements is None:
        return []
    elements = list(return_elements)
    if not all(isinstance(each, (str, bytes)) for each in elements):
        raise TypeError("return_elements must be a list of strings.")
    found = []
    for each in elements:
        text = each.decode() if isinstance(each, bytes) else each
        if ":" not in text:
            found.append((text, text, -1))
            continue
        try:
            found.append((text, *parsed(text)))
        except ValueError:
            raise ValueError(f"Cannot convert {text!r} to a tensor name.") from None
    return found


def _strip_defaults(graph_def: Any, producer_op_list: Any) -> None:
    """Leave out the attributes of nodes that the definitions here do not have and that are defaults of the producer."""
    known = {op.name: {attr.name: attr for attr in op.attr} for op in producer_op_list.op}
    for node in graph_def.node:
        for key in [key for key in node.attr if not key.startswith("_")]:
            theirs = known.get(node.op, {}).get(key)
            if theirs is None or not theirs.HasField("default_value") or _has_attr(node.op, key):
                continue
            if theirs.default_value.SerializeToString(deterministic=True) == node.attr[key].SerializeToString(
                deterministic=True
            ):
                del node.attr[key]


def _given(nodes: Mapping[str, Node], mapped: Mapping[str, Tensor]) -> tuple[dict, dict]:
    """Return the tensors that stand for outputs of nodes, and the operations that stand for nodes to wait for."""
    given, control = {}, {}
    for key, tensor in mapped.items():
        try:
            name, index = parsed(key)
        except ValueError:
            continue  # it names nothing, which is said later
        if index < 0:
            control[name] = tensor.op
        else:
            given[name, index] = tensor
    return given, control


def _has_attr(op_type: str, name: str) -> bool:
    try:
        kind = definition_of(op_type)
    except errors.NotFoundError:
        return True
    return name in kind.fields or name in inferred(kind)


def _element(built: Any, nodes: Mapping[str, Node], text: str, name: str, index: int) -> Any:
    """Return an operation (index -1) or a tensor of the file."""
    if (name, index) in built.values:
        return built.values[name, index]
    if name not in nodes:
        what = "node" if index < 0 else "tensor"
        raise ValueError(f"Requested return {what} '{text}' not found in graph def")
    op = built.ops[name] if name in built.ops else None
    if op is None:
        raise ValueError(f"'{text}' is part of a while loop, whose nodes are in the bodies of a While.")
    if index < 0:
        return op
    count = len(op.values())
    raise ValueError(f"Invalid return output {index} of node '{name}', which has {count} output(s)")


def _unused(nodes: Mapping[str, Node], built: Any, mapped: Mapping[str, Any]) -> list[str]:
    """Return the keys of an input map that name nothing in the file."""
    used = {each for node in nodes.values() for each in node.data}
    waited = {name for node in nodes.values() for name in node.control}
    found = []
    for key in mapped:
        try:
            name, index = parsed(key)
        except ValueError:
            found.append(key)
            continue
        op = built.ops.get(name)
        is_there = name in nodes if index < 0 or op is None else index < len(op.values())
        if not is_there and (name, index) not in used and not (index < 0 and name in waited):
            found.append(key)
    return found
