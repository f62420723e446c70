"""`View`: what a picture of a graph shows: boxes, the frames around them, and the arrows between them.

A view is data. It says nothing of shapes, colours or places, so that a picture, a page and a test can read
the same one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from minigraph.graph.displayed import Displayed
from minigraph.graph.text import amount
from minigraph.graph.traces import format_where
from minigraph.reading.roles import Anatomy
from minigraph.reading.scopes import variable_scopes
from minigraph.viz.text import within
from minigraph.viz.view import focus, folding, tree
from minigraph.viz.view.arrows import Arrow, arrows_of, bundled
from minigraph.viz.view.boxes import Box, box_of_op, box_of_scope, box_of_section
from minigraph.viz.view.overlay import Added, Overlay, overlays_of
from minigraph.viz.view.reads import Reads
from minigraph.viz.view.sections import Section, sections_of
from minigraph.viz.view.union import Union, difference

__all__ = ["View", "Frame", "Section", "program_of"]

_DEEPEST_FRAME = 12  # a frame in a frame in a frame…: below this names say where a box is


@dataclass(eq=False)
class Frame:
    """A frame around boxes and frames: a section, or an open scope; `is_variable_scope` tells the kind of the scope."""

    title: str
    section: Section
    path: str
    parts: list[Any] = field(default_factory=list)
    is_section: bool = False
    is_variable_scope: bool = False

    def boxes(self) -> list[Box]:
        """Return the boxes in it, at any depth."""
        return [part for part in self._all_parts() if not isinstance(part, Frame)]

    def scopes(self) -> list[Frame]:
        """Return the frames of scopes in it, at any depth."""
        return [part for part in self._all_parts() if isinstance(part, Frame)]

    def _all_parts(self) -> Iterator[Any]:
        todo = list(reversed(self.parts))
        while todo:
            part = todo.pop()
            yield part
            todo.extend(reversed(part.parts) if isinstance(part, Frame) else ())


class View(Displayed):
    """What is visible of a graph.

    By default a view tells a story of at most about 60 boxes: the layers, the loss, and the stages of
    training, each folded to what matters. Constants are written into the boxes that use them, a variable is
    one box together with its read and its initializer, and what only works out a shape is not drawn.

    Args:
        graph: a `Graph`, or something that has a `graph`, such as a Session; by default the default graph. What a
            report with `highlights` has found is marked.
        depth: opens the scopes down to this depth (0: one box for each stage); by default as many as can be
            read.
        fold: names of scopes or stages to show as one box.
        unfold: names of scopes or stages to open; those above them are opened too.
        fetches: a tensor, an operation or a name, or a list of them: only what a run of them needs is shown.
        path: a pair of them: only what lies on a path from the first to the second is shown.
        around: one of them, or a list: only they and their neighbours are shown; of a variable its readers and
            writers.
        by: "stage" tells the stages of training apart; "scope" goes by names only; "role" puts variables,
            operations, updates… apart; "device" and "job" tell apart what asks for different devices, and how many
            bytes are copied from one to another.
        overlay: what to say on top: a `Plan`, a `Trace`, a report, a `Marks`, or a list of them.
        since: another graph, or the number of nodes that this one had (`graph.version`): what is new, gone or
            changed since is marked.
        show_constants, show_helpers, show_init: draws constants, shape computations, initializers as boxes.
        reads: draws which write each read of a variable sees: an arrow leads from the write to the operation that
            computes with what it left, and a line between diamonds joins what comes in any order. All that is drawn
            counts as one run, so give `fetches`. What a read sees where no write comes first stands in its box.
        repeats: draws blocks that are built alike as one box, "block × 12": always if True, never if False; by
            default where there is too much to show.
        title: a heading; by default the file that made most of it, and the number of nodes.
        max_boxes: about how many boxes there may be where `depth` is not given.

    Attributes:
        sections: the parts of the story.
        frames: the outermost frames; where a section has no number its frame is not drawn.
        boxes: all boxes.
        arrows: all arrows.
        variable_scopes: the names of the scopes that `tf.variable_scope` opened; other frames are mere name scopes.
        hidden: how many nodes are not drawn, for each reason.

    Raises:
        ValueError: if `fold` or `unfold` names no scope or stage, `by` is something else, or there is no
            `path`.
        KeyError: if `fetches`, `path` or `around` names nothing of the graph.
        TypeError: if an overlay is none.

    Example:
        >>> graph = tf.get_default_graph()
        >>> x = tf.placeholder(tf.float32, [None, 3], name="x")
        >>> with tf.name_scope("scale"):
        ...     y = tf.multiply(x, 2.0, name="y")
        >>> view = View(graph)
        >>> [(box.title, box.role) for box in view.boxes], view.hidden
        ([('x', 'placeholder'), ('scale/y', 'forward')], {'constant': 1})
        >>> [(a.tail.title, a.head.title, a.kind) for a in view.arrows]
        [('x', 'scale/y', 'data')]
    """

    def __init__(
        self,
        graph: Any = None,
        *,
        depth: int | None = None,
        fold: Iterable[str] = (),
        unfold: Iterable[str] = (),
        fetches: Any = None,
        path: Any = None,
        around: Any = None,
        by: str = "stage",
        overlay: Any = None,
        since: Any = None,
        reads: bool = False,
        show_constants: bool = False,
        show_helpers: bool = False,
        show_init: bool = False,
        title: str | None = None,
        max_boxes: int = 56,
        repeats: bool | None = None,
    ):
        if depth is not None and (not isinstance(depth, int) or depth < 0):
            raise ValueError(f"depth must be a number from 0 on, not {depth!r}")
        self.graph, overlays = _marked(graph, overlay, since)
        ops, always = _chosen(self.graph, fetches, path, around)
        self.reads = Reads(ops if reads else [])
        overlays.append(self.reads)
        shown = {name for each in overlays for name in each.shown}
        shown_ops = {op for op in ops if op.name in shown} if shown else set()
        self.anatomy = Anatomy(self.graph, self.graph.get_operations()).of(ops)
        role = self.anatomy.role
        show_init = show_init or any(role[op] == "init" for op in always)
        shows = {"constant": show_constants, "helper": show_helpers, "init": show_init}
        hides = {"read", *(kind for kind, on in shows.items() if not on)}
        self.home = self._homes(hides, always | shown_ops)
        self.drawn = [op for op in ops if self.home[op] is op]
        self.hidden = dict(Counter(role[op] for op in ops if self.home[op] is not op))
        self.variable_scopes = variable_scopes(ops)
        self.sections = sections_of(self, by)
        folding.choose(self, depth, fold, unfold, max_boxes, repeats)
        folding.reveal(self, shown_ops)
        self.boxes: list[Box] = []
        self.frames = [self._frame(section) for section in self.sections]
        self._number()
        self.arrows: list[Arrow] = bundled(arrows_of(self, self.reads.edges()), self)
        self._overlay(overlays)
        self.title = title if title is not None else _heading(ops, len(self.boxes))

    # What is drawn

    def _homes(self, hides: set[str], always: set[Any]) -> dict[Any, Any]:
        """Return for each operation the one in whose box it is: itself, if it is drawn."""
        role, owner, home = self.anatomy.role, self.anatomy.owner, {}
        for op in reversed(self.anatomy.ops):
            if role[op] not in hides or op in always:
                home[op] = op
            elif op in owner:
                home[op] = owner[op]
            elif role[op] == "init" and op.inputs and role.get(op.inputs[0].op) == "variable":
                home[op] = op.inputs[0].op
            else:
                user = self._first_user(op)
                alone = role[op] != "init" and "/" not in op.name  # made by the user, for its own sake
                home[op] = home[user] if user is not None else op if alone else None
        return home

    def _first_user(self, op: Any) -> Any:
        """Return who takes its values, else who waits for it, else None."""
        users = (*(user for tensor in op.outputs for user in tensor.consumers()), *op.control_outputs)
        return next((user for user in users if user in self.anatomy.role), None)

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
                    inner.is_variable_scope = entry.path in self.variable_scopes
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
        """Sort the boxes by creation, and count what is in them."""
        place = {op: i for i, op in enumerate(self.anatomy.ops)}
        self.boxes.sort(key=lambda box: place[box.ops[0]])
        for number, box in enumerate(self.boxes):
            box.id = f"n{number}"
        self.box_of = {op: box for box in self.boxes for op in box.ops}
        for home in self.home.values():
            if home in self.box_of:
                self.box_of[home].nodes += 1

    def _overlay(self, overlays: list[Any]) -> None:
        if not overlays:
            return
        inside: dict[Any, list[Any]] = {box: [] for box in self.boxes}
        for op, home in self.home.items():
            if home in self.box_of:
                inside[self.box_of[home]].append(op)
        for overlay in overlays:
            for box, ops in inside.items():
                overlay.on_box(box, ops)
            for arrow in self.arrows:
                overlay.on_arrow(arrow)

    def __repr__(self) -> str:
        return f"<View: {self.title}>"


def _marked(source: Any, overlay: Any, since: Any) -> tuple[Any, list[Overlay]]:
    """Return the graph to draw, and what to say on top: what was asked for, what a report found, what is new."""
    graph = focus.graph_of(source)
    report = source if isinstance(getattr(source, "highlights", None), dict) else None
    overlays = overlays_of([report, overlay])
    if since is not None:
        graph, added = _compared(graph, since)
        overlays.append(added)
    return graph, overlays


def _chosen(graph: Any, fetches: Any, path: Any, around: Any) -> tuple[list[Any], set[Any]]:
    """Return the operations that the view is about, and those of them that are drawn whatever they are."""
    ops: list[Any] = graph.get_operations()
    always: set[Any] = set()
    if fetches is not None:
        wanted = focus.elements(graph, fetches)
        ops, always = focus.ancestors(ops, wanted), always.union(wanted)
    if path is not None:
        if not isinstance(path, (list, tuple)) or len(path) != 2:
            raise ValueError(f"path must be a pair, where to begin and where to end, not {path!r}")
        begin, end = [focus.elements(graph, each)[0] for each in path]
        ops, always = focus.on_the_paths(ops, begin, end), always | {begin, end}
    if around is not None:
        centres = focus.elements(graph, around)
        ops, always = focus.around(ops, centres), always.union(centres)
    return ops, always


def _compared(graph: Any, since: Any) -> tuple[Any, Added]:
    """Return the graph to draw, which has what is gone too, and the overlay that tells it apart."""
    if isinstance(since, bool) or not isinstance(since, int):
        since = focus.graph_of(since)
        graph, new = Union(graph, since), graph
        return graph, Added(*difference(new, since))
    if since < 0:
        raise ValueError(f"since must be the number of nodes that there were, or another graph, not {since}")
    return graph, Added(*difference(graph, since))


def program_of(ops: list[Any]) -> str:
    """Return the name of the file that made most of some operations; "" for those of a notebook, which has none."""
    places = Counter(format_where(op.where).rpartition(":")[0] for op in ops)
    return next((name for name, _ in places.most_common(1) if name.endswith(".py")), "")


def _heading(ops: list[Any], boxes: int) -> str:
    """Return what a picture is of: the file that made most of it, and how much there is."""
    program = program_of(ops)
    return f"{program}: " * bool(program) + f"{amount(len(ops), 'node')} in {amount(boxes, 'box')}"
