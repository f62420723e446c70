"""Move the words of a part off its lines: Graphviz keeps room for words, but leads other arrows through it."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from typing import Any

__all__ = ["along", "bezier", "clear_words", "points_of", "LETTER"]

LETTER = 4.7  # the width of a letter of an arrow's words
_HIGH = 11.0  # how high they are
_APART = 2.5  # between words and whatever is beside them
_STEP = 3.0  # between two points of a line that are looked at
_CROSSED = 4  # how much worse a line is that leads through words than one that comes too close
_INSET = 6.0  # between a frame's side and its title

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, bottom, right, top


def clear_words(objects: list[dict[str, Any]], edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Set the `lp` of frames and arrows, as Graphviz gives them, to where nothing crosses them, if there is room.

    Args:
        objects: boxes, and frames, which have a `bb`; the frames' titles stay in their rows.
        edges: the arrows.

    Returns:
        The frames and the arrows that need more room: lines lead through their words wherever these stand.
    """
    lines = [list(along(edge["pos"])) for edge in edges]
    drawn = [point for line in lines for point in line]
    taken: list[Box] = [_box_of(each) for each in objects if "pos" in each]
    frames = [each for each in objects if "bb" in each]
    crossed = _clear_titles([frame for frame in frames if "lp" in frame], drawn, taken)
    borders = [point for frame in frames for point in _border(_numbers(frame["bb"]))]
    kept = {i: _box_of_words(edge) for i, edge in enumerate(edges) if "lp" in edge}
    taken += kept.values()  # the room that Graphviz kept for the words of an arrow is not for another's
    for i, own in kept.items():
        taken.remove(own)
        places = _inside(_part(frames, lines[i][0]), _places_of_words(own, lines[i]), own)
        if _set(edges[i], places, _size(own), drawn + borders, taken) >= _CROSSED:
            crossed.append(edges[i])
    return crossed


def _clear_titles(frames: list[dict[str, Any]], drawn: list[Point], taken: list[Box]) -> list[dict[str, Any]]:
    """Move titles in their rows, and return the frames where that is no help."""
    return [frame for frame in frames if _set(frame, _places_of_title(frame), _size_of_title(frame), drawn, taken)]


def _inside(part: list[float], places: list[Point], own: Box) -> list[Point]:
    """Return the places at which words do not reach out of their part, or all of them if there are none."""
    return [place for place in places if _is_inside(_around(place, _size(own)), part)] or places


def _size(box: Box) -> Point:
    return box[2] - box[0], box[3] - box[1]


def _set(named: dict[str, Any], places: list[Point], size: Point, drawn: list[Point], taken: list[Box]) -> int:
    """Put words at the first of some places that is free, else where least is in the way: return how much."""
    boxes = [_around(place, (size[0] + 2 * _APART, size[1] + _APART)) for place in places]
    lefts, bottoms, rights, tops = zip(*boxes)
    reach = min(lefts), min(bottoms), max(rights), max(tops)
    near = [(x, y) for x, y in drawn if reach[0] < x < reach[2] and reach[1] < y < reach[3]]
    least, best = sys.maxsize, places[0]
    for place, box in zip(places, boxes):
        found = _in_the_way(box, near, taken)
        if found < least:
            least, best = found, place
        if not found:
            break
    named["lp"] = f"{best[0]:.2f},{best[1]:.2f}"
    taken.append(_around(best, size))
    return least


def _in_the_way(box: Box, drawn: list[Point], taken: list[Box]) -> int:
    """Return how much is in the way of words and the room around them; on the words themselves it is worse."""
    left, bottom, right, top = box
    found = 20 * sum(left < b[2] and b[0] < right and bottom < b[3] and b[1] < top for b in taken)
    for x, y in drawn:
        if left < x < right and bottom < y < top:
            crossed = left + _APART < x < right - _APART and bottom + _APART / 2 < y < top - _APART / 2
            found += _CROSSED if crossed else 1
    return found


def _part(frames: list[dict[str, Any]], point: Point) -> list[float]:
    """Return the outermost frame around a point."""
    around = [bb for bb in (_numbers(frame["bb"]) for frame in frames) if _is_inside((*point, *point), bb)]
    return max(around, key=lambda bb: bb[2] - bb[0], default=[-math.inf, -math.inf, math.inf, math.inf])


