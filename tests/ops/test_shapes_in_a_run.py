"""Shapes that only a run knows: what does not fit is an error there, and never broadcast or wrapped around."""
from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf

INVALID = tf.errors.InvalidArgumentError


def variable():
    return tf.Variable([1.0, 2.0])


@pytest.mark.parametrize("build, shapes, error, text", [
    (lambda a: tf.assign_add(variable(), a), [(1,)], INVALID,
     "Parameters and update must be the same size\nThey are [2] and [1]."),
    (lambda a: variable().assign_sub(a), [()], INVALID,
     "Parameters and update must be the same size\nThey are [2] and []."),
    (lambda a: tf.assign(variable(), a), [(1,)], INVALID, "Assign requires shapes of both tensors to match."),
    (tf.matmul, [(2,), (2, 2)], INVALID, "In[0] ndims must be >= 2: 1"),
    (tf.matmul, [(2, 2), ()], INVALID, "In[1] ndims must be >= 2: 0"),
    (lambda a, b: tf.nn.in_top_k(a, tf.cast(b, tf.int32), 1), [(2, 2), (1,)], INVALID,
     "First dimension of predictions 2 must match length of targets 1"),
    (lambda a, b: tf.nn.in_top_k(a, tf.cast(b, tf.int32), 1), [(2, 2), (2, 1)], INVALID,
     "predictions must be 2-dimensional and targets 1-dimensional, not [2,2] and [2,1]"),
    (lambda a: tf.cond(a > 0.0, lambda: 1, lambda: 2), [(2,)], INVALID,
     "The second input must be a scalar, but it has shape [2]"),
    (tf.cross, [(2,), (2,)], tf.errors.FailedPreconditionError,
     "Cross-products are only defined for 3-element vectors."),
    (tf.cross, [(3,), (1, 3)], INVALID, "Both inputs must be of same shape: [3] vs. [1,3]"),
    (lambda a, b: tf.add_n([a, b]), [(2,), (1,)], INVALID, "Inputs to operation of type AddN must have the same size"),
    (lambda a, b, c: tf.where(a > 0.0, b, c), [(3,), (2, 3), (2, 3)], INVALID,
     "Number of batches of 'then' must match"),
    (lambda a: a[5], [(3,)], INVALID, "slice index 5 of dimension 0 out of bounds."),
    (lambda a: tf.transpose(a, [0, 0]), [(2, 2)], INVALID, "1 is missing from {0,0}."),
])
def test_what_does_not_fit(build, shapes, error, text):
    with tf.Graph().as_default(), tf.Session() as sess:
        xs = [tf.placeholder(tf.float32) for _ in shapes]
        y = build(*xs)
        sess.run(tf.global_variables_initializer())
        for _ in range(2):
            with pytest.raises(error) as caught:
                sess.run(y, {x: np.ones(shape) for x, shape in zip(xs, shapes)})
            assert caught.value.message.startswith(text)
