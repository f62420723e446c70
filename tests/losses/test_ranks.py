"""Losses whose labels have an axis too many that only the run shows; values recorded from TensorFlow 1.15.5."""

from __future__ import annotations

import pytest

import minigraph as tf

LOGITS = [[10.0, 0, 0], [0, 10.0, 0], [0, 0, 10.0]]


@pytest.mark.parametrize("shapes", [(None, None), ([None, 3], None), (None, [None, 1])])
@pytest.mark.parametrize("labels", [[[2], [0], [1]], [2, 0, 1]])
def test_labels_of_unknown_rank(shapes, labels):
    with tf.Graph().as_default(), tf.Session() as sess:
        logits, y = tf.placeholder(tf.float32, shapes[0]), tf.placeholder(tf.int32, shapes[1])
        loss = tf.losses.sparse_softmax_cross_entropy(y, logits, 1.0)
        if shapes[1] and not isinstance(labels[0], list):
            labels = [[label] for label in labels]
        for _ in range(3):
            assert sess.run(loss, {logits: LOGITS, y: labels}) == pytest.approx(10.000091, rel=1e-6)


def test_the_identity_takes_a_tensor_shape():
    with tf.Graph().as_default(), tf.Session() as sess:
        assert sess.run(tf.initializers.identity()(tf.TensorShape((2, 2)))).tolist() == [[1, 0], [0, 1]]
