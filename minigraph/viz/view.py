"""`View`: what a picture of a graph shows: boxes, the frames around them, and the arrows between them.

A view is data. It says nothing of shapes, colours or places, so that a picture, a page and a test can read the same one.
"""
from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Iterable

from minigraph.viz import roles, tree
from minigraph.viz.arrows import Arrow, arrows_of, bundled
from minigraph.viz.boxes import Box, box_of_op, box_of_scope, box_of_section
from minigraph.viz.roles import Anatomy
from minigraph.viz.text import amount, within

__all__ = ["View", "Frame", "Section", "graph_of"]

_FORWARD_BOXES = 26         # of a graph that trains; of one that does not, all that the view may have
_GRADIENT_BOXES = 10
_STAGE_BOXES = 6
_CALLS_APART = 4            # more training ops than these are told as one
_DEEPEST_FRAME = 12         # a frame in a frame in a frame…: below this names say where a box is


@dataclass(eq=False)
class Section:
    """A part of the story: the forward pass, or one stage of a training op.

    Attributes:
        stage: such as "forward" or "clipping".
        call: which training op it belongs to, from 1; 0 for none.
        number: its place in the story, from 1; 0 where there is no story to tell.
        title: for the reader.
        ops: the operations drawn in it.
        root: the scopes in it.
        is_open: is it a frame with boxes, instead of one box?
    """
    stage: str
    call: int
    number: int
    title: str
    ops: list[Any]
    root: tree.Scope
    is_open: bool = True


@dataclass(eq=False)
class Frame:
    """A frame around boxes and frames: a section, or an open scope."""
    title: str
    section: Section
    path: str
    parts: list[Any] = field(default_factory=list)
    is_section: bool = False

    def boxes(self) -> list[Box]:
        """The boxes in it, at any depth."""
        found: list[Box] = []
        todo: list[Any] = [self]
        while todo:
            part = todo.pop()
            if isinstance(part, Frame):
                todo.extend(reversed(part.parts))
            else:
                found.append(part)
        return found


