"""What a page carries unasked: what `tf.explain` says of the graph and of the recorded runs, no more and no less."""

import numpy as np
import pytest
from fakes import FakeGraph

import minigraph as tf
from minigraph import explain, viz
from minigraph.viz.page.findings import Findings

TRACED = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True)


def said(findings):
    return [(f.code, f.message, f.where, f.advice) for f in findings]


def on_page(page, kind):
    return [(f["code"], f["message"], f["where"], f["advice"]) for f in page.data["findings"] if f["kind"] == kind]


def without_gradient(loss, graph):
    found = explain.why_none(loss, graph.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES))
    return [f for f in found if f.code != "flows"]


def forgotten_updates():
    x = tf.placeholder(tf.float32, [None, 4], name="x")
    normal = tf.layers.batch_normalization(tf.layers.dense(x, 4), training=True)
    return tf.reduce_mean(tf.square(normal), name="loss")


def cut():
    w, v, idle = (tf.get_variable(name, [2]) for name in ("w", "v", "idle"))
    return tf.reduce_sum(w + tf.stop_gradient(v), name="loss")


def read_beside_the_update():
    w = tf.get_variable("w", [])
    seen = tf.Variable(0.0, trainable=False, name="seen")
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign(seen, w * 2.0, name="keep"))
    return tf.square(w, name="loss")


@pytest.mark.parametrize("build", [forgotten_updates, cut, read_beside_the_update])
@pytest.mark.parametrize("is_recorded", [False, True])
def test_a_page_says_what_explain_says(build, is_recorded):
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        loss = build()
        updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS) if build is read_beside_the_update else []
        train = tf.group(tf.train.GradientDescentOptimizer(0.1).minimize(loss), *updates, name="all")
        tf.add_to_collection(tf.GraphKeys.TRAIN_OP, train)
        init = tf.global_variables_initializer()
        run, feeds = tf.RunMetadata(), {"x:0": np.ones([3, 4])} if has_x(graph) else {}
        sess.run(init)
        sess.run(train, feeds, TRACED, run)
        page = viz.page(graph, runs=run if is_recorded else ())
        told = (train, feeds) if is_recorded else (graph,)
        found = [explain.races(train, feeds if is_recorded else ()), explain.lint(*told), without_gradient(loss, graph)]
    for kind, findings in zip(("races", "lint", "why_none"), found):
        assert on_page(page, kind) == said(findings)
    assert sum(map(len, found)) > 0
    names = [op.name for op in graph.get_operations()]
    shown = [[names[op] for at, op in f["ops"] if at == 0] for f in page.data["findings"]]
    assert shown == [[op.name for op in f.ops] for findings in found for f in findings]


def has_x(graph):
    return any(op.name == "x" for op in graph.get_operations())


def test_a_good_program_has_no_findings(training):
    assert viz.page(training).data["findings"] == []
    assert viz.page(tf.Graph()).data["findings"] == []


def test_the_races_of_a_page_are_those_found_unless_some_are_named():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        add, double = tf.assign_add(v, 1.0, name="add"), tf.assign(v, v * 2.0, name="double")
        both = tf.group(add, double, name="both")
        index = {op: i for i, op in enumerate(graph.get_operations())}
        pairs = [[index[p.first], index[p.second]] for p in explain.races(both).pairs]
        assert viz.page(graph).data["races"] == pairs and len(pairs) == 2
        assert viz.page(graph, races=[("add", "both")]).data["races"] == [[index[add.op], index[both]]]
        assert viz.page(graph, races=()).data["races"] == []


def test_two_train_ops_are_two_runs():
    """Each writes what the other one reads; nobody runs them at once."""
    with tf.Graph().as_default() as graph:
        a, b = tf.get_variable("a", []), tf.get_variable("b", [])
        for variable, loss in ((a, tf.square(a - b)), (b, tf.square(a * b))):
            tf.train.GradientDescentOptimizer(0.1).minimize(loss, var_list=[variable])
        found = Findings(graph)
    assert found.races == [] and found.none == []


def test_a_variable_that_no_call_was_to_train_needs_no_gradient():
    with tf.Graph().as_default() as graph:
        w, frozen = tf.get_variable("w", []), tf.get_variable("frozen", [])
        loss = tf.square(w + tf.stop_gradient(frozen))
        tf.train.GradientDescentOptimizer(0.1).minimize(loss, var_list=[w])
        assert Findings(graph).none == []
        tf.train.GradientDescentOptimizer(0.1).minimize(loss)
        assert [finding.ops[0].name for finding in Findings(graph).none] == ["frozen"]


def test_gradients_by_hand_and_a_finalized_graph():
    with tf.Graph().as_default() as graph:
        w, lost = tf.get_variable("w", []), tf.get_variable("lost", [])
        tf.gradients(tf.square(w), [w, lost])
        graph.finalize()
        nodes = graph.version
        page = viz.page(graph)
    assert [f["message"][:30] for f in page.data["findings"] if f["kind"] == "why_none"] == [
        "no path leads from 'lost' to '"
    ]
    assert graph.version == nodes


def test_a_race_in_a_branch_is_told_with_the_branch():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")

        def branch():
            with tf.control_dependencies([v.assign_add(1.0, name="add"), v.assign(v * 2.0, name="double")]):
                return tf.constant(1.0)

        result = tf.cond(tf.placeholder(tf.bool, [], name="p"), branch, lambda: tf.constant(0.0))
        page = viz.page(graph)
        assert on_page(page, "races") == said(explain.races(result)) != []
    assert {at for f in page.data["findings"] for at, _ in f["ops"]} >= {1}
    assert page.data["races"] == []  # side by side stand the steps of the whole graph


def test_of_a_part_of_a_graph_what_is_about_the_part():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        tf.group(v.assign_add(1.0, name="add"), v.assign(v * 2.0, name="double"), name="both")
        tf.square(tf.placeholder(tf.float32, [], name="x"), name="y")
        whole = viz.page(graph).data["findings"]
        part = viz.page(viz.View(graph, fetches="y")).data["findings"]
    assert [f["code"] for f in whole] == ["race", "race"] and part == []


def test_of_what_is_no_graph_nothing_is_said():
    fake = FakeGraph()
    fake.add("a")
    assert viz.page(fake).data["findings"] == []
