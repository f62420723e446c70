"""DOT, layout, SVG and files: escaping, legend, what happens without Graphviz or on a full disk."""

import os
import stat
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from fakes import FakeGraph, without_graphviz
from hypothesis import given, settings
from hypothesis import strategies as st

import minigraph as tf
from minigraph import viz
from minigraph.viz import files
from minigraph.viz.svg import run_graphviz, style
from minigraph.viz.view.marks import MARKS

SVG = "{http://www.w3.org/2000/svg}"


def text_of(svg):
    return "\n".join(t for t in ElementTree.fromstring(svg.encode()).itertext())


@pytest.fixture
def small():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 3], name="x")
        with tf.name_scope("scale"):
            tf.multiply(x, 2.0, name="y")
    return graph


# SVG


def test_the_svg_of_a_training_graph(training):
    svg = viz.to_svg(training)
    root = ElementTree.fromstring(svg.encode())
    assert root.tag == SVG + "svg" and root.get("viewBox") and root.get("role") == "img"
    title = root.find(SVG + "title")
    assert title.get("id") == root.get("aria-labelledby") and title.text == viz.View(training).title
    text = text_of(svg)
    for words in (
        "1 · forward",
        "learning rate",
        "gradients",
        "gradient noise",
        "multipliers",
        "clipping",
        "summaries",
        "apply",
        "global step and train op",
        "the loss",
        "train op",
        "8 × 16",
        "legend",
    ):
        assert words in text, words


def test_the_arguments_of_a_body_are_not_called_fed():
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [2], name="x")
        y = tf.cond(tf.reduce_all(x > 0), lambda: tf.square(x), lambda: x)
    call = next(op for op in y.graph.get_operations() if op.type == "StatelessIf")
    words = text_of(viz.to_svg(call.get_attr("then_branch")))
    assert "argument of the body" in words and "placeholder" not in words and "fed" not in words


def test_a_group_is_a_hexagon_and_a_scope_is_closed_as_on_the_page(training):
    assert "closed scope" in text_of(viz.to_svg(training)) and "diamond" not in viz.to_dot(training)
    with tf.Graph().as_default() as graph:
        tf.group(tf.Variable(1.0, name="v").assign(2.0), tf.no_op(name="rest"), name="both")
    assert "runs other operations" in text_of(viz.to_svg(graph)) and "shape=hexagon" in viz.to_dot(graph)


def width_of(svg):
    """Return the width in the fonts of this machine, by that of a picture of one box with a name of 34 letters."""
    with tf.Graph().as_default() as graph:
        tf.placeholder(tf.float32, [None, 3], name="weights_of_layer_" * 2)
    widths = [ElementTree.fromstring(each.encode()).get("width") for each in (svg, viz.to_svg(graph))]
    assert all(width.endswith("pt") for width in widths)
    return float(widths[0][:-2]) / float(widths[1][:-2])


def test_it_fits_a_screen(training):
    """Its columns are four to five and a half long names wide, with whatever fonts."""
    assert width_of(viz.to_svg(training)) < 6.5


def test_boxes_are_named_for_those_who_cannot_see(small):
    root = ElementTree.fromstring(viz.to_svg(small).encode())
    titles = {g.find(SVG + "title").text for g in root.iter(SVG + "g") if g.find(SVG + "title") is not None}
    assert {"x", "scale/y"} <= titles and not any(t.startswith(("n0", "cluster")) for t in titles)


def test_nothing_is_outside_the_view_box(training):
    root = ElementTree.fromstring(viz.to_svg(training).encode())
    _, _, width, height = map(float, root.get("viewBox").split())
    shift = [float(n) for n in root.find(SVG + "g").get("transform").rpartition("(")[2].rstrip(")").split()]
    for text in root.iter(SVG + "text"):
        assert 0 <= float(text.get("x")) + shift[0] <= width
        assert 0 <= float(text.get("y")) + shift[1] <= height


def test_the_tooltip_tells_everything(small):
    svg = viz.to_svg(small)
    for words in ("scale/y (Mul)", "T = ", "output 0: ? × 3", "test_render.py:"):
        assert words in svg, words


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"depth": 99},
        {"show_constants": True},
        {"show_init": True},
        {"legend": False},
        {"theme": "dark"},
        {"by": "scope"},
        {"title": "<&\"'> ñ 日本 \\n"},
    ],
)
def test_every_option_gives_a_picture(options):
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        tf.train.MomentumOptimizer(0.1, 0.9).minimize(tf.square(v, name="loss"))
    root = ElementTree.fromstring(viz.to_svg(graph, **options).encode())
    assert len(list(root.iter(SVG + "text"))) > 5


def test_the_dark_theme_is_dark(small):
    assert style.DARK.paper in viz.to_svg(small, theme="dark") and style.DARK.paper not in viz.to_svg(small)
    with pytest.raises(ValueError, match="theme must be 'light', 'dark' or 'print', not 'blue'"):
        viz.to_svg(small, theme="blue")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a, b):
    a, b = sorted((luminance(a), luminance(b)))
    return (b + 0.05) / (a + 0.05)


