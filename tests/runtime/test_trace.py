"""Traced runs: what is recorded, that nothing else differs from an untraced run, and the forms for other tools."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minigraph as tf
from minigraph.python.client import timeline
from minigraph.runtime import tuning
from minigraph.runtime.tracing.values import statistics_of


def options(**more):
    return tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, **more)


def traced(sess, fetches, feeds=None, **more):
    """Return the trace of a run, values included, and the fetched values."""
    run = tf.RunMetadata()
    values = sess.run(fetches, feeds, options(trace_values=True, **more), run)
    return run.trace, values


@pytest.fixture
def sess():
    with tf.Graph().as_default(), tf.Session() as session:
        yield session


# What is recorded


def test_steps_are_in_order_with_times_shapes_bytes_and_values(sess):
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    y = tf.matmul(x, tf.ones([2, 3], name="ones"), name="y")
    z = tf.reduce_sum(y, name="z")
    trace, value = traced(sess, z, {x: [[1, 2]]})
    assert trace.order == ["y", "z"] and value == 9.0
    first, second = trace.steps
    assert (first.type, first.inputs) == ("MatMul", ["x:0", "ones:0"])
    (output,) = first.outputs
    assert (output.name, output.shape, output.dtype, output.bytes) == ("y:0", (1, 3), "float32", 12)
    np.testing.assert_array_equal(output.value, [[3, 3, 3]])
    assert first.start == 0 and first.duration > 0 and second.start == first.duration
    assert [v.name for v in trace.fed] == ["x:0"] and trace.fetched == ["z:0"]
    assert {v.name for v in trace.folded} == {"ones:0", "Const:0"}
    assert trace.values()["z:0"].value == 9.0


def test_control_inputs_are_inputs_with_a_caret(sess):
    first = tf.no_op(name="first")
    with tf.control_dependencies([first]):
        second = tf.constant(1.0, name="second")
    trace, _ = traced(sess, second)
    assert trace.order == ["first", "second"] and trace.steps[1].inputs == ["^first"]


def test_pruned_operations_have_reasons(sess):
    a = tf.placeholder(tf.float32, [], name="a")
    b = tf.square(a, name="b")
    c = tf.negative(b, name="c")
    tf.exp(c, name="d")
    trace, _ = traced(sess, c, {b: 3.0})
    assert trace.pruned == {"a": "only a fed value needs it", "b": "its value is fed", "d": "no fetch needs it"}
    assert trace.order == ["c"]


def test_variables_are_told_before_and_after(sess):
    v, idle = tf.Variable([1.0, 2.0], name="v"), tf.Variable(5.0, name="idle")
    trace, _ = traced(sess, tf.global_variables_initializer())
    assert [(c.name, c.before, c.after.text) for c in trace.variables] == [("v", None, "[1, 2]"), ("idle", None, "5")]
    up = tf.assign_add(v, [1.0, 1.0], name="up")
    trace, _ = traced(sess, [up, idle])
    (one, other) = trace.variables
    assert (one.before.text, one.after.text, one.written_by) == ("[1, 2]", "[2, 3]", ["up"])
    assert (other.before.text, other.after.text, other.written_by) == ("5", "5", [])


def test_who_computed_with_a_variable_is_told(sess):
    v = tf.Variable(1.0, name="v")
    sess.run(v.initializer)
    handed_on = tf.identity(v)
    before = tf.multiply(handed_on, 2.0, name="before")
    with tf.control_dependencies([before]):
        up = tf.assign_add(v, 1.0, name="up")
    with tf.control_dependencies([up]):
        after = tf.multiply(handed_on, 2.0, name="after")
    branch = tf.cond(after > 0.0, lambda: handed_on + 1.0, lambda: 0.0, name="branch")
    trace, values = traced(sess, [before, after, branch, handed_on])
    (change,) = trace.variables
    assert (change.written_by, change.read_by) == (["up"], ["before", "up", "after", "branch"])
    assert values == [2.0, 4.0, 3.0, 2.0]


def test_recorded_values_stay_when_the_variable_goes_on(sess):
    v = tf.Variable(np.zeros(3, np.float32), name="v")
    up = tf.assign_add(v, np.ones(3, np.float32))
    sess.run(v.initializer)
    trace, _ = traced(sess, up)
    for _ in range(4):
        sess.run(up)
    np.testing.assert_array_equal(trace.variables[0].after.value, [1, 1, 1])


def moves(sess, fetches, name="w"):
    """Return how far each write of a run has moved a variable."""
    trace, _ = traced(sess, fetches)
    (change,) = [change for change in trace.variables if change.name == name]
    return change.moved


def test_each_write_tells_how_far_it_moved_a_variable(sess):
    w = tf.Variable(np.zeros([20, 30], np.float32), name="w")
    delta = np.full([20, 30], 0.25, np.float32)
    delta[4, 5] = -2.0
    with tf.control_dependencies([tf.assign_add(w, delta, name="first")]):
        with tf.control_dependencies([tf.assign(w, w * 1.0, name="same")]):
            last = tf.scatter_update(w, [3], [np.ones(30, np.float32)], name="last")
    sess.run(tf.global_variables_initializer())
    first, same, last = moves(sess, last.op)
    assert (first.changed, first.index, first.before, first.after, first.largest) == (600, (4, 5), 0.0, -2.0, -2.0)
    assert first.norm == pytest.approx(np.linalg.norm(delta))
    assert (same.changed, same.largest, same.norm) == (0, 0.0, 0.0)
    assert (last.changed, last.index, last.largest) == (30, (3, 0), 0.75)


def test_what_a_body_writes_and_what_cannot_be_compared(sess):
    w = tf.Variable([1.0, 2.0], name="w")
    text = tf.Variable("a", name="text")
    init = tf.global_variables_initializer()
    assert moves(sess, init) == [None]  # there was no value before
    branch = tf.cond(tf.constant(True) & tf.placeholder_with_default(True, []), lambda: w.assign([1.0, 5.0]), lambda: w)
    (moved,) = moves(sess, branch)
    assert (moved.changed, moved.index, moved.largest) == (1, (1,), 3.0)
    assert moves(sess, tf.assign(text, "b"), "text") == [None]
    assert moves(sess, tf.assign(w, [1.0], validate_shape=False)) == [None]
    (moved,) = moves(sess, tf.assign(w, [np.nan], validate_shape=False))
    assert (moved.changed, moved.index) == (1, (0,)) and np.isnan([moved.largest, moved.norm]).all()
    (moved,) = moves(sess, tf.assign(w, [np.nan], validate_shape=False))
    assert (moved.changed, moved.largest) == (0, 0.0)
    run = tf.RunMetadata()
    sess.run(tf.assign(w, [2.0], validate_shape=False), None, options(), run)
    assert run.trace.variables[0].moved == [None]  # values were not asked for


def test_values_only_on_request_and_bounded(sess):
    large = tf.random_uniform([200], name="large")
    run = tf.RunMetadata()
    sess.run(large, options=options(), run_metadata=run)
    assert all(v.value is None and v.statistics is None for step in run.trace.steps for v in step.outputs)
    trace, value = traced(sess, large)
    known = trace.values()["large:0"]
    assert known.value is None and known.bytes == 800
    assert known.statistics["mean"] == pytest.approx(value.mean()) and known.statistics["min"] == value.min()
    assert len(known.statistics["first"]) < 10 and ", mean 0." in known.text
    trace, value = traced(sess, large, trace_largest=200)
    np.testing.assert_array_equal(trace.values()["large:0"].value, value)


def test_statistics_count_what_is_no_number():
    found = statistics_of(np.array([0, 1, 3, np.nan, np.inf, -np.inf] * 20, np.float32))
    assert (found["zeros"], found["nans"], found["infinities"]) == (20, 20, 40)
    assert (found["min"], found["max"], found["mean"]) == (0.0, 3.0, pytest.approx(4 / 3))
    assert "mean" not in statistics_of(np.array([b"a", b"b"], object))
    assert statistics_of(np.array([True, False]))["mean"] == 0.5


def test_a_failed_run_leaves_its_steps(sess):
    x = tf.placeholder(tf.float32, name="x")
    y = tf.square(x, name="y")
    z = tf.matmul(y, tf.ones([2, 2]), name="z")
    run = tf.RunMetadata()
    with pytest.raises(tf.errors.InvalidArgumentError):
        sess.run(z, {x: np.ones([3, 3])}, options(), run)
    assert run.trace.order == ["y"] and run.trace.error[0] == "z"
    assert "failed at z" in str(run.trace)
    assert traced(sess, z, {x: np.ones([1, 2])})[1].tolist() == [[2, 2]]


def test_strings_functions_and_bools_are_recorded(sess):
    flag = tf.placeholder(tf.bool, [], name="flag")
    text = tf.py_func(lambda f: np.array([b"yes", b"no"], object), [flag], tf.string, name="text")
    value = tf.cond(flag, lambda: tf.constant(1.0), lambda: tf.constant(2.0))
    trace, _ = traced(sess, [text, value], {flag: True})
    assert trace.values()["text:0"].value.tolist() == [b"yes", b"no"] and trace.fed[0].value == np.True_
    assert json.loads(trace.to_json())["fed"][0]["value"] is True


# Nothing else differs


@given(st.lists(st.booleans(), min_size=1, max_size=7), st.integers(0, 50))
@settings(max_examples=12, deadline=None)
def test_traced_runs_equal_untraced_ones(which, seed):
    with tf.Graph().as_default():
        tf.set_random_seed(seed)
        x = tf.placeholder(tf.float32, [None, 3], name="x")
        h = tf.layers.batch_normalization(tf.layers.dense(x, 3, tf.nn.relu), training=True)
        h = tf.layers.dropout(h, training=True) + tf.random_normal([3])
        loss = tf.reduce_mean(tf.square(h))
        train = tf.contrib.layers.optimize_loss(
            loss, tf.train.get_or_create_global_step(), 0.1, "Momentum", gradient_noise_scale=0.1, clip_gradients=1.0
        )
        init, variables = tf.global_variables_initializer(), tf.global_variables()
        with tf.Session() as plain, tf.Session() as watched:
            plain.run(init)
            watched.run(init)
            for step, watch in enumerate(which):
                feeds = {x: np.arange(3.0 * (2 + step % 2)).reshape(-1, 3)}
                expected = plain.run([train, loss], feeds)
                if watch:
                    trace, got = traced(watched, [train, loss], feeds, trace_largest=1000)
                    assert trace.values()[loss.name].value == got[1]
                else:
                    got = watched.run([train, loss], feeds)
                assert got == expected
                for a, b in zip(plain.run(variables), watched.run(variables)):
                    np.testing.assert_array_equal(a, b)


def test_a_traced_run_takes_the_order_of_its_session():
    with tf.Graph().as_default():
        ops = [tf.no_op(name=f"n{i}") for i in range(6)]
        with tf.Session(config=tf.ConfigProto(order="shuffle", order_seed=3)) as sess:
            orders = [tuple(traced(sess, ops)[0].order) for _ in range(4)]
        assert len(set(orders)) > 1 and all(sorted(order) == [op.name for op in ops] for order in orders)


def test_untraced_runs_leave_no_record(sess):
    c = tf.constant(1.0)
    run = tf.RunMetadata()
    assert sess.run(c, options=tf.RunOptions(), run_metadata=run) == sess.run(c, run_metadata=run) == 1.0
    assert run.trace is None and run.step_stats.dev_stats == []
    assert sess.run(c, options=options()) == 1.0


def test_callables_take_options(sess):
    x = tf.placeholder(tf.float32, [], name="x")
    double = sess.make_callable(x + x, [x], accept_options=True)
    run = tf.RunMetadata()
    assert double(2.0) == double(2.0, options=options(), run_metadata=run) == 4.0
    assert run.trace.order == ["add"]


@pytest.mark.parametrize(
    "wrong",
    [
        dict(options=3, run_metadata=tf.RunMetadata()),
        dict(run_metadata={}),
        dict(options="FULL_TRACE", run_metadata=tf.RunMetadata()),
    ],
)
def test_wrong_options_are_refused(sess, wrong):
    with pytest.raises(TypeError, match="must be a tf.Run(Options|Metadata), but got"):
        sess.run(tf.constant(1.0), **wrong)
    with pytest.raises(ValueError, match='RunOptions has no "trace" field'):
        tf.RunOptions(trace=True)


# The forms for other tools


def test_json_has_no_nan(sess):
    trace, _ = traced(sess, tf.log([0.0, -1.0, 1.0] * tf.ones([3], name="ones") + tf.random_uniform([]) * 0))
    data = json.loads(trace.to_json(), parse_constant=pytest.fail)
    assert data["steps"][-1]["outputs"][0]["value"] == ["-inf", "nan", 0.0]
    assert data["order"] == trace.order and set(data) >= {"fetched", "fed", "folded", "pruned", "variables", "error"}


def test_step_stats_have_the_shape_of_tf1(sess):
    run = tf.RunMetadata()
    sess.run(tf.random_uniform([5], name="r"), options=options(), run_metadata=run)
    (device,) = run.step_stats.dev_stats
    assert device.device.endswith("CPU:0")
    node = device.node_stats[-1]
    assert node.node_name == "r" and node.timeline_label.startswith("r = Add(r/mul, r/min)")
    assert node.all_end_rel_micros >= node.op_end_rel_micros >= 1 and node.all_start_micros > 1e15
    assert node.output[0].tensor_description.shape == (5,)
    assert node.output[0].tensor_description.allocation_description.requested_bytes == 20


def test_the_timeline_keeps_to_the_rules_of_the_trace_event_format(sess):
    x = tf.placeholder(tf.float32, [2, 2], name="x")
    y = tf.matmul(x, x, name="layer/y")
    with tf.control_dependencies([tf.no_op(name="first")]):
        z = tf.negative(y, name="z")
    run = tf.RunMetadata()
    sess.run(z, {x: np.eye(2)}, options(), run)
    text = timeline.Timeline(step_stats=run.step_stats).generate_chrome_trace_format(show_memory=True)
    events = json.loads(text)["traceEvents"]
    check_events(events)
    spans = {e["args"]["name"]: e for e in events if e["ph"] == "X"}
    assert spans["layer/y"]["name"] == "MatMul" and spans["layer/y"]["args"]["input0"] == "x"
    assert spans["layer/y"]["ts"] + spans["layer/y"]["dur"] <= spans["z"]["ts"] + 1
    assert sum(e["ph"] == "s" for e in events) == 2 and sum(e["ph"] == "C" for e in events) == 3
    plain = timeline.Timeline(run.step_stats).generate_chrome_trace_format(show_dataflow=False)
    assert {e["ph"] for e in json.loads(plain)["traceEvents"]} == {"M", "X"}


def check_events(events):
    """Check the rules by which https://ui.perfetto.dev reads JSON: the Trace Event Format's phases and their fields."""
    begun, numbers = {}, (int, float)
    for event in events:
        assert isinstance(event["name"], str) and isinstance(event["pid"], int) and isinstance(event["tid"], int)
        assert event["ph"] in "MXCsf"
        if event["ph"] == "M":
            assert event["name"] == "process_name" and isinstance(event["args"]["name"], str)
            continue
        assert isinstance(event["ts"], numbers) and event["ts"] >= 0
        if event["ph"] == "X":
            assert isinstance(event["dur"], numbers) and event["dur"] >= 0
        if event["ph"] == "C":
            assert all(isinstance(v, numbers) for v in event["args"].values())
        if event["ph"] == "s":
            assert event["id"] not in begun
            begun[event["id"]] = event
        if event["ph"] == "f":
            assert event["bp"] == "e" and begun.pop(event["id"])["ts"] <= event["ts"]
    assert not begun


