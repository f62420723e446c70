"""`Finding`: one thing that is found in a graph, and the words for it that reports and pages share."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from minigraph.graph.operation import Operation
from minigraph.graph.traces import where_text

__all__ = ["Finding", "hung", "made", "listed", "wrapped"]

_WIDTH = 100


@dataclass(frozen=True)
class Finding:
    """One thing that a report says.

    Attributes:
        code: a stable word for this kind of finding, such as "empty-block".
        message: what was found.
        ops: the operations that it is about.
        where: the line of the user's program, as "train.py:12".
        advice: what to type.
        edges: pairs of operations: the edges to draw, those that are missing in the graph included.

    Example:
        >>> print(Finding("empty-block", "this block added no operation", where="train.py:12"))
        train.py:12: empty-block: this block added no operation
    """

    code: str
    message: str
    ops: tuple[Operation, ...] = ()
    where: str = ""
    advice: str = ""
    edges: tuple[tuple[Operation, Operation], ...] = ()

    def __str__(self) -> str:
        head = f"{self.where}: {self.code}: {self.message}" if self.where else f"{self.code}: {self.message}"
        first, _, rest = head.partition("\n")
        return "\n".join(
            [*wrapped(first), *wrapped(rest, "    "), *wrapped(self.advice and f"fix: {self.advice}", "    ")]
        )


def wrapped(text: str, indent: str = "") -> list[str]:
    """Break a text into lines that a terminal shows whole; a break in it stays."""
    wrapper = textwrap.TextWrapper(_WIDTH - 4, indent, f"{indent}    ", break_long_words=False, break_on_hyphens=False)
    return [line for part in text.splitlines() for line in wrapper.wrap(part)]


def hung(lines: Iterable[str]) -> list[str]:
    """Break lines so that what is left of each hangs below its own beginning, two columns from the margin."""
    return [part for line in lines for part in wrapped(line, "  " + " " * (len(line) - len(line.lstrip())))]


def made(op: Operation) -> str:
    """Return "'loss' (train.py:12)"."""
    return f"'{op.name}' ({where_text(op)})"


def listed(items: Iterable[str], most: int = 4) -> str:
    """Return the first of some texts, and how many more there are.

    Example:
        >>> listed(["a", "b", "c"], 2)
        'a, b and 1 more'
    """
    items = list(items)
    rest = len(items) - most
    return ", ".join(items[:most]) + (f" and {rest:,} more" if rest > 0 else "")
