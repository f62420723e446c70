"""Values, shapes and errors at the edges; recorded from TensorFlow 1.15.5."""
from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf

INF = np.inf


@pytest.mark.parametrize("n, wanted", [
    (1, [INF, INF, INF, INF, 8.934802]), (2, [-INF, -INF, -INF, -INF, -0.828797]),
    (3, [INF, INF, INF, INF, 193.409])])
def test_polygamma_at_its_poles(graph, n, wanted):
    x = np.array([0.0, -0.0, -1.0, -INF, -0.5])
    with tf.Session() as sess:
        np.testing.assert_allclose(sess.run(tf.math.polygamma(np.full(5, float(n)), tf.constant(x))), wanted, rtol=1e-5)


@pytest.mark.parametrize("a, b, wanted", [
    ([None], [0], [None]), ([0], [None], [None]), ([None, None], [0, 3], [None, 3]), ([None], [1], [None]),
    ([None], [5], [5]), ([], [None], [None]), ([0], [1], [0])])
def test_the_static_shape_of_a_broadcast_to_nothing(graph, a, b, wanted):
    x, y = tf.placeholder(tf.float32, a), tf.placeholder(tf.float32, b)
    assert (x + y).shape.as_list() == tf.broadcast_static_shape(x.shape, y.shape).as_list() == wanted


@pytest.mark.parametrize("divide, kind, message", [
    (tf.truncatediv, tf.errors.InternalError, "Unexpected error in binary operator"),
    (tf.truncatemod, tf.errors.InternalError, "Unexpected error in binary operator"),
    (tf.floordiv, tf.errors.InvalidArgumentError, "Integer division by zero"),
    (tf.floormod, tf.errors.InvalidArgumentError, "Integer division by zero")])
def test_a_division_by_zero(graph, divide, kind, message):
    y = divide(tf.constant([3]), tf.placeholder_with_default([0], [1]))
    with tf.Session() as sess:
        for _ in range(4):
            with pytest.raises(kind, match=message):
                sess.run(y)
