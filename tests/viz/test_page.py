"""The page's data: what is in it, that nothing of it becomes markup, and what goes into the file."""

import configparser
import fnmatch
import hashlib
import json
import os
import pathlib
import re

import numpy as np
import pytest
from fakes import FakeGraph
from hypothesis import given, settings
from hypothesis import strategies as st

import minigraph as tf
from minigraph import viz
from minigraph.viz.page.graph_data import GraphData, shared_beginnings
from minigraph.viz.page.page import inert
from minigraph.viz.page.runs import recording_runs, run_data, runs_of, value_data

ASSETS = pathlib.Path(viz.__file__).with_name("page") / "assets"
ROOT = pathlib.Path(viz.__file__).parents[2]
TRACED = dict(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True)


def names_in(data):
    names, before = [], ""
    for n, rest in zip(data["names"][::2], data["names"][1::2]):
        names.append(before := before[:n] + rest)
    return names


def data_of(html):
    return json.loads(re.search(r'<script type="application/json" id="graph-data">(.*?)</script>', html, re.S)[1])


@pytest.fixture
def recorded():
    """Return a step of gradient descent on w, recorded: (graph, metadata, the loss)."""
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        w = tf.Variable([[1.0], [2.0]], name="w")
        loss = tf.reduce_mean(tf.square(tf.matmul(x, w)), name="loss")
        step = tf.train.GradientDescentOptimizer(0.1).minimize(loss, name="step")
        sess.run(tf.global_variables_initializer())
        run = tf.RunMetadata()
        value, _ = sess.run([loss, step], {x: np.ones([3, 2])}, tf.RunOptions(**TRACED), run)
    return graph, run, value


# The graph


@given(st.lists(st.text(max_size=8)))
def test_names_come_back(names):
    assert names_in({"names": shared_beginnings(names)}) == names


def test_shared_beginnings_count_as_javascript_does():
    assert shared_beginnings(["💥a", "💥b"])[2] == 0  # two there, one here: better none


def test_every_drawn_node_is_in_the_tree_once(training):
    data = GraphData(training).data
    inside = [e for scope in data["scopes"] for e in scope["entries"]]
    assert sorted(e for e in inside if e >= 0) == [i for i, home in enumerate(data["homes"]) if home == i]
    roots = {section["root"] for section in data["sections"]}
    assert sorted([-1 - e for e in inside if e < 0]) == sorted(set(range(len(data["scopes"]))) - roots)


def test_arrows_are_those_of_the_static_picture(training):
    shown = GraphData(training)
    found = {(shown.ops[tail].name, shown.ops[head].name, kind) for tail, head, kind, *_ in shown.data["arrows"]}
    view = viz.View(training, depth=99)
    kinds = ["data", "write", "control"]
    for arrow in view.arrows:
        if arrow.tail.kind == arrow.head.kind == "op" and arrow.from_section is arrow.to_section is None:
            assert (arrow.tail.path, arrow.head.path, kinds.index(arrow.kind)) in found


def test_inputs_and_controls_are_the_graphs(training):
    shown = GraphData(training)
    for i, op in enumerate(shown.ops):
        pairs = shown.data["inputs"][i]
        assert [(shown.ops[i - back], output) for back, output in zip(pairs[::2], pairs[1::2])] == [
            (t.op, t.value_index) for t in op.inputs
        ]
        assert [shown.ops[c] for c in shown.data["control"].get(i, [])] == op.control_inputs


def test_who_reads_and_writes_a_variable():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        added = tf.assign_add(v, 1.0, name="added")
        tf.add(tf.identity(added), 1.0, name="computed")
    data = GraphData(graph).data
    names = names_in(data)
    assert {names[i] for i in data["writes"]} == {"v/Assign", "added"}
    assert {names[i] for i in data["reads"]} == {"added", "computed"}  # who hands the memory on reads nothing
    assert {v for each in (*data["reads"].values(), *data["writes"].values()) for v in each} == {names.index("v")}


def test_gradients_know_what_they_differentiate(training):
    data = GraphData(training).data
    names = names_in(data)
    found = {names[i]: names[forward] for i, forward in data["gradientOf"].items()}
    assert found["OptimizeLoss/gradients/logits/MatMul_grad/MatMul_1"] == "logits/MatMul"


