"""The nodes of a GraphDef or FunctionDef as they refer to each other, and a legal order of them."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from minigraph.graph.graph_scopes import valid_op_name

__all__ = ["Node", "in_order", "nodes_of", "parsed"]


class Node:
    """A node of the file, or a loop that stands for many.

    Attributes:
        name: its name in the file.
        op: its type.
        data: its inputs, each as the name of a node and the index of its output.
        control: the names of the nodes for which it waits.
        attr: the attributes, messages by name.
        device: the requested device.
        loop: for a loop, its parts (see `import_loops`).
    """

    __slots__ = ("name", "op", "data", "control", "attr", "device", "loop")

    def __init__(
        self,
        name: str,
        op: str,
        data: list[tuple[str, int]],
        control: list[str],
        attr: Mapping[str, Any] | None = None,
        device: str = "",
        loop: Any = None,
    ):
        self.name, self.op, self.data, self.control = name, op, data, control
        self.attr: Mapping[str, Any] = attr or {}
        self.device, self.loop = device, loop

    def sources(self) -> list[str]:
        """Return the names of the nodes that must come before it."""
        return [name for name, _ in self.data] + self.control


def parsed(text: str) -> tuple[str, int]:
    """Return the name and the index in an input such as "a" or "a:1"; -1 for a control input "^a".

    Raises:
        ValueError: if the index is not a number.
    """
    if text.startswith("^"):
        return text[1:], -1
    name, colon, index = text.rpartition(":")
    if not colon:
        return text, 0
    if not (index.isascii() and index.isdigit()) or len(index) > 9:
        raise ValueError(text)
    return name, int(index)


def nodes_of(messages: Iterable[Any], read: Callable[[str], tuple[str, int]] = parsed) -> dict[str, Node]:
    """Return the nodes of a list of NodeDefs by name, in their order.

    Args:
        messages: the NodeDefs.
        read: returns the name and the index that an input spells.

    Raises:
        ValueError: for a name that is invalid or not unique, and for inputs that cannot be read.
    """
    found: dict[str, Node] = {}
    for message in messages:
        name = message.name
        if not valid_op_name(name):
            raise ValueError(f"Node '{name}': Node name contains invalid characters")
        if name in found:
            raise ValueError(f"Node '{name}' is not unique")
        data: list[tuple[str, int]] = []
        control: list[str] = []
        for text in message.input:
            try:
                source, index = read(text)
            except ValueError:
                raise ValueError(f"Node '{name}': Unknown input node '{text}'") from None
            if index < 0:
                control.append(source)
            elif control:
                raise ValueError(f"Node '{name}': Control dependencies must come after regular dependencies")
            else:
                data.append((source, index))
        found[name] = Node(name, message.op, data, control, message.attr, message.device)
    return found


def in_order(nodes: Mapping[str, Node], is_back_edge: Callable[[Node, str], bool] | None = None) -> list[Node]:
    """Return nodes in a legal order: of those that may be next, the first of the file.

    Args:
        nodes: by name; sources that are not among them are there already.
        is_back_edge: says of a node and a source of it that the source comes later.

    Raises:
        ValueError: if there is a cycle.
    """
    names = list(nodes)
    at = {name: i for i, name in enumerate(names)}
    users: dict[str, list[str]] = {name: [] for name in names}
    waits: Counter[str] = Counter()
    for node in nodes.values():
        for source in dict.fromkeys(node.sources()):
            if source in users and not (is_back_edge is not None and is_back_edge(node, source)):
                users[source].append(node.name)
                waits[node.name] += 1
    ready = [at[name] for name in names if not waits[name]]
    heapq.heapify(ready)
    found: list[Node] = []
    while ready:
        name = names[heapq.heappop(ready)]
        found.append(nodes[name])
        for user in users[name]:
            waits[user] -= 1
            if not waits[user]:
                heapq.heappush(ready, at[user])
    if len(found) != len(names):
        raise ValueError(f"{len(names) - len(found)} nodes in a cycle")
    return found
