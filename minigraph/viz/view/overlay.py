"""What is said on top of a view: a plan, a trace, the findings of a report, what is new.

An overlay marks boxes and arrows with the name of a style, and adds lines to boxes. How a style looks is the
theme's affair. Operations go by name, so that a record of another day still fits.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minigraph.graph.text import amount
from minigraph.runtime.plan import Plan
from minigraph.runtime.tracing.trace import Trace, left_out
from minigraph.viz.text import clipped, name_of, size_text, sizes_text, time_text
from minigraph.viz.view.marks import MARKS

__all__ = ["Overlay", "Marks", "PlanOverlay", "TraceOverlay", "overlays_of"]

_LONGEST_NOTE = 34
_MOST_SHOWN = 24  # marked operations that are drawn as boxes of their own
_HEATS = ((0.25, "heat3"), (0.1, "heat2"), (0.03, "heat1"))  # shares of the time of a run


class Overlay:
    """The base of overlays, which marks nothing; the others mark boxes and arrows and add lines.

    Attributes:
        shown: names of operations that are to be seen as boxes of their own.
    """

    shown: Iterable[str] = ()

    def on_box(self, box: Any, ops: list[Any]) -> None:
        """Mark a box.

        Args:
            box: the box.
            ops: all operations that it stands for, those that are not drawn by themselves included.
        """

    def on_arrow(self, arrow: Any) -> None:
        """Mark an arrow, or say what flows."""


class Marks(Overlay):
    """Operations and edges with a style.

    Args:
        ops: operations, tensors or names.
        edges: pairs of them.
        style: "marked", "bad", "first", "second", "added" or "removed".

    Raises:
        ValueError: for another style.

    Example:
        >>> graph = tf.get_default_graph()
        >>> y = tf.square(tf.placeholder(tf.float32, name="x"), name="y")
        >>> view = tf.viz.View(graph, overlay=Marks(["y"], [("x", "y")], style="bad"))
        >>> [(box.title, box.mark) for box in view.boxes], view.arrows[0].mark
        ([('x', ''), ('y', 'bad')], 'bad')
    """

    def __init__(self, ops: Iterable[Any] = (), edges: Iterable[Any] = (), style: str = "marked"):
        if style not in MARKS:
            raise ValueError(f"style must be one of {', '.join(map(repr, MARKS))}, not {style!r}")
        self._style = style
        self._ops = {name_of(op) for op in ops}
        self._edges = {(name_of(tail), name_of(head)) for tail, head in edges}
        ends = self._ops | {name for edge in self._edges for name in edge}
        self.shown = ends if len(ends) <= _MOST_SHOWN else ()

    def on_box(self, box: Any, ops: list[Any]) -> None:
        count = sum(op.name in self._ops for op in ops)
        if count:
            box.mark = self._style
            if box.kind != "op":
                box.notes.append(f"{MARKS[self._style].words}: {count} of {len(ops)}")

    def on_arrow(self, arrow: Any) -> None:
        if any((tail.name, head.name) in self._edges for tail, head in arrow.edges):
            arrow.mark = self._style


class PlanOverlay(Overlay):
    """A plan: the numbers of the steps, and what does not run, with the reason.

    Args:
        plan: a `Plan`.
    """

    def __init__(self, plan: Plan):
        self._steps = {op.name: i for i, op in enumerate(plan.steps, 1)}
        self._pruned = left_out(plan)

    def on_box(self, box: Any, ops: list[Any]) -> None:
        _grey(box, ops, self._pruned)
        numbers = sorted(self._steps[op.name] for op in ops if op.name in self._steps)
        if numbers:
            several = f"steps {numbers[0]} … {numbers[-1]}" if box.kind != "op" else f"step {numbers[0]}"
            box.notes.append(several)

    def on_arrow(self, arrow: Any) -> None:
        _grey_arrow(arrow, self._pruned)


class TraceOverlay(Overlay):
    """A trace: time, bytes and values of each step, and what did not run.

    Args:
        trace: a `Trace`.
    """

    def __init__(self, trace: Trace):
        self._steps = {step.op: step for step in trace.steps}
        self._changes = {change.name: change for change in trace.variables}
        self._values = trace.values()
        self._pruned, self._total = trace.pruned, max(trace.duration, 1e-9)
        self._failed = trace.error[0] if trace.error else None

    def on_box(self, box: Any, ops: list[Any]) -> None:
        _grey(box, ops, self._pruned)
        steps = [self._steps[op.name] for op in ops if op.name in self._steps]
        if steps:
            self._heat(box, steps)
        if box.kind == "op":
            box.notes += [clipped(note, _LONGEST_NOTE) for note in self._values_of(box.ops[0])]
        if any(op.name == self._failed for op in ops):
            box.mark, box.notes = "bad", [*box.notes, "failed here"]

    def _heat(self, box: Any, steps: list[Any]) -> None:
        """Say how long the steps of a box took and how much they made, and mark it if that is much."""
        lasted = sum(step.duration for step in steps)
        share = lasted / self._total
        size = size_text(sum(v.bytes for step in steps for v in step.outputs))
        box.notes.append(f"{time_text(lasted)} · {size}" + (f" · {share:.0%}" if share >= 0.03 else ""))
        box.mark = next((mark for least, mark in _HEATS if share >= least), box.mark)

    def _values_of(self, op: Any) -> list[str]:
        change = self._changes.get(op.name)
        if change is not None:
            return _told_of(change)
        known = [self._values[t.name] for t in op.outputs if t.name in self._values]
        return ["= " + v.text for v in known[:2] if v.text]

    def on_arrow(self, arrow: Any) -> None:
        _grey_arrow(arrow, self._pruned)
        if arrow.kind == "data" and len(arrow.sources) == 1:
            values = self._taken(next(iter(arrow.sources)).name, arrow.edges)
            labels = {v.text if not v.shape and v.text else sizes_text(v.shape) for v in values if v.shape is not None}
            if len(labels) == 1:
                arrow.label = labels.pop()

    def _taken(self, name: str, edges: Any) -> list[Any]:
        """Return the values of a tensor that the operations at the ends of edges took: of a variable what was in it."""
        steps = [self._steps[head.name] for _, head in edges if head.name in self._steps]
        found = [step.found[name] for step in steps if name in step.found]
        return found or ([self._values[name]] if name in self._values else [])


def _told_of(change: Any) -> list[str]:
    """Return what a run has made of a variable, in words."""
    before, after = [v.text if v is not None else "no value" for v in (change.before, change.after)]
    if not before and not after:
        return ["written"] if change.written_by else []
    return [f"before {before}", f"after {after}"] if change.written_by else [before]


def _grey(box: Any, ops: list[Any], pruned: dict[str, str]) -> None:
    reasons = [pruned[op.name] for op in ops if op.name in pruned]
    if box.kind == "op":
        reason = pruned.get(box.ops[0].name)
        if reason:
            box.mark = "left_out"
            box.notes.append(reason)
    elif reasons:
        box.mark = "left_out" if len(reasons) == len(ops) else box.mark
        box.notes.append("does not run" if len(reasons) == len(ops) else f"{len(reasons)} of {len(ops)} do not run")


def _grey_arrow(arrow: Any, pruned: dict[str, str]) -> None:
    if all(tail.name in pruned or head.name in pruned for tail, head in arrow.edges):
        arrow.mark = "left_out"


class Added(Overlay):
    """What is new, gone or changed: see `View`, `since`.

    Args:
        added, removed, changed: names of operations.
    """

    def __init__(self, added: set[str], removed: set[str], changed: set[str]):
        self._parts = (("added", added, "new"), ("removed", removed, "gone"), ("changed", changed, "changed"))

    def on_box(self, box: Any, ops: list[Any]) -> None:
        for mark, names, word in self._parts:
            count = sum(op.name in names for op in ops)
            if box.kind == "op" and box.ops[0].name in names or count == len(ops):
                box.mark = mark
            elif count:
                box.mark = box.mark or "changed"
                box.notes.append(f"{count} of {amount(len(ops), 'node')} {word}")

    def on_arrow(self, arrow: Any) -> None:
        for mark, names, _ in self._parts[:2]:
            if all(tail.name in names or head.name in names for tail, head in arrow.edges):
                arrow.mark = mark


def overlays_of(given: Any) -> list[Overlay]:
    """Return the overlays that an argument stands for.

    Args:
        given: an `Overlay`, a `Plan`, a `Trace`, a `RunMetadata` that has one, a report with `highlights`, or a list
            of them; None for nothing.

    Raises:
        TypeError: if it is something else.
    """
    if given is None:
        return []
    if isinstance(given, (list, tuple)):
        return [overlay for each in given for overlay in overlays_of(each)]
    return [_overlay_of(given)]


def _overlay_of(given: Any) -> Overlay:
    """Return the overlay that one thing stands for; see `overlays_of`."""
    if isinstance(given, Overlay):
        return given
    if isinstance(given, Plan):
        return PlanOverlay(given)
    if isinstance(given, Trace):
        return TraceOverlay(given)
    if getattr(given, "trace", None) is not None and hasattr(given, "step_stats"):
        return TraceOverlay(given.trace)
    highlights = getattr(given, "highlights", None)
    if isinstance(highlights, dict):
        return Marks(highlights.get("ops", ()), highlights.get("edges", ()), highlights.get("style", "bad"))
    raise TypeError(
        "overlay must be a Plan, a Trace, a report with highlights or a viz.Overlay, not "
        f"{given!r} of type {type(given).__name__}"
    )
