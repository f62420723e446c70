"""Lay out a picture that tells a story: its parts in columns, read from left to right.

Graphviz lays out each part by itself. Here the parts are put side by side, like the columns of a newspaper, and the
arrows between them are routed around them; then Graphviz draws everything at the position it was given.
"""

from __future__ import annotations

import json
import math
from typing import Any

from minigraph.viz.svg import run_graphviz
from minigraph.viz.svg.dot import pieces_of
from minigraph.viz.svg.routes import PORT, Rectangle, Way, gutter_width, lay_ways, plan_ways, spline
from minigraph.viz.svg.style import Theme
from minigraph.viz.svg.tips import lead_to_outlines
from minigraph.viz.svg.words import LETTER, along, clear_words

__all__ = ["composed"]

_GAP = 34.0  # between two parts in a column
_SHAPE = 1.4  # width by height, about that of a screen
_BLANK = 2.78  # the width of a space in a frame's title
_INSIDE = 5.0  # between an arrow and the side of its part
_MORE_ROOM = 12  # spaces around the words of an arrow that others cross
_SAMPLE = 18.0  # between two samples of the legend

Attrs = dict[str, str]


def composed(view: Any, theme: Theme, legend: bool, timeout: float, widest: float) -> str:
    """Return DOT in which everything has a position, to be drawn by the engine "nop2".

    Args:
        view: a view that has sections.
        theme, legend: see `source_of`.
        timeout: seconds that laying out the parts may take.
        widest: how many points wide the picture should be at most; its parts are what they are.

    Raises:
        GraphvizError: see `run_graphviz.draw`.
    """
    parts = _Parts(view, _laid_out(view, theme, legend, timeout))
    between = [a for a in view.arrows if a.tail.section is not a.head.section]
    frames = _in_columns(view, parts, widest)
    ways = [_way(arrow, frames) for arrow in between]
    plan_ways(ways)
    order = [frames[section] for section in view.sections]
    _put(order, ways, parts)
    places = parts.moved({f"cluster_{i}": frame for i, frame in enumerate(order)})
    places.update(_heading_and_legend(parts, order, ways))
    for arrow, way in zip(between, ways):
        places[_name(view, arrow)] = {"pos": spline(way.points), "lp": f"{way.label[0]:.1f},{way.label[1]:.1f}"}
    return pieces_of(view, theme, legend, places)


def _laid_out(view: Any, theme: Theme, legend: bool, timeout: float) -> dict[str, Any]:
    """Return the parts as Graphviz lays them out; where lines lead through words, once more with more room."""

    def laid(places: dict[str, Attrs]) -> dict[str, Any]:
        found = json.loads(run_graphviz.draw(pieces_of(view, theme, legend, places), "json", timeout))
        lead_to_outlines(found["objects"], [edge for edge in found.get("edges", ()) if "arrow" in edge])
        return found

    found = laid({})
    crossed = {each["arrow"] if "arrow" in each else each["name"]: each for each in _crossed(found)}
    if crossed:
        found = laid({name: {"label": _wide(each)} for name, each in crossed.items()})
        for each in found["objects"]:
            if each["name"] in crossed:
                each["title_width"] = crossed[each["name"]]["lwidth"]
        _crossed(found)
    return found


def _wide(named: dict[str, Any]) -> str:
    """Return words that are so wide that an arrow has room beside the real ones."""
    if "arrow" in named:
        return f"{named['label']:^{len(named['label']) + _MORE_ROOM}}"
    return "\u00a0" * int(2.2 * 72 * float(named["lwidth"]) / _BLANK)


def _crossed(laid: dict[str, Any]) -> list[dict[str, Any]]:
    return clear_words(laid["objects"], [edge for edge in laid.get("edges", ()) if "arrow" in edge])


def _name(view: Any, arrow: Any) -> str:
    return f"a{view.arrows.index(arrow)}"


