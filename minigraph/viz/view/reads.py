"""What each read of a variable finds there: arrows from the writes that it sees, and words where it sees none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minigraph.graph.text import listed
from minigraph.reading.accesses import is_initializer
from minigraph.reading.order import Seen, seen_by_reads
from minigraph.viz.text import clipped
from minigraph.viz.view.overlay import Overlay

__all__ = ["Reads"]

_LONGEST_NAME = 14
_MOST_SHOWN = 24  # readers and writers that are drawn as boxes of their own


class Reads(Overlay):
    """The reads of a run, of the variables that it writes.

    Args:
        ops: the operations of the run, in creation order; its initializers are left aside if others are among them.

    Attributes:
        seen: what each read sees.

    Example:
        >>> graph = tf.get_default_graph()
        >>> v = tf.Variable(1.0, name="v")
        >>> up = tf.assign_add(v, 1.0, name="up")
        >>> with tf.control_dependencies([up]):
        ...     y = tf.negative(v, name="y")
        >>> view = tf.viz.View(graph, fetches=y, reads=True)
        >>> [(a.tail.title, a.head.title, a.label) for a in view.arrows if a.kind == "read"]
        [('up', 'y', 'sees v')]
    """

    def __init__(self, ops: list[Any]):
        self.seen: list[Seen] = seen_by_reads([op for op in ops if not is_initializer(op)] or ops)
        self._early: dict[str, list[str]] = {}  # for each reader the variables that it finds as they were
        for cell, reader, writes, any_order in self.seen:
            if not writes and not any_order:
                self._early.setdefault(reader.name, []).append(cell.name)
        ends = {op.name for _, *pair, _ in self.edges() for op in pair}
        self.shown = ends if len(ends) <= _MOST_SHOWN else ()

    def edges(self) -> Iterator[tuple[Any, Any, Any, str]]:
        """Yield (variable, from, to, kind): "read" from a write to who sees it, "race" between two in any order."""
        for cell, reader, writes, any_order in self.seen:
            for op in writes:
                yield cell, op, reader, "read"
            for op in any_order:
                earlier, later = sorted((op, reader), key=lambda each: each.id)
                yield cell, earlier, later, "race"

    def on_box(self, box: Any, ops: list[Any]) -> None:
        cells = dict.fromkeys(cell for op in ops for cell in self._early.get(op.name, ()))
        if cells and box.kind == "op":
            named = listed([clipped(cell, _LONGEST_NAME) for cell in cells], 1)
            box.notes.append(f"sees {named} as before the run")
