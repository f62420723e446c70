"""Where the parts of a picture stand, and how arrows are led round them."""

import json
import re
from xml.etree import ElementTree

import pytest
from arrow_ends import ends_in_the_air
from hypothesis import given, settings
from hypothesis import strategies as st

import minigraph as tf
from minigraph.viz import View, to_svg
from minigraph.viz.svg import layout, routes, run_graphviz, style, words


def laid_out(view):
    """Return what Graphviz draws, as data: the frames of the parts by name, and the arrows between parts."""
    source = layout.composed(view, style.LIGHT, True, 60.0, 1280.0)
    drawn = json.loads(run_graphviz.draw(source, "json0", 60.0, "nop2"))
    frames = {
        o["name"]: [float(x) for x in o["bb"].split(",")]
        for o in drawn["objects"]
        if re.fullmatch(r"cluster_(\d+|legend)", o["name"])
    }
    nodes = {o["name"]: [float(x) for x in o["pos"].split(",")] for o in drawn["objects"] if "pos" in o}
    return frames, nodes, drawn


@pytest.mark.parametrize("options", [{}, {"by": "role"}, {"depth": 0}, {"unfold": ["clipping"]}])
def test_parts_do_not_overlap_and_are_read_from_left_to_right(training, options):
    view = View(training, **options)
    frames, nodes, _ = laid_out(view)
    boxes = sorted(frames.items())
    for i, (one, a) in enumerate(boxes):
        for other, b in boxes[i + 1 :]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, f"{one} and {other} overlap"
    order = [frames[f"cluster_{i}"] for i in range(len(view.sections))]
    for before, after in zip(order, order[1:]):
        assert after[0] > before[0] or after[0] == before[0] and after[3] < before[1], "neither right of it nor below"
    for box in view.boxes:
        left, bottom, right, top = frames[f"cluster_{view.sections.index(box.section)}"]
        x, y = nodes[box.id]
        assert left < x < right and bottom < y < top


def test_the_heading_says_in_which_order_the_parts_are_read(training, fake):
    """The numbers go down each column, since parts are of very different heights: rows would be half empty."""
    assert "read down each column" in to_svg(training)
    fake.add("y", "Add", inputs=[fake.add("x", "Placeholder")])
    assert "column" not in to_svg(fake)


def test_all_is_inside_the_picture(training):
    _, nodes, drawn = laid_out(View(training))
    left, bottom, right, top = [float(x) for x in drawn["bb"].split(",")]
    points = [p.split(",")[-2:] for e in drawn["edges"] for p in e["pos"].split()]
    for x, y in [*nodes.values(), *[(float(x), float(y)) for x, y in points]]:
        assert left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1


@pytest.mark.parametrize("options", [{}, {"by": "role"}, {"depth": 0}, {"unfold": ["clipping", "gradients"]}])
def test_arrows_touch_what_they_lead_to(training, options):
    """Graphviz clips them at a polygon around the shape, which a train op, say, doesn't fill."""
    assert ends_in_the_air(to_svg(training, **options)) == []


def test_the_arrows_of_a_part_stay_in_it(training):
    view = View(training)
    frames, _, drawn = laid_out(view)
    for edge in drawn["edges"]:
        arrow = view.arrows[int(edge["arrow"][1:])]
        if arrow.tail.section is arrow.head.section:
            left, _, right, _ = frames[f"cluster_{view.sections.index(arrow.tail.section)}"]
            assert all(left < x < right for x, _ in words.along(edge["pos"]))


