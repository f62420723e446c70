"""Zeros, infinities and NaN where TensorFlow 1.x has its own rules; all values are recorded from TensorFlow 1.15.5."""

from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf

NAN, INF = np.nan, np.inf
LOWEST = float(np.finfo(np.float32).min)


def run(build, *inputs):
    """Return what `build` gives for fed arrays (lists are of floats), in three runs, the last a recorded one; all
    agree.
    """
    with tf.Graph().as_default(), tf.Session() as sess:
        arrays = [np.asarray(x, np.float32 if isinstance(x, list) or x.dtype.kind == "f" else x.dtype) for x in inputs]
        feeds = {tf.placeholder(x.dtype, x.shape): x for x in arrays}
        fetch = build(*feeds)
        runs = [sess.run(fetch, feeds) for _ in range(3)]
    for other in runs[1:]:
        np.testing.assert_array_equal(runs[0], other)
    return np.asarray(runs[0])


@pytest.mark.parametrize("function", [tf.sqrt, tf.rsqrt, tf.reciprocal])
def test_a_gradient_of_zero_is_zero_at_a_pole(function):
    def build(x, dy):
        return tf.gradients(function(x), x, grad_ys=dy)[0]

    assert run(build, [0, 4, NAN], [0, 0, 0]).tolist() == [0, 0, 0]
    assert not np.isfinite(run(build, [0, 4], [1, 0])[0])


def test_masked_roots_have_finite_gradients():
    assert run(lambda x: tf.gradients(tf.where(x > 0, tf.sqrt(x), tf.zeros_like(x)), x)[0], [0, 4]).tolist() == [
        0,
        0.25,
    ]
    found = run(lambda x, mask: tf.gradients(tf.norm(x, axis=1) * mask, x)[0], [[0, 0], [3, 4]], [0, 1])
    np.testing.assert_allclose(found, [[0, 0], [0.6, 0.8]], rtol=1e-6)


def test_the_second_derivative_of_log_is_zero_where_nothing_comes_in():
    def build(x, ddy):
        return tf.gradients(tf.gradients(tf.log(x), x)[0], x, grad_ys=ddy)[0]

    assert run(build, [0, 2], [0, 1]).tolist() == [0, -0.25]


def test_maximum_and_minimum_give_x_where_either_is_nan():
    x, y = [NAN, 1, 0.5, -1], [1, NAN, 2, -2]
    np.testing.assert_array_equal(run(tf.maximum, x, y), [NAN, 1, 2, -1])
    np.testing.assert_array_equal(run(tf.minimum, x, y), [NAN, 1, 0.5, -2])
    assert run(lambda x: tf.maximum(0.5, x), [NAN, 1]).tolist() == [0.5, 1]


IMAGE = np.array([[2, NAN, -INF, -INF], [3, 1, -INF, -INF], [NAN, NAN, 1, 2], [NAN, NAN, INF, 4]])[None, :, :, None]


def pool(x):
    return tf.nn.max_pool(x, 2, 2, "VALID")


def test_max_pool_passes_over_nan():
    assert run(pool, IMAGE).ravel().tolist() == [3, LOWEST, LOWEST, INF]


@pytest.mark.parametrize("dy", [[1, 2, 3, 4], [INF, NAN, 3, 4]])
def test_the_gradient_of_max_pool_goes_to_one_element(dy):
    found = run(lambda x, dy: tf.gradients(pool(x), x, grad_ys=dy)[0], IMAGE, np.reshape(np.float32(dy), (1, 2, 2, 1)))
    wanted = np.zeros((4, 4))
    wanted[1, 0], wanted[0, 2], wanted[2, 0], wanted[3, 2] = dy
    np.testing.assert_array_equal(found[0, :, :, 0], wanted)


def test_the_second_gradient_of_max_pool_picks_where_the_largest_is():
    def build(x, dy, ddy):
        return tf.gradients(tf.gradients(pool(x), x, grad_ys=dy)[0], dy, grad_ys=ddy)[0]

    ddy = np.arange(1.0, 17).reshape(1, 4, 4, 1)
    ddy[0, 0, 0] = INF
    assert run(build, IMAGE, np.ones((1, 2, 2, 1)), ddy).ravel().tolist() == [5, 0, 0, 15]


