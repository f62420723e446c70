"""Sparse tensors that are out of order, or have index vectors out of bounds. TensorFlow 1.15.5 gives what is expected."""

import numpy as np
import pytest

import minigraph as tf

GOOD = ([[0, 1], [1, 2], [2, 0]], [1.0, 2.0, 3.0], [3, 4])
OUTSIDE = ([[0, 7], [1, 0]], [1.0, 2.0], [3, 4])
NEGATIVE = ([[-1, 0], [0, 1]], [1.0, 2.0], [3, 4])
UNSORTED = ([[1, 1], [0, 0], [0, 2]], [1.0, 2.0, 3.0], [3, 4])
REPEATED = ([[1, 1], [1, 1], [2, 0]], [1.0, 2.0, 3.0], [3, 4])


def run(function, *values):
    found = function(*[tf.SparseTensor(*value) for value in values])
    with tf.Session() as sess:
        value = sess.run(found)
    return [value[0].tolist(), value[1].tolist()]


@pytest.mark.parametrize(
    "value, indices, sums",
    [
        (OUTSIDE, [[0, 1], [0, 7], [1, 0], [1, 2], [2, 0]], [1.0, 1.0, 2.0, 2.0, 3.0]),
        (NEGATIVE, [[-1, 0], [0, 1], [1, 2], [2, 0]], [1.0, 3.0, 2.0, 3.0]),
        (UNSORTED, [[0, 1], [1, 1], [0, 0], [0, 2], [1, 2], [2, 0]], [1.0, 1.0, 2.0, 3.0, 2.0, 3.0]),
        (REPEATED, [[0, 1], [1, 1], [1, 1], [1, 2], [2, 0]], [1.0, 1.0, 2.0, 2.0, 6.0]),
    ],
)
def test_sums(value, indices, sums):
    assert run(tf.sparse_add, value, GOOD) == [indices, sums]
    assert run(tf.sparse_maximum, value, GOOD)[0] == indices


def test_orders():
    assert run(tf.sparse_reorder, OUTSIDE) == [[[0, 7], [1, 0]], [1.0, 2.0]]
    assert run(lambda a, b: tf.sparse_concat(0, [a, b]), OUTSIDE, GOOD)[0][:2] == [[0, 7], [1, 0]]
    assert run(lambda a: tf.sparse_reduce_sum_sparse(a, 0), OUTSIDE) == [[[0], [7]], [2.0, 1.0]]
    assert run(lambda a: tf.sparse_reshape(a, [2, -1]), NEGATIVE)[0] == [[0, -4], [0, 1]]


@pytest.mark.parametrize("value", [OUTSIDE, NEGATIVE])
def test_dense_factors_need_valid_index_vectors(value):
    factor = tf.constant(np.ones((3, 4), np.float32))
    for function in (lambda a: a * factor, lambda a: a / factor):
        with pytest.raises(tf.errors.InvalidArgumentError, match="Provided indices are out-of-bounds w.r.t. dense"):
            run(function, value)


def test_branches_that_differ():
    choice = tf.placeholder(tf.bool, [])
    sparse = tf.SparseTensor(*GOOD)
    for other in (tf.constant(1.0), tf.SparseTensor([[0, 1]], [1], [3, 4])):
        with pytest.raises(ValueError, match="^Incompatible return values of true_fn and false_fn: The two structures"):
            tf.cond(choice, lambda: sparse, lambda other=other: other)
