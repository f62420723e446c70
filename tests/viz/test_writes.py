"""What a trace, `needs`, a picture and a page say is written is what a run has changed, in function bodies too."""

import re

import numpy as np
import pytest

import minigraph as tf
from minigraph import explain, viz
from minigraph.viz.page.graph_data import GraphData, with_bodies
from minigraph.viz.page.runs import run_data

pytestmark = pytest.mark.filterwarnings("ignore::minigraph.graph.errors.GraphWarning")
TRACED = dict(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True)


def variable(name, value=1.0):
    return tf.get_variable(name, initializer=tf.constant(value), trainable=False)


def batch_norm():
    x, training = tf.placeholder_with_default(np.float32([[1, 2], [4, 6]]), [2, 2]), tf.constant(True)
    flag = tf.placeholder_with_default(training, [])
    loss = tf.reduce_mean(tf.square(tf.layers.batch_normalization(tf.layers.dense(x, 3), training=flag) - 1.0))
    return tf.contrib.layers.optimize_loss(loss, tf.train.create_global_step(), 0.1, "Adam")


def train_in_cond():
    w = tf.Variable(3.0, name="w")
    optimizer = tf.train.AdamOptimizer(0.1)
    return tf.cond(tf.placeholder_with_default(True, []), lambda: tf.group(optimizer.minimize(w * w)), tf.no_op)


def in_a_loop():
    v, w = variable("v"), variable("w", 2.0)

    def body(i):
        with tf.control_dependencies([v.assign_add(1.0), w.assign(v.read_value() * 3.0)]):
            return i + 1

    return tf.while_loop(lambda i: i < 3, body, [0])


def cond_in_a_loop_in_a_cond():
    v, other = variable("v"), variable("other")

    def body(i):
        return tf.cond(i > 0, lambda: i + tf.cast(v.assign_add(1.0), tf.int32), lambda: i + 1)

    return tf.cond(
        tf.placeholder_with_default(True, []),
        lambda: tf.while_loop(lambda i: i < 9, body, [0]),
        lambda: tf.cast(other.assign_add(1.0), tf.int32),
    )


def assignment_of_an_assignment():
    v = variable("v")
    return tf.assign_add(tf.assign_add(v, 1.0), 1.0)


def counted():
    return tf.count_up_to(variable("count", 3), 10)


def scattered():
    return tf.scatter_add(variable("table", [[1.0, 2.0], [3.0, 4.0]]), [1], [[5.0, 5.0]])


PROGRAMS = [
    batch_norm,
    train_in_cond,
    in_a_loop,
    cond_in_a_loop_in_a_cond,
    assignment_of_an_assignment,
    counted,
    scattered,
]


@pytest.fixture(params=[False, True], ids=["refs", "resources"])
def kind_of_variables(request):
    """Has variables be of TF1's one kind or the other."""
    if request.param:
        tf.enable_resource_variables()
    yield
    tf.disable_resource_variables()


@pytest.fixture(params=PROGRAMS, ids=lambda f: f.__name__)
def seen(request, kind_of_variables):
    """(graph, fetch, trace, the names of the variables whose values differ after the run)."""
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        tf.set_random_seed(1)  # the bias before a batch norm has a gradient of rounding errors, or, by chance, of zeros
        fetch, run = request.param(), tf.RunMetadata()
        sess.run(tf.global_variables_initializer())
        before = sess.run(tf.global_variables())
        sess.run(fetch, run_metadata=run, options=tf.RunOptions(**TRACED))
        after = sess.run(tf.global_variables())
    changed = {v.op.name for v, a, b in zip(tf_variables(graph), before, after) if not np.array_equal(a, b)}
    assert changed
    return graph, fetch, run.trace, changed


def tf_variables(graph):
    return graph.get_collection(tf.GraphKeys.GLOBAL_VARIABLES)


def test_a_trace_tells_what_was_written_and_what_was_left(seen):
    graph, fetch, trace, changed = seen
    assert {change.name for change in trace.variables if change.written_by} == changed
    for change in trace.variables:
        assert len(change.left) == len(change.written_by) and set(change.written_by) <= set(trace.order)
        if change.left:
            np.testing.assert_array_equal(change.left[-1].value, change.after.value)


def test_needs_and_a_page_tell_what_may_be_written(seen):
    graph, fetch, trace, changed = seen
    may = set(explain.needs(fetch).writes)
    assert changed <= may <= changed | {"other"}  # what another branch would have written
    shown = GraphData(graph)
    index = {op.name: i for op, i in shown.index.items()}
    assert {shown.ops[v].name for op in trace.order for v in shown.data["writes"].get(index[op], ())} == may