@pytest.mark.parametrize(
    "function, data, wanted",
    [
        (tf.segment_max, [-INF, -INF, NAN, 1, NAN], [-INF, 1, NAN]),
        (tf.segment_min, [INF, INF, NAN, 1, NAN], [INF, 1, NAN]),
        (tf.segment_max, [NAN, NAN, 2, NAN, 3], [-INF, 2, 3]),
        (lambda x, ids: tf.unsorted_segment_max(x, ids, 4), [-INF, -INF, 1, NAN, NAN], [LOWEST, NAN, NAN, LOWEST]),
        (lambda x, ids: tf.unsorted_segment_max(x, ids, 4), [NAN, -INF, NAN, 1, 2], [-INF, 1, 2, LOWEST]),
        (lambda x, ids: tf.unsorted_segment_min(x, ids, 4), [INF, INF, NAN, 1, 2], [-LOWEST, 1, 2, -LOWEST]),
    ],
)
def test_extremes_of_segments(function, data, wanted):
    np.testing.assert_array_equal(run(function, data, np.array([0, 0, 1, 1, 2])), np.float32(wanted))


def test_zero_times_the_logarithm_of_zero_is_nan_in_the_cross_entropy():
    def build(labels, logits):
        return tf.nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)

    np.testing.assert_array_equal(run(build, [[0, 1], [0, 1]], [[-INF, 0], [0, -INF]]), [NAN, INF])
    np.testing.assert_array_equal(run(build, [[0, 0]], [[NAN, 1]]), [NAN])


def test_nan_is_different_from_every_nan():
    assert run(lambda x: tf.unique(x)[1], [NAN, NAN, 1, 1]).tolist() == [0, 1, 2, 2]


@pytest.mark.parametrize("rate", [NAN, 0.0, -0.1])
@pytest.mark.parametrize("make", [tf.train.FtrlOptimizer, tf.train.ProximalAdagradOptimizer])
@pytest.mark.parametrize("sparse", [False, True])
def test_rates_that_are_not_positive(make, rate, sparse):
    with tf.Graph().as_default(), tf.Session() as sess:
        v = tf.Variable([[1.0], [2.0]])
        rows = tf.IndexedSlices(tf.constant([[1.0]]), tf.constant([0]), tf.constant([2, 1]))
        train = make(tf.constant(rate)).apply_gradients([(rows if sparse else tf.ones([2, 1]), v)])
        sess.run(tf.global_variables_initializer())
        for _ in range(3):
            with pytest.raises(tf.errors.InvalidArgumentError, match="lr is not a positive scalar: \\[\\]"):
                sess.run(train)
        assert sess.run(v).tolist() == [[1], [2]]


BAD = [[NAN, 1], [1, 2]]


@pytest.mark.parametrize(
    "function, words",
    [
        (tf.matrix_inverse, "Input is not invertible."),
        (lambda x: tf.matrix_solve(x, tf.ones([2, 1])), "Input matrix is not invertible."),
        (lambda x: tf.matrix_triangular_solve(x, tf.ones([2, 1])), "Input matrix is not invertible."),
        (tf.self_adjoint_eigvals, "Self-adjoint eigen decomposition was not successful. The input might not be valid."),
    ],
)
def test_matrices_with_nan_are_refused(function, words):
    with pytest.raises(tf.errors.InvalidArgumentError) as caught:
        run(function, BAD)
    assert str(caught.value).startswith(words)


def test_matrices_with_nan_that_give_numbers():
    assert run(tf.matrix_determinant, [BAD, [[1, 0], [0, 2]]]).tolist() == [0, 2]
    found = run(lambda x: tf.matrix_triangular_solve(x, tf.ones([2, 1])), [[2, NAN], [NAN, 2]])
    np.testing.assert_array_equal(found, [[0.5], [NAN]])
