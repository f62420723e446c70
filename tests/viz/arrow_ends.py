"""Where the arrows of an SVG end, as they are seen, and how far from that the next outline of a box or a frame is."""

import math
import re
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def ends_in_the_air(svg, most=1.5):
    """Return (arrow, "start" or "end", distance) of each end of an arrow that touches no outline."""
    groups = list(ElementTree.fromstring(svg).iter(f"{SVG}g"))
    lines = [line for g in groups if g.get("class") in ("node", "cluster") for line in outlines(g)]
    found = []
    for group in groups:
        path = group.find(f".//{SVG}path") if group.get("class") == "edge" else None
        if path is not None:
            for which, end in zip(("start", "end"), ends(group, path)):
                distance = min(from_line(end, line) for line in lines)
                if distance > most:
                    found.append((group.get("id"), which, round(distance, 2)))
    return found


def ends(group, path):
    """Return where an arrow starts and ends: at the tip of its head where it has one there."""
    curve = points_of_path(path.get("d"))
    heads = [line for each in group.iter() if each.tag in (f"{SVG}polygon", f"{SVG}ellipse") for line in outlines(each)]
    return [
        next(
            (tip(head, end, towards(before, end), path) for head in heads if min(math.dist(end, p) for p in head) < 4),
            end,
        )
        for before, end in ((curve[1], curve[0]), (curve[-2], curve[-1]))
    ]


def tip(head, end, ahead, path):
    """Return the tip of an arrow's head, with the point that the mitred joint of its lines adds."""
    head = head[:-1] if head[0] == head[-1] else head
    i = max(range(len(head)), key=lambda i: sum((head[i][k] - end[k]) * ahead[k] for k in (0, 1)))
    (x, y), a, b = head[i], head[i - 1], head[(i + 1) % len(head)]
    angle = abs(math.atan2(a[1] - y, a[0] - x) - math.atan2(b[1] - y, b[0] - x))
    joint = float(path.get("stroke-width", "1")) / 2 / math.sin(min(angle, 2 * math.pi - angle) / 2)
    return x + ahead[0] * joint, y + ahead[1] * joint


def outlines(group):
    """Return the lines that are drawn of a box or frame, each as points."""
    found = []
    for each in group.iter():
        if each.tag in (f"{SVG}polygon", f"{SVG}polyline"):
            found.append(points_of(each.get("points")))
        elif each.tag == f"{SVG}path":
            found.append(points_of_path(each.get("d")))
        elif each.tag == f"{SVG}ellipse":
            cx, cy, rx, ry = (float(each.get(key)) for key in ("cx", "cy", "rx", "ry"))
            turns = [math.pi * i / 36 for i in range(73)]
            found.append([(cx + rx * math.cos(turn), cy + ry * math.sin(turn)) for turn in turns])
    return found


def points_of(text):
    return [tuple(float(x) for x in point.split(",")) for point in text.split()]


def points_of_path(text):
    """Return points along a path of M, L and C commands, curves in pieces."""
    found = []
    for command, numbers in re.findall(r"([MLCZ])([^MLCZ]*)", text):
        values = [float(x) for x in re.findall(r"-?[\d.]+", numbers)]
        points = list(zip(values[::2], values[1::2]))
        for k in range(0, len(points), 3) if command == "C" else ():
            corners = [found[-1], *points[k : k + 3]]
            found += [bezier(corners, step / 16) for step in range(1, 17)]
        found += points if command in "ML" else []
    return found


def bezier(corners, t):
    weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return tuple(sum(w * p[k] for w, p in zip(weights, corners)) for k in (0, 1))


def towards(a, b):
    far = math.dist(a, b)
    return ((b[0] - a[0]) / far, (b[1] - a[1]) / far) if far else (0.0, 0.0)


def from_line(point, line):
    """Return how far a point is from a line of several pieces."""
    best = math.inf
    for a, b in zip(line, line[1:]):
        dx, dy = b[0] - a[0], b[1] - a[1]
        length = dx * dx + dy * dy
        t = min(1.0, max(0.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length)) if length else 0.0
        best = min(best, math.dist(point, (a[0] + dx * t, a[1] + dy * t)))
    return best
