"""`View`: what a picture of a graph shows: boxes, the frames around them, and the arrows between them.

A view is data. It says nothing of shapes, colours or places, so that a picture, a page and a test can read
the same one.
"""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Iterable

from minigraph.viz import folding, roles, tree
from minigraph.viz.arrows import Arrow, arrows_of, bundled
from minigraph.viz.boxes import Box, box_of_op, box_of_scope, box_of_section
from minigraph.viz.roles import Anatomy
from minigraph.viz.text import amount, within

__all__ = ["View", "Frame", "Section", "graph_of"]

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

    By default a view tells a story of at most about 60 boxes: the layers, the loss, and the stages of
    training, each folded to what matters. Constants are written into the boxes that use them, a variable is
    one box together with its read and its initialiser, and what only works out a shape is not drawn.

    Args:
        graph: a `Graph`, or something that has a `graph`, such as a Session; by default the default graph.
        depth: opens the scopes down to this depth (0: one box for each stage); by default as many as can be
            read.
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
        >>> [(a.tail.title, a.head.title, a.kind) for a in view.arrows]
        [('x', 'scale/y', 'data')]
    """

    def __init__(self, graph: Any = None, *, depth: int | None = None, fold: Iterable[str] = (),
                 unfold: Iterable[str] = (), fetches: Any = None, by: str = "stage",
                 show_constants: bool = False, show_helpers: bool = False, show_init: bool = False,
                 title: str | None = None, max_boxes: int = 56):
        if by not in ("stage", "scope"):
            raise ValueError(f"by must be 'stage' or 'scope', not {by!r}")
        if depth is not None and (not isinstance(depth, int) or depth < 0):
            raise ValueError(f"depth must be a number from 0 on, not {depth!r}")
        self.graph = graph_of(graph)
        wanted = _fetched(self.graph, fetches)
        ops = self.graph.get_operations()
        ops = ops if wanted is None else ancestors(ops, wanted)
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
        folding.choose(self, depth, fold, unfold, max_boxes)
        self.boxes: list[Box] = []
        self.frames = [self._frame(section) for section in self.sections]
        self._number()
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
                alone = role[op] != "init" and "/" not in op.name       # made by the user, for its own sake
                home[op] = home[users[0]] if users else op if alone else None
        return home

    def _sections(self, by: str) -> list[Section]:
        if by == "scope":
            return [Section(roles.FORWARD, 0, 0, "", self.drawn,
                            tree.build(self.drawn))] if self.drawn else []
        part, apart = self.anatomy.part, self.anatomy.calls <= _CALLS_APART
        found: dict[tuple[int, str], list[Any]] = {}
        for op in self.drawn:
            call, stage = part[op]
            found.setdefault((call if apart else min(call, 1), stage), []).append(op)
        order = {stage: i for i, stage in enumerate([roles.FORWARD, *roles.STAGES])}
        last = self.anatomy.calls + 1           # summaries of no training op are told at the end

        def place(key: tuple[int, str]) -> tuple:
            call, stage = key
            return call or (0 if stage == roles.FORWARD else last), order.get(stage, len(order)), stage

        keys = sorted(found, key=place)
        made: dict[int, list[str]] = {call: [] for call, _ in keys if call}
        for (call, _), ops in found.items():
            made.get(call, []).extend(op.name for op in ops if op.stage is not None)
        scopes = {call: tree.common_scope(names) for call, names in made.items()}
        tells = len(keys) > 1 or any(stage != roles.FORWARD for _, stage in keys)
        sections = []
        for number, (call, stage) in enumerate(keys, 1):
            title, ops = roles.STAGE_TITLES.get(stage, stage), found[call, stage]
            if call and len(scopes) > 1:
                title = f"{scopes[call] or self._train_op(call)}: {title}"
            path = tree.common_scope(op.name for op in ops) if stage == "gradients" else scopes.get(call, "")
            sections.append(Section(stage, call, number if tells else 0, title, ops, tree.build(ops, path)))
        return sections

    def _train_op(self, call: int) -> str:
        """A name for a training op whose parts have no scope in common."""
        role, part = self.anatomy.role, self.anatomy.part
        found = [op.name for op in self.drawn if role[op] == "train_op" and part[op][0] == call]
        return found[-1] if found else f"training op {call}"

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
        self.boxes.append(box)
        frame.parts.append(box)

    def _number(self) -> None:
        """Puts the boxes into the order of creation, and counts what is in them."""
        place = {op: i for i, op in enumerate(self.anatomy.ops)}
        self.boxes.sort(key=lambda box: place[box.ops[0]])
        for number, box in enumerate(self.boxes):
            box.id = f"n{number}"
        self.box_of = {op: box for box in self.boxes for op in box.ops}
        for home in self.home.values():
            if home in self.box_of:
                self.box_of[home].nodes += 1

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
