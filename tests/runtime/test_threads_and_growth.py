"""A session goes on: with two threads in it, while its graph grows, after a failure, in whatever order it runs."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from running import RUNS, after, full, made

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")
INVALID = tf.errors.InvalidArgumentError


# Threads


def at_once(*tasks):
    """Run each task in a thread of its own, all begun at one moment; raise what one of them raised."""
    ready, failures = threading.Barrier(len(tasks)), []

    def run(task):
        try:
            ready.wait()
            task()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


@pytest.mark.parametrize("n", [1, 40_000])
def test_threads_lose_no_update(sess, n):
    (v,) = made(sess, full(n))
    add, other = v.assign_add(full(n, 1.0)), v.assign_sub(full(n, -2.0))
    with after(add):
        read = v.read_value()

    def updates(fetch):
        return lambda: [sess.run(fetch) for _ in range(100)]

    at_once(updates(add.op), updates(add.op), updates(other.op), updates(read))
    assert (sess.run(v) == 500).all()


def test_a_value_is_never_half_of_an_update(sess):
    (v,) = made(sess, full(40_000))
    add, other, found = v.assign_add(full(40_000, 1.0)), v.read_value() * 1.0, []
    seen = tf.py_func(lambda a: found.append((a.min(), a.max())), [v], [])
    at_once(
        lambda: [sess.run(add.op) for _ in range(200)],
        lambda: [found.append((a.min(), a.max())) for a in (sess.run(other) for _ in range(100))],
        lambda: [sess.run(seen) for _ in range(100)],
    )
    assert len(found) == 200 and all(low == high for low, high in found)


def test_threads_with_feeds_of_their_own(sess):
    x = tf.placeholder(tf.float32, [None])
    large, small = tf.nn.relu(x * 2.0) + x, tf.reduce_sum(x)
    call = sess.make_callable([small, large], [x])

    def check(n):
        def task():
            for i in range(60):
                fed = full(n, i)
                total, array = call(fed) if i % 2 else sess.run([small, large], {x: fed})
                assert total == n * i and (array == 3 * i).all()

        return task

    at_once(check(3), check(40_000), check(3), check(5))


def test_threads_that_build_and_run(sess):
    x = tf.placeholder(tf.float32, [2])

    def task(k):
        def grow():
            with sess.graph.as_default():
                y = x
                for i in range(1, 10):
                    y = y + 1.0
                    for _ in range(3):
                        assert sess.run(y, {x: full(2, k)}).tolist() == [k + i] * 2

        return grow

    at_once(*map(task, range(3)))


class Interrupted(dict):
    """Let other threads in when it is gone through."""

    def __iter__(self):
        keys = super().__iter__()
        time.sleep(0.001)
        return keys


def test_threads_whose_plans_are_dropped(sess, monkeypatch):
    monkeypatch.setattr("minigraph.runtime.tuning.MOST_PLANS", 3)
    x = tf.placeholder(tf.float32, [])
    ys = [x + float(i) for i in range(8)]
    sess._programs, sess._entries = Interrupted(), Interrupted()

    def task(k):
        return lambda: [check(k, i * k % 8) for i in range(16)]

    def check(k, i):
        for _ in range(3):
            assert sess.run(ys[i], {x: k}) == sess.run([ys[i]], {x: k})[0] == k + i

    at_once(*map(task, (1, 3, 5, 7)))


# A graph that grows


def test_a_graph_that_grows_between_runs(sess):
    x = tf.placeholder(tf.float32, [3])
    ys, variables = [x], []
    for i in range(RUNS):
        variables += made(sess, full(3, i))
        ys.append(ys[-1] + variables[-1])
        for _ in range(3):
            for j, value in enumerate(sess.run(ys, {x: full(3, 1.0)})):
                assert value.tolist() == [1 + sum(range(j))] * 3


def test_a_name_that_comes_later(sess):
    tf.constant(1.0)
    for _ in range(RUNS):
        with pytest.raises(ValueError, match="refers to a Tensor which does not exist"):
            sess.run("late:0")
    tf.constant(7.0, name="late")
    assert [sess.run("late:0") for _ in range(RUNS)] == [7.0] * RUNS


def test_many_different_fetches_keep_few_plans(sess, monkeypatch):
    monkeypatch.setattr("minigraph.runtime.tuning.MOST_PLANS", 16)
    x = tf.placeholder(tf.float32, [])
    ys = [x + float(i) for i in range(30)]
    for i, y in enumerate(ys):
        for _ in range(2):
            assert sess.run(y, {x: 1.0}) == sess.run([y], {x: 1.0})[0] == 1.0 + i
    assert max(map(len, (sess._programs, sess._entries))) == 16


# Failures


def failing(sess):
    """Return a run that fails on request: the first variable is updated before that, the others are not yet."""
    index = tf.placeholder(tf.int32, [2])
    first, second, third = made(sess, 0.0, full(3), full(40_000))
    double = [second * 2.0 + 1.0, third * 2.0 + 1.0]
    with after(first.assign_add(1.0), *double):
        picked = tf.gather(second, index, name="picked")
    with after(picked):
        update = tf.group(second.assign(double[0]), third.assign(double[1]), name="update")
    return update, index, [first, second, third]


@pytest.mark.parametrize("good", range(4), ids=["the plain run", "the recorded run", "the next run", "a later run"])
def test_a_failure_leaves_what_had_not_run(sess, good):
    update, index, variables = failing(sess)
    for _ in range(good):
        sess.run(update, {index: [0, 2]})
    for again in range(1, 3):
        with pytest.raises(INVALID) as caught:
            sess.run(update, {index: [0, 3]})
        assert str(caught.value).startswith("indices[1] = 3 is not in [0, 3)")
        assert "[[node picked (made at test_threads_and_growth.py:" in str(caught.value)
        state = [float(np.max(value)) for value in sess.run(variables)]
        assert state == [good + again, 2.0**good - 1, 2.0**good - 1]
    for more in range(1, RUNS):
        sess.run(update, {index: [0, 2]})
        assert sess.run(variables)[1].tolist() == [2.0 ** (good + more) - 1] * 3


FAILURES = {
    "assert": lambda bad: tf.Assert(tf.equal(bad, 0.0), ["no"], name="bad"),
    "inverse": lambda bad: tf.matrix_inverse([[1.0 - bad, 0.0], [0.0, 1.0]], name="bad"),
    "cholesky": lambda bad: tf.cholesky([[1.0 - 2.0 * bad, 0.0], [0.0, 1.0]], name="bad"),
    "solve": lambda bad: tf.matrix_solve([[1.0 - bad]], [[1.0]], name="bad"),
    "gather": lambda bad: tf.gather([1.0, 2.0], tf.cast(bad, tf.int32) * 2, name="bad"),
    "gather by a vector": lambda bad: tf.gather([1.0, 2.0], [tf.cast(bad, tf.int32) * 2], name="bad"),
    "division": lambda bad: tf.floordiv([3], [1 - tf.cast(bad, tf.int32)], name="bad"),
    "numerics": lambda bad: tf.check_numerics(1.0 / (1.0 - bad), "no", name="bad"),
    "reshape": lambda bad: tf.reshape([1.0, 2.0], [2 + tf.cast(bad, tf.int32)], name="bad"),
    "slice": lambda bad: tf.slice([1.0, 2.0], [tf.cast(bad, tf.int32)], [2], name="bad"),
    "one_hot of segments": lambda bad: tf.segment_sum([1.0, 2.0], [tf.cast(bad, tf.int32), 0], name="bad"),
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("wanted", [False, True], ids=["as control input", "fetched"])
def test_failures_are_told_alike_in_every_run(sess, failure, wanted):
    bad = tf.placeholder(tf.float32, [])
    (v,) = made(sess, full(3, 1.0))
    new = v * 2.0
    fails = FAILURES[failure](bad)
    with after(fails):
        update = v.assign(new)
    fetches = [update.op, fails] if wanted else update.op
    messages = set()
    for i in range(RUNS):
        with pytest.raises(INVALID) as caught:
            sess.run(fetches, {bad: 1.0})
        messages.add(str(caught.value))
        assert sess.run(v).tolist() == [2.0**i] * 3
        sess.run(fetches, {bad: 0.0})
    assert len(messages) == 1 and "[[node bad" in messages.pop()


def test_a_failure_after_a_variable_was_replaced(sess):
    index, x = tf.placeholder(tf.int32, [2]), tf.placeholder(tf.float32, [3, 2])
    (v,) = made(sess, np.ones((3, 2), np.float32))
    picked, update = tf.gather(v * 2.0, index, name="picked"), v.assign(x * x)
    for _ in range(RUNS):
        for _ in range(2):
            sess.run(picked, {index: [0, 1]})
        sess.run(update.op, {x: np.ones((3, 2), np.float32, order="F")})
        with pytest.raises(INVALID, match=r"\[\[node picked "):
            sess.run(picked, {index: [0, 3]})


def test_a_function_that_fails(sess):
    def call(x):
        if x < 0:
            raise RuntimeError("no")
        return x

    x = tf.placeholder(tf.float32, [])
    (v,) = made(sess, 0.0)
    with after(v.assign_add(1.0)):
        y = tf.py_func(call, [x], tf.float32, name="asked")
    for i in range(RUNS):
        with pytest.raises(tf.errors.UnknownError, match=r"RuntimeError: no\n.*\[\[node asked"):
            sess.run(y, {x: -1.0})
        assert sess.run(y, {x: 1.0}) == 1.0 and sess.run(v) == 2 * (i + 1)


def test_feeds_that_do_not_fit_leave_the_plan_alone(sess):
    x = tf.placeholder(tf.float32, [None, 2])
    y = x * 2.0
    for _ in range(RUNS):
        assert sess.run(y, {x: [[1.0, 2.0]]}).tolist() == [[2.0, 4.0]]
        for wrong, kind in (
            (full(2), ValueError),
            (full((2, 3)), ValueError),
            ("text", ValueError),
            (None, TypeError),
            (y, TypeError),
        ):
            with pytest.raises(kind):
                sess.run(y, {x: wrong})
        with pytest.raises(INVALID, match="You must feed a value for placeholder tensor"):
            sess.run(y)


# Other ways to run


def test_callables(sess):
    x = tf.placeholder(tf.float32, [None], name="x")
    (v,) = made(sess, 0.0)
    update = v.assign_add(tf.reduce_sum(x))
    call, named = sess.make_callable({"v": update, "x": [x, "x:0"]}, [x]), sess.make_callable(update, ["x:0"])
    read = sess.make_callable(v)
    for i in range(RUNS):
        found = call([1.0])
        assert found["v"] == 2 * i + 1 and [a.tolist() for a in found["x"]] == [[1.0], [1.0]]
        assert named(np.ones(1)) == read() == 2 * i + 2
        with pytest.raises(TypeError, match="this callable takes 1 values"):
            call([1.0], [2.0])
        with pytest.raises(INVALID, match="You must feed a value for placeholder tensor 'x' with dtype float"):
            call()


def test_a_closed_session_runs_no_callable(graph):
    sess = tf.Session()
    x = tf.placeholder(tf.float32, [])
    calls = [sess.make_callable(x + 1.0, [x]) for _ in range(2)]
    assert [calls[0](1.0) for _ in range(RUNS)] == [2.0] * RUNS
    sess.close()
    sess.close()
    for call in calls:
        with pytest.raises(tf.errors.CancelledError, match="Session has been closed"):
            call(1.0)
    for run in (lambda: sess.run(x, {x: 1.0}), lambda: sess.make_callable(x)):
        with pytest.raises(RuntimeError, match="Attempted to use a closed Session"):
            run()


def test_a_callable_says_what_it_lacks_when_it_is_called(sess):
    """Recorded from TensorFlow 1.15.5."""
    x, z = tf.placeholder(tf.float32, [], name="x"), tf.placeholder(tf.float32, [], name="z")
    for call, name in ((sess.make_callable(x * z), "x"), (sess.make_callable(x * z, [x]), "z")):
        with pytest.raises(INVALID, match=f"You must feed a value for placeholder tensor '{name}' with dtype float"):
            call(*[1.0] * (name == "z"))
    with pytest.raises(INVALID, match="Must specify at least one target to fetch or execute."):
        sess.make_callable([])()


def test_partial_runs_beside_others(sess):
    x, y = tf.placeholder(tf.float32, []), tf.placeholder(tf.float32, [])
    (v,) = made(sess, 0.0)
    update = v.assign_add(x)
    with after(update):
        total = v.read_value() * y
    for i in range(RUNS):
        handle = sess.partial_run_setup([update, total], [x, y])
        assert sess.partial_run(handle, update, {x: 1.0}) == 3 * i + 1
        assert sess.run(total, {x: 2.0, y: 10.0}) == 10 * (3 * i + 3)
        assert sess.partial_run(handle, total, {y: 100.0}) == 100 * (3 * i + 3)
        with pytest.raises(INVALID, match="Must run 'setup' before performing partial runs!"):
            sess.partial_run(handle, total)


def shuffling(**options):
    return tf.Session(config=tf.ConfigProto(order="shuffle", **options))


def race():
    """Return an update and a read that no path connects, and the same with one."""
    v = tf.Variable(0.0)
    before = v + 0.0
    with after(before):
        update = v.assign_add(1.0)
    with after(update):
        last = v + 0.0
    return v, [before, v.assign_add(0.0).op, update, last]


def test_every_shuffled_run_is_a_legal_one(graph):
    v, fetches = race()
    free = v + 0.0
    with shuffling(order_seed=0) as sess:
        sess.run(v.initializer)
        found = []
        for i in range(20):
            before, _, update, last, either = sess.run([*fetches, free])
            assert (before, last) == (i, i + 1)
            found.append(float(either - i))
    assert set(found) == {0.0, 1.0}  # the race is seen


def test_a_seed_gives_the_same_shuffled_orders(graph):
    v, fetches = race()
    free = [v + 0.0 for _ in range(5)]

    def orders():
        with shuffling(order_seed=3) as sess:
            sess.run(v.initializer)
            return [[float(x) for x in sess.run([*free, fetches[2].op])[:5]] for _ in range(10)]

    assert orders() == orders()


def test_updates_in_shuffled_order_with_large_variables(graph):
    v = tf.Variable(full(40_000))
    reads = [v.read_value() * float(i) for i in range(4)]
    with after(*reads):
        update = v.assign_add(full(40_000, 1.0))
    with shuffling() as sess:
        sess.run(v.initializer)
        call = sess.make_callable([*reads, update.op])
        for i in range(2 * RUNS):
            found = call() if i % 2 else sess.run([*reads, update.op])
            assert [float(a[-1]) for a in found[:4]] == [0.0, i, 2 * i, 3 * i]
