"""What a notebook shows."""

import re

import pytest
from fakes import without_graphviz
from IPython.core.formatters import DisplayFormatter

import minigraph as tf
from minigraph import viz
from minigraph.runtime.plan import Plan
from minigraph.viz import View, notebook, zoomable


def shown(value):
    """Return what IPython itself finds to show."""
    return DisplayFormatter().format(value)[0]


@pytest.fixture
def run():
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        x = tf.placeholder(tf.float32, [2], name="x")
        y = tf.square(x, name="y")
        metadata = tf.RunMetadata()
        sess.run(y, {x: [1, 2]}, tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True), metadata)
    return graph, x, y, metadata


def test_graphs_views_and_plans_are_pictures(run):
    graph, x, y, _ = run
    for value in (graph, View(graph), Plan([y], [x])):
        assert shown(value)["image/svg+xml"].startswith("<svg")
    assert "step 1" in shown(Plan([y], [x]))["image/svg+xml"]
    assert shown(Plan([y], [x]))["text/plain"] == "<Plan: 1 step for y:0; fed: x:0>"
    assert "image/svg+xml" not in shown(Plan([], []))


def test_operations_and_tensors_are_tables(run):
    _, x, y, _ = run
    table = shown(y)["text/html"]
    for words in ("y:0", "[2]", "Square", "x:0 ([2])", "test_notebook.py:"):
        assert words in table, words
    assert shown(y.op)["text/plain"] == repr(y.op) and "output 0" in shown(y.op)["text/html"]
    assert "used by" in shown(x)["text/html"]


def test_traces_are_tables(run):
    metadata = run[-1]
    for value in (metadata, metadata.trace):
        html = shown(value)["text/html"]
        assert "1 steps" in html and "[1, 4]" in html and "Square" in html
    assert "text/html" not in shown(tf.RunMetadata())


def test_long_traces_are_cut():
    with tf.Graph().as_default(), tf.Session() as sess:
        x = tf.random_uniform([])
        for _ in range(60):
            x = tf.identity(x)
        metadata = tf.RunMetadata()
        sess.run(x, None, tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), metadata)
    html = shown(metadata.trace)["text/html"]
    assert "23 more steps" in html and html.count("<tr>") == 42


def test_names_do_not_become_markup(run, monkeypatch):
    _, _, y, _ = run
    monkeypatch.setattr(y.op, "_name", "<script>alert(1)</script>&\x07")
    monkeypatch.setattr(y, "_name", "<script>:0")
    assert "<script" not in y.op._repr_html_() and "&lt;script" in y.op._repr_html_()


def test_without_graphviz_a_graph_is_a_page(run, monkeypatch):
    graph, x, y, _ = run
    assert "image/svg+xml" in shown(graph)
    without_graphviz(monkeypatch)
    for value in (graph, tf.viz.render(graph), Plan([y], [x])):
        found = shown(value)
        assert set(found) == {"text/plain", "text/html"}
        assert found["text/html"].startswith("<p>There is no Graphviz here") and "<iframe" in found["text/html"]
    assert set(shown(Plan([], []))) == {"text/plain"}


def test_variables_show_their_value_in_each_session():
    v = tf.get_variable("v", [2], initializer=tf.constant_initializer(0.5))
    with tf.Session() as first, tf.Session():
        first.run(v.initializer)
        first.run(v.assign([1.5, 2.5]))
        html = shown(v)["text/html"]
    for words in ("v:0", "float32 (2,)", "trainable", "[1.5 2.5]", "no value: not initialized", "test_notebook.py:"):
        assert words in html, words
    assert shown(v)["text/plain"] == repr(v)


def test_a_session_shows_which_variables_have_no_value():
    v, w = tf.Variable(1.0, name="v"), tf.Variable(2.0, name="w", use_resource=True)
    with tf.Session() as sess:
        assert "0 of 2" in shown(sess)["text/html"] and "v, w" in shown(sess)["text/html"]
        sess.run([v.initializer, w.initializer])
        assert "2 of 2" in shown(sess)["text/html"] and "open" in shown(sess)["text/html"]
    assert "closed" in shown(sess)["text/html"]


def test_optimizers_show_their_settings_and_slots():
    optimizer = tf.train.AdamOptimizer(0.25, beta1=0.8)
    assert "none" in shown(optimizer)["text/html"]
    optimizer.minimize(tf.square(tf.Variable(1.0)))
    html = shown(optimizer)["text/html"]
    for words in ("AdamOptimizer", "0.25", "0.8", "m of 1 variable"):
        assert words in html, words


def test_a_picture_is_drawn_once(run, monkeypatch):
    drawn = []
    monkeypatch.setattr(notebook, "to_svg", lambda shown, **options: drawn.append(shown) or "<svg/>")
    assert shown(run[0])["image/svg+xml"] == "<svg/>" and drawn == [run[0]]


def test_a_picture_is_zoomed_without_a_script_and_fits_the_column(training):
    found = shown(View(training))
    html, svg = found["text/html"], found["image/svg+xml"]
    width = float(re.search(r'width="([\d.]+)pt"', svg)[1]) * 4 / 3
    assert width < 1300 < 1500 < float(re.search(r'width="([\d.]+)pt"', viz.to_svg(training))[1]) * 4 / 3
    assert "max-width:960px" in html and f"width:{width:.0f}px" in html and "<script" not in html
    assert ("words are small" in html) == (width * 10 / 12 > 960)
    assert html.count("graph-title") == 0 and html.count("-title") >= 2  # an id of its own


def test_small_words_are_pointed_out_and_others_not(run):
    assert "words are small" not in shown(run[0])["text/html"]
    assert "words are small" in zoomable.zoomable('<svg width="900pt" height="10pt"></svg>')


def test_a_trace_shows_what_ran_in_the_branch():
    with tf.Graph().as_default(), tf.Session() as sess:
        x = tf.placeholder(tf.float32, [])
        y = tf.cond(x > 0.0, lambda: tf.sqrt(x, name="root"), lambda: tf.negative(x, name="minus"))
        metadata = tf.RunMetadata()
        sess.run(y, {x: 9.0}, tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True), metadata)
    html = shown(metadata)["text/html"]
    assert "↳ then_branch: root" in html and "minus" not in html
