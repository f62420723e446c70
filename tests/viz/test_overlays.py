"""What is drawn on top of a view: plans, traces, findings, what is new."""

import types

import numpy as np
import pytest

import minigraph as tf
from minigraph import viz
from minigraph.runtime.plan import Plan
from minigraph.viz import Marks, View
from minigraph.viz.view.union import Union, difference


def boxes_of(view):
    return {box.path: box for box in view.boxes}


@pytest.fixture
def chain():
    """x -> y -> z, and y -> aside; w is a variable that z takes."""
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [2], name="x")
        y = tf.square(x, name="y")
        w = tf.Variable([1.0, 2.0], name="w")
        tf.add(y, w, name="z")
        tf.negative(y, name="aside")
    return graph


def trace_of(graph, fetch, feeds, **more):
    run = tf.RunMetadata()
    with tf.Session(graph=graph) as sess:
        with graph.as_default():
            sess.run([v.initializer for v in tf.global_variables()])
        sess.run(fetch, feeds, tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True, **more), run)
    return run


# Plans and traces


def test_a_plan_numbers_the_steps_and_greys_the_rest(chain):
    z, x = chain.as_graph_element("z:0"), chain.as_graph_element("x:0")
    boxes = boxes_of(View(chain, overlay=Plan([z], [x])))
    assert boxes["y"].notes == ["step 1"] and boxes["z"].notes == ["step 4"] and boxes["y"].mark == ""
    assert boxes["aside"].mark == "left_out" and boxes["aside"].notes == ["no fetch needs it"]
    arrows = {a.head.path: a.mark for a in View(chain, overlay=Plan([z], [x])).arrows if a.tail.path == "y"}
    assert arrows == {"z": "", "aside": "left_out"}


def test_what_is_fed_cuts_off_what_comes_before(chain):
    z, y = chain.as_graph_element("z:0"), chain.as_graph_element("y:0")
    boxes = boxes_of(View(chain, overlay=Plan([z], [y])))
    assert boxes["x"].notes == ["only a fed value needs it"] and boxes["y"].notes == ["its value is fed"]


def test_a_folded_scope_says_how_much_of_it_runs(training):
    hidden = training.get_tensor_by_name("hidden/MatMul:0")
    view = View(training, overlay=Plan([hidden], [training.get_tensor_by_name("x:0")]), fold=["hidden"])
    folded = boxes_of(view)["hidden"]
    running = [op for op in training.get_operations() if view.home[op] in set(folded.ops)]
    assert folded.notes[0] == f"{len(running) - 3} of {len(running)} do not run" and folded.notes[1] == "steps 1 … 3"
    assert boxes_of(view)["norm"].mark == "left_out" and boxes_of(view)["norm"].notes == ["does not run"]


def test_a_trace_puts_times_bytes_and_values_on_boxes_and_arrows(chain):
    run = trace_of(chain, "z:0", {"x:0": [3.0, 4.0]})
    view = View(chain, overlay=run)
    boxes = boxes_of(view)
    time, value = boxes["z"].notes
    assert "µs · 8 B" in time and value == "= [10, 18]"
    assert boxes["w"].notes[-1] == "[1, 2]" and boxes["aside"].mark == "left_out"
    labels = {(a.tail.path, a.head.path): a.label for a in view.arrows}
    assert labels["x", "y"] == "[2]" and "heat3" in {box.mark for box in view.boxes}
    assert boxes_of(View(chain, overlay=run.trace))["z"].notes == boxes["z"].notes


def test_scalars_stand_on_the_arrows():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [], name="x")
        tf.square(tf.negative(x, name="y"), name="z")
    view = View(graph, overlay=trace_of(graph, "z:0", {"x:0": 2.5}))
    assert {a.tail.path: a.label for a in view.arrows} == {"x": "2.5", "y": "-2.5"}


def test_a_variable_shows_before_and_after(chain):
    with chain.as_default():
        v = tf.global_variables()[0]
        tf.assign_add(v, [1.0, 1.0], name="up")
    assert boxes_of(View(chain, overlay=trace_of(chain, "up:0", {})))["w"].notes[-2:] == [
        "before [1, 2]",
        "after [2, 3]",
    ]


def test_the_step_that_failed_is_marked(chain):
    with chain.as_default():
        bad = tf.matmul(tf.placeholder(tf.float32, name="p"), tf.ones([2, 2]), name="bad")
    run = tf.RunMetadata()
    with tf.Session(graph=chain) as sess, pytest.raises(tf.errors.InvalidArgumentError):
        sess.run(bad, {"p:0": np.ones([3, 3])}, tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), run)
    box = boxes_of(View(chain, overlay=run))["bad"]
    assert box.mark == "bad" and box.notes[-1] == "failed here"


