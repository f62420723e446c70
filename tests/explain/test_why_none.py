"""`explain.why_none`: no path, or the operation that cuts it; always what `tf.gradients` really does."""

import numpy as np
import pytest

import minigraph as tf
from minigraph import explain
from minigraph.graph.traces import where_text


def only(report):
    (finding,) = report.findings
    return finding


@pytest.mark.parametrize(
    "build, kind",
    [
        (lambda w: tf.to_float(tf.cast(w, tf.int32)), "Cast"),
        (lambda w: tf.one_hot(tf.argmax(w, 0), 2), "ArgMax"),
        (lambda w: tf.stop_gradient(w * 2.0), "StopGradient"),
        (lambda w: tf.to_float(w > 1.0), "Greater"),
        (lambda w: tf.round(w * 3.0), "Round"),
        (lambda w: tf.floor(w) + 1.0, "Floor"),
        (lambda w: tf.cond(w[0] > 0.0, lambda: tf.stop_gradient(w), lambda: tf.round(w)), "StopGradient"),
    ],
)
def test_the_operation_that_cuts(graph, build, kind):
    w = tf.Variable([1.0, 2.0], name="w")
    loss = tf.reduce_sum(build(w), name="loss")
    finding = only(explain.why_none(loss, w))
    assert tf.gradients(loss, w) == [None]
    assert finding.code == "cut" and f"'{kind}" in finding.message, finding
    assert finding.ops[0] is w.op and finding.ops[-1] is loss.op
    assert finding.where.startswith("test_why_none.py:") and "w -> w/read -> " in finding.message.replace("\n", " ")


def test_the_line_is_that_of_the_cut(graph):
    w = tf.Variable([1.0, 2.0], name="w")

    class Model:
        def forward(self, x):
            self.labels = tf.argmax(x * w, 1)  # the line to be named
            return tf.one_hot(self.labels, 2)

    model = Model()
    loss = tf.reduce_mean(model.forward(tf.placeholder(tf.float32, [None, 2])))
    finding = only(explain.why_none(loss, w))
    assert finding.where == where_text(model.labels.op)
    assert finding.advice.startswith("keep floats on the way")


def test_an_integer_variable(graph):
    count = tf.Variable(3, name="count")
    finding = only(explain.why_none(tf.to_float(count) * 2.0, count))
    assert finding.code == "cut" and "'count' holds int32, and only floats have gradients" in finding.message


def test_a_fresh_tensor_is_no_x(graph):
    w = tf.Variable([1.0], name="w")
    loss = tf.reduce_sum(w * w, name="loss")
    finding = only(explain.why_none(loss, tf.add(w, 0.0, name="fresh")))
    assert finding.code == "no-path"
    assert "'fresh' is a new tensor made from 'w', from which 'loss' was computed too" in finding.message
    assert finding.advice == "differentiate with respect to w, or let 'loss' depend on 'fresh'."


def test_another_placeholder_of_the_same_name(graph):
    x = tf.placeholder(tf.float32, [2], name="x")
    loss = tf.reduce_sum(x * x)
    finding = only(explain.why_none(loss, tf.placeholder(tf.float32, [2], name="x")))
    assert finding.code == "no-path" and "it depends on x" in finding.message
    assert finding.advice == "did you mean 'x'?"


def test_the_wrong_way_round(graph):
    w = tf.Variable(1.0, name="w")
    loss = tf.square(w, name="loss")
    assert "it is the other way round: w -> w/read -> loss" in only(explain.why_none(w, loss)).message


def test_gradients_that_flow(graph):
    w, b = tf.Variable([1.0], name="w"), tf.Variable(0.0, name="b")
    report = explain.why_none(tf.reduce_sum(w * 2.0), [w, b])
    assert report.codes == ["flows", "no-path"]
    assert str(report).startswith("The gradient of 'Sum' is None for 'b'\n")
    assert explain.why_none("Sum:0", "w:0").codes == ["flows"]


def test_stop_gradients_and_overrides(graph):
    w = tf.Variable(1.0, name="w")
    middle = tf.square(w, name="middle")
    loss = middle * 3.0
    assert "is named in stop_gradients" in only(explain.why_none(loss, w, stop_gradients=middle)).message
    with graph.gradient_override_map({"Square": "WhyNoneNothing"}):
        other = tf.square(w, name="overridden") * 2.0
    tf.NotDifferentiable("WhyNoneNothing")
    assert "'overridden'" in only(explain.why_none(other, w)).message


def test_the_graph_is_left_alone(graph):
    w = tf.Variable([1.0, 2.0], name="w")
    loss = tf.reduce_sum(tf.round(tf.tanh(w)))
    graph.finalize()
    before = str(graph.as_graph_def())
    explain.why_none(loss, w)
    assert str(graph.as_graph_def()) == before and graph.finalized


def test_many_xs_and_a_long_chain(graph):
    variables = [tf.Variable(1.0, name="v") for _ in range(300)]
    total = tf.add_n([v.value() for v in variables])
    for _ in range(3000):
        total = tf.negative(total)
    report = explain.why_none(tf.cast(total, tf.int32), variables)
    assert set(report.codes) == {"cut"} and len(report) == 300
    assert "and 275 more" in str(report)


OPERATIONS = [
    tf.tanh,
    tf.round,
    tf.stop_gradient,
    lambda t: t * 2.0,
    lambda t: tf.cast(tf.cast(t, tf.int32), tf.float32),
    lambda t: t + tf.stop_gradient(t),
    lambda t: tf.unstack(t)[0] + t,
    lambda t: tf.sign(t),
    lambda t: tf.where(t > 0.0, t, tf.round(t)),
    lambda t: tf.gather(t, [1, 0]),
    tf.identity,
    lambda t: tf.cond(tf.reduce_sum(t) > 0.0, lambda: t * 2.0, lambda: tf.round(t)),
]


@pytest.mark.parametrize("seed", range(25))
def test_it_says_what_gradients_does(graph, seed):
    """On random programs: None exactly where the report finds a reason."""
    rng = np.random.RandomState(seed)
    tensors = [tf.Variable([1.0, 2.0]).value() if i % 2 else tf.placeholder(tf.float32, [2]) for i in range(4)]
    xs = list(tensors)
    for _ in range(12):
        made = OPERATIONS[rng.randint(len(OPERATIONS))](tensors[rng.randint(len(tensors))])
        tensors.append(made + tensors[rng.randint(len(tensors))] if rng.rand() < 0.4 else made)
    y = tensors[-1]
    report = explain.why_none(y, xs)
    assert [code != "flows" for code in report.codes] == [g is None for g in tf.gradients(y, xs)]