def columns(sizes):
    """Frames in columns: for each column how many."""
    return [routes.Rectangle(c, r) for c, rows in enumerate(sizes) for r in range(rows)]


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4), st.data())
@settings(max_examples=80, deadline=None)
def test_no_way_leads_through_a_frame(sizes, data):
    frames = columns(sizes)
    pick = st.integers(0, len(frames) - 1)
    pairs = data.draw(st.lists(st.tuples(pick, pick).filter(lambda p: p[0] != p[1]), max_size=12))
    ways = [routes.Way(frames[a], frames[b], words=20.0) for a, b in pairs]
    routes.plan_ways(ways)
    x, gutters = 0.0, {}
    for c, rows in enumerate(sizes):
        gutters[c] = x
        x += routes.gutter_width(ways, c)
        for f in frames:
            if f.column == c:
                f.left, f.right = x, x + 100 + 20 * f.row
                f.top, f.bottom = -400.0 * f.row, -400.0 * f.row - 350
        x += 160
    gutters[len(sizes)] = x
    routes.lay_ways(ways, frames, gutters)
    for way in ways:
        for (x0, y0), (x1, y1) in zip(way.points, way.points[1:]):
            assert x0 == x1 or y0 == y1, "a way has right angles only"
            for f in frames:
                inside = (
                    min(x0, x1) < f.right - 0.1
                    and max(x0, x1) > f.left + 0.1
                    and min(y0, y1) < f.top - 0.1
                    and max(y0, y1) > f.bottom + 0.1
                )
                assert not inside
        assert way.end.left <= way.points[-1][0] <= way.end.right
        numbers = re.findall(r"-?[\d.]+,-?[\d.]+", routes.spline(way.points))
        assert len(numbers) % 3 == 2  # the tip, a point, and three for each piece of the curve


SVG = "{http://www.w3.org/2000/svg}"


def lines_and_words(svg):
    """Return points along the arrows of a picture and the borders of its inner frames, and its words and titles as
    boxes: (text, left, top, right, bottom)."""
    points, said = [], []
    for group in ElementTree.fromstring(svg).iter(SVG + "g"):
        kind = group.get("class")
        for path in group.iter(SVG + "path") if kind in ("edge", "cluster") else ():
            curve = [tuple(map(float, p.split(","))) for p in re.findall(r"-?[\d.]+,-?[\d.]+", path.get("d"))]
            for i in range(0, len(curve) - 3, 3):
                a, b, c, d = curve[i : i + 4]
                for t in [k / 50 for k in range(51)]:
                    weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
                    points.append(tuple(sum(w * p[k] for w, p in zip(weights, (a, b, c, d))) for k in (0, 1)))
        for text in group.iter(SVG + "text") if kind in ("edge", "cluster") else ():
            each = (text.text or "").strip()
            if kind == "edge" or not re.match(r"\d+ ·|\d+ node|legend", each):
                x, y = float(text.get("x")), float(text.get("y"))
                x += 2.2 * len(each) if text.get("text-anchor") == "start" else 0
                said.append((each, x - 2.2 * len(each), y - 6.5, x + 2.2 * len(each), y + 1))
    return points, said


def test_no_line_leads_through_words(training):
    points, said = lines_and_words(to_svg(training))
    assert len(said) > 15
    crossed = [w for w in said if any(w[1] < x < w[3] and w[2] < y < w[4] for x, y in points)]
    assert not crossed
    for i, a in enumerate(said):
        for b in said[i + 1 :]:
            assert a[3] <= b[1] or b[3] <= a[1] or a[4] <= b[2] or b[4] <= a[2], (a, b)


def test_a_frame_is_wide_enough_for_its_title_beside_an_arrow():
    """The arrow into the only box of a narrow frame would cross the frame's name."""
    with tf.Graph().as_default() as graph:
        x = tf.Variable(tf.ones([2, 2]), name="x")
        with tf.name_scope("a_rather_long_name"):
            for i in range(3):
                x = tf.square(tf.tanh(x, name=f"t{i}"), name=f"s{i}")
        tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(x, name="loss"))
    points, said = lines_and_words(to_svg(graph))
    (title,) = [w for w in said if w[0] == "a_rather_long_name"]
    assert not any(title[1] < x < title[3] and title[2] < y < title[4] for x, y in points)
