"""The function library of a GraphDef: functions by name, and their nodes as those of a graph are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minigraph.graph import protos
from minigraph.graph.create_op import definition_of
from minigraph.graph.opdef import OpDef
from minigraph.interop.import_nodes import Node, nodes_of, parsed

__all__ = ["Library", "function_nodes"]


class Library:
    """The functions of a file.

    Args:
        message: a `FunctionDefLibrary`.
    """

    def __init__(self, message: Any):
        self._functions = {function.signature.name: function for function in message.function}
        self._room = 20 * (len(message.SerializeToString()) // 20 + 1000)  # nodes that calls may still make

    def __contains__(self, name: str) -> bool:
        return name in self._functions

    def get(self, name: str) -> Any:
        """Return the `FunctionDef` of a name; ValueError if there is none."""
        if name not in self._functions:
            raise ValueError(f"Function {name} is not defined.")
        function = self._functions[name]
        self._room -= len(function.node_def) + 1
        if self._room < 0:  # functions that call each other make many out of few
            raise ValueError("The functions of the graph call each other too often.")
        return function


def function_nodes(function: Any, library: Library, called: Any) -> tuple[dict[str, Node], list[tuple[str, int]], list]:
    """Return the nodes of a function, its results as inputs are written, and the names of what it always runs.

    Args:
        function: the `FunctionDef`.
        library: the functions that it may call.
        called: the `NameAttrList` of the call, whose attributes stand for placeholders.

    Raises:
        ValueError: if an input or a result does not exist.
    """
    attrs = {} if isinstance(called, str) else called.attr
    messages = [_filled(message, attrs) for message in function.node_def]
    arguments = {arg.name for arg in function.signature.input_arg}
    offsets = {message.name: _Outputs(message, library) for message in messages}

    def read(text: str) -> tuple[str, int]:
        if text.startswith("^") or text in arguments:
            return parsed(text)
        name, _, rest = text.partition(":")
        if name in arguments and rest == "0":
            return name, 0
        if name not in offsets:
            raise ValueError(text)
        output, _, index = rest.partition(":")
        return name, offsets[name].position(output, parsed(f"x:{index or 0}")[1])

    nodes = nodes_of(messages, read)
    results = []
    for arg in function.signature.output_arg:
        text = function.ret.get(arg.name, "")
        try:
            results.append(read(text))
        except ValueError:
            raise ValueError(
                f"The function '{function.signature.name}' returns '{text}', which does not exist."
            ) from None
    control = [function.control_ret[name] for name in function.signature.control_output]
    return nodes, results, [*control, *_stateful(nodes)]


def _stateful(nodes: Mapping[str, Node]) -> list[str]:
    """Return the names of the nodes of a function that run although no result needs them: those with an effect."""
    found = []
    for name, node in nodes.items():
        kind: Any = None if node.op in ("Enter", "Exit", "NextIteration", "LoopCond") else _kind(node.op)
        if kind is not None and (kind.writes or kind.side_effect) and not kind.kills:
            found.append(name)
    return found


def _kind(op_type: str) -> type[OpDef] | None:
    try:
        return definition_of(op_type)
    except Exception:  # the node itself will say it
        return None


def _filled(message: Any, attrs: Mapping[str, Any]) -> Any:
    """Return a node with the attributes of the call in the place of placeholders."""
    open_attrs = [key for key, value in message.attr.items() if value.WhichOneof("value") == "placeholder"]
    if not open_attrs:
        return message
    found = protos.NodeDef.FromString(message.SerializeToString())
    for key in open_attrs:
        wanted = message.attr[key].placeholder
        if wanted not in attrs:
            raise ValueError(f"Node '{message.name}': no attr '{wanted}' is given to its function.")
        found.attr[key].CopyFrom(attrs[wanted])
    return found


class _Outputs:
    """The positions of the named outputs of a node."""

    def __init__(self, message: Any, library: Library):
        self._message, self._library = message, library
        self._starts: dict[str, int] | None = None

    def position(self, output: str, index: int) -> int:
        """Return the position among all outputs of the element `index` of a named one; ValueError if there is none."""
        if self._starts is None:
            self._starts = self._found()
        return self._starts[output] + index if output in self._starts else self._unknown(output)

    def _unknown(self, output: str) -> int:
        raise ValueError(output)

    def _found(self) -> dict[str, int]:
        message = self._message
        if message.op in self._library:
            results = self._library.get(message.op).signature.output_arg
            return {arg.name: i for i, arg in enumerate(results)}
        kind = _kind(message.op)
        if kind is None:
            return {"output": 0}
        found, at = {}, 0
        for spec in kind.results:
            found[spec.name] = at
            at += self._size(spec)
        return found

    def _size(self, spec: Any) -> int:
        """Return the number of tensors of a declared output."""
        attr = self._message.attr
        if spec.type in attr and attr[spec.type].WhichOneof("value") == "list":
            return len(attr[spec.type].list.type)
        if spec.is_list and spec.number in attr:
            return attr[spec.number].i
        return 1
