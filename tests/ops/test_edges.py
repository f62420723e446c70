"""Values, shapes and errors at the edges; recorded from TensorFlow 1.15.5."""

from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf

INF = np.inf


@pytest.mark.parametrize(
    "n, wanted",
    [(1, [INF, INF, INF, INF, 8.934802]), (2, [-INF, -INF, -INF, -INF, -0.828797]), (3, [INF, INF, INF, INF, 193.409])],
)
def test_polygamma_at_its_poles(graph, n, wanted):
    x = np.array([0.0, -0.0, -1.0, -INF, -0.5])
    with tf.Session() as sess:
        np.testing.assert_allclose(sess.run(tf.math.polygamma(np.full(5, float(n)), tf.constant(x))), wanted, rtol=1e-5)


@pytest.mark.parametrize(
    "a, b, wanted",
    [
        ([None], [0], [None]),
        ([0], [None], [None]),
        ([None, None], [0, 3], [None, 3]),
        ([None], [1], [None]),
        ([None], [5], [5]),
        ([], [None], [None]),
        ([0], [1], [0]),
    ],
)
def test_the_static_shape_of_a_broadcast_to_nothing(graph, a, b, wanted):
    x, y = tf.placeholder(tf.float32, a), tf.placeholder(tf.float32, b)
    assert (x + y).shape.as_list() == tf.broadcast_static_shape(x.shape, y.shape).as_list() == wanted


@pytest.mark.parametrize(
    "divide, kind, message",
    [
        (tf.truncatediv, tf.errors.InternalError, "Unexpected error in binary operator"),
        (tf.truncatemod, tf.errors.InternalError, "Unexpected error in binary operator"),
        (tf.floordiv, tf.errors.InvalidArgumentError, "Integer division by zero"),
        (tf.floormod, tf.errors.InvalidArgumentError, "Integer division by zero"),
    ],
)
def test_a_division_by_zero(graph, divide, kind, message):
    y = divide(tf.constant([3]), tf.placeholder_with_default([0], [1]))
    with tf.Session() as sess:
        for _ in range(4):
            with pytest.raises(kind, match=message):
                sess.run(y)


ROWS = {"update": False, "add": True, "sub": True, "mul": True, "div": True, "min": False, "max": False}


@pytest.mark.parametrize(
    "write, passes",
    [
        *[(lambda v, x, f=f: getattr(v, f)(x), True) for f in ("assign", "assign_add", "assign_sub")],
        *[(lambda v, x, f=f: getattr(tf, f"scatter_{f}")(v, [0], x[:1]), passes) for f, passes in ROWS.items()],
        *[(lambda v, x, f=f: getattr(tf, f"scatter_nd_{f}")(v, [[0]], x[:1]), True) for f in ("update", "add", "sub")],
        (lambda v, x: v[:1].assign(x[:1]), False),
    ],
)
def test_no_gradient_goes_through_a_write(graph, write, passes):
    v, x = tf.Variable([[1.0, 2.0], [3.0, 4.0]]), tf.placeholder(tf.float32, [2, 2])
    y = write(v, x)
    assert tf.gradients(tf.identity(y), y)[0].shape == (2, 2)
    if passes:
        assert tf.gradients(y * 2.0, [v, v._ref(), x]) == [None, None, None]
        with pytest.raises(ValueError, match="^No gradients provided for any variable"):
            tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(y))
        return
    with pytest.raises(LookupError, match="^No gradient defined for operation"):
        tf.gradients(y * 2.0, [v, x])


@pytest.mark.parametrize(
    "write",
    [
        lambda v, x: v.assign(x),
        lambda v, x: v.assign_add(x),
        lambda v, x: tf.scatter_update(v, [0], x[:1]),
        lambda v, x: tf.scatter_nd_add(v, [[0]], x[:1]),
        lambda v, x: v[:1].assign(x[:1]),
    ],
)
def test_a_gradient_goes_to_a_resource_variable_read_after_a_write(graph, write):
    v, x = tf.Variable([[1.0, 2.0], [3.0, 4.0]], use_resource=True), tf.placeholder(tf.float32, [2, 2])
    grads = tf.gradients(write(v, x) * 2.0, [v, x])
    assert grads[1] is None
    with tf.Session() as sess:
        assert sess.run(grads[0], {x: np.zeros((2, 2))}).tolist() == [[2.0, 2.0], [2.0, 2.0]]
