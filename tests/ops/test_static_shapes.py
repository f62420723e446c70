"""Static shapes where a size is known in part only; the shapes are recorded from TensorFlow 1.15.5."""

from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf


def any_int():
    """Return an integer of unknown rank, as `tf.placeholder(tf.int32)` makes it."""
    return tf.placeholder(tf.int32)


def number():
    return tf.placeholder(tf.int32, [])


def floats(*shape):
    return tf.placeholder(tf.float32, list(shape))


def unknown():
    return tf.placeholder(tf.float32)


@pytest.mark.parametrize(
    "build, shape",
    [
        (lambda: tf.reshape(unknown(), [any_int(), 37]), "(?, 37)"),
        (lambda: tf.reshape(unknown(), [-1, any_int(), 3]), "(?, ?, 3)"),
        (lambda: tf.reshape(floats(4, 5), [any_int(), 5]), "(4, 5)"),
        (lambda: tf.reshape(unknown(), tf.stack([any_int(), 2])), "(?, 2)"),
        (lambda: tf.reshape(unknown(), tf.concat([[3], [any_int()]], 0)), "(3, ?)"),
        (lambda: tf.tile(tf.zeros([1, 1]), [any_int(), 7]), "(?, 7)"),
        (lambda: tf.fill([any_int(), 7], 1.0), "(?, 7)"),
        (lambda: tf.zeros([2, any_int()]), "(2, ?)"),
        (lambda: tf.random_normal([any_int(), 3]), "(?, 3)"),
        (lambda: tf.broadcast_to(unknown(), [any_int(), 3]), "(?, 3)"),
        (lambda: tf.eye(any_int()), "(?, ?)"),
        (lambda: tf.eye(2, batch_shape=[any_int()]), "(?, 2, 2)"),
        (lambda: tf.scatter_nd(tf.zeros([3, 1], tf.int32), floats(3, 2), [any_int(), 2]), "(?, 2)"),
        (
            lambda: tf.nn.conv2d_transpose(floats(2, 4, 4, 3), floats(3, 3, 5, 3), [any_int(), 8, 8, 5], [1, 2, 2, 1]),
            "(?, 8, 8, 5)",
        ),
        (lambda: tf.pad(floats(4, 4), [[1, 2], any_int()]), "(7, ?)"),
        (lambda: tf.pad(floats(4, 4), [[any_int(), 0], [1, 2]]), "(?, 7)"),
        (lambda: tf.pad(floats(4, 4), [[number(), 0], [1, 2]], "REFLECT"), "(?, 7)"),
        (lambda: tf.pad(floats(4, 4), tf.stack([[1, 1], [number(), 2]]), constant_values=3.0), "(6, ?)"),
        (lambda: tf.pad(floats(None, 4), [[1, 1], [number(), 2]]), "(?, ?)"),
        (lambda: tf.transpose(unknown(), [0]), "<unknown>"),
        (lambda: tf.transpose(unknown(), [1, 0]), "(?, ?)"),
        (lambda: tf.transpose(floats(None), [0]), "(?,)"),
        (lambda: tf.slice(floats(4, 5), [1, 1], [any_int(), 2]), "(?, 2)"),
        (lambda: tf.slice(floats(4, 5), [any_int(), 1], [-1, -1]), "(?, 4)"),
        (lambda: tf.slice(floats(4, 5), [0, 1], [any_int(), -1]), "(?, ?)"),
        (lambda: floats(4, 5)[any_int() :], "(?, 5)"),
        (lambda: floats(4, 5)[: number(), 2:], "(?, ?)"),
        (lambda: floats(4, 5)[1:, : number()], "(?, ?)"),
    ],
)
def test_shapes_of_which_a_part_is_known(build, shape):
    with tf.Graph().as_default():
        assert str(build().shape) == shape


def test_static_values_of_which_a_part_is_known():
    with tf.Graph().as_default():
        square = np.ones((2, 2), np.float32)
        found = tf.get_static_value(tf.stack([square, unknown()]), partial=True)
        assert found.dtype == object and found.shape == (2,) and found[1] is None
        assert found[0].tolist() == square.tolist()
        assert tf.get_static_value(tf.stack([square, unknown()])) is None
        found = tf.get_static_value(tf.stack([[1, number()], [3, 4]]), partial=True)
        assert found.tolist() == [[1, None], [3, 4]]
        assert tf.get_static_value(tf.stack([1, number()], axis=-1), partial=True) is None