def _is_inside(box: Box, outer: list[float]) -> bool:
    return outer[0] + 3 < box[0] and outer[1] + 3 < box[1] and box[2] < outer[2] - 3 and box[3] < outer[3] - 3


def _places_of_title(frame: dict[str, Any]) -> list[Point]:
    """Return the left, the middle and the right of a title's row."""
    left, _, right, _ = _numbers(frame["bb"])
    half, y = _size_of_title(frame)[0] / 2, _numbers(frame["lp"])[1]
    first, last = left + _INSET + half, right - _INSET - half
    return [(first, y), *([((first + last) / 2, y), (last, y)] if last > first else [])]


def _size_of_title(frame: dict[str, Any]) -> Point:
    return 72 * float(frame.get("title_width", frame["lwidth"])), 72 * float(frame["lheight"]) - 4


def _box_of_words(edge: dict[str, Any]) -> Box:
    x, y = _numbers(edge["lp"])
    return _around((x, y), (LETTER * len(edge["label"].strip()), _HIGH))


def _places_of_words(own: Box, line: list[Point]) -> list[Point]:
    """Return where words are, then places beside, above and below their arrow, those near its middle first."""
    left, bottom, right, top = own
    aside, up = (right - left) / 2 + _APART + 2, (top - bottom) / 2 + _APART
    steps = [
        step
        for more in (0.0, 4.0, 9.0)
        for dx, dy in ((aside + more, 0.0), (0.0, up + more), (aside + more, up + more), (aside + more, -up - more))
        for step in ((dx, dy), (-dx, -dy))
    ]
    middle = (len(line) - 1) / 2
    near = sorted(range(len(line)), key=lambda i: abs(i - middle))
    return [
        ((left + right) / 2, (bottom + top) / 2),
        *((line[i][0] + dx, line[i][1] + dy) for i in near for dx, dy in steps),
    ]


def points_of(pos: str) -> tuple[dict[str, Point], list[Point]]:
    """Return the tips of an arrow ("s" at its start, "e" at its end) and the points of its curve.

    Args:
        pos: a curve as Graphviz writes it: its tips, and pieces of three points each.
    """
    tips: dict[str, Point] = {}
    curve: list[Point] = []
    for each in pos.split():
        *mark, x, y = each.split(",")
        if mark:
            tips[mark[0]] = float(x), float(y)
        else:
            curve.append((float(x), float(y)))
    return tips, curve


def along(pos: str) -> Iterator[Point]:
    """Yield points along a curve as Graphviz writes it."""
    tips, curve = points_of(pos)
    if "s" in tips:
        yield from bezier(tips["s"], tips["s"], curve[0], curve[0])
    for i in range(0, len(curve) - 3, 3):
        yield from bezier(*curve[i : i + 4])
    if "e" in tips:
        yield from bezier(curve[-1], curve[-1], tips["e"], tips["e"])


def bezier(a: Point, b: Point, c: Point, d: Point) -> Iterator[Point]:
    """Yield points of a Bézier curve, about a step apart."""
    count = max(2, int((abs(d[0] - a[0]) + abs(d[1] - a[1])) / _STEP))
    for k in range(count):
        t = k / count
        weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        x, y = (sum(w * p[i] for w, p in zip(weights, (a, b, c, d))) for i in (0, 1))
        yield x, y


def _border(box: list[float]) -> list[Point]:
    """Return points along a frame, not as close as those of arrows: words may rather stand on it than on them."""
    left, bottom, right, top = box
    step = 2 * _STEP
    across, up = int((right - left) / step), int((top - bottom) / step)
    rows = [(left + step * i, y) for i in range(across + 1) for y in (bottom, top)]
    return rows + [(x, bottom + step * i) for i in range(up + 1) for x in (left, right)]


def _box_of(node: dict[str, Any]) -> Box:
    x, y = _numbers(node["pos"])
    return _around((x, y), (72 * float(node["width"]), 72 * float(node["height"])))


def _around(centre: Point, size: Point) -> Box:
    (x, y), (width, height) = centre, size
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split(",")]