def test_a_trace_tells_itself_in_a_few_lines(sess):
    x = tf.random_uniform([], name="x")
    for _ in range(57):
        x = tf.identity(x)
    trace, _ = traced(sess, x)
    lines = str(trace).splitlines()
    assert lines[0].startswith("60 steps, ") and lines[-1] == "… 20 more" and max(map(len, lines)) < 100
    assert repr(trace).startswith("<Trace: 60 steps")


# Function bodies


def traced_run(fetch, feed=None):
    with tf.Session() as sess:
        run = tf.RunMetadata()
        sess.run(tf.global_variables_initializer())
        value = sess.run(fetch, feed, tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True), run)
    return value, run.trace


def numbers(step, name):
    """Return what the operations of one name in the bodies of a step gave, in order."""
    return [float(inner.outputs[0].value) for _, inner in step.inside() if inner.op == name]


def only_step(trace, *types):
    (step,) = [step for step in trace.steps if step.type in types]
    return step


def test_each_turn_of_a_loop_is_seen_with_its_values():
    x = tf.placeholder(tf.float32, [])
    _, total = tf.while_loop(lambda i, a: i < 4, lambda i, a: (i + 1, tf.multiply(a, 3.0, name="grow")), [0, x])
    value, trace = traced_run(total, {x: 2.0})
    step = only_step(trace, "While")
    assert numbers(step, "grow") == [6.0, 18.0, 54.0, 162.0] and value == 162.0
    assert [turn.name for turn in step.turns] == [f"{n} {i}" for i in range(1, 5) for n in ("cond", "body")] + [
        "cond 5"
    ]
    assert step.calls == 9 and "| body 2: grow Mul = 18" in str(trace)