class View:
    """What is visible of a graph.

    By default a view tells a story of at most about 60 boxes: the layers, the loss, and the stages of training, each
    folded to what matters. Constants are written into the boxes that use them, a variable is one box together with
    its read and its initialiser, and what only works out a shape is not drawn.

    Args:
        graph: a `Graph`, or something that has a `graph`, such as a Session; by default the default graph.
        depth: opens the scopes down to this depth (0: one box for each stage); by default as many as can be read.
        fold: names of scopes or stages to show as one box.
        unfold: names of scopes or stages to open; those above them are opened too.
        fetches: a tensor, an operation or a name, or a list of them: only what a run of them needs is shown.
        by: "stage" tells the stages of training apart; "scope" goes by names only.
        show_constants, show_helpers, show_init: draws constants, shape computations, initialisers as boxes.
        title: a heading; by default the number of nodes.
        max_boxes: about how many boxes there may be where `depth` is not given.

    Attributes:
        sections: the parts of the story.
        frames: the outermost frames; where a section has no number its frame is not drawn.
        boxes: all boxes.
        arrows: all arrows.
        hidden: how many nodes are not drawn, for each reason.

    Raises:
        ValueError: if `fold` or `unfold` names no scope or stage, or `by` is something else.
        KeyError: if `fetches` names nothing of the graph.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default() as graph:
        ...     x = tf.placeholder(tf.float32, [None, 3], name="x")
        ...     with tf.name_scope("scale"):
        ...         y = tf.multiply(x, 2.0, name="y")
        >>> view = View(graph)
        >>> [(box.title, box.role) for box in view.boxes], view.hidden
        ([('x', 'placeholder'), ('scale/y', 'forward')], {'constant': 1})
        >>> [(a.tail.title, a.head.title, a.label) for a in view.arrows]
        [('x', 'scale/y', '? × 3')]
    """

    def __init__(self, graph: Any = None, *, depth: int | None = None, fold: Iterable[str] = (),
                 unfold: Iterable[str] = (), fetches: Any = None, by: str = "stage", show_constants: bool = False,
                 show_helpers: bool = False, show_init: bool = False, title: str | None = None, max_boxes: int = 56):
        if by not in ("stage", "scope"):
            raise ValueError(f"by must be 'stage' or 'scope', not {by!r}")
        if depth is not None and (not isinstance(depth, int) or depth < 0):
            raise ValueError(f"depth must be a number from 0 on, not {depth!r}")
        self.graph = graph_of(graph)
        wanted = _fetched(self.graph, fetches)
        ops = self.graph.get_operations() if wanted is None else ancestors(self.graph.get_operations(), wanted)
        self.anatomy = Anatomy(self.graph, ops)
        role = self.anatomy.role
        always = set(wanted or ())
        show_init = show_init or any(role[op] == "init" for op in always)
        hides = {"read"} | {r for r, shown in (("constant", show_constants), ("helper", show_helpers),
                                               ("init", show_init)) if not shown}
        self.home = self._homes(hides, always)
        self.drawn = [op for op in ops if self.home[op] is op]
        self.hidden = dict(Counter(role[op] for op in ops if self.home[op] is not op))
        self.sections = self._sections(by)
        self._open(depth, _names(fold), _names(unfold), max_boxes)
        self.boxes: list[Box] = []
        self.frames = [self._frame(section) for section in self.sections]
        self._count_nodes()
        self.arrows: list[Arrow] = bundled(arrows_of(self), self)
        self.title = title if title is not None else (
            f"{amount(len(ops), 'node')} in {amount(len(self.boxes), 'box')}")

    # What is drawn

    def _homes(self, hides: set[str], always: set[Any]) -> dict[Any, Any]:
        """For each operation the one in whose box it is: itself, if it is drawn."""
        role, owner, home = self.anatomy.role, self.anatomy.owner, {}
        for op in reversed(self.anatomy.ops):
            if role[op] not in hides or op in always:
                home[op] = op
            elif op in owner:
                home[op] = owner[op]
            elif role[op] == "init" and op.inputs and role.get(op.inputs[0].op) == "variable":
                home[op] = op.inputs[0].op
            else:
                users = [u for t in op.outputs for u in t.consumers() if u in role] or [
                    u for u in op.control_outputs if u in role]
                home[op] = home[users[0]] if users else op if role[op] == "constant" else None
        return home

    def _sections(self, by: str) -> list[Section]:
        if by == "scope":
            return [Section(roles.FORWARD, 0, 0, "", self.drawn, tree.build(self.drawn))] if self.drawn else []
        part, apart = self.anatomy.part, self.anatomy.calls <= _CALLS_APART
        found: dict[tuple[int, str], list[Any]] = {}
        for op in self.drawn:
            call, stage = part[op]
            found.setdefault((call if apart else min(call, 1), stage), []).append(op)
        order = [roles.FORWARD, *roles.STAGES]
        keys = sorted(found, key=lambda key: (key[0] or (0 if key[1] == roles.FORWARD else self.anatomy.calls + 1),
                                              order.index(key[1]) if key[1] in order else len(order), key[1]))
        names = self._call_names(found) if apart and self.anatomy.calls > 1 else {}
        tells = len(keys) > 1 or any(stage != roles.FORWARD for _, stage in keys)
        sections = []
        for number, (call, stage) in enumerate(keys, 1):
            title = roles.STAGE_TITLES.get(stage, stage)
            title = f"{names[call]}: {title}" if call in names else title
            ops = found[call, stage]
            sections.append(Section(stage, call, number if tells else 0, title, ops, tree.build(ops, stage != roles.FORWARD)))
        return sections

    @staticmethod
    def _call_names(found: dict) -> dict[int, str]:
        names = {}
        for call in sorted({c for c, _ in found if c}):
            scope = tree.common_scope(op.name for (c, _), ops in found.items() if c == call for op in ops)
            names[call] = scope or f"training op {call}"
        return names

    # What is open

    def _open(self, depth: int | None, fold: list[str], unfold: list[str], max_boxes: int) -> None:
        if depth is not None:
            for section in self.sections:
                section.is_open = depth > 0
                tree.open_to_depth(section.root, depth)
        else:
            self._open_what_fits(max_boxes, unfold)
        for name in unfold:
            self._find(name, "unfold")
            for section in self.sections:
                if name == section.stage or section.number and name == str(section.number):
                    section.is_open = section.root.is_open = True
                for scope in _on_the_way(section.root, name):
                    section.is_open = scope.is_open = True
        for name in fold:
            self._find(name, "fold")
            for section in self.sections:
                if name == section.stage:
                    section.is_open = False
                for scope, _ in section.root.walk():
                    if scope.path == name and scope is not section.root:
                        scope.is_open = False

    def _open_what_fits(self, max_boxes: int, unfold: list[str]) -> None:
        others = [s for s in self.sections if s.stage != roles.FORWARD]
        share = min(_FORWARD_BOXES, max_boxes // 2) if others else max_boxes
        for section in others:
            if section.stage not in unfold:
                self._gather(section)
        most = {section: _GRADIENT_BOXES if section.stage == "gradients" else _STAGE_BOXES for section in others}
        needs = sum(min(most[s], len(s.root.entries)) for s in others)
        scale = min(1.0, (max_boxes - share) / max(1, needs))
        for section in self.sections:
            if section.stage in unfold:
                limit = max_boxes
            else:
                limit = int(scale * most[section]) if section in most else share
            section.root.is_open = True
            section.is_open = limit > 1 or len(section.root.entries) == 1
            if section.is_open:
                tree.squeeze(section.root, limit, self._kind, section.stage == roles.FORWARD)
                tree.open_within(section.root, len(section.root.entries) if section.stage == "gradients" else limit)

    def _gather(self, section: Section) -> None:
        """Brings together what names tear apart: the updates, the slot variables, the gradients of one layer."""
        if section.stage == "gradients":
            tree.adopt(section.root)
            return
        kinds: dict[str, list[Any]] = {}
        for op in section.ops:
            kind = self._kind(op)
            if kind is not None:
                kinds.setdefault(kind, []).append(op)
        groups = {kind: ops for kind, ops in kinds.items() if len(ops) > 1}
        if len(section.ops) > _STAGE_BOXES and groups:
            grouped = {op for ops in groups.values() for op in ops}
            section.root = tree.build([op for op in section.ops if op not in grouped], strip=True)
            section.root.entries[:0] = [tree.group_of(kind, ops) for kind, ops in groups.items()]

    def _kind(self, op: Any) -> str | None:
        """What operations of a stage are called when there are many."""
        role = self.anatomy.role[op]
        if role in ("update", "summary") and op.type != "MergeSummary":
            return op.type
        if role == "variable" and self.anatomy.part[op][1] == "apply":
            return "slot variables"
        return None

    def _find(self, name: str, argument: str) -> None:
        """Raises where there is no scope or stage of that name."""
        known = {s.stage for s in self.sections} | {str(s.number) for s in self.sections}
        for op in self.anatomy.ops:
            if op.name == name or op.name.startswith(name + "/"):
                return
            known.add(op.name.rpartition("/")[0])
        known |= {scope.path for s in self.sections for scope, _ in s.root.walk()}
        if name not in known:
            close = difflib.get_close_matches(name, [k for k in known if k], 3)
            hint = f" Did you mean {' or '.join(map(repr, close))}?" if close else ""
            raise ValueError(f"{argument}: the graph has no scope or stage named {name!r}.{hint}")

    # Boxes

    def _frame(self, section: Section) -> Frame:
        frame = Frame(section.title, section, section.root.path, is_section=True)
        if not section.is_open:
            self._add(frame, box_of_section(self, section))
            return frame
        todo: list[tuple[tree.Scope, Frame, int]] = [(section.root, frame, 0)]
        while todo:
            scope, around, depth = todo.pop()
            deeper = []
            for entry in scope.entries:
                if not isinstance(entry, tree.Scope):
                    self._add(around, box_of_op(self, entry, section, around.path))
                elif not entry.is_open:
                    self._add(around, box_of_scope(self, entry, section, around.path))
                elif depth < _DEEPEST_FRAME and not entry.is_group:
                    inner = Frame(within(entry.path, around.path), section, entry.path)
                    around.parts.append(inner)
                    deeper.append((entry, inner, depth + 1))
                else:
                    deeper.append((entry, around, depth))
            todo.extend(reversed(deeper))
        return frame

    def _add(self, frame: Frame, box: Box) -> None:
        box.id = f"n{len(self.boxes)}"
        self.boxes.append(box)
        frame.parts.append(box)

    def _count_nodes(self) -> None:
        self.box_of = {op: box for box in self.boxes for op in box.ops}
        for home in self.home.values():
            box = self.box_of.get(home)
            if box is not None:
                box.nodes += 1

    def __repr__(self) -> str:
        return f"<View: {self.title}>"


def graph_of(source: Any) -> Any:
    """Gives the graph of a Graph, Session, Tensor, Operation…; of None the default graph."""
    if source is None:
        from minigraph.graph.context import get_default_graph
        return get_default_graph()
    if hasattr(source, "get_operations"):
        return source
    graph = getattr(source, "graph", None)
    if graph is None or not hasattr(graph, "get_operations"):
        raise TypeError(f"a tf.Graph was expected, or something with a graph, not {source!r} of type "
                        f"{type(source).__name__}")
    return graph


def _names(given: Any) -> list[str]:
    return [name.rstrip("/") for name in ([given] if isinstance(given, str) else given or ())]


def _on_the_way(root: tree.Scope, name: str) -> list[tree.Scope]:
    """The scopes to open so that the entries of `name` are seen."""
    above = {id(root): [root]}
    best: list[tree.Scope] = []
    for scope, _ in root.walk():
        for entry in scope.entries:
            if isinstance(entry, tree.Scope):
                above[id(entry)] = above[id(scope)] + [entry]
        if scope is not root and not best and (scope.path == name or scope.path.startswith(name + "/")):
            best = above[id(scope)]
    return best


def _fetched(graph: Any, fetches: Any) -> list[Any] | None:
    """The operations that are fetched; None where all are wanted."""
    if fetches is None:
        return None
    found, todo = [], [fetches]
    while todo:
        fetch = todo.pop()
        if isinstance(fetch, dict):
            todo.extend(fetch.values())
        elif isinstance(fetch, (list, tuple, set)):
            todo.extend(fetch)
        else:
            element = graph.as_graph_element(fetch)
            found.append(element if hasattr(element, "inputs") else element.op)
    return found


def ancestors(ops: list[Any], wanted: list[Any]) -> list[Any]:
    """Those of `ops` (in creation order) that a run of `wanted` needs."""
    needed = set(wanted)
    for op in reversed(ops):
        if op in needed:
            needed.update(t.op for t in op.inputs)
            needed.update(op.control_inputs)
    return [op for op in ops if op in needed]
