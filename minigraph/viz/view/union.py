"""Two graphs in one picture: the operations of both, those of one name taken for the same."""

from __future__ import annotations

from typing import Any

__all__ = ["Union", "difference"]


class _Output:
    """An output of an operation of the union."""

    def __init__(self, op: _Node, tensor: Any):
        self.op, self._tensor, self._users = op, tensor, []  # type: ignore[var-annotated]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tensor, name)

    def consumers(self) -> list[_Node]:
        """Who takes it, in either graph."""
        return self._users


class _Node:
    """An operation of the union: all is as in its own graph, but its neighbours are of the union."""

    def __init__(self, op: Any):
        self._op = op
        self.outputs = [_Output(self, t) for t in op.outputs]
        self.inputs: tuple[_Output, ...] = ()
        self.control_inputs: list[_Node] = []
        self.control_outputs: list[_Node] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._op, name)


class Union:
    """A graph as pictures read it, made of two.

    Args:
        new, old: the graphs. What both have is taken from `new`.

    Example:
        >>> with tf.Graph().as_default() as old:
        ...     x = tf.negative(tf.placeholder(tf.float32, name="x"), name="y")
        >>> with tf.Graph().as_default() as new:
        ...     x = tf.square(tf.placeholder(tf.float32, name="x"), name="z")
        >>> [op.name for op in Union(new, old).get_operations()], difference(new, old)
        (['x', 'y', 'z'], ({'z'}, {'y'}, set()))
    """

    def __init__(self, new: Any, old: Any):
        self._new = new
        ours = {op.name: op for op in new.get_operations()}
        merged = _merged(list(ours.values()), [op for op in old.get_operations() if op.name not in ours])
        self._nodes = {op.name: _Node(op) for op in merged}
        for node in self._nodes.values():
            self._connect(node)

    def _connect(self, node: _Node) -> None:
        outputs = [self._nodes[t.op.name].outputs for t in node._op.inputs]
        node.inputs = tuple(found[min(t.value_index, len(found) - 1)] for found, t in zip(outputs, node._op.inputs))
        for tensor in dict.fromkeys(node.inputs):
            tensor._users.append(node)
        node.control_inputs = [self._nodes[c.name] for c in node._op.control_inputs]
        for other in node.control_inputs:
            other.control_outputs.append(node)

    def get_operations(self) -> list[Any]:
        """All of both, each after what it takes."""
        return list(self._nodes.values())

    def as_graph_element(self, wanted: Any) -> Any:
        """Return the node of an operation, tensor or name of the new graph, else of that name in the old one."""
        try:
            element = self._new.as_graph_element(wanted)
        except (KeyError, ValueError):
            name = getattr(wanted, "name", wanted)
            if not isinstance(name, str) or name.partition(":")[0] not in self._nodes:
                raise
            return self._nodes[name.partition(":")[0]]
        return self._nodes[(element if hasattr(element, "inputs") else element.op).name]

    def get_collection(self, name: str) -> list[Any]:
        """Return what the new graph's collection holds, as far as it has operations."""
        found = [getattr(getattr(each, "op", each), "name", None) for each in self._new.get_collection(name)]
        return [self._nodes[each] for each in found if each in self._nodes]


def _merged(new: list[Any], gone: list[Any]) -> list[Any]:
    """One legal order: an operation that is gone comes as early as what it takes allows."""
    place: dict[str, float] = {op.name: i for i, op in enumerate(new)}
    for i, op in enumerate(gone):
        before = [place.get(t.op.name, 0) for t in op.inputs] + [place.get(c.name, 0) for c in op.control_inputs]
        place[op.name] = max(before, default=0) + (i + 1) / (len(gone) + 2) / (len(gone) + 2)
    return sorted([*new, *gone], key=lambda op: place[op.name])


def difference(new: Any, old: Any) -> tuple[set[str], set[str], set[str]]:
    """Return the names of the operations that only `new` has, of those that only `old` has, and of those that both
    have with another type or other inputs.

    Args:
        new: a graph.
        old: another, or how many nodes this one had.
    """
    ours = {op.name: op for op in new.get_operations()}
    if isinstance(old, int):
        return set(list(ours)[old:]), set(), set()
    theirs = {op.name: op for op in old.get_operations()}
    changed = {name for name, op in ours.items() if name in theirs and _kind(op) != _kind(theirs[name])}
    return set(ours) - set(theirs), set(theirs) - set(ours), changed


def _kind(op: Any) -> tuple:
    return op.type, [t.name for t in op.inputs], {c.name for c in op.control_inputs}
