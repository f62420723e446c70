"""Where exported nodes are written: a graph, or the body of a function; each has its way to spell an output."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from minigraph.graph.dtypes import DType
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.interop.export_node import attr_value, output_names

__all__ = ["FunctionPlace", "Library", "Place", "Rule", "write_plain"]

Rule = Callable[["Place", Operation], None]
_COMMON = (DType, bool, int, bytes, str)


class Library:
    """The functions of a `GraphDef`, and how operations of some types are written.

    Args:
        functions: the message's list of functions.
        rules: for a type of operation, what writes it.
        default: what writes all others.
        add_shapes: True to give each node the attribute `_output_shapes`.
    """

    def __init__(self, functions: Any, rules: dict[str, Rule], default: Rule, add_shapes: bool = False):
        self.functions, self.rules, self.default, self.add_shapes = functions, rules, default, add_shapes
        self._used: set[str] = set()
        self._attrs: dict[Any, Any] = {}  # messages of values that many nodes have

    def attr_value(self, value: Any) -> Any:
        """Return the message of an attribute's value, which nobody may change."""
        if not isinstance(value, _COMMON):
            return attr_value(value)
        key = type(value), value
        if key not in self._attrs:
            self._attrs[key] = attr_value(value)
        return self._attrs[key]

    def unique(self, wish: str) -> str:
        """Return a name for a function or a token that no other has."""
        wish = re.sub(r"\W", "_", wish).lstrip("_") or "function"
        name, number = wish, 0
        while name in self._used:
            number += 1
            name = f"{wish}_{number}"
        self._used.add(name)
        return name


class Place:
    """A graph into which nodes are written.

    Args:
        nodes: the message's list of nodes.
        library: the functions of the whole.
        graph: the graph that is written.

    Attributes:
        values: for tensors that are not spelled by the name of their operation, the names of what they stand for.
        prefix: what stands before the names of nodes.
    """

    prefix = ""

    def __init__(self, nodes: Any, library: Library, graph: Graph):
        self.nodes, self.library, self.graph = nodes, library, graph
        self.values: dict[Tensor, list[str]] = {}
        self._silent: set[Operation] = set()  # those without a node

    def write(self, ops: Iterable[Operation]) -> None:
        """Write operations, in an order in which each comes after those that it needs."""
        rules, default = self.library.rules, self.library.default
        for op in ops:
            rules.get(op.type, default)(self, op)

    def named(self, op: Operation) -> str:
        """Return the name of the node that is written for an operation."""
        return self.prefix + op.name

    def spell(self, name: str, output: str, index: int, position: int) -> str:
        """Return the name of an output of a node.

        Args:
            name: the name of the node.
            output: the name of its declared output.
            index: the position in that output, if it is a list.
            position: the position among all outputs.
        """
        return f"{name}:{position}" if position else name

    def refs(self, tensor: Tensor) -> list[str]:
        """Return the names of the outputs for which a tensor stands: one, if it is not a tape."""
        found = self.values.get(tensor)
        if found is None:
            names = output_names(tensor.op)
            found = [self.spell(self.named(tensor.op), *names[tensor.value_index], tensor.value_index)]
        return found

    def ref(self, tensor: Tensor) -> str:
        """Return the name of a tensor that is not a tape."""
        return self.refs(tensor)[0]

    def be_silent(self, op: Operation) -> None:
        """Note that nothing can wait for an operation, since it has no node."""
        self._silent.add(op)

    def controls(self, op: Operation) -> list[str]:
        """Return the control inputs of an operation, sorted, as TensorFlow writes them."""
        return sorted("^" + self.named(other) for other in op.waits_for if other not in self._silent)

    def add(self, op_type: str, name: str, inputs: Iterable[str] = (), device: str = "", **attrs: Any) -> Any:
        """Write a node and return it; `attrs` are values of attributes."""
        node = self.nodes.add(name=name, op=op_type, device=device)
        node.input.extend(inputs)
        for key, value in attrs.items():
            node.attr[key].CopyFrom(self.library.attr_value(value))
        return node

    def constant(self, name: str, value: Any, dtype: Any) -> str:
        """Write a constant; return the name of its output."""
        self.add("Const", name, self.unconditional(), value=value, dtype=dtype)
        return self.spell(name, "output", 0, 0)

    def unconditional(self) -> list[str]:
        """Return the control inputs of a node without inputs."""
        return []

    def attrs(self, op: Operation) -> dict[str, Any]:
        """Return the values of an operation's attributes."""
        found = {key: value for key, value in op.attrs.items() if not isinstance(value, FuncGraph)}
        if "_class" in found:
            found["_class"] = self.groups(found["_class"])
            if not found["_class"]:
                del found["_class"]
        return found

    def known(self, shapes: Sequence[Any]) -> dict[str, Any]:
        """Return the attribute that says the shapes of a node's outputs, if it is asked for."""
        return {"_output_shapes": list(shapes)} if self.library.add_shapes and shapes else {}

    def groups(self, groups: Iterable[bytes]) -> list[bytes]:
        """Return the groups of operations on one device, by the names that are written."""
        return list(groups)


class FunctionPlace(Place):
    """The body of a function into which nodes are written."""

    def spell(self, name: str, output: str, index: int, position: int) -> str:
        return f"{name}:{output}:{index}"

    def write(self, ops: Iterable[Operation]) -> None:
        self._written = list(ops)
        super().write(self._written)

    def groups(self, groups: Iterable[bytes]) -> list[bytes]:
        names = {b"loc:@" + op.name.encode() for op in self._written if op not in self._silent}
        return [group for group in groups if group in names]

    def prune(self, results: Iterable[str]) -> None:
        """Leave out the nodes that no result needs: the indices of what was read from a tape.

        Args:
            results: the names of the outputs, and of the nodes, that are needed.
        """
        needed: set[str] = set()
        inputs = {node.name: node.input for node in self.nodes}
        waiting = list(results)
        while waiting:
            name = waiting.pop().removeprefix("^").partition(":")[0]
            if name in inputs and name not in needed:
                needed.add(name)
                waiting += inputs[name]
        for i in reversed([i for i, node in enumerate(self.nodes) if node.name not in needed]):
            del self.nodes[i]


def write_plain(place: Place, op: Operation, **changes: Any) -> Any:
    """Write an operation as it is, with some attributes changed (None: left out); return the node."""
    inputs = [name for t in op.inputs for name in place.refs(t)]
    found = place.attrs(op) | place.known([t.shape for t in op.outputs]) | changes
    return place.add(
        op.type,
        place.named(op),
        [*inputs, *place.controls(op)],
        op.device,
        **{key: value for key, value in found.items() if value is not None},
    )
