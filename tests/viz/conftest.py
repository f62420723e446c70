import pytest
from fakes import FakeGraph

import minigraph as tf


@pytest.fixture
def training():
    """Return a small network with a train op: every stage of `optimize_loss` that has nodes of its own."""
    graph = tf.Graph()
    with graph.as_default():
        x = tf.placeholder(tf.float32, [None, 8], name="x")
        labels = tf.placeholder(tf.int64, [None], name="labels")
        hidden = tf.layers.dense(x, 16, activation=tf.nn.relu, name="hidden")
        normal = tf.layers.batch_normalization(hidden, training=True, name="norm")
        logits = tf.layers.dense(normal, 3, name="logits")
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        tf.contrib.layers.optimize_loss(
            loss,
            tf.train.get_or_create_global_step(),
            0.1,
            "Adam",
            gradient_noise_scale=0.1,
            gradient_multipliers={"hidden/kernel:0": 2.0},
            clip_gradients=1.0,
            learning_rate_decay_fn=lambda rate, step: tf.train.exponential_decay(rate, step, 10, 0.5),
        )
        tf.global_variables_initializer()
    return graph


@pytest.fixture
def fake():
    return FakeGraph()
