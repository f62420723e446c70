"""How the page lays out: what is measured on the screen of a browser."""

import pathlib
import runpy

import pytest
from fakes import without_graphviz

import minigraph as tf

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
SCREENS = [(1280, 800), (1920, 1080)]

# All that has a size on the screen: the canvas, the boxes and frames, the letters.
MEASURED = """() => {
  const rectangle = e => {
    const {left, top, right, bottom} = e.getBoundingClientRect();
    return {left, top, right, bottom};
  };
  const texts = [...document.querySelectorAll('.picture text')].filter(t => t.getBoundingClientRect().width);
  return {
    canvas: rectangle(document.querySelector('.canvas')),
    things: [...document.querySelectorAll('.thing:not(.bare) > .body')].map(rectangle),
    letters: texts.map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a),
  };
}"""

# Of each frame: all routes that touch it, with where they do, and which tensors they carry.
AT_FRAMES = """() => {
  const {graph, picture} = minigraphPage, found = [];
  for (const {segment, points} of picture.routes) {
    const ends = [[segment.tail, segment.tailPort, points[0]],
                  [segment.head, segment.headPort, points[points.length - 1]]];
    for (const [end, port, {x, y}] of ends) {
      if (!port) continue;
      const frame = end.id === 'in' || end.id === 'out' ? segment.scope : end;
      found.push({frame: frame.path, port, kind: segment.kind, at: [Math.round(x), Math.round(y)], label: segment.label,
                  tensors: segment.tensors.map(([op, output]) => `${graph.names[op]}:${output}`)});
    }
  }
  return found;
}"""


def of_ten():
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    w, b = tf.Variable([[1.0], [2.0], [3.0]], name="w"), tf.Variable([0.0], name="b")
    tf.add(tf.matmul(x, w, name="product"), b, name="y")


def of_digits():
    runpy.run_path(str(EXAMPLES / "digits.py"))["build"]()


def of_two_thousand():
    x = tf.placeholder(tf.float32, [None, 8], name="x")
    for i in range(42):
        x = tf.layers.dense(x, 8, tf.nn.relu, name=f"layer{i}")
    tf.contrib.layers.optimize_loss(tf.reduce_mean(x), tf.train.get_or_create_global_step(), 0.1, "Adam")
    tf.global_variables_initializer()


@pytest.fixture(params=["ten", "net", "digits", "two_thousand"])
def program(request, model):
    """Return the graph of a program of some size."""
    if request.param == "net":
        return model[0]
    with tf.Graph().as_default() as graph:
        {"ten": of_ten, "digits": of_digits, "two_thousand": of_two_thousand}[request.param]()
    return graph


def box(left, top, right, bottom):
    return {"left": left, "top": top, "right": right, "bottom": bottom}


def around(rectangles):
    """Return the rectangle around some."""
    sides = {side: [r[side] for r in rectangles] for side in ("left", "top", "right", "bottom")}
    return box(min(sides["left"]), min(sides["top"]), max(sides["right"]), max(sides["bottom"]))


def lies_in(inner, outer, slack=1):
    return (
        inner["left"] >= outer["left"] - slack
        and inner["top"] >= outer["top"] - slack
        and inner["right"] <= outer["right"] + slack
        and inner["bottom"] <= outer["bottom"] + slack
    )


def extent(r):
    return r["right"] - r["left"], r["bottom"] - r["top"]


# The first look


@pytest.mark.parametrize("width, height", SCREENS)
def test_the_first_look_uses_the_canvas_and_can_be_read(show, program, width, height):
    screen = show(program, width, height)
    found = screen.page.evaluate(MEASURED)
    assert min(found["letters"]) >= 11 - 0.01
    drawn = around(found["things"])
    assert lies_in(drawn, found["canvas"])
    shares = [a / b for a, b in zip(extent(drawn), extent(found["canvas"]))]
    few = len(program.get_operations()) < 20  # which are drawn larger, though not beyond all measure
    assert (min(found["letters"]) > 22 and max(shares) > 0.45) if few else (max(shares) > 0.8 and min(shares) > 0.6)


def test_the_first_look_on_a_phone(show, program):
    screen = show(program, 390, 844)
    found = screen.page.evaluate(MEASURED)
    assert min(found["letters"]) >= 11 - 0.01
    seen = [thing for thing in found["things"] if thing["top"] < found["canvas"]["bottom"]]
    left, right = (f([min(max(r[side], 0), 390) for r in seen]) for f, side in ((min, "left"), (max, "right")))
    assert right - left > 0.6 * 390 and len(seen) >= 4
    assert extent(found["canvas"])[1] > 844 / 2


def test_more_is_open_where_there_is_more_room(show, model):
    small, large = (len(show(model[0], *size).titles()) for size in SCREENS)
    assert small + 10 <= large <= 60


