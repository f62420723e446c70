"""Each pass of the recorder can be left out, and changes no bit; the page on performance names them all."""

from __future__ import annotations

import pathlib
import re

import numpy as np
import pytest
from running import loops_in_python

import minigraph as tf
from minigraph.runtime.recorder.passes import Pass, without

SIZE = 40_000  # more than a block
PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "performance.md"


def trained():
    """Six steps of a training with dense layers, clipping, large variables and a loop: losses, and all variables."""
    with tf.Graph().as_default():
        x, rate = tf.placeholder(tf.float32, [None, 8]), tf.placeholder(tf.float32, [])
        w = tf.Variable(np.linspace(-1, 1, 8 * 16, dtype=np.float32).reshape(8, 16))
        b = tf.Variable(np.zeros(16, np.float32))
        large = tf.Variable(np.linspace(-1, 1, SIZE, dtype=np.float32))
        y = tf.nn.relu(tf.matmul(x, w) + b)
        y = tf.while_loop(lambda i, h: i < 3, lambda i, h: (i + 1, tf.tanh(h * 0.5)), [0, y])[1]
        y = tf.matmul(y, tf.transpose(w))
        product = large * tf.reduce_mean(y)
        loss = tf.reduce_sum(tf.square(product)) + tf.reduce_sum(tf.abs(product + 0.1)) + tf.reduce_mean(y**2)
        loss += tf.reduce_sum(tf.zeros_like(x * 3.0))  # nobody needs the product
        variables = [w, b, large]
        gradients, norm = tf.clip_by_global_norm(tf.gradients(loss, variables), 1e6)
        train = tf.train.AdamOptimizer(rate).apply_gradients(zip(gradients, variables))
        with tf.control_dependencies([train]):
            after = tf.reshape(w * 1.0 + b, [-1])[3:]
        sess = tf.Session()
        sess.run(tf.global_variables_initializer())
        found = []
        for step in range(6):
            fed = np.full((5, 8), step + 0.3, np.float32)
            found += sess.run([loss, norm, after, train], {x: fed, rate: 0.01})[:3]
        return found + sess.run(tf.global_variables()), _texts(sess)


def _texts(sess):
    return [special.text for p in sess._programs.values() for special in p.recordings.values() if special is not None]


@pytest.fixture(scope="module")
def plain():
    """Return what the training gives with all passes but the one that needs a compiler, and the texts of its runs."""
    with without(Pass.LOOPS):
        return trained()


@pytest.mark.parametrize("each", Pass, ids=lambda each: each.name.lower())
def test_a_pass_can_be_left_out_and_changes_no_bit(each, plain):
    with loops_in_python() if each is Pass.LOOPS else without(Pass.LOOPS, each):
        values, texts = trained()
    for one, other in zip(values, plain[0], strict=True):
        np.testing.assert_array_equal(one, other)
    assert texts != plain[1], "the training has nothing for this pass to do"
    assert each.is_on


def test_the_page_names_each_pass_and_no_other():
    named = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(), re.MULTILINE)
    assert named == [each.name.lower() for each in Pass]
