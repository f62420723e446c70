"""Large elementwise calls, which are done block by block: the same numbers to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf
from minigraph.runtime import tuning

SIZE = 40_000  # more than a block
OPTIMIZERS = {
    "SGD": lambda: tf.train.GradientDescentOptimizer(0.01),
    "Adam": lambda: tf.train.AdamOptimizer(0.01),
    "Nesterov": lambda: tf.train.MomentumOptimizer(0.01, 0.9, use_nesterov=True),
    "RMSProp": lambda: tf.train.RMSPropOptimizer(0.01, centered=True),
    "Adadelta": lambda: tf.train.AdadeltaOptimizer(0.5),
    "Ftrl": lambda: tf.train.FtrlOptimizer(0.01),
}


def trained(make, optimizer_options):
    """Six steps of a training: the losses, and the values of all variables."""
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [SIZE])
        w = tf.get_variable("w", initializer=np.linspace(-1, 1, SIZE, dtype=np.float32))
        product = w * x  # needed by two calls
        loss = tf.reduce_sum(tf.square(product)) + tf.reduce_sum(tf.abs(product + 0.1))
        train = make().minimize(loss)
        sess = tf.Session(config=tf.ConfigProto(graph_options=tf.GraphOptions(optimizer_options=optimizer_options)))
        sess.run(tf.global_variables_initializer())
        losses = [sess.run([loss, train], {x: np.full(SIZE, step + 0.3)})[0] for step in range(6)]
        return losses + sess.run(tf.global_variables())


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_training_gives_the_same_bits(name):
    fast = trained(OPTIMIZERS[name], tf.OptimizerOptions(global_jit_level=tf.OptimizerOptions.OFF))
    plain = trained(OPTIMIZERS[name], tf.OptimizerOptions(opt_level=tf.OptimizerOptions.L0))
    for a, b in zip(fast, plain):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("size", [SIZE, 5_000], ids=["in pieces", "whole"])
def test_a_product_with_one_is_left_out_and_any_other_is_not(size):
    with tf.Graph().as_default():
        x, factor = tf.placeholder(tf.float32, [size]), tf.placeholder(tf.float32, [])
        y = tf.sqrt(tf.square(x) * factor)
        sess = tf.Session(
            config=tf.ConfigProto(
                graph_options=tf.GraphOptions(
                    optimizer_options=tf.OptimizerOptions(global_jit_level=tf.OptimizerOptions.OFF)
                )
            )
        )
        x0 = np.linspace(-3, 3, size, dtype=np.float32)
        x0[:3] = np.nan, np.inf, -0.0
        for given in [1, 1, 1, 0.25, 1, np.nan, np.inf, 0, -1, 1]:
            with np.errstate(invalid="ignore"):
                wanted = np.sqrt(np.square(x0) * np.float32(given))
                found = sess.run(y, {x: x0, factor: given})
            np.testing.assert_array_equal(found.view(np.int32), wanted.view(np.int32))
        (program,) = sess._programs.values()
        assert any(" == 1 or " in special.text for special in program.recordings.values())


def test_a_value_of_one_block_keeps_its_shape_behind_the_block():
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [tuning.BLOCK // 128, 128])
        square, ones = tf.square(x), tf.ones([128, 2])
        y = tf.matmul(tf.sqrt(square + 1.0) * 3.0, ones) + tf.matmul(square, ones)
        sess = tf.Session()
        for _ in range(4):
            np.testing.assert_allclose(sess.run(y, {x: np.zeros(x.shape)}), 384.0)