class _Parts:
    """The parts as Graphviz laid them out, with what is in them, by their names in the DOT."""

    def __init__(self, view: Any, laid: dict[str, Any]):
        self.objects: dict[str, Any] = {each["name"]: each for each in laid["objects"]}
        self.objects.update({each["arrow"]: each for each in laid.get("edges", ()) if "arrow" in each})
        self.part_of = {name: "_".join(name.split("_")[:2]) for name in self.objects if name.startswith("cluster_")}
        number = {section: f"cluster_{i}" for i, section in enumerate(view.sections)}
        self.part_of.update({box.id: number[box.section] for box in view.boxes})
        self.part_of.update(
            {f"a{i}": number[a.tail.section] for i, a in enumerate(view.arrows) if a.tail.section is a.head.section}
        )

        for name, part in self.part_of.items():
            if name.startswith("a"):
                self._hold(self.objects[part], self.objects[name])

    @staticmethod
    def _hold(part: dict[str, Any], arrow: dict[str, Any]) -> None:
        """Make a part as wide as an arrow in it needs; Graphviz leads some round the outside."""
        left, bottom, right, top = [float(x) for x in part["bb"].split(",")]
        points = [x for x, _ in along(arrow["pos"])]
        left, right = min(left, min(points) - _INSIDE), max(right, max(points) + _INSIDE)
        part["bb"] = f"{left},{bottom},{right},{top}"

    def box(self, name: str) -> list[float]:
        """Return left, bottom, right and top of a part."""
        return [float(x) for x in self.objects[name]["bb"].split(",")]

    def extent(self, name: str) -> tuple[float, float]:
        """Return width and height of a box."""
        return 72 * float(self.objects[name]["width"]), 72 * float(self.objects[name]["height"])

    def size(self, name: str) -> tuple[float, float]:
        """Return width and height of a part."""
        left, bottom, right, top = self.box(name)
        return right - left, top - bottom

    def moved(self, frames: dict[str, Rectangle]) -> dict[str, Attrs]:
        """Return the positions of everything in some parts, each moved to the top left of its frame."""
        by, found = {}, {}
        for name, frame in frames.items():
            left, _, _, top = self.box(name)
            by[name] = frame.left - left, frame.top - top
        for name, part in self.part_of.items():
            if part in by and name in self.objects:
                found[name] = _shifted(self.objects[name], *by[part])
        for name, f in frames.items():
            found[name]["bb"] = f"{f.left:.1f},{f.bottom:.1f},{f.right:.1f},{f.top:.1f}"
        return found


def _shifted(laid: dict[str, Any], dx: float, dy: float) -> Attrs:
    attrs: Attrs = {key: laid[key] for key in ("lwidth", "lheight") if key in laid}
    if "title_width" in laid:
        attrs["lwidth"] = laid["title_width"]
    for key in ("pos", "lp", "bb"):
        if key in laid:
            attrs[key] = " ".join(_moved(point, dx, dy) for point in laid[key].split())
    return attrs


def _moved(point: str, dx: float, dy: float) -> str:
    """Move "x,y", "e,x,y" or "x,y,x,y"."""
    parts = point.split(",")
    mark = parts.pop(0) + "," if parts[0] in ("e", "s") else ""
    return mark + ",".join(f"{float(x) + (dy if i % 2 else dx):.2f}" for i, x in enumerate(parts))


def _in_columns(view: Any, parts: _Parts, widest: float) -> dict[Any, Rectangle]:
    """Put the sections into columns of a height with which the picture has about the shape of a screen."""
    sizes = [parts.size(f"cluster_{i}") for i in range(len(view.sections))]
    tallest = max(height for _, height in sizes)
    best: tuple[float, list[tuple[int, int]]] | None = None
    for more in (1.0, 1.2, 1.4, 1.6, 1.9, 2.3, 2.8, 3.4, 4.2, 5.2, 6.4):
        places, width, used = _broken(view.sections, sizes, more * tallest)
        off = abs(math.log(width / max(used, 1.0) / _SHAPE)) + max(0.0, width - widest) / 200
        if best is None or off < best[0]:
            best = off, places
    assert best is not None
    return {section: Rectangle(column, row) for section, (column, row) in zip(view.sections, best[1])}