@pytest.mark.parametrize("flag, name, other", [(True, "root", "minus"), (False, "minus", "root")])
def test_the_branch_that_was_taken_is_seen(flag, name, other):
    p, x = tf.placeholder(tf.bool, []), tf.placeholder(tf.float32, [])
    y = tf.cond(p, lambda: tf.sqrt(x, name="root"), lambda: tf.negative(x, name="minus"))
    value, trace = traced_run(y, {p: flag, x: 9.0})
    step = only_step(trace, "If", "StatelessIf")
    assert numbers(step, name) == [value] and numbers(step, other) == []
    assert [turn.name for turn in step.turns] == ["then_branch" if flag else "else_branch"]


def test_a_branch_in_a_loop_is_seen_in_its_turn():
    def body(i, a):
        return i + 1, tf.cond(a > 10.0, lambda: tf.sqrt(a, name="root"), lambda: tf.square(a, name="square"))

    _, trace = traced_run(tf.while_loop(lambda i, a: i < 3, body, [0, 3.0])[1])
    step = only_step(trace, "While", "StatelessWhile")
    found = [(name, inner.op) for name, inner in step.inside() if inner.op in ("root", "square")]
    expected = [
        ("body 1 > else_branch", "square"),
        ("body 2 > else_branch", "square"),
        ("body 3 > then_branch", "root"),
    ]
    assert found == expected
    assert numbers(step, "square") == [9.0, 81.0] and numbers(step, "root") == [9.0]


