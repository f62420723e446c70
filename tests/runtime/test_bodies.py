"""Branches and loops in a recorded run: gone through where no numbers decide, else kernels of known shapes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import RUNS, after, full, made

import minigraph as tf
from minigraph import explain

pytestmark = pytest.mark.usefixtures("graph")


def recorded(sess, fetches, feeds):
    """Return what the recorded run for these feeds does, which has run three times."""
    for _ in range(3):
        sess.run(fetches, feeds)
    return explain.plan(sess, fetches, feeds)


def shape_after(sess, y, feeds):
    """Return the shape of what is computed from y, as the recording knows it; None where it may differ from run to
    run.
    """
    return recorded(sess, y * 3.0, feeds).steps[-1].shape


# Branches


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), min_size=4, max_size=14))
@settings(max_examples=30, derandomize=True, database=None)
def test_updates_before_in_and_after_a_branch(runs):
    with tf.Graph().as_default(), tf.Session() as sess:
        p, x = tf.placeholder(tf.bool, []), tf.placeholder(tf.float32, [None])
        v = tf.Variable(1.0)
        add = v.assign_add(tf.reduce_sum(x))
        with after(add):
            y = tf.cond(p, lambda: v.assign(v.read_value() * 2.0) + x, lambda: tf.concat([x, x], 0) * v.read_value())
        with after(y):
            end = v.assign_sub(1.0)
        sess.run(v.initializer)
        value = np.float32(1.0)
        for flag, n in runs:
            fed = np.arange(n, dtype=np.float32)
            value += fed.sum()
            value *= 2 if flag else 1
            expected = value + fed if flag else np.concatenate([fed, fed]) * value
            value -= 1
            found, _ = sess.run([y, end], {x: fed, p: flag})
            np.testing.assert_array_equal(found, expected)
            assert sess.run(v) == value


def test_a_model_with_a_switch_for_training_is_recorded_whole(sess):
    x, training = tf.placeholder(tf.float32, [None, 4]), tf.placeholder(tf.bool, [])
    y = tf.layers.batch_normalization(tf.layers.dense(x, 3), training=training)
    loss = tf.reduce_mean(tf.square(tf.layers.dropout(y, 0.5, training=training)))
    train = tf.contrib.layers.optimize_loss(loss, tf.train.get_or_create_global_step(), 0.01, "Adam")
    sess.run(tf.global_variables_initializer())
    report = recorded(sess, train, {x: np.ones((5, 4)), training: True})
    assert report.whole == ["dropout/random_uniform/RandomUniform"] and "specialised for [5, 4], True" in str(report)
    report = recorded(sess, loss, {x: np.ones((5, 4)), training: False})
    assert report.whole == [] and report.specialised == [(5, 4), False]


def test_a_condition_of_shapes_is_none_of_numbers(sess):
    x = tf.placeholder(tf.float32, [None])
    y = tf.cond(tf.size(x) > 2, lambda: x + 1.0, lambda: tf.concat([x, x], 0))
    for n in (1, 3, 1, 3, 1, 3):
        assert sess.run(y, {x: full(n)}).tolist() == ([1.0] * 3 if n == 3 else [0.0] * 2)
    assert recorded(sess, y, {x: full(3)}).whole == recorded(sess, y, {x: full(1)}).whole == []


def test_switches_that_are_more_than_recordings_can_be_kept_for(sess):
    switches = [tf.placeholder(tf.bool, []) for _ in range(4)]
    y = sum(tf.cond(p, lambda i=i: tf.constant(2**i), lambda: tf.constant(0)) for i, p in enumerate(switches))
    for number in [*range(16)] * 3:
        assert sess.run(y, {p: bool(number >> i & 1) for i, p in enumerate(switches)}) == number


def test_an_array_that_was_fed_for_a_switch_and_changed(sess):
    p = tf.placeholder(tf.bool, [])
    y = tf.cond(p, lambda: tf.constant(1.0), lambda: tf.constant(2.0))
    call, fed = sess.make_callable([y, p], [p]), np.array(True)
    for i in range(2 * RUNS):
        fed[...] = i % 2 == 0
        assert sess.run([y, p], {p: fed}) == call(fed) == ([1.0, True] if fed else [2.0, False])


def test_a_failure_after_an_update_in_a_branch(sess):
    p, x = tf.placeholder(tf.bool, []), tf.placeholder(tf.float32, [])
    (v,) = made(sess, 0.0)

    def branch():
        with after(v.assign_add(1.0)):
            return tf.check_numerics(tf.log(x), "not positive")

    y = tf.cond(p, branch, lambda: x)
    for i in range(RUNS):  # the branch is carried out once in each run, in the one that is recorded too
        with pytest.raises(tf.errors.InvalidArgumentError, match="not positive"):
            sess.run(y, {x: -1.0, p: True})
        assert sess.run(v) == i + 1


def test_the_gradient_of_a_branch_and_its_gradient(sess):
    x, p = tf.placeholder(tf.float32, [None]), tf.placeholder(tf.bool, [])
    y = tf.cond(p, lambda: x**3.0, lambda: tf.cond(p, lambda: x, lambda: x * x))
    (g,) = tf.gradients(y, x)
    (h,) = tf.gradients(g, x)
    for i in range(2 * RUNS):
        found = sess.run([y, g, h], {x: [2.0], p: i % 2 == 0})
        np.testing.assert_allclose(found, [[8], [12], [12]] if i % 2 == 0 else [[4], [4], [2]])


# Branches that numbers choose


@pytest.mark.parametrize(
    "agree, other",
    [
        (True, lambda x: tf.concat([x[:1], x[1:]], 0)),
        (True, lambda x: tf.random_uniform(tf.shape(x))),
        (True, lambda x: tf.reshape(x * 2.0, [-1, tf.shape(x)[1]])),
        (True, lambda x: tf.matmul(x, tf.ones([3, 3]))),
        (True, lambda x: tf.cond(x[0, 0] > 0.5, lambda: -x, lambda: tf.nn.relu(x))),
        (False, lambda x: x[:1]),
        (False, lambda x: tf.concat([x, x], 0)),
        (False, lambda x: x[0]),
        (False, lambda x: tf.boolean_mask(x, x[:, 0] > 0)),
        (False, lambda x: tf.reshape(x, [-1])),
        (False, lambda x: tf.cond(x[0, 0] > 0.5, lambda: -x, lambda: x[:1])),
    ],
)
def test_a_shape_is_fixed_where_all_branches_agree(sess, agree, other):
    x = tf.placeholder(tf.float32, [None, 3])
    y = tf.cond(tf.reduce_sum(x) > 0.0, lambda: x * 2.0, lambda: other(x))
    assert shape_after(sess, y, {x: np.ones((2, 3))}) == ((2, 3) if agree else None)
    fed, direct, result = np.array([[-1, -2, 1], [-3, 0, 0]]), other(x), y * 3.0
    for value in (fed, -fed, fed, -fed):
        expected = 3 * (2 * value if value.sum() > 0 else sess.run(direct, {x: value}))
        found = sess.run(result, {x: value})
        assert found.shape == expected.shape
        if "random" not in direct.op.name:
            np.testing.assert_array_equal(found, expected)


def test_a_branch_that_reads_a_variable_whose_shape_changes(sess):
    p, q = tf.placeholder(tf.bool, []), tf.placeholder(tf.int32, [])
    (v,) = made(sess, [1.0, 2.0])
    results = [tf.cond(pred, lambda: v.read_value(), lambda: -v.read_value()) * 2.0 + 1.0 for pred in (p, q > 0)]
    changes = [tf.assign(v, full(n, n), validate_shape=False) for n in (3, 2)]
    for i in range(4 * RUNS):
        if i % RUNS == 0 and i:
            sess.run(changes[i // RUNS % 2].op)
        value = sess.run(v)
        for found in sess.run(results, {p: True, q: 1}):
            assert found.tolist() == (2 * value + 1).tolist()


# Loops


@pytest.mark.parametrize("end, whole", [(lambda x, n: 4, 0), (lambda x, n: tf.shape(x)[0] * 2, 0), (lambda x, n: n, 2)])
def test_a_loop_is_unrolled_where_no_number_ends_it(sess, end, whole):
    x, n = tf.placeholder(tf.float32, [None]), tf.placeholder(tf.int32, [])
    steps = end(x, n)
    y = tf.while_loop(lambda i, a: i < steps, lambda i, a: (i + 1, a * x), [0, x])[1]
    (g,) = tf.gradients(y, x)
    report = recorded(sess, [y, g], {x: [1.0, 2.0], n: 4})
    assert sum(step.op.type == "While" for step in report.steps) == whole
    for i in (1, 2, 3):
        found = sess.run([y, g], {x: [i, -2.0], n: 4})
        np.testing.assert_allclose(found, [[i**5, -32], [5 * i**4, 80]])


def test_a_loop_of_known_length_with_state(sess):
    tf.set_random_seed(1)
    x = tf.placeholder(tf.float32, [None])
    (v,) = made(sess, full(3))

    def step(i, a):
        with after(v.assign_add(full(3, 1.0))):
            return i + 1, a * tf.reduce_sum(v.read_value()) + 0.0 * tf.random_uniform([])

    i, y = tf.while_loop(lambda i, a: i < 3, step, [0, x])
    (g,) = tf.gradients(y, x)
    whole = recorded(sess, [i, y, g], {x: [1.0, 2.0]}).whole
    assert [name.split("/")[-1] for name in whole] == ["RandomUniform"]
    for k in range(3 * 3, 3 * (3 + RUNS), 3):
        factor = 3 * (k + 1) * 3 * (k + 2) * 3 * (k + 3)
        found = sess.run([i, y, g], {x: [1.0, 2.0]})
        assert [np.array(a).tolist() for a in found] == [3, [factor, 2 * factor], [factor, factor]]
        assert sess.run(v).tolist() == [k + 3] * 3


@pytest.mark.parametrize("steps, whole", [(2000, 2), (500, 1)])
def test_a_loop_that_is_too_long_to_be_unrolled(sess, steps, whole):
    """If only that for the gradient is, what the other one leaves for it is made into arrays."""
    x = tf.placeholder(tf.float32, [2])
    start = tf.constant([1.0, -1.0])
    y = tf.while_loop(lambda i, a: i < steps, lambda i, a: (i + 1, a + x * tf.sign(a)), [0, start])[1]
    (g,) = tf.gradients(y, x)
    report = recorded(sess, [y, g], {x: [1.0, 2.0]})
    assert sum(step.op.type == "While" for step in report.steps) == whole
    for i in (2, 1):
        found = [a.tolist() for a in sess.run([y, g], {x: [i, 2.0]})]
        assert found == [[i * steps + 1, -2 * steps - 1], [steps, -steps]]


def test_a_long_loop_within_a_loop(sess):
    x = tf.placeholder(tf.float32, [])
    y = tf.while_loop(
        lambda i, a: i < 30,
        lambda i, a: (i + 1, tf.while_loop(lambda j, b: j < 100, lambda j, b: (j + 1, b + x), [0, a])[1]),
        [0, 0.0],
    )[1]
    assert len(recorded(sess, y, {x: 1.0}).steps) < 5000 and sess.run(y, {x: 2.0}) == 6000.0


def test_a_loop_that_turns_out_halfway_to_depend_on_numbers(sess):
    x = tf.placeholder(tf.float32, [])
    (v,) = made(sess, 0.0)
    pure = tf.while_loop(lambda a: a < 10.0, lambda a: a + x, [0.0])

    def step(a):
        with after(v.assign_add(1.0)):
            return a + x

    counted = tf.while_loop(lambda a: a < 10.0, step, [0.0])
    for i in range(RUNS):
        assert sess.run([pure, counted], {x: 2.5}) == [10.0, 10.0] and sess.run(v) == 4 * (i + 1)
        assert sess.run([pure, counted], {x: 20.0}) == [20.0, 20.0]
        sess.run(v.assign_sub(1.0).op)


@pytest.mark.parametrize(
    "step, shape",
    [
        (lambda a, x: tf.tanh(a) + tf.reshape(x, tf.shape(a)), (2, 3)),
        (lambda a, x: tf.split(tf.concat([a, x], 0), 2)[0], (2, 3)),
        (lambda a, x: tf.concat([a, x], 0), None),
        (lambda a, x: tf.concat([a, x], 0)[1:], None),
        (lambda a, x: tf.cond(tf.shape(a)[0] < 5, lambda: tf.concat([a, x], 0), lambda: x), None),
    ],
)
def test_a_shape_is_fixed_that_no_step_changes(sess, step, shape):
    x, n = tf.placeholder(tf.float32, [None, 3]), tf.placeholder(tf.int32, [])
    y = tf.while_loop(
        lambda i, a: i < n, lambda i, a: (i + 1, step(a, x)), [0, x], [tf.TensorShape([]), tf.TensorShape([None, 3])]
    )[1]
    assert shape_after(sess, y, {x: np.ones((2, 3)), n: 2}) == shape
    sizes = [sess.run(y * 3.0, {x: np.ones((2, 3)), n: i}).shape for i in range(4)]
    assert len(set(sizes)) == 1 or shape is None