def test_facts_of_a_node():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 3], name="x")
        tf.reduce_sum(x, axis=1, name="total")
    data = GraphData(graph).data
    tables, total = data["tables"], names_in(data).index("total")
    assert tables["types"][data["types"][total]] == "Sum"
    assert tables["outputs"][data["outputs"][total]] == ("[?]",)
    assert ("keep_dims", "False") in tables["attrs"][data["attrs"][total]]
    assert tables["inputNames"][data["inputNames"][total]] == ("input", "reduction_indices")
    file, line, text = tables["wheres"][data["wheres"][total]][0]
    assert file == "test_page.py" and text == 'tf.reduce_sum(x, axis=1, name="total")' and line > 0
    assert "sum" in tables["docs"]["Sum"].lower()


def test_bodies_of_functions_come_along():
    with tf.Graph().as_default() as graph:
        tf.while_loop(lambda i: i < 3, lambda i: tf.cond(i > 1, lambda: i + 1, lambda: i + 2), [tf.constant(0)])
    graphs = viz.page(graph).data["graphs"]
    loop = next(op for op in graph.get_operations() if op.op_def.functions)
    names = [name for name, _ in graphs[0]["bodies"][graph.get_operations().index(loop)]]
    assert names == ["cond", "body"] and len(graphs) == 5
    assert len([g for g in graphs if g["bodies"]]) == 2


@pytest.mark.parametrize("wide", ["alike", "different"])
def test_no_scope_is_too_wide_to_be_laid_out(fake, wide):
    for i in range(700):
        fake.add(f"op_{i}" if wide == "alike" else f"{'abcdefghij'[i % 10]}{i}x")
    assert max(len(scope["entries"]) for scope in GraphData(fake).data["scopes"]) <= 24


def test_a_deep_nest(fake):
    path = "s"
    for i in range(200):
        fake.add(path + "/a")
        fake.add(path + "/b")
        path += f"/s{i}"
    data = GraphData(fake).data
    assert len(data["scopes"]) >= 200 and json.dumps(data)


def test_nothing_is_said_twice():
    with tf.Graph().as_default() as graph:
        x = tf.constant(1.0)
        for _ in range(2000):
            x = tf.add(x, 1.0)
    assert len(json.dumps(GraphData(graph).data, separators=(",", ":"))) < 100 * len(graph.get_operations())


# Escaping

NASTY = [
    "</script><img src=x onerror=alert(1)>",
    "<!--",
    "&lt;",
    "\"'`",
    "\u2028\u2029",
    "\x00\x07",
    "\ud800",
    "日本💥",
    "@DATA@",
    "\\u003c",
    "x" * 300,
]


