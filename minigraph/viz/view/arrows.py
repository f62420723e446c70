"""The arrows of a picture: tensors that flow, variables that are written, operations that wait, reads of writes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from minigraph.graph.text import amount
from minigraph.runtime.access import refs_written
from minigraph.viz.text import bytes_text, clipped, tensor_text
from minigraph.viz.view.boxes import Box

__all__ = ["Arrow", "arrows_of", "bundled"]


_WORDS = {"read": "sees {}", "race": "{}: any order"}
_TOOLTIPS = {
    "data": "",
    "write": "written by the target:\n",
    "control": "must run first:\n",
    "read": "the target sees what this leaves in:\n",
    "race": "read and written in any order:\n",
}


@dataclass(eq=False)
class Arrow:
    """What goes from one box (or section) to another.

    Attributes:
        tail, head: the boxes.
        kind: "data", "write" (the head's operation writes the tail's variable), "control", "read" (the head sees what
            the tail has left in a variable) or "race" (nothing orders a read and a write).
        sources: the tensors, for "control" the operations, for "read" and "race" the variables, each once.
        from_section, to_section: set where the arrow begins or ends at the frame of a section.
        what: words for the one thing that flows, where the arrow's beginning does not say it.
        edges: the edges of the graph that it stands for, as pairs of operations.
        mark: the name of the style that an overlay gives it, see `MARKS`; or "".
        label: what stands beside it: a shape where there is one tensor, else how many there are.
    """

    tail: Box
    head: Box
    kind: str
    sources: dict[Any, None] = field(default_factory=dict)
    from_section: Any = None
    to_section: Any = None
    what: str = ""
    edges: dict[tuple[Any, Any], None] = field(default_factory=dict)
    mark: str = ""
    label: str = ""

    def words(self) -> str:
        """Return a shape where there is one tensor, else how many there are."""
        count = len(self.sources)
        if self.kind == "control":
            return self.what and self.what + " first" if count == 1 else amount(count, "op") + " first"
        if self.kind == "write":
            return ("writes " + self.what).strip() if count == 1 else "writes " + amount(count, "variable")
        if self.kind in _WORDS:
            what = clipped(next(iter(self.sources)).name) if count == 1 else amount(count, "variable")
            return _WORDS[self.kind].format(what)
        if self.tail.section.is_device and self.tail.section is not self.head.section:
            return f"{amount(count, 'tensor')} · {bytes_text(self.sources)}"  # each is copied once for all who take it
        return amount(count, "tensor") if count > 1 else self._words_of_tensor()

    def _words_of_tensor(self) -> str:
        if self.what:
            return self.what
        text = tensor_text(next(iter(self.sources)))
        return "" if text == "scalar" or text in self.tail.lines else text

    def tooltip(self) -> str:
        """Return the names of what flows."""
        names = [f"{s.name}: {tensor_text(s)}" if hasattr(s, "dtype") else s.name for s in self.sources]
        more = [f"… {len(names)} in all"] if len(names) > 12 else []
        return _TOOLTIPS[self.kind] + "\n".join(names[:12] + more)


def arrows_of(view: Any, more: Iterable[tuple[Any, Any, Any, str]] = ()) -> list[Arrow]:
    """Return all arrows between different boxes of a view, one for each pair of boxes and kind.

    Args:
        view: the view.
        more: edges beside those of the graph: what flows, from which operation, to which, and the kind.
    """
    found: dict[tuple[int, int, str], Arrow] = {}
    box_of, home = view.box_of, view.home
    for source, of, target, kind in itertools.chain(_edges(view), more):
        tail, head = box_of.get(home.get(of)), box_of.get(home.get(target))
        if tail is not None and head is not None and tail is not head:
            key = (id(tail), id(head), kind)
            if key not in found:
                found[key] = Arrow(tail, head, kind)
            arrow = found[key]
            arrow.sources[source] = arrow.edges[of, target] = None
    return list(found.values())


def _edges(view: Any) -> Iterator[tuple[Any, Any, Any, str]]:
    """Yield what flows, from which operation, to which, and as what; initializers that are not drawn tell nothing."""
    for op in view.anatomy.ops:
        if _is_hidden_init(op, view):
            continue
        if _carries_data(op, view):
            writes = refs_written(op)
            for i, tensor in enumerate(op.inputs):
                if _carries_data(tensor.op, view):
                    yield tensor, tensor.op, op, "write" if i in writes else "data"
        for first in op.control_inputs:
            if first in view.anatomy.role and not _is_hidden_init(first, view):
                yield first, first, op, "control"


def _is_hidden_init(op: Any, view: Any) -> bool:
    return view.anatomy.role[op] == "init" and view.home[op] is not op


def _carries_data(op: Any, view: Any) -> bool:
    """Return True if arrows show the data of an operation: it is drawn, or is the read of a variable."""
    return view.home.get(op) is op or view.anatomy.role.get(op) == "read"


def bundled(arrows: list[Arrow], view: Any) -> list[Arrow]:
    """Bundle the arrows between the same two sections into one, so that the story is not lost in lines.

    At the forward part arrows end at its frame always: lines from a stage to one of its boxes would cross the
    others.
    """
    between: dict[tuple[int, int, str], list[Arrow]] = {}
    result: list[Arrow] = []
    for arrow in arrows:
        tail, head = arrow.tail.section, arrow.head.section
        if tail is head:
            result.append(arrow)
        else:
            between.setdefault((id(tail), id(head), arrow.kind), []).append(arrow)
    position = {box: i for i, box in enumerate(view.boxes)}
    result += [_merged(several, position, view) for several in between.values()]
    for arrow in result:
        arrow.label = arrow.words()
    return result


def _merged(several: list[Arrow], position: dict[Box, int], view: Any) -> Arrow:
    """Return one arrow for several between the same sections: from the last of the tails to the first of the heads."""
    tail = max((a.tail for a in several), key=position.__getitem__)
    head = min((a.head for a in several), key=position.__getitem__)
    merged = Arrow(tail, head, several[0].kind)
    for arrow in several:
        merged.sources.update(arrow.sources)
        merged.edges.update(arrow.edges)
    if len(several) > 1 or not tail.section.call:
        merged.from_section = tail.section
    if len(several) > 1 or not head.section.call:
        merged.to_section = head.section
    if len(merged.sources) == 1:
        merged.what = _what(next(iter(merged.sources)), tail, view)
    return merged


def _what(source: Any, tail: Box, view: Any) -> str:
    """Return words for one tensor or operation that an arrow stands for."""
    op = getattr(source, "op", source)
    if view.anatomy.role.get(op) == "loss":
        return "the loss"
    op = view.anatomy.owner.get(op, op)
    return tail.title if tail.kind == "op" else clipped(op.name.rpartition("/")[2])
