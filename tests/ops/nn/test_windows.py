"""Errors of convolutions and pools, as in TensorFlow 1.15, and layouts that its CPU kernels lack."""

import numpy as np
import pytest

import minigraph as tf

VOLUME, IMAGES = np.ones([1, 4, 4, 4, 3], np.float32), np.ones([4, 4, 4, 3], np.float32)
ONES = [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: tf.nn.conv3d(VOLUME, np.ones([2, 2, 2, 2, 5], "f"), [1] * 5, "VALID"),
            r"Depth of input \(3\) is not a multiple of input depth of filter \(2\)",
        ),
        (
            lambda: tf.nn.conv3d(VOLUME, np.ones([5, 2, 2, 3, 5], "f"), [1] * 5, "VALID"),
            "Negative dimension size caused by subtracting 5 from 4 for 'Conv3D'",
        ),
        (
            lambda: tf.nn.conv3d(VOLUME, np.ones([2, 2, 2, 3, 5], "f"), [1] * 3, "VALID"),
            "Attr 'strides' of 'Conv3D' Op passed list of length 3 less than minimum 5.",
        ),
        (
            lambda: tf.nn.conv3d(VOLUME, np.ones([2, 2, 2, 3, 5], "f"), [1] * 5, "FULL"),
            "Attr 'padding' of 'Conv3D' Op passed string 'FULL' not in: \"SAME\", \"VALID\".",
        ),
        (
            lambda: tf.nn.depthwise_conv2d(IMAGES, np.ones([2, 2, 2, 2], "f"), ONES, "VALID"),
            "Dimensions must be equal, but are 3 and 2 for 'depthwise'",
        ),
        (
            lambda: tf.nn.depthwise_conv2d(IMAGES, np.ones([2, 2, 3, 2], "f"), [1, 1, 1], "VALID"),
            "DepthwiseConv2D requires the stride attribute to contain 4 values, but got: 3",
        ),
        (
            lambda: tf.nn.separable_conv2d(
                IMAGES, np.ones([2, 2, 3, 2], "f"), np.ones([2, 1, 6, 4], "f"), ONES, "VALID"
            ),
            "Dimensions 2 and 1 are not compatible",
        ),
        (lambda: tf.nn.max_pool3d(IMAGES, 2, 1, "VALID"), "Shape must be rank 5 but is rank 4 for 'MaxPool3D'"),
        (lambda: tf.nn.lrn(IMAGES[0]), "Shape must be rank 4 but is rank 3 for 'LRN'"),
        (
            lambda: tf.nn.pool(VOLUME, [2, 2, 2], "MAX", "VALID", strides=[3, 1, 1]),
            "strides > window_shape not supported due to inconsistency between CPU and GPU implementations",
        ),
        (
            lambda: tf.nn.pool(VOLUME, [2, 2, 2], "MAX", "SAME", dilation_rate=[2, 1, 1]),
            "pooling with SAME padding is not implemented for dilation_rate > 1",
        ),
        (lambda: tf.nn.pool(VOLUME, [2, 2, 2], "MIN", "SAME"), "3-D MIN pooling is not supported."),
        (
            lambda: tf.nn.convolution(VOLUME, np.ones([2] * 4 + [5], "f"), "SAME", dilation_rate=[2, 2, 2]),
            "number of input channels does not match corresponding dimension of filter, 3 != 2",
        ),
        (
            lambda: tf.nn.convolution(
                VOLUME, np.ones([2, 2, 2, 3, 5], "f"), "SAME", strides=[2, 2, 2], dilation_rate=[2, 2, 2]
            ),
            "strides > 1 not supported in conjunction with dilation_rate > 1",
        ),
        (lambda: tf.nn.atrous_conv2d(IMAGES, np.ones([2, 2, 3, 5], "f"), 2, "FULL"), "Invalid padding method 'FULL'"),
    ],
)
def test_errors_while_building(call, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        call()
    assert {op.type for op in tf.get_default_graph().get_operations()} <= {"Const"}


def fed(array):
    """Return a placeholder of unknown shape that has a value."""
    return tf.placeholder_with_default(array, None)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda: tf.nn.conv3d(fed(VOLUME), np.ones([2, 2, 2, 2, 5], "f"), [1] * 5, "VALID"),
            tf.errors.InvalidArgumentError,
            "Input depth must be evenly divisible by filter depth: 3 vs 2",
        ),
        (
            lambda: tf.nn.conv3d(VOLUME, np.ones([2, 2, 2, 3, 5], "f"), [2, 1, 1, 1, 1], "VALID"),
            tf.errors.InvalidArgumentError,
            "Current implementation does not yet support strides in the batch and depth dimensions.",
        ),
        (
            lambda: tf.nn.depthwise_conv2d(IMAGES, np.ones([2, 2, 3, 2], "f"), [1, 2, 1, 1], "VALID"),
            tf.errors.InvalidArgumentError,
            "Current implementation only supports equal length strides in the row and column dimensions.",
        ),
        (
            lambda: tf.nn.depthwise_conv2d_native(fed(IMAGES), np.ones([2, 2, 2, 2], "f"), ONES, "VALID"),
            tf.errors.InvalidArgumentError,
            "input and filter must have the same depth: 3 vs 2",
        ),
        (
            lambda: tf.nn.max_pool3d(fed(IMAGES), 2, 1, "VALID"),
            tf.errors.InvalidArgumentError,
            "tensor_in must be 5-dimensional",
        ),
        (
            lambda: tf.nn.avg_pool3d(VOLUME, [1, 1, 1, 1, 3], [1, 1, 1, 1, 3], "VALID"),
            tf.errors.UnimplementedError,
            "Pooling is not yet supported on the depth dimension.",
        ),
        (lambda: tf.nn.lrn(fed(IMAGES[0])), tf.errors.InvalidArgumentError, "in must be 4-dimensional"),
    ],
)
def test_errors_of_a_run(call, error, words):
    with tf.Session() as sess, pytest.raises(error, match=f"^{words}"):
        sess.run(call())