@pytest.mark.parametrize("theme", [style.LIGHT, style.DARK, style.PRINT], ids=lambda t: t.name)
def test_contrast(theme):
    """Text 4.5 : 1 and lines 3 : 1 at least, as WCAG 2 asks for."""
    for stage, (paper, line) in theme.stages.items():
        assert contrast(theme.ink, paper) >= 4.5, stage
        assert contrast(theme.faint, paper) >= 4.5, stage
        assert contrast(line, paper) >= 3, stage
    for mark, (paper, line) in theme.marks.items():
        assert contrast(line if mark == "left_out" else theme.ink, paper) >= 4.5, mark
        assert contrast(line, theme.paper) >= 3 and mark in MARKS


def test_marks_are_told_apart_without_colour():
    looks = {(mark.sign, mark.line) for mark in MARKS.values()}
    assert len(looks) == len(MARKS) and all(mark.words for mark in MARKS.values())


def test_every_stage_has_a_colour_and_a_title():
    from minigraph.reading import roles

    for stage in (roles.FORWARD, *roles.STAGES):
        assert stage in style.LIGHT.stages and stage in style.DARK.stages and stage in roles.STAGE_TITLES


def test_the_legend_has_what_occurs_only(small, training):
    assert "summary" not in text_of(viz.to_svg(small)) and "variable" not in text_of(viz.to_svg(small))
    boxes, arrows = style.legend_of(viz.View(small))
    assert {role for role, *_ in boxes} == {"placeholder", "forward"} and len(arrows) == 1
    boxes, arrows = style.legend_of(viz.View(training))
    assert {"variable", "summary", "scope", "update"} <= {role for role, *_ in boxes} and len(arrows) == 3


def test_the_picture_is_the_same_each_time(training):
    assert viz.to_svg(training) == viz.to_svg(training)


# Names

NASTY = [
    "<&\"'>",
    "a\\nb\\",
    "日本/ñandú",
    "x" * 300,
    "\x00\x07",
    "</title><script>alert(1)</script>",
    "{|}",
    "--",
    "]]>",
    "%s&amp;",
    "\\G\\N",
    "a\tb",
    "\ud800",
    "",
]


def nasty_svg(name, **options):
    graph = FakeGraph()
    x = graph.add(name, "Placeholder")
    y = graph.add("scope/" + name, name or "T", [x], value=0)
    y.attrs = {name: name}
    z = graph.add(name + "/z", "Add", [x, y], [y], stage="gradients")
    c = graph.add(name + "/c", "Const", value=name.encode("utf-8", "replace"))
    graph.add(name + "/d", "ScalarSummary", [z, c], stage=name or "stage")
    return viz.to_svg(graph, title=name, **options)


@pytest.mark.parametrize("name", NASTY, ids=ascii)
def test_nasty_names(name):
    root = ElementTree.fromstring(nasty_svg(name).encode())
    assert not [e for e in root.iter() if e.tag.endswith("script")]


@settings(max_examples=25)
@given(st.text(max_size=30))
def test_any_name(name):
    root = ElementTree.fromstring(nasty_svg(name).encode())
    assert not [e for e in root.iter() if e.tag.endswith("script")]


def test_escaped_names_read_as_they_are():
    assert "a<b>&\"c'" in text_of(nasty_svg("a<b>&\"c'"))


def test_long_names_do_not_make_wide_boxes():
    assert width_of(nasty_svg("x" * 300)) < 5


# Layout


def test_200_nested_frames(fake):
    last, path = fake.add("x", "Placeholder"), ""
    for i in range(200):
        path += f"s{i}/"
        last = fake.add(path + "op", inputs=[last])
    assert "<svg" in viz.to_svg(fake, depth=300)


def test_empty_graph_is_a_picture():
    assert "0 nodes in 0 boxes" in text_of(viz.to_svg(tf.Graph()))


def test_too_much_is_refused_with_advice(fake):
    for i in range(400):
        fake.add(f"op_{i}")
    with pytest.raises(ValueError, match="the picture would have 400 boxes and 0 arrows: Graphviz may") as error:
        viz.to_svg(fake, depth=9)
    assert "fetches=[tensor]" in str(error.value)
    assert all(len(line) <= 100 for line in str(error.value).splitlines())
    assert viz.to_dot(fake, depth=9).count("tooltip") >= 400  # the text is given at any size


def test_a_layout_that_takes_too_long_is_stopped(small, monkeypatch):
    monkeypatch.setattr(
        run_graphviz,
        "_engines",
        lambda format, engine: [("slow", [sys.executable, "-c", "import time; time.sleep(60)"])],
    )
    with pytest.raises(viz.GraphvizError, match="Graphviz was stopped after 0.2 seconds"):
        viz.to_svg(small, timeout=0.2)


def test_no_graphviz_at_all(small, monkeypatch, tmp_path):
    without_graphviz(monkeypatch)
    with pytest.raises(viz.GraphvizError, match="No Graphviz was found.*\n.*\n.*pip install pygraphviz") as caught:
        viz.render(small, tmp_path / "g.svg")
    assert "viz.page(graph)" in str(caught.value)
    assert list(tmp_path.iterdir()) == []
    assert viz.render(small, tmp_path / "g.dot") and (tmp_path / "g.dot").read_text().startswith("digraph")
    assert set(small._repr_mimebundle_()) == {"text/plain", "text/html"} and small._repr_svg_() is None


