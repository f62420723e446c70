"""The marks that an overlay gives boxes and arrows, and their words and signs; the colours are the theme's."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Mark", "MARKS"]


@dataclass(frozen=True)
class Mark:
    """A style that overlays give: a sign before the title, words for the legend, how lines are drawn."""

    sign: str
    words: str
    line: str = "bold"


MARKS = {
    "marked": Mark("▸", "marked"),
    "bad": Mark("✗", "the finding"),
    "first": Mark("①", "one of the pair"),
    "second": Mark("②", "the other of the pair"),
    "added": Mark("+", "new"),
    "removed": Mark("−", "gone", "dashed"),
    "changed": Mark("±", "changed, or new in part"),
    "left_out": Mark("", "does not run", "dotted"),
    "heat1": Mark("▪", "3 % of the time or more"),
    "heat2": Mark("▪▪", "10 % or more"),
    "heat3": Mark("▪▪▪", "25 % or more"),
}