def test_a_page_plays_the_writes_of_the_run(seen):
    graph, fetch, trace, changed = seen
    shown = GraphData(graph)
    data = run_data(trace, {op.name: i for op, i in shown.index.items()})
    assert {shown.ops[v].name for _, v, *_ in data["writes"]} == changed
    last = {v: left for _, v, left, _ in data["writes"]}
    assert all(after == last[v] for v, _, after in data["variables"] if v in last)
    assert [i for i, *_ in data["writes"]] == sorted(i for i, *_ in data["writes"])


def test_a_picture_leads_an_arrow_from_what_is_written(seen):
    graph, fetch, trace, changed = seen
    view = viz.View(graph, fetches=[fetch] if not isinstance(fetch, list) else fetch, depth=20)
    arrows = [a for a in view.arrows if a.kind == "write"]
    drawn = {tail.name.removesuffix("/read") for a in arrows for tail, _ in a.edges}
    assert changed <= {name for op in drawn for name in (op, *_written_through(graph, op))}


def _written_through(graph, name):
    """Return the variable of an assignment through which another one writes."""
    return [t.op.name for t in graph.get_operation_by_name(name).inputs if t.dtype._is_ref]


def test_the_branch_not_taken_has_written_nothing():
    with tf.Graph().as_default(), tf.Session() as sess:
        v, run, flag = variable("v"), tf.RunMetadata(), tf.placeholder(tf.bool, [])
        fetch = tf.cond(flag, lambda: v.assign_add(1.0), lambda: tf.constant(0.0))
        sess.run(tf.global_variables_initializer())
        sess.run(fetch, {flag: False}, run_metadata=run, options=tf.RunOptions(**TRACED))
    assert run.trace.variables[0].written_by == []


def test_each_turn_of_a_loop_is_a_write():
    with tf.Graph().as_default(), tf.Session() as sess:
        fetch, run = in_a_loop(), tf.RunMetadata()
        sess.run(tf.global_variables_initializer())
        sess.run(fetch, run_metadata=run, options=tf.RunOptions(**TRACED))
    (v,) = [change for change in run.trace.variables if change.name == "v"]
    assert v.written_by == ["while"] * 3 and [float(value.value) for value in v.left] == [2.0, 3.0, 4.0]


def test_a_body_that_fails_names_the_step_and_what_it_had_written():
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        v, run, x = variable("v"), tf.RunMetadata(), tf.placeholder(tf.float32, [None])

        def branch():
            with tf.control_dependencies([v.assign_add(1.0)]):
                return tf.reshape(x, [2, 2])

        fetch = tf.cond(tf.placeholder_with_default(True, []), branch, lambda: tf.zeros([2, 2]))
        sess.run(tf.global_variables_initializer())
        with pytest.raises(tf.errors.InvalidArgumentError):
            sess.run(fetch, {x: [1.0]}, run_metadata=run, options=tf.RunOptions(**TRACED))
    assert run.trace.error[0] == "cond" and run.trace.variables[0].written_by == ["cond"]
    data = run_data(run.trace, {op.name: i for i, op in enumerate(graph.get_operations())})
    assert [i for i, *_ in data["writes"]] == [len(run.trace.steps)]


def test_in_a_body_the_argument_stands_for_the_variable():
    with tf.Graph().as_default() as graph:
        v = variable("v")
        tf.cond(tf.placeholder(tf.bool, []), lambda: v.assign_add(1.0), lambda: v + 1.0)
    _, then, other = with_bodies([GraphData(graph)])
    ((op, cells),) = then.data["writes"].items()
    assert then.ops[op].type == "AssignAdd" and [then.ops[c].type for c in cells] == ["_Arg"]
    assert not other.data["writes"] and other.data["reads"]


def test_the_picture_of_a_branch_and_that_of_its_graph_have_the_arrow_of_the_write():
    with tf.Graph().as_default() as graph:
        v = variable("v")
        tf.cond(tf.placeholder(tf.bool, []), lambda: v.assign_add(1.0), lambda: v.value(), name="choose")
        body = next(op for op in graph.get_operations() if op.type == "If").op_def.attr("then_branch")
    for shown, writer in ((graph, "If"), (body, "AssignAdd")):
        (arrow,) = [arrow for arrow in viz.View(shown).arrows if arrow.kind == "write"]
        assert arrow.tail.title == "v" and arrow.head.ops[0].type == writer and arrow.label == "writes"
        assert re.search(r">\s*writes\s*<", viz.to_svg(shown))
