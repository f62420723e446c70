"""Route arrows between frames that stand in columns: out at a side, along the gutters, around the columns.

column 0 │ gutter 1 │ column 1 │ gutter 2 │ …       A way to the next column crosses one gutter. One that goes
further, forwards, takes a lane above all columns; one that goes back further, a lane below them. In a gutter the
lanes are in the middle; the room on both sides is for words, each above an end of its own arrow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Rectangle", "Way", "plan_ways", "gutter_width", "lay_ways", "spline", "PORT"]

PORT = 17.0  # points between the ends of two arrows at a side, so that words fit between
_LANE = 7.0
_EDGE = 8.0  # between a frame and the first lane
_ROUND = 6.0
_TIP = 7.0
_ABOVE = 8.5  # from an arrow to the middle of the words above it


@dataclass(eq=False)
class Rectangle:
    """A rectangle in a column; y grows upwards, in points.

    Attributes:
        column, row: its place among the others.
        left, bottom, right, top: where it is.
        ports: for each side the ways that end there.
    """

    column: int
    row: int
    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0
    ports: dict[str, list[Any]] = field(default_factory=lambda: {"left": [], "right": [], "top": [], "bottom": []})

    @property
    def middle(self) -> float:
        """The height of its centre."""
        return (self.bottom + self.top) / 2


@dataclass(eq=False)
class Way:
    """The way of one arrow.

    Attributes:
        begin, end: the frames.
        words: how wide its label is.
        gutters: the gutters that it goes along; one or two.
        bus: "above" or "below" where it goes round columns, "" where it does not.
        sides: at which sides it begins and ends.
        at: the coordinates of its ends at these sides.
        lanes: the x of its lane in each gutter.
        level: which lane above or below.
        points: the corners, at last.
        label: where its words are.
    """

    begin: Rectangle
    end: Rectangle
    words: float = 0.0
    gutters: tuple[int, ...] = ()
    bus: str = ""
    sides: tuple[str, str] = ("right", "left")
    at: dict[str, float] = field(default_factory=dict)
    lanes: dict[int, float] = field(default_factory=dict)
    level: int = 0
    points: list[tuple[float, float]] = field(default_factory=list)
    label: tuple[float, float] = (0.0, 0.0)

    @property
    def returns(self) -> bool:
        """True if it begins and ends in the same column, at the same side."""
        return self.sides[0] == self.sides[1]


def plan_ways(ways: list[Way]) -> None:
    """Decide which way each arrow goes; the frames know their columns only."""
    for way in ways:
        _plan(way)
        way.begin.ports[way.sides[0]].append((way, "begin"))
        way.end.ports[way.sides[1]].append((way, "end"))
    for bus in ("above", "below"):  # the longer ways outside, so that few cross
        along = sorted((w for w in ways if w.bus == bus), key=lambda w: abs(w.gutters[1] - w.gutters[0]))
        for level, way in enumerate(along):
            way.level = level


def _plan(way: Way) -> None:
    """Choose the sides and the gutters of a way, and whether it goes round columns."""
    a, b = way.begin, way.end
    if a.column == b.column and b.row == a.row + 1:
        way.sides = ("bottom", "top")
    elif a.column == b.column:
        way.sides, way.gutters = ("right", "right"), (a.column + 1,)
    elif b.column > a.column:
        way.gutters = (b.column,) if b.column == a.column + 1 else (a.column + 1, b.column)
        way.bus = "above" if len(way.gutters) == 2 else ""
    else:
        way.sides = ("left", "right")
        way.gutters = (a.column,) if b.column == a.column - 1 else (a.column, b.column + 1)
        way.bus = "below" if len(way.gutters) == 2 else ""


def gutter_width(ways: list[Way], number: int) -> float:
    """Return how wide a gutter must be for its lanes and the words on both sides of them."""
    along = [w for w in ways if number in w.gutters]
    words = max((w.words for w in along if number == _speaks_in(w) and not w.returns), default=0.0)
    return 2 * _EDGE + _room_before(along) + _LANE * len(along) + max(14.0, words + 8.0)


def _room_before(along: list[Way]) -> float:
    """Return the room for words between the column on the left of a gutter and the first lane."""
    return max((w.words + _TIP + 8.0 for w in along if w.returns and w.words), default=0.0)


def _speaks_in(way: Way) -> int:
    """Return the gutter in which the words of a way stand: where it comes in from the left, or goes out to the left."""
    return way.gutters[-1] if way.sides[1] == "left" else way.gutters[0]


def lay_ways(ways: list[Way], frames: list[Rectangle], gutters: dict[int, float]) -> None:
    """Find the corners of each way.

    Args:
        ways: from `plan_ways`.
        frames: all frames, which have their places now.
        gutters: the left end of each gutter.
    """
    for frame in frames:
        for side in frame.ports:
            _place_ports(frame, side)
    for way in ways:
        _straighten(way)
    for number, left in gutters.items():
        along = [w for w in ways if number in w.gutters]
        _place_lanes(along, number, left + _EDGE + _room_before(along))
    top, bottom = _to_go_round(ways, frames)
    for way in ways:
        _corners(way, _height(way, top, bottom))
    _part_words([w for w in ways if w.words])


def _height(way: Way, top: float, bottom: float) -> float:
    """Return the height at which a way goes round columns, above or below them."""
    distance = 14.0 + 12.0 * way.level
    return top + distance if way.bus == "above" else bottom - distance


def _place_lanes(ways: list[Way], number: int, first: float) -> None:
    """Give the ways along a gutter a lane each, from the left."""
    for i, way in enumerate(sorted(ways, key=_turn)):
        way.lanes[number] = first + _LANE * i


def _to_go_round(ways: list[Way], frames: list[Rectangle]) -> tuple[float, float]:
    """Return the top and the bottom of the columns that ways go round."""
    passed = {column for w in ways if w.bus for column in range(min(w.gutters), max(w.gutters))}
    columns = [f for f in frames if f.column in passed] or frames
    return max(f.top for f in columns), min(f.bottom for f in columns)


def _part_words(ways: list[Way]) -> None:
    """Move words up or down that would stand on others; those that have room are not tried further."""
    placed: list[Way] = []
    for way in sorted(ways, key=lambda w: w.returns):
        x, y = way.label
        for shift in (0, 11, -11, 22, -22, 33, -33, 44, -44):
            way.label = x, y + shift
            if not any(_overlap(way, other) for other in placed):
                break
        placed.append(way)


def _overlap(a: Way, b: Way) -> bool:
    return abs(a.label[0] - b.label[0]) < (a.words + b.words) / 2 + 2 and abs(a.label[1] - b.label[1]) < 10


def _other(port: tuple[Way, str]) -> float:
    """Return the height from which a way comes to its end, by which the ends at one side are sorted."""
    way, end = port
    if way.bus:
        return 1e6 - way.level if way.bus == "above" else -1e6 + way.level
    return (way.end if end == "begin" else way.begin).middle


def _place_ports(frame: Rectangle, side: str) -> None:
    ports = frame.ports[side]
    if side in ("left", "right"):
        ports.sort(key=lambda port: -_other(port))
        step = min(2 * PORT, (frame.top - frame.bottom - 22) / (len(ports) + 1))
        first = frame.middle - 8 + step * (len(ports) - 1) / 2
        for i, (way, end) in enumerate(ports):
            way.at[end] = first - step * i
    else:
        for i, (way, end) in enumerate(ports):
            a, b = way.begin, way.end
            low, high = max(a.left, b.left), min(a.right, b.right)
            way.at[end] = low + (high - low) * (i + 1) / (len(ports) + 1)


def _straighten(way: Way) -> None:
    """Let a way to the next column begin at the height at which it ends, if there is room."""
    if len(way.gutters) != 1 or way.bus or way.returns:
        return
    frame, wanted = way.begin, way.at["end"]
    others = [w.at[end] for w, end in frame.ports[way.sides[0]] if w is not way]
    if frame.bottom + 8 < wanted < frame.top - 22 and all(abs(wanted - other) >= PORT for other in others):
        way.at["begin"] = wanted


def _turn(way: Way) -> tuple:
    """Return the order of the lanes in a gutter: what comes from the left and goes up turns first."""
    rises = way.bus == "above" or not way.bus and way.at["end"] > way.at["begin"]
    return (way.returns, way.bus == "below", way.at["begin"] if rises else -way.at["begin"])


def _corners(way: Way, level: float) -> None:
    a, b, begin, end = way.begin, way.end, way.at["begin"], way.at["end"]
    if way.sides == ("bottom", "top"):
        way.points = [(begin, a.bottom), (begin, b.top)]
        way.label = (begin + 5 + way.words / 2, (a.bottom + b.top) / 2)
        return
    x0, x1 = getattr(a, way.sides[0]), getattr(b, way.sides[1])
    first, last = way.lanes[way.gutters[0]], way.lanes[way.gutters[-1]]
    turns = [(first, begin), (first, level), (last, level), (last, end)] if way.bus else [(first, begin), (first, end)]
    if not way.bus and abs(begin - end) < 0.5:
        turns = []
    way.points = [(x0, begin), *turns, (x1, end)]
    if way.sides[1] == "left":
        way.label = (x1 - _TIP - 7 - way.words / 2, end + _ABOVE)
    elif way.sides[0] == "left":
        way.label = (x0 - 4 - way.words / 2, begin + _ABOVE)
    else:
        way.label = (x1 + _TIP + 7 + way.words / 2, end + _ABOVE)


def spline(points: list[tuple[float, float]]) -> str:
    """Return corners as a rounded curve with an arrow's tip at its end, as Graphviz writes it in `pos`."""
    (x, y), (tip_x, tip_y) = _towards(points[-1], points[-2], _TIP), points[-1]
    points = [*points[:-1], (x, y)]
    path = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:]):
        begin, end = (_towards(corner, p, min(_ROUND, _distance(corner, p) / 2)) for p in (before, after))
        path += [*_line(path[-1], begin), corner, corner, end]
    path += _line(path[-1], points[-1])
    return f"e,{tip_x:.1f},{tip_y:.1f} " + " ".join(f"{x:.1f},{y:.1f}" for x, y in path)


def _line(a: tuple[float, float], b: tuple[float, float]) -> list[tuple[float, float]]:
    return [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for t in (1 / 3, 2 / 3, 1.0)]


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(a: tuple[float, float], b: tuple[float, float], by: float) -> tuple[float, float]:
    """Return the point that lies `by` from `a` on the way to `b`."""
    far = max(_distance(a, b), 1e-9)
    return a[0] + (b[0] - a[0]) * by / far, a[1] + (b[1] - a[1]) * by / far
