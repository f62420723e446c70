"""Loops of control flow version 1, found among the nodes of a GraphDef: each becomes a node that `While` is made from.

In the file a loop is a *frame*: `Enter` leads into it, `Exit` out of it; each variable has a `Merge` of its `Enter` and
its `NextIteration`, and a `Switch` by the `LoopCond`. A graph here has no cycles, so these nodes are taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from minigraph.interop.import_nodes import Node, in_order

__all__ = ["Loop", "Variable", "collapsed"]

_ENTERS, _EXITS = ("Enter", "RefEnter"), ("Exit", "RefExit")
_NEXT = ("NextIteration", "RefNextIteration")
_MERGES, _SWITCHES = ("Merge", "RefMerge"), ("Switch", "RefSwitch")


class Variable(NamedTuple):
    """A variable of a loop."""

    enter: Node
    merge: Node
    next: Node
    switch: Node | None
    exits: list[Node]


class Loop(NamedTuple):
    """The parts of a loop.

    Attributes:
        frame: its name.
        pred: the output that says whether to go on.
        variables: what changes, or may change, from turn to turn.
        invariants: the `Enter` nodes of what does not.
        nodes: the nodes of the condition and of the body, by name.
        parallel_iterations: recorded, as in TF1.
    """

    frame: str
    pred: tuple[str, int]
    variables: list[Variable]
    invariants: list[Node]
    nodes: dict[str, Node]
    parallel_iterations: int


class _Frames:
    """Which frame each node belongs to: () for none, else the frames from the outside in."""

    def __init__(self, nodes: Mapping[str, Node]):
        self.nodes = nodes
        self.of: dict[str, tuple[str, ...]] = {}
        for node in in_order(nodes, self._is_back_edge):
            self.of[node.name] = self._frame(node)

    def _is_back_edge(self, node: Node, source: str) -> bool:
        return node.op in _MERGES and self.nodes[source].op in _NEXT

    def _frame(self, node: Node) -> tuple[str, ...]:
        """Return the frame of a node whose sources have theirs: the innermost of these, unless it enters or leaves."""
        found = max((self.of[name] for name in node.sources() if name in self.of), key=len, default=())
        for name in node.sources():
            other = self.of.get(name, ())
            if other != found[: len(other)]:
                raise ValueError(f"Node '{node.name}' has inputs from different frames.")
        if node.op in _ENTERS:
            return (*found, node.attr["frame_name"].s.decode(errors="replace") if "frame_name" in node.attr else "")
        if node.op in _EXITS:
            if not found:
                raise ValueError(f"Node '{node.name}' leaves a frame, but is in none.")
            return found[:-1]
        return found


def collapsed(nodes: dict[str, Node]) -> dict[str, Node]:
    """Return the nodes with one node in the place of each loop, the inner ones inside; `Exit` becomes `Identity`.

    Raises:
        ValueError: if a frame is not a loop as TensorFlow builds it.
    """
    if not any(node.op in (*_ENTERS, *_NEXT, *_EXITS, "LoopCond") for node in nodes.values()):
        return nodes
    frames = _Frames(nodes)
    nodes = dict(nodes)
    inside: dict[tuple[str, ...], dict[str, Node]] = {}
    for name, frame in frames.of.items():
        inside.setdefault(frame, {})[name] = nodes[name]
    exits: dict[tuple[str, int], list[Node]] = {}
    for node in nodes.values():
        if node.op in _EXITS:
            exits.setdefault(node.data[0] if node.data else ("", 0), []).append(node)
    for frame in sorted(inside, key=len, reverse=True):
        if frame:
            around = inside.setdefault(frame[:-1], {})
            _take_out(frame, inside[frame], around, exits)
    order = {name: i for i, name in enumerate(nodes)}
    left = inside.get((), {})
    return dict(sorted(left.items(), key=lambda pair: order[pair[0]] if pair[0] in order else _first(pair[1], order)))


def _first(node: Node, order: Mapping[str, int]) -> int:
    """Return the position of a loop: that of the first node that enters it."""
    enters = [v.enter for v in node.loop.variables] + node.loop.invariants
    return min((order[each.name] for each in enters), default=0)


def _take_out(frame: tuple[str, ...], inside: dict[str, Node], around: dict[str, Node], exits: Mapping) -> None:
    """Put a node for a loop, and what follows its exits, among the nodes of the frame around it."""
    switches: dict[tuple[str, int], list[Node]] = {}
    for node in inside.values():
        if node.op in _SWITCHES and _by_loop(node, inside):
            switches.setdefault(node.data[0], []).append(node)
    heads = [node for node in inside.values() if _is_head(node, inside)]
    variables = [_variable(node, inside, switches.get((node.name, 0), []), exits) for node in heads]
    conditions = [node for node in inside.values() if node.op == "LoopCond"]
    if len(conditions) != 1 or not variables or len(conditions[0].data) != 1:
        raise ValueError(f"The frame '{frame[-1]}' is not a while loop: it has {len(conditions)} LoopCond nodes.")
    passed = {v.merge.name for v in variables} | {v.switch.name for v in variables if v.switch}
    entered = {v.enter.name for v in variables}
    leaving = {(v.switch.name, 0): i for i, v in enumerate(variables) if v.switch}
    after = _behind(inside, leaving)
    structure = (*_ENTERS, *_NEXT, *_EXITS, "LoopCond")
    rest = {n: node for n, node in inside.items() if node.op not in structure and n not in passed and n not in after}
    invariants = [node for node in inside.values() if node.op in _ENTERS and node.name not in entered]
    iterations = variables[0].enter.attr
    count = iterations["parallel_iterations"].i if "parallel_iterations" in iterations else 10
    loop = Loop(frame[-1], conditions[0].data[0], variables, invariants, rest, count)
    name = _free_name(frame[-1], around)
    enters = [v.enter for v in variables] + invariants
    control = dict.fromkeys(each for enter in enters for each in enter.control)
    around[name] = Node(name, "While", [_source(enter) for enter in enters], list(control), loop=loop)
    moved = [*after.values(), *[each for v in variables for each in v.exits]]
    moved += [each for node in after.values() for i in (0, 1) for each in exits.get((node.name, i), ())]
    for node in moved:
        data = [(name, leaving[each]) if each in leaving else each for each in node.data]
        op = "Identity" if node.op in _EXITS else node.op
        attr = {key: value for key, value in node.attr.items() if op != "Identity" or key == "T" or key[:1] == "_"}
        control = dict.fromkeys(each for each in node.control if each not in inside or each in after)
        around[node.name] = Node(node.name, op, data, list(control), attr, node.device, node.loop)


def _source(enter: Node) -> tuple[str, int]:
    if len(enter.data) != 1:
        raise ValueError(f"NodeDef expected one input; {enter.name} has {len(enter.data)}")
    return enter.data[0]


def _is_head(node: Node, inside: Mapping[str, Node]) -> bool:
    return node.op in _MERGES and any(name in inside and inside[name].op in _NEXT for name, _ in node.data)


def _variable(merge: Node, inside: Mapping[str, Node], switches: list[Node], exits: Mapping) -> Variable:
    sources = [inside[name] for name, _ in merge.data if name in inside]
    enters = [node for node in sources if node.op in _ENTERS]
    nexts = [node for node in sources if node.op in _NEXT]
    if len(enters) != 1 or len(nexts) != 1 or len(switches) > 1 or len(nexts[0].data) != 1:
        raise ValueError(f"Node '{merge.name}' does not merge the values of a loop variable.")
    switch = switches[0] if switches else None
    return Variable(enters[0], merge, nexts[0], switch, list(exits.get((switch.name, 0), ())) if switch else [])


def _by_loop(switch: Node, inside: Mapping[str, Node]) -> bool:
    """Return True if the condition of the loop decides a switch."""
    pred = inside.get(switch.data[1][0]) if len(switch.data) == 2 else None
    return pred is not None and pred.op == "LoopCond"


def _behind(inside: Mapping[str, Node], leaving: Mapping[tuple[str, int], Any]) -> dict[str, Node]:
    """Return the nodes of a frame, other than exits, that take what leaves the loop: they run once, at its end."""
    found: dict[str, Node] = {}
    size = -1
    while size != len(found):
        size = len(found)
        for node in inside.values():
            taken = any(each in leaving or each[0] in found for each in node.data)
            if taken and node.op not in _EXITS and node.name not in found:
                found[node.name] = node
    return found


def _free_name(name: str, taken: Mapping[str, Node]) -> str:
    found, count = name, 0
    while found in taken:
        count += 1
        found = f"{name}_{count}"
    return found