def test_one_engine_fails_and_the_next_draws(small, monkeypatch):
    engines = run_graphviz._engines
    broken = [("/bin/dot", [sys.executable, "-c", "import sys; sys.exit('no plugin')"]), ("gone", ["/no/such/dot"])]
    monkeypatch.setattr(run_graphviz, "_engines", lambda *asked: broken + engines(*asked))
    assert "<svg" in viz.to_svg(small)
    monkeypatch.setattr(run_graphviz, "_engines", lambda format, engine: broken)
    with pytest.raises(viz.GraphvizError, match="Graphviz could not draw the graph.\n/bin/dot: no plugin\ngone: "):
        viz.to_svg(small)


def test_nothing_is_not_a_picture(small, monkeypatch):
    monkeypatch.setattr(run_graphviz, "_engines", lambda format, engine: [("mute", [sys.executable, "-c", "pass"])])
    with pytest.raises(viz.GraphvizError, match="mute: nothing came back"):
        viz.to_svg(small)


# Files


@pytest.mark.parametrize(
    "ending, begins", [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("dot", b"digraph"), ("SVG", b"<svg")]
)
def test_formats(small, tmp_path, ending, begins):
    path = tmp_path / f"graph.{ending}"
    assert viz.render(small, path) == str(path)
    assert path.read_bytes().startswith(begins) and [p.name for p in tmp_path.iterdir()] == [path.name]


def test_unknown_ending(small, tmp_path):
    with pytest.raises(ValueError, match=r"cannot tell what to write from the name .*graph\.jpeg'.*\.svg, \.png"):
        viz.render(small, tmp_path / "graph.jpeg")


def test_no_such_folder(small, tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no folder .*nowhere' to write 'g.svg' to"):
        viz.render(small, tmp_path / "nowhere" / "g.svg")


def test_the_file_can_be_read_by_others(small, tmp_path):
    path = tmp_path / "g.dot"
    viz.render(small, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask()
    path.chmod(0o600)
    viz.render(small, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_whole(small, tmp_path, monkeypatch, call):
    path = tmp_path / "g.svg"
    path.write_text("old")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, call, full)
    with pytest.raises(OSError, match="No space left"):
        viz.render(small, path)
    monkeypatch.undo()
    assert path.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["g.svg"]


def test_a_folder_that_cannot_be_written(small, tmp_path, monkeypatch):
    (tmp_path / "g.svg").write_text("old")
    tmp_path.chmod(0o500)
    if os.access(tmp_path, os.W_OK):  # for root nothing is read-only: say so in its place

        def denied(*args, **kwargs):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(files.tempfile, "mkstemp", denied)
    try:
        with pytest.raises(PermissionError):
            viz.render(small, tmp_path / "g.svg")
        assert (tmp_path / "g.svg").read_text() == "old"
    finally:
        tmp_path.chmod(0o700)


def test_a_view_can_be_given(small):
    view = viz.View(small, depth=1)
    assert viz.to_dot(view) == viz.to_dot(small, depth=1)
    with pytest.raises(TypeError, match="a View is given, which has its own depth"):
        viz.to_dot(view, depth=2)


def test_notebooks(small):
    bundle = small._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "image/svg+xml", "text/html"} and small._repr_svg_() == bundle["image/svg+xml"]


def test_networkx(training):
    nx = viz.to_networkx(training)
    assert list(nx.nodes) == [op.name for op in training.get_operations()]
    assert nx.number_of_edges() == sum(len(op.inputs) + len(op.control_inputs) for op in training.get_operations())
    assert nx.nodes["hidden/kernel"]["role"] == "variable"
    assert [d["input"] for d in nx.get_edge_data("x", "hidden/MatMul").values()] == [0]


def test_importing_the_package_starts_no_graphviz():
    code = "import sys, minigraph; assert 'pygraphviz' not in sys.modules and 'networkx' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_frames_of_variable_scopes_and_name_scopes_differ_and_the_legend_says_so():
    with tf.Graph().as_default() as graph:
        with tf.variable_scope("model"):
            tf.negative(tf.multiply(tf.get_variable("w", []), 0.5))
        with tf.name_scope("other"):
            tf.negative(tf.square(tf.zeros([2])))
    svg = viz.to_svg(graph, depth=3)
    groups = {text: g for g in ElementTree.fromstring(svg).iter(f"{SVG}g") for text in g.itertext()}
    drawn = [list(groups[name].iter()) for name in ("model", "other")]
    assert [any(each.get("stroke-dasharray") for each in lines) for lines in drawn] == [False, True]
    text = text_of(svg)
    assert "variable scope" in text and "name scope" in text
    with tf.Graph().as_default() as graph, tf.name_scope("other"):
        tf.negative(tf.square(tf.zeros([2])))
    assert "variable scope" not in text_of(viz.to_svg(graph, depth=3))
