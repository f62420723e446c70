"""What TensorFlow 1.x computes in the precision of the numbers; all values are recorded from TensorFlow 1.15.5."""

from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf


@pytest.mark.parametrize(
    "start, limit, delta, count",
    [(0.0, 0.4, 0.01, 40), (0.0, 1.0, 0.1, 10), (0.0, 0.3, 0.1, 3), (0.1, 0.7, 0.2, 3), (1.0, 0.0, -0.1, 10)],
)
def test_the_length_of_a_range_of_floats(start, limit, delta, count):
    with tf.Graph().as_default(), tf.Session() as sess:
        made = tf.range(start, limit, delta)
        parts = [tf.placeholder(tf.float32, []) for _ in range(3)]
        assert made.shape == (count,) and sess.run(made).shape == (count,)
        assert len(sess.run(tf.range(*parts), dict(zip(parts, (start, limit, delta))))) == count


def test_the_numbers_of_a_range_are_sums():
    with tf.Graph().as_default(), tf.Session() as sess:
        assert sess.run(tf.range(0.0, 1.0, 0.1))[7] == np.float32(0.7000000476837158)
        assert sess.run(tf.range(3, -8, -4)).tolist() == [3, -1, -5]


@pytest.mark.parametrize(
    "arguments, words",
    [
        ((0.0, -1.0, 0.1), "Requires start <= limit when delta > 0: 0/-1"),
        ((0.0, 1.0, 0.0), "Requires delta != 0"),
        ((0.0, 1.5, -0.1), "Requires start >= limit when delta < 0: 0/1.5"),
    ],
)
def test_ranges_that_lead_nowhere(arguments, words):
    with tf.Graph().as_default(), tf.Session() as sess:
        with pytest.raises(ValueError, match=words):
            tf.range(*arguments)
        parts = [tf.placeholder(tf.float32, []) for _ in range(3)]
        with pytest.raises(tf.errors.InvalidArgumentError, match=words):
            sess.run(tf.range(*parts), dict(zip(parts, arguments)))


def test_a_range_to_nan_is_refused_when_it_runs():
    with tf.Graph().as_default(), tf.Session() as sess:
        made = tf.range(0.0, float("nan"), 1.0)
        with pytest.raises(tf.errors.InvalidArgumentError, match="Requires start <= limit when delta > 0: 0/nan"):
            sess.run(made)


CASTS = [
    (tf.int8, [127, -128, 127, 0, 112, 0, 0, 0, 0, -1]),
    (tf.uint8, [127, 128, 127, 0, 112, 0, 0, 0, 0, 255]),
    (tf.int16, [127, 128, -129, 256, 4464, 0, 0, 0, 0, -1]),
    (tf.uint16, [127, 128, 65407, 256, 4464, 0, 0, 0, 0, 65535]),
    (tf.uint32, [127, 128, 4294967167, 256, 70000, 2147483648, 3000000000, 1294967296, 0, 4294967295]),
]


@pytest.mark.parametrize("source", [tf.float32, tf.float64])
@pytest.mark.parametrize("target, wanted", CASTS)
def test_floats_beyond_an_integer_type(source, target, wanted):
    numbers = [127.9, 128, -129, 256, 70000, 2.0**31, 3e9, -3e9, np.nan, -1.5]
    with tf.Graph().as_default(), tf.Session() as sess:
        x = tf.placeholder(source, [len(numbers)])
        for _ in range(3):
            assert sess.run(tf.cast(x, target), {x: numbers}).tolist() == wanted


@pytest.mark.parametrize("function, last", [(tf.nn.elu, -1.0132790e-06), (tf.nn.selu, -1.7814450e-06)])
def test_near_zero_there_are_the_digits_of_a_difference(function, last):
    with tf.Graph().as_default(), tf.Session() as sess:
        x = tf.placeholder(tf.float32, [3])
        found = sess.run(function(x), {x: [-1e-10, -1e-8, -1e-6]})
        assert found[:2].tolist() == [0, 0]
        np.testing.assert_allclose(found[2], last, atol=1.2e-7)  # the last digit of an exponential near 1