@pytest.mark.parametrize("width, height", [(1280, 800), (390, 844)])
def test_nothing_covers_what_one_opens(show, model, width, height):
    screen = show(model[0], width, height)
    while screen.page.locator(".box > .toggle").count():
        opened = screen.page.evaluate("""() => {
            const thing = minigraphPage.picture.seen.find(t => t.children && !t.isOpen);
            minigraphPage.toggle(thing);
            return thing.id;
        }""")
        screen.settle()
        found = screen.page.evaluate(MEASURED)
        r = screen.page.evaluate(
            "id => { const r = document.querySelector(`[data-id='${id}'] > .body`).getBoundingClientRect(); "
            "return {left: r.left, top: r.top, right: r.right, bottom: r.bottom}; }",
            opened,
        )
        canvas, panel = found["canvas"], screen.page.locator(".panel").bounding_box()
        assert canvas["right"] <= panel["x"] or canvas["bottom"] <= panel["y"]
        assert canvas["left"] <= r["left"] and canvas["top"] <= r["top"]  # its beginning, at least
        fits = all(a <= b - 32 for a, b in zip(extent(r), extent(canvas)))
        assert not fits or lies_in(r, canvas), opened
        assert min(found["letters"]) >= 11 - 0.01
    covered = screen.page.evaluate("""() => {
        const {left, top, width, height} = document.querySelector('.canvas').getBoundingClientRect(), found = [];
        for (let x = left + 2; x < left + width; x += 12) for (let y = top + 2; y < top + height; y += 12) {
            const over = document.elementFromPoint(x, y);
            if (!over.closest('.picture')) found.push(over.outerHTML);
        }
        return found;
    }""")
    assert covered == []


def test_the_picture_fits_again_when_its_canvas_becomes_smaller(show, model):
    screen = show(model[0], runs=model[1])
    screen.mode("step")  # the bar below takes its share
    screen.page.wait_for_function("""() => {
        const {bottom} = document.querySelector('.canvas').getBoundingClientRect();
        return [...document.querySelectorAll('.thing > .body')].every(e => e.getBoundingClientRect().bottom <= bottom);
    }""")


@pytest.mark.parametrize("width, height", [*SCREENS, (390, 844)])
def test_the_numbers_of_the_parts_follow_the_layout(show, program, width, height):
    screen = show(program, width, height)
    parts = screen.page.evaluate("""[...document.querySelectorAll('.thing.section:not(.bare)')].map(e => {
        const {left, top} = e.querySelector('.body').getBoundingClientRect();
        return [parseInt(e.querySelector('.title').textContent), Math.round(left), Math.round(top)]; })""")
    read = [number for number, _, _ in sorted(parts, key=lambda part: part[1:])]
    assert read == list(range(1, len(parts) + 1)) and len(parts) != 1
    if width == 390:
        assert len({left for _, left, _ in parts}) <= 1


# Arrows


@pytest.fixture
def two_through_a_frame():
    """Return a graph in which two tensors leave a scope for one operation, and two come into it."""
    with tf.Graph().as_default() as graph:
        a, b = tf.placeholder(tf.float32, [2], name="a"), tf.placeholder(tf.float32, [3], name="b")
        with tf.name_scope("inner"):
            c, d = tf.square(a, name="c"), tf.negative(b, name="d")
        tf.concat([c, d], 0, name="both")
    return graph


def test_two_tensors_pass_a_frame_by_two_ports(show, two_through_a_frame):
    screen = show(two_through_a_frame)
    found = [each for each in screen.page.evaluate(AT_FRAMES) if each["frame"] == "inner"]
    assert all(len(each["tensors"]) == 1 for each in found)
    at = {}
    for each in found:
        at.setdefault(each["tensors"][0], set()).add(tuple(each["at"]))
    assert set(at) == {"a:0", "b:0", "inner/c:0", "inner/d:0"}
    for tensor, places in at.items():
        assert len(places) == 1 and all(places.isdisjoint(other) for name, other in at.items() if name != tensor)
    assert sum(each["tensors"] == ["inner/c:0"] for each in found) == 2  # one line to the port, and one on from it


def test_arrows_that_are_joined_say_how_many_tensors_they_carry(show, two_through_a_frame):
    screen = show(two_through_a_frame)
    screen.open_scope("inner")  # which closes it
    assert "2 tensors" in screen.page.locator(".words").all_text_contents()
    joined = screen.page.locator(".flow", has=screen.page.locator(".words:text-is('2 tensors')"))
    assert joined.locator("title").text_content() == "2 tensors\ninner/c:0\ninner/d:0"
    x, y = joined.locator(".line").evaluate("""e => {
        const {x, y} = e.getPointAtLength(e.getTotalLength() * 0.8);
        const at = new DOMPoint(x, y).matrixTransform(e.getScreenCTM());
        return [at.x, at.y]; }""")
    screen.page.mouse.click(x, y)
    assert screen.heading() == "2 tensors"
    assert screen.links("Tensors") == ["inner/c:0", "inner/d:0"] and screen.links("Taken by") == ["both"]
    screen.page.keyboard.press("Escape")
    assert screen.page.locator(".panel h2").first.inner_text() != "2 tensors"


