"""Lead the ends of arrows to the outlines that are drawn.

Graphviz clips an arrow at the polygon of its box. Some shapes draw less than their polygon: the train op's arrow is
inset, a rounded box has no corners, so an arrow would end in the air before them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from minigraph.viz.svg.words import bezier, points_of

__all__ = ["lead_to_outlines"]

_BACK = 4.0  # how far before the end of a line its way to the outline begins, where it has no tip
_REACH = 24.0  # no shape is inset by more
_ROUND = 24  # pieces of an ellipse

Point = tuple[float, float]


def lead_to_outlines(objects: list[dict[str, Any]], edges: list[dict[str, Any]]) -> None:
    """Move the ends of arrows, in their `pos`, onto the outlines of their boxes.

    Args:
        objects: boxes and frames as Graphviz's json gives them; what a box looks like is in its `_draw_`.
        edges: the arrows.
    """
    outlines = {each["_gvid"]: list(_outline(each)) for each in objects if "pos" in each}
    for edge in edges:
        tips, curve = points_of(edge["pos"])
        for mark, end in (("s", edge["tail"]), ("e", edge["head"])):
            curve.reverse()  # so that its last point is at this end: the tail's first, then the head's
            _lead(tips, mark, curve, outlines.get(end, []))
        edge["pos"] = _pos(tips, curve)


def _pos(tips: dict[str, Point], curve: list[Point]) -> str:
    marked = [f"{mark},{x:.2f},{y:.2f}" for mark, (x, y) in tips.items()]
    return " ".join([*marked, *(f"{x:.2f},{y:.2f}" for x, y in curve)])


def _lead(tips: dict[str, Point], mark: str, curve: list[Point], outline: list[tuple[Point, Point]]) -> None:
    """Move the last points of a curve, and its tip if it has one, so that it ends on the outline."""
    if not outline:
        return
    end = tips.get(mark, curve[-1])
    before = next((point for point in reversed(curve) if math.dist(point, end) > 0.1), end)
    begin, ahead = _aim(before, end, far=_REACH if mark in tips else _BACK)
    met = _first_met(begin, ahead, outline) or min(
        (_nearest(end, *side) for side in outline), key=lambda p: math.dist(p, end)
    )
    if math.dist(met, end) > _REACH:
        return
    dx, dy = met[0] - end[0], met[1] - end[1]
    curve[-2:] = [(x + dx, y + dy) for x, y in curve[-2:]]
    if mark in tips:
        tips[mark] = met


def _aim(before: Point, end: Point, far: float) -> tuple[Point, Point]:
    """Return a point at most `far` before an end, on the way from another point, and the direction to the end."""
    distance = math.dist(before, end) or 1.0
    ahead = (end[0] - before[0]) / distance, (end[1] - before[1]) / distance
    back = min(far, distance)
    return (end[0] - ahead[0] * back, end[1] - ahead[1] * back), ahead


def _first_met(begin: Point, ahead: Point, outline: list[tuple[Point, Point]]) -> Point | None:
    """Return where a ray first meets an outline, if it does within reach."""
    found = [far for side in outline if (far := _meets(begin, ahead, *side)) is not None and far <= 2 * _REACH]
    return (begin[0] + ahead[0] * min(found), begin[1] + ahead[1] * min(found)) if found else None


def _meets(begin: Point, ahead: Point, a: Point, b: Point) -> float | None:
    """Return how far along a ray the side from `a` to `b` is; None if the ray does not meet it."""
    side = b[0] - a[0], b[1] - a[1]
    across = ahead[0] * side[1] - ahead[1] * side[0]
    if abs(across) < 1e-9:
        return None
    to = a[0] - begin[0], a[1] - begin[1]
    far, along = (to[0] * side[1] - to[1] * side[0]) / across, (to[0] * ahead[1] - to[1] * ahead[0]) / across
    return far if far >= 0 and 0 <= along <= 1 else None


def _nearest(point: Point, a: Point, b: Point) -> Point:
    """Return the point of the side from `a` to `b` that is nearest to another."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = min(1.0, max(0.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length)) if length else 0.0
    return a[0] + dx * t, a[1] + dy * t


def _outline(box: dict[str, Any]) -> Iterator[tuple[Point, Point]]:
    """Yield the sides of what is drawn of a box: its closed lines, those inside of others too."""
    for drawn in box.get("_draw_", ()):
        if drawn["op"].lower() in _RINGS:
            ring = _RINGS[drawn["op"].lower()](drawn)
            yield from zip(ring, ring[1:] + ring[:1])


def _polygon(drawn: dict[str, Any]) -> list[Point]:
    return [(x, y) for x, y in drawn["points"]]


def _curve(drawn: dict[str, Any]) -> list[Point]:
    """Return points along a curve that closes; another one is a line within a shape."""
    corners = _polygon(drawn)
    if corners[0] != corners[-1]:
        return []
    return [point for i in range(0, len(corners) - 3, 3) for point in bezier(*corners[i : i + 4])]


def _ellipse(drawn: dict[str, Any]) -> list[Point]:
    x, y, width, height = drawn["rect"]
    turns = [2 * math.pi * i / _ROUND for i in range(_ROUND)]
    return [(x + width * math.cos(turn), y + height * math.sin(turn)) for turn in turns]


_RINGS = {"p": _polygon, "b": _curve, "e": _ellipse}  # filled or not, as Graphviz writes it in capitals