# Findings


def test_a_report_is_drawn_by_its_highlights(chain):
    ops = [chain.get_operation_by_name("w/read"), "z:0"]
    report = types.SimpleNamespace(highlights={"ops": ops, "edges": [("w/read", "z")]})
    view = View(chain, overlay=report)
    marks = {box.path: box.mark for box in view.boxes}
    assert marks["w/read"] == "bad" and marks["z"] == "bad" and marks["y"] == ""
    assert [(a.tail.path, a.head.path) for a in view.arrows if a.mark] == [("w/read", "z")]
    report.graph = chain
    assert {box.path: box.mark for box in View(report).boxes} == marks


def test_marked_operations_are_seen_in_folded_scopes(training):
    name = "OptimizeLoss/clip_by_global_norm/mul_3"
    assert name not in boxes_of(View(training))
    view = View(training, overlay=Marks([name], style="marked"))
    box = boxes_of(view)[name]
    assert box.mark == "marked" and box.kind == "op" and len(view.boxes) <= 62
    others = [b for b in view.boxes if b.title.endswith("others")]
    assert len(others) == 1 and others[0].mark == ""


def test_many_marks_are_counted_on_folded_scopes(training):
    names = [op.name for op in training.get_operations() if "gradients" in op.name]
    view = View(training, overlay=Marks(names, style="first"))
    marked = [box for box in view.boxes if box.mark == "first" and box.kind != "op"]
    assert marked and all(box.notes[0].startswith("one of the pair: ") for box in marked)


def test_several_overlays_go_together(chain):
    z, x = chain.as_graph_element("z:0"), chain.as_graph_element("x:0")
    box = boxes_of(View(chain, overlay=[Plan([z], [x]), Marks(["z"])]))["z"]
    assert (box.mark, box.notes) == ("marked", ["step 4"])


def test_wrong_overlays_are_refused(chain):
    with pytest.raises(TypeError, match="overlay must be a Plan, a Trace, a report with highlights"):
        View(chain, overlay="z")
    with pytest.raises(ValueError, match="style must be one of 'marked', 'bad'.*not 'red'"):
        Marks(["z"], style="red")


def test_the_legend_explains_marks(chain):
    svg = viz.to_svg(View(chain, overlay=Marks(["z"], style="bad")))
    assert "✗ the finding" in svg and "✗ z" in svg


# What is new


def test_what_a_call_added_is_marked():
    with tf.Graph().as_default() as graph:
        w = tf.Variable(1.0, name="w")
        loss = tf.square(w, name="loss")
        before = graph.version
        tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    view = View(graph, since=before)
    assert {box.mark for box in view.boxes if box.section.stage == "forward"} == {""}
    assert {box.mark for box in view.boxes if box.section.stage != "forward"} == {"added"}


def test_two_graphs_are_compared():
    def build(activation, extra):
        with tf.Graph().as_default() as graph:
            x = tf.placeholder(tf.float32, [None, 2], name="x")
            y = tf.identity(x, name="gone") if extra else x
            activation(y, name="act")
            if not extra:
                tf.negative(x, name="new")
        return graph

    old, new = build(tf.nn.relu, True), build(tf.tanh, False)
    view = View(new, since=old)
    assert {box.path: box.mark for box in view.boxes} == {"x": "", "gone": "removed", "act": "changed", "new": "added"}
    assert {(a.tail.path, a.head.path): a.mark for a in view.arrows} == {
        ("x", "gone"): "removed",
        ("x", "act"): "",
        ("x", "new"): "added",
    }
    assert "− gone" in viz.to_svg(view)


def test_the_union_of_graphs_is_in_a_legal_order(training):
    with tf.Graph().as_default() as other:
        x = tf.placeholder(tf.float32, [None, 8], name="x")
        for i in range(30):
            x = tf.square(x, name=f"old{i}")
    union = Union(training, other)
    seen = set()
    for op in union.get_operations():
        assert all(t.op in seen for t in op.inputs) and all(c in seen for c in op.control_inputs)
        seen.add(op)
    added, removed, changed = difference(training, other)
    assert len(seen) == len(added | removed) + 1 and removed == {f"old{i}" for i in range(30)} and not changed
    assert len(View(training, since=other).boxes) <= 60


def test_nothing_is_new_in_the_same_graph(training):
    assert {box.mark for box in View(training, since=training).boxes} == {""}
    with pytest.raises(TypeError, match="a tf.Graph was expected"):
        View(training, since="yesterday")
    with pytest.raises(ValueError, match="since must be the number of nodes that there were, or another graph, not -1"):
        View(training, since=-1)