def test_no_arrow_is_joined_at_a_frame_without_saying_so(show, model):
    screen = show(model[0])
    while screen.page.locator(".box > .toggle").count():
        screen.page.evaluate("minigraphPage.toggle(minigraphPage.picture.seen.find(t => t.children && !t.isOpen))")
    found = screen.page.evaluate(AT_FRAMES)
    assert len(found) > 40
    at = {}
    for each in found:
        if each["kind"] == "data":
            assert len(each["tensors"]) == 1 or each["label"] == f"{len(each['tensors'])} tensors", each
            at.setdefault((each["frame"], *each["at"]), []).append(each)
    for where, those in at.items():
        carried = {tuple(each["tensors"]) for each in those}
        assert len(carried) == 1 or any(each["label"].endswith("tensors") for each in those), (where, carried)


def test_lines_stay_within_their_frame(show, model):
    screen = show(model[0])
    while screen.page.locator(".box > .toggle").count():
        screen.page.evaluate("minigraphPage.toggle(minigraphPage.picture.seen.find(t => t.children && !t.isOpen))")
    outside = screen.page.evaluate("""minigraphPage.picture.routes.filter(({segment, points}) => {
        const {x, y, width, height} = segment.scope.place || {};
        return x !== undefined && !points.every(p => p.x > x && p.x < x + width && p.y > y - 1 && p.y < y + height + 1);
    }).map(({segment}) => segment.key)""")
    assert outside == []


# Groups


def test_children_that_no_arrow_joins_stand_in_a_grid(show):
    with tf.Graph().as_default() as graph:
        xs = [tf.placeholder(tf.float32, [2], name=f"x{i}") for i in range(2)]
        with tf.name_scope("many"):
            made = [tf.square(xs[i % 2], name=f"square{i}") for i in range(18)]
        tf.add_n(made, name="total")
    screen = show(graph)
    if screen.box("many").get_attribute("data-frame") == "no":
        screen.open_scope("many")
    boxes = [screen.box(f"square{i}").locator(".body").bounding_box() for i in range(18)]
    rows, columns = ({round(b[side]) for b in boxes} for side in ("y", "x"))
    assert 3 <= len(rows) <= 6 and 3 <= len(columns) <= 6
    assert screen.page.locator(".words").all_text_contents().count("18 tensors") == 1


# Names


def test_names_are_wrapped_and_whole(show):
    names = ["sparse_softmax_cross_entropy_with_logits_of_a_student", "a/name/in/which/there/are/many/slashes/indeed"]
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [1], name="x")
        for name in names:
            tf.square(x, name=name)
    screen = show(graph)
    titles = screen.titles()
    assert names[0] in titles and any(names[1].endswith(title) for title in titles)
    box = screen.page.locator(".thing.box", has_text=names[0])
    letters = box.locator(".title").evaluate("e => e.getBBox().width * e.getScreenCTM().a")
    assert letters <= box.locator(".body").bounding_box()["width"] and box.locator(".title > tspan").count() >= 2


def test_a_name_that_is_cut_is_whole_where_one_points_at_it(show, fake):
    name = "n" * 200
    fake.add(name)
    fake.add("other")
    fake.add(f"scope_{name}/inner")
    fake.add(f"scope_{name}/inner2")
    screen = show(fake)
    whole = screen.page.locator(".thing > title").all_text_contents()
    assert any(text.split("\n")[0] == name for text in whole)
    assert any(text.split("\n")[0] == f"scope_{name}" for text in whole)


# Without Graphviz


def test_a_graph_in_a_notebook_is_its_page(browser, model, tmp_path, monkeypatch):
    without_graphviz(monkeypatch)
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><body>{tf.viz.render(model[0])._repr_mimebundle_()['text/html']}</body>")
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.goto(f"file://{path}")
    assert "There is no Graphviz here" in page.inner_text("body > p")
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    assert frame.locator(".thing").count() > 8
    drawn, canvas = frame.locator(".frames").bounding_box(), frame.locator(".canvas").bounding_box()
    assert canvas["x"] <= drawn["x"] and drawn["x"] + drawn["width"] <= canvas["x"] + canvas["width"]
    with pytest.raises(tf.viz.GraphvizError, match="pip install pygraphviz"):
        tf.viz.render(model[0], tmp_path / "graph.svg")
    page.close()


# By device


def test_arrows_between_devices_say_how_many_bytes_are_copied(show):
    with tf.Graph().as_default() as graph:
        with tf.device("/job:ps/task:0"):
            v = tf.get_variable("v", [784, 128])
        with tf.device("/job:worker/task:0"):
            tf.matmul(tf.placeholder(tf.float32, [None, 784], name="x"), v, name="y")
    screen = show(graph, by="device")
    assert screen.titles()[:2] == ["1 · /job:ps/task:0", "2 · /job:worker/task:0"]
    assert screen.page.locator(".words").all_text_contents().count("1 tensor · 401 kB") == 1
    assert screen.page.locator("#toggle-training").count() == 0