@given(
    st.recursive(st.text() | st.sampled_from(NASTY), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
@settings(max_examples=60)
def test_data_is_inert_and_comes_back(data):
    text = inert(data)
    assert json.loads(text) == data and text.isascii() and not set("<>&\n\u2028") & set(text)


def test_names_do_not_become_markup(fake):
    for name in NASTY:
        fake.add(name)
    page = viz.page(fake, title="</title><script>alert(1)</script>")
    html = page.html
    assert html.count("</script>") == 2 and html.count("<script") == 2
    assert "onerror=alert" in html and "<img" not in html
    assert "<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>" in html
    assert sorted(names_in(data_of(html)["graphs"][0])) == sorted(viz.text.clean(name) for name in NASTY)


def test_the_policy_lets_this_script_run_and_nothing_be_loaded(training):
    html = viz.page(training).html
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-") and "http" not in policy
    assert re.findall(r'(?:src|href)="', html) == []
    script = re.search(r"<script>(.*)</script>", html, re.S)[1]
    import base64

    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy


def test_the_script_makes_no_markup_and_loads_nothing():
    for path in ASSETS.glob("page-*.js"):
        text = path.read_text()
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|"
            r"\bfetch\(|XMLHttpRequest|import\(|localStorage",
            text,
        ), path.name
        assert len(text.splitlines()) <= 300 and max(map(len, text.splitlines())) <= 120, path.name


# Runs


def test_values_of_a_run(recorded):
    graph, run, loss = recorded
    shown = GraphData(graph)
    index = {op.name: i for op, i in shown.index.items()}
    data = run_data(run.trace, index)
    assert data["values"][data["fetches"][0][2]]["values"] == [loss] == [9.0]
    assert [data["values"][v] for op, output, v in data["feeds"]] == [
        {"dtype": "float32", "shape": [3, 2], "values": [1.0] * 6}
    ]
    variable, before, after = data["variables"][0]
    assert (variable, data["values"][before]["values"]) == (index["w"], [1.0, 2.0])
    assert data["values"][after]["values"] == pytest.approx([0.4, 1.4])
    assert [shown.ops[i].name for i in data["steps"]] == run.trace.order and data["error"] is None


def test_the_title_of_a_run_cuts_no_name():
    names = ["scope_with_a_long_name/" * 5 + f"op{i}" for i in range(4)]
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        fetches, run = [tf.constant(float(i), name=name) for i, name in enumerate(names)], tf.RunMetadata()
        sess.run(fetches, None, tf.RunOptions(**TRACED), run)
    assert viz.page(graph, runs=run).data["runs"][0]["title"] == f"{names[0]}:0 and 3 more"
    with tf.Session(graph=graph) as sess:
        sess.run(fetches[:1], None, tf.RunOptions(**TRACED), run)
    assert viz.page(graph, runs=run).data["runs"][0]["title"] == f"{names[0]}:0"


def test_large_values_odd_values():
    def data(array):
        with tf.Graph().as_default(), tf.Session() as sess:
            x = tf.placeholder(array.dtype, array.shape)
            run = tf.RunMetadata()
            sess.run(tf.identity(x), {x: array}, tf.RunOptions(**TRACED), run)
        return value_data(run.trace.steps[-1].outputs[0])

    large = data(np.arange(100, dtype=np.float32))
    assert "values" not in large and (large["stats"]["min"], large["stats"]["max"]) == (0.0, 99.0)
    assert data(np.float32([np.nan, np.inf, 0.1]))["values"] == ["nan", "inf", 0.1]
    assert data(np.int64([2**60, 3]))["values"] == [str(2**60), 3]
    assert data(np.array([b"text", b"\xff\x00"], object))["values"] == ["text", "2 bytes"]
    assert data(np.zeros([0, 3], np.float32))["values"] == []


def test_the_first_runs_of_each_kind_are_recorded():
    with tf.Graph().as_default() as graph, tf.Session() as sess, recording_runs() as runs:
        x = tf.placeholder(tf.float32, [])
        y, z = tf.square(x, name="y"), tf.negative(x, name="z")
        for i in range(6):
            sess.run(y, {x: i})
        sess.run(z, {x: 1})
        own = tf.RunMetadata()
        sess.run(z, {x: 1}, tf.RunOptions(**TRACED), own)
    # The run that the program records itself is there too, as it records it.
    assert [trace.fetched for _, trace in runs] == [["y:0"]] * 3 + [["z:0"]] * 2 and runs[-1][1] is own.trace
    assert all(where is graph for where, _ in runs) and own.trace.order == ["z"]
    assert tf.Session.run.__module__ == "minigraph.runtime.session"


def test_a_run_that_fails_is_recorded_too():
    with tf.Graph().as_default() as graph, tf.Session() as sess, recording_runs() as runs:
        v = tf.Variable(1.0, name="v")
        with pytest.raises(tf.errors.FailedPreconditionError):
            sess.run(v.read_value())
    shown = GraphData(graph)
    failed, message = run_data(runs[0][1], {op.name: i for op, i in shown.index.items()})["error"]
    assert failed >= 0 and message.startswith("Attempting to use uninitialized value v")


def test_wrong_runs(recorded):
    graph, run, _ = recorded
    assert runs_of(run) == runs_of([run]) == runs_of(run.trace) == [run.trace]
    for wrong in (1.0, [1.0]):
        with pytest.raises(TypeError, match="runs must be RunMetadata or traces, not float"):
            viz.page(graph, runs=wrong)
    with pytest.raises(ValueError, match="has recorded nothing") as error:
        viz.page(graph, runs=[tf.RunMetadata()])
    assert "tf.RunOptions(" in str(error.value) and len(str(error.value).splitlines()) <= 8
    with pytest.raises(ValueError, match="a run has a step 'x?w?/?.*', which is no node of the page's graph"):
        viz.page(tf.Graph(), runs=run)


def test_races_by_name_by_operation_and_from_a_report():
    from types import SimpleNamespace

    with tf.Graph().as_default() as graph:
        a, b = tf.no_op("a"), tf.no_op("b")
    report = SimpleNamespace(pairs=[SimpleNamespace(first=a, second=b)])
    assert viz.page(graph, races=[("a", b)]).data["races"] == viz.page(graph, races=report).data["races"] == [[0, 1]]
    with pytest.raises(KeyError, match="'c' refers to an Operation not in the graph"):
        viz.page(graph, races=[("a", "c")])
    with pytest.raises(TypeError, match="races must be pairs"):
        viz.page(graph, races=["a"])


def test_races_that_were_found():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        fetches = [v.assign_add(1.0, name="add"), tf.assign(v, v.read_value() * 2.0, name="double")]
        found = tf.explain.races(fetches)
    names = names_in((data := viz.page(graph, races=found).data)["graphs"][0])
    assert {frozenset(names[op] for op in pair) for pair in data["races"]} == {
        frozenset(["add", "double"]),
        frozenset(["add", "mul"]),
    }


# The file


def test_what_can_be_given(training):
    with training.as_default(), tf.Session() as sess:
        nodes = len(training.get_operations())
        for source in (training, sess, None, viz.View(training), training.get_operations()[0]):
            assert len(names_in(viz.page(source).data["graphs"][0])) == nodes
    with pytest.raises(TypeError, match="a tf.Graph was expected"):
        viz.page(3)
    with pytest.raises(ValueError, match="theme must be 'auto', 'light' or 'dark', not 'blue'"):
        viz.page(training, theme="blue")
    page = viz.page(training, since=10, title="mine", theme="dark")
    assert page.data["since"] == 10 and 'data-theme="dark"' in page.html and repr(page) == "<Page: mine>"
    assert len(viz.page(training, since=tf.Graph()).data["graphs"]) == 2


def test_it_is_written_whole_or_not_at_all(training, tmp_path, monkeypatch):
    path = tmp_path / "graph.html"
    page = viz.page(training, path=path)
    assert page.path == str(path) and path.read_text("utf-8") == page.html
    before = path.read_bytes()

    def full(fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        viz.page(tf.Graph(), path=path)
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["graph.html"]
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        page.save(tmp_path / "no" / "graph.html")


def test_a_notebook_shows_it_in_a_frame(training):
    shown = viz.page(training, title='a "title"')._repr_html_()
    assert shown.startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;') and 'title="a &quot;title&quot;"' in shown
    assert shown.count("<") == 2 and 'sandbox="allow-scripts allow-downloads"' in shown


def test_three_thousand_nodes_are_small():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 8])
        for i in range(60):
            x = tf.layers.dense(x, 8, tf.nn.relu, name=f"layer{i}")
        tf.contrib.layers.optimize_loss(
            tf.reduce_mean(x), tf.train.get_or_create_global_step(), 0.1, "Adam", clip_gradients=1.0
        )
        tf.global_variables_initializer()
    assert len(graph.get_operations()) > 2900 and len(viz.page(graph).html) < 1_000_000