def test_a_window_that_just_does_not_fit_gives_nothing():
    result = tf.nn.depthwise_conv2d_native(fed(IMAGES), np.ones([5, 2, 3, 2], "f"), ONES, "VALID")
    with tf.Session() as sess:
        assert sess.run(result).shape == (4, 0, 3, 6)


@pytest.mark.parametrize("name", ["max_pooling1d", "average_pooling1d", "max_pooling3d"])
def test_pools_of_the_other_layout(name):
    """Channels first gives what channels last gives, with the axes moved."""
    x = np.random.RandomState(0).randn(*([2, 5, 3] if "1d" in name else [2, 5, 4, 6, 3])).astype("f")
    last = getattr(tf.layers, name)(x, 2, 2)
    first = getattr(tf.layers, name)(np.moveaxis(x, -1, 1), 2, 2, data_format="channels_first")
    with tf.Session() as sess:
        a, b = sess.run([last, first])
    np.testing.assert_array_equal(a, np.moveaxis(b, 1, -1))


@pytest.mark.parametrize("make", [tf.layers.separable_conv2d, tf.layers.conv2d_transpose, tf.layers.conv2d])
def test_convolutions_of_the_other_layout(make):
    x = np.random.RandomState(0).randn(2, 6, 5, 3).astype("f")
    last = make(x, 4, 3, padding="same", name="l", reuse=tf.AUTO_REUSE)
    first = make(np.moveaxis(x, -1, 1), 4, 3, padding="same", data_format="channels_first", name="l", reuse=True)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        a, b = sess.run([last, first])
    np.testing.assert_allclose(a, np.moveaxis(b, 1, -1), rtol=1e-4, atol=1e-5)