def test_of_a_long_loop_the_first_turns_are_kept_and_the_rest_is_counted(monkeypatch):
    monkeypatch.setattr(tuning, "MOST_TURNS", 6)
    total = tf.while_loop(lambda i: i < 500, lambda i: tf.add(i, 1, name="next"), [0])
    value, trace = traced_run(total)
    step = only_step(trace, "While", "StatelessWhile")
    assert value == 500 and len(step.turns) == 6 and step.calls == 1001 and numbers(step, "next") == [1.0, 2.0, 3.0]
    assert "1,001 calls of bodies in all" in str(trace)
    monkeypatch.setattr(tuning, "MOST_INSIDE", 4)
    _, trace = traced_run(total)
    assert len(list(only_step(trace, "While", "StatelessWhile").inside())) <= 6


def test_what_ran_in_bodies_is_json_too():
    y = tf.cond(tf.placeholder_with_default(True, []), lambda: tf.constant(2.0) * 3.0, lambda: tf.constant(0.0))
    _, trace = traced_run(y)
    (step,) = [step for step in json.loads(trace.to_json())["steps"] if step["turns"]]
    assert step["turns"][0]["name"] == "then_branch" and step["calls"] == 1


def test_a_step_tells_what_it_found_in_a_variables_memory(sess):
    v = tf.Variable([1.0, 2.0], name="v")
    flat = tf.reshape(v, [2, 1], name="flat")
    bump = tf.assign_add(v, [1.0, 1.0], name="bump")
    with tf.control_dependencies([bump]):
        late = tf.multiply(flat, 2.0, name="late")
        computed = tf.negative(late, name="computed")
    sess.run(v.initializer)
    for _ in range(4):
        before = sess.run(v)
        trace, values = traced(sess, [bump, computed])
        found = {step.op: {name: value.value for name, value in step.found.items()} for step in trace.steps}
        np.testing.assert_array_equal(found["bump"]["v:0"], before)
        np.testing.assert_array_equal(found["late"]["flat:0"] * -2.0, values[1])
        assert found["computed"] == {}
