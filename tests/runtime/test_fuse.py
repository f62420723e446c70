"""Elementwise calls compiled by numba: the same numbers to the last bit, and nothing lost where that cannot be done."""

from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf
from minigraph.runtime.recorder import fuse
from minigraph.runtime.recorder.calls import Call, Value

pytest.importorskip("numba")

SIZE = 40_000  # above two blocks


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """Use a folder of its own for what is compiled."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    fuse._compiled.cache_clear()
    yield tmp_path
    fuse._compiled.cache_clear()


def session(jit):
    """Return a session that compiles, or does not."""
    options = tf.OptimizerOptions(global_jit_level=0 if jit else tf.OptimizerOptions.OFF)
    return tf.Session(config=tf.ConfigProto(graph_options=tf.GraphOptions(optimizer_options=options)))


def plans(sess):
    """Return the texts of what the session repeats."""
    return "\n".join(
        special.text
        for program in sess._programs.values()
        for special in program.recordings.values()
        if special is not None
    )


def trained(jit, optimizer, dtype):
    """Train some steps and return the values of all variables."""
    with tf.Graph().as_default():
        x = tf.placeholder(dtype, [SIZE])
        w = tf.get_variable("w", initializer=np.linspace(-1, 1, SIZE, dtype=dtype.as_numpy_dtype))
        train = optimizer.minimize(tf.reduce_sum(tf.square(w * x)) * 0.5)
        sess = session(jit)
        sess.run(tf.global_variables_initializer())
        for step in range(5):
            sess.run(train, {x: np.full(SIZE, step + 0.3)})
        return sess.run(tf.global_variables()), plans(sess)


@pytest.mark.parametrize("dtype", [tf.float32, tf.float64])
@pytest.mark.parametrize(
    "make",
    [
        lambda: tf.train.AdamOptimizer(0.01),
        lambda: tf.train.MomentumOptimizer(0.01, 0.9, use_nesterov=True),
        lambda: tf.train.RMSPropOptimizer(0.01, centered=True),
        lambda: tf.train.AdadeltaOptimizer(0.5),
    ],
    ids=["Adam", "Momentum", "RMSProp", "Adadelta"],
)
def test_a_training_gives_the_same_bits(make, dtype):
    with tf.Graph().as_default():  # an optimizer's hyperparameters are Python numbers until it is used
        compiled, text = trained(True, make(), dtype)
        plain, blocks = trained(False, make(), dtype)
    assert "(*B" in text and "(*B" not in blocks and "in B" in blocks
    for a, b in zip(compiled, plain):
        np.testing.assert_array_equal(a, b)


def chained(jit, function):
    """Run a chain of elementwise operations on a large array four times."""
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [SIZE])
        sess, y = session(jit), function(x)
        for scale in range(4):
            found = sess.run(y, {x: np.linspace(-2, 2, SIZE) * scale})
        return found, plans(sess)


def test_every_fused_function_is_numpys_to_the_last_bit():
    def function(x):
        y = tf.sqrt(tf.abs(x) + 0.1)
        z = tf.square(y - x) / (y + 2.0)
        return tf.reduce_sum(-z * x + y) + z

    compiled, text = chained(True, function)
    assert "(*B" in text
    np.testing.assert_array_equal(compiled, chained(False, function)[0])


def test_what_might_differ_is_left_to_numpy():
    found, text = chained(True, lambda x: tf.exp(tf.tanh(x) * 2.0) + 1.0)
    assert "(*B" not in text and "in B" in text
    np.testing.assert_array_equal(found, chained(False, lambda x: tf.exp(tf.tanh(x) * 2.0) + 1.0)[0])


def test_one_function_serves_alike_runs_and_is_kept_on_disk(cache):
    chained(True, lambda x: tf.reduce_sum(tf.square(x + 1.0) + 0.5))
    files = sorted(cache.glob("minigraph/*.py"))
    chained(True, lambda x: tf.reduce_sum(tf.square(x + 3.0) + 1.5))
    assert len(files) == 1 and sorted(cache.glob("minigraph/*.py")) == files


def test_a_folder_that_cannot_be_written_is_no_obstacle(cache, monkeypatch):
    (cache / "file").write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(cache / "file"))
    compiled, text = chained(True, lambda x: tf.reduce_max(tf.square(x + 1.0) + 0.5))
    assert "(*B" in text and compiled == chained(False, lambda x: tf.reduce_max(tf.square(x + 1.0) + 0.5))[0]


def dense(jit, batches):
    """Train two dense layers, the first with enough columns for a loop, the second with few: all variables."""
    with tf.Graph().as_default():
        tf.set_random_seed(1)
        x = tf.placeholder(tf.float32, [None, 300])
        y = tf.layers.dense(tf.layers.dense(x, 200, tf.nn.relu), 3, tf.nn.relu)
        loss = tf.reduce_mean(tf.square(y - 0.5))
        train = tf.contrib.layers.optimize_loss(loss, None, 0.01, "Adam", clip_gradients=0.1, summaries=[])
        sess = session(jit)
        sess.run(tf.global_variables_initializer())
        for batch in batches:
            sess.run(train, {x: batch})
        return sess.run(tf.global_variables()), plans(sess)


def test_added_rows_and_small_updates_are_compiled_beside_large_ones():
    rng = np.random.default_rng(0)
    batches = [rng.standard_normal((64, 300)).astype(np.float32) for _ in range(6)]
    compiled, text = dense(True, batches)
    plain = dense(False, batches)[0]
    assert text.count("(*B") == 6
    for a, b in zip(compiled, plain):
        np.testing.assert_array_equal(a, b)


def test_rows_with_all_kinds_of_zeros_and_nans():
    values = np.array([0.0, -0.0, np.nan, np.inf, -np.inf, 1.0, -1.0, 1e-40], np.float32)
    columns = np.tile(values, 200)

    def run(jit):
        with tf.Graph().as_default():
            x = tf.placeholder(tf.float32, [64, columns.size])
            row = tf.Variable(np.roll(columns, 1))
            largest = tf.Variable(tf.zeros([64, columns.size]))
            y = tf.nn.relu6(x * row) - row
            update = largest.assign(tf.nn.relu(y + row) + tf.gradients(tf.nn.relu(y + row), y)[0])
            sess = session(jit)
            sess.run(tf.global_variables_initializer())
            for _ in range(4):
                sess.run(update.op, {x: np.tile(np.repeat(values, 200), (64, 1))})
            return sess.run(largest), plans(sess)

    compiled, text = run(True)
    assert "(*B" in text
    plain = run(False)[0]
    np.testing.assert_array_equal(compiled, plain)
    np.testing.assert_array_equal(np.signbit(compiled) & (compiled == 0), np.signbit(plain) & (plain == 0))


def test_a_small_program_compiles_nothing(cache):
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [100])
        sess, y = session(True), tf.nn.relu(tf.sqrt(tf.abs(x) + 0.1) * 2.0 - x) / 3.0 - x * x
        for _ in range(4):
            sess.run(y, {x: np.ones(100)})
        assert "(*B" not in plans(sess) and not list(cache.glob("minigraph/*.py"))


def loop(arrays, ufuncs):
    """Return a loop of calls (function, names of the arguments, name of the output) on arrays by their names."""
    values = {name: Value(array) for name, array in arrays.items()}
    made = fuse.Loop(lambda value: next((name, arrays[name]) for name in values if values[name] is value))
    for i, (function, inputs, output) in enumerate(ufuncs):
        assert made.add(i, Call("ufunc", function, tuple(values[name] for name in inputs), {}, (values[output],), None))
    return made.finish(lambda value: True)


def test_a_loop_that_would_overwrite_what_it_has_yet_to_read_is_none():
    memory = np.arange(48, dtype=np.float32)
    arrays = {
        "a": memory[:32].reshape(4, 8),
        "later": memory[8:40].reshape(4, 8),
        "row": memory[:8],
        "apart": np.zeros((4, 8), np.float32),
    }
    assert loop(arrays, [(np.add, ["a", "a"], "later")]) is None
    assert loop(arrays, [(np.add, ["apart", "row"], "a")]) is None
    assert loop(arrays, [(np.add, ["a", "row"], "apart")]) is not None
    assert loop(arrays, [(np.add, ["a", "a"], "a")]) is not None


def test_a_view_of_what_a_loop_makes_is_read_after_it():
    def run(jit):
        with tf.Graph().as_default():
            x = tf.placeholder(tf.float32, [100, 200])
            large, small = tf.Variable(tf.zeros([SIZE])), tf.Variable(tf.zeros([100, 200]))
            y = tf.matmul(x, tf.eye(200))
            doubled = tf.reshape(tf.reshape(y * 2.0 + 1.0, [200, 100]), [100, 200])
            update = tf.group(small.assign(doubled * (small + 3.0) - y), large.assign(large * 2.0 + 1.0))
            sess = session(jit)
            sess.run(tf.global_variables_initializer())
            for step in range(5):
                sess.run(update, {x: np.full((100, 200), 0.1 * step)})
            return sess.run(small), plans(sess)

    compiled, text = run(True)
    assert text.count("(*B") > 1
    np.testing.assert_array_equal(compiled, run(False)[0])


def test_the_report_of_a_plan_tells_what_is_compiled():
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [SIZE])
        sess, y = session(True), tf.reduce_sum(tf.square(x + 1.0) + 0.5)
        for _ in range(3):
            sess.run(y, {x: np.ones(SIZE)})
        report = tf.explain.plan(sess, y, [x])
    # its argument is another array in each run, so the first call is numpy's: the others are one loop
    assert report.compiled == [(1, 2)] and report.blocks == [] and "compiled: 2 steps in 1 loops" in str(report)
