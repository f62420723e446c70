"""`explain.plan`: what a session makes of a run."""

from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf
from minigraph import explain


@pytest.fixture
def training():
    """Return a session, a train op and its feeds."""
    with tf.Graph().as_default():
        x, y = tf.placeholder(tf.float32, [None, 4], name="x"), tf.placeholder(tf.float32, [None, 1], name="y")
        loss = tf.losses.mean_squared_error(y, tf.layers.dense(x, 1, name="dense"))
        train = tf.contrib.layers.optimize_loss(loss, None, 0.1, "Momentum", clip_gradients=1.0, summaries=[])
        sess = tf.Session()
        sess.run(tf.global_variables_initializer())
    return sess, train, {x: np.ones((5, 4)), y: np.ones((5, 1))}


def test_before_anything_ran(training):
    sess, train, feeds = training
    before = sess.run(tf.trainable_variables("nothing"))
    report = explain.plan(sess, train, list(feeds))
    assert report.specialised is None and "not specialised" in str(report) and before == []
    assert [step.does for step in report.steps if step.op.type == "ApplyMomentum"] == ["ApplyMomentum"] * 2
    assert all(name.endswith(":0") or name.endswith(":1") for name in report.folded) and report.folded


def test_of_a_run_that_repeats(training):
    sess, train, feeds = training
    for _ in range(3):
        sess.run(train, feeds)
    report = explain.plan(sess, train, feeds)
    assert report.specialised == [(5, 4), (5, 1)] and report.buffers and "acquire()" in report.source
    written = {step.into for step in report.steps if step.does == "write"}
    assert {"variable dense/kernel", "variable OptimizeLoss/dense/kernel/Momentum"} <= written
    assert (
        "OptimizeLoss/gradients/mean_squared_error/SquaredDifference_grad/sub",
        "mean_squared_error/SquaredDifference",
    ) in report.merged
    assert max(map(len, str(report).splitlines())) <= 120
    assert explain.plan(sess, train, {key: value[:3] for key, value in feeds.items()}).specialised is None


def test_with_the_times_of_a_trace(training):
    sess, train, feeds = training
    for _ in range(2):
        sess.run(train, feeds)
    run = tf.RunMetadata()
    sess.run(train, feeds, options=tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), run_metadata=run)
    report = explain.plan(sess, train, feeds, run)
    product = next(step for step in report.steps if step.does == "matmul")
    assert product.op.name == "dense/MatMul" and product.microseconds > 0 and " us" in str(product)


def test_blocks_and_whole_kernels():
    with tf.Graph().as_default(), tf.Session() as sess:
        x = tf.placeholder(tf.float32, [40_000], name="x")
        y = tf.reduce_sum(tf.tanh(tf.exp(x) + 1.0) * 2.0) + tf.py_func(lambda v: v, [tf.reduce_max(x)], tf.float32)
        z = tf.reduce_sum(tf.tanh(tf.exp(x) + 1.0) * 2.0) + tf.cast(tf.size(tf.where(x > 0.5)), tf.float32)
        for _ in range(3):
            sess.run(z, {x: np.zeros(40_000)})
            sess.run(y, {x: np.zeros(40_000)})
        report = explain.plan(sess, z, [x])
        assert report.blocks and report.compiled == [] and report.whole == ["Where", "Size"]
        assert explain.plan(sess, y, [x]).specialised is None  # calls back: each run is a plain one


def test_wrong_arguments(training):
    sess, train, feeds = training
    with pytest.raises(TypeError, match="Fetch argument None"):
        explain.plan(sess, None)
    with pytest.raises(tf.errors.InvalidArgumentError, match="You must feed a value for placeholder tensor"):
        explain.plan(sess, train)
    with pytest.raises(TypeError, match="Cannot interpret feed_dict key as Tensor"):
        explain.plan(sess, train, ["no"])