# The layout engine, and the wheel


def test_the_engine_is_the_one_that_is_written_down():
    folder = ASSETS / "dagre"
    record = json.loads((folder / "provenance.json").read_text())
    assert (record["package"], record["version"], record["license"]) == ("@dagrejs/dagre", "3.1.3", "MIT")
    for name, entry in record["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == entry["sha256"], name
    assert "Permission is hereby granted" in (folder / "LICENSE").read_text()
    assert {p.name for p in folder.iterdir()} == {*record["files"], "provenance.json"}


def test_its_licence_is_in_the_page(training):
    assert (ASSETS / "dagre" / "LICENSE").read_text() in viz.page(training).html


def test_the_wheel_has_the_assets():
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    patterns = config["options.package_data"]["minigraph.viz.page"].split()
    for path in ASSETS.rglob("*"):
        if path.is_file():
            name = path.relative_to(ASSETS.parent).as_posix()
            assert any(fnmatch.fnmatch(name, p) and name.count("/") == p.count("/") for p in patterns), name


def test_the_fake_graphs_are_enough():
    graph = FakeGraph()
    graph.add("b", inputs=[graph.add("a", "Placeholder")])
    assert viz.page(graph).data["graphs"][0]["arrows"] == [[0, 1, 0, 0, 0]]


def test_scopes_of_variables_are_told():
    with tf.Graph().as_default() as graph:
        with tf.variable_scope("model"):
            tf.negative(tf.multiply(tf.get_variable("w", []), 0.5))
        with tf.name_scope("other"):
            tf.negative(tf.square(tf.zeros([2])))
    told = {scope["path"]: scope["variables"] for scope in GraphData(graph).data["scopes"]}
    assert told["model"] == 1 and told["other"] == 0