def _broken(
    sections: list[Any], sizes: list[tuple[float, float]], height: float
) -> tuple[list[tuple[int, int]], float, float]:
    """Break sections into columns of at most some height: return (column, row) of each, and the size of the whole."""
    places: list[tuple[int, int]] = []
    widths: list[float] = []
    used = tallest = 0.0
    for section, before, (width, high) in zip(sections, [None, *sections], sizes):
        if before is None or before.call != section.call or used + _GAP + high > height:
            places.append((len(widths), 0))
            widths.append(width)
            used = high
        else:
            places.append((len(widths) - 1, places[-1][1] + 1))
            widths[-1] = max(widths[-1], width)
            used += _GAP + high
        tallest = max(tallest, used)
    return places, sum(widths) + 75.0 * len(widths), tallest


def _way(arrow: Any, frames: dict[Any, Rectangle]) -> Way:
    """Return the way of an arrow; the arrow of an update leads to the variable."""
    ends = [frames[arrow.tail.section], frames[arrow.head.section]]
    begin, end = ends[::-1] if arrow.kind == "write" else ends
    return Way(begin, end, words=LETTER * len(arrow.label))


def _put(frames: list[Rectangle], ways: list[Way], parts: _Parts) -> None:
    """Give each frame its position and each way its corners."""
    x, gutters = 0.0, {}
    for column in range(max(f.column for f in frames) + 1):
        gutters[column] = x
        if column:
            x += gutter_width(ways, column)
        top, widest = 0.0, 0.0
        for i, frame in enumerate(frames):
            if frame.column == column:
                width, height = parts.size(f"cluster_{i}")
                height = max(height, PORT * (max(map(len, frame.ports.values())) + 1) + 22)
                frame.left, frame.right, frame.top, frame.bottom = x, x + width, top, top - height
                top, widest = top - height - _GAP, max(widest, width)
        x += widest
    gutters[max(gutters) + 1] = x
    lay_ways(ways, frames, gutters)


def _heading_and_legend(parts: _Parts, frames: list[Rectangle], ways: list[Way]) -> dict[str, Attrs]:
    """Put the heading above everything and the legend below."""
    heights = [y for way in ways for _, y in way.points]
    highest = max([f.top for f in frames] + heights) + 12
    lowest = min([f.bottom for f in frames] + heights) - 20
    width, height = parts.extent("heading")
    found = {"heading": {"pos": f"{width / 2:.1f},{highest + height / 2:.1f}"}}
    if "cluster_legend" in parts.objects:
        found.update(_legend(parts, lowest, max(f.right for f in frames)))
    return found


def _legend(parts: _Parts, top: float, widest: float) -> dict[str, Attrs]:
    """Put the samples of the legend into rows that are as wide as the picture."""
    rows: list[list[str]] = [[]]
    used = 0.0
    for name in [name for name in parts.objects if name.startswith("legend")]:
        width = parts.extent(name)[0] + _SAMPLE
        if rows[-1] and used + width > max(widest, 300.0):
            rows, used = [*rows, []], 0.0
        rows[-1].append(name)
        used += width
    found, y, right = {}, top - 24.0, 0.0
    for row in rows:
        high, x = max(parts.extent(name)[1] for name in row), _SAMPLE / 2
        for name in row:
            width = parts.extent(name)[0]
            found[name] = {"pos": f"{x + width / 2:.1f},{y - high / 2:.1f}"}
            x += width + _SAMPLE
        y, right = y - high - 8, max(right, x)
    found["cluster_legend"] = {"bb": f"0,{y:.1f},{right:.1f},{top:.1f}", "lp": f"28,{top - 12:.1f}"}
    return found
