"""What tests of runs share.

A plan runs plainly first, is recorded in the second run, and repeats the recording from the third run on: tests run
everything several times.
"""
from __future__ import annotations

import numpy as np

import minigraph as tf

RUNS = 5


def made(sess, *values):
    """Variables with these initial values, initialized."""
    variables = [tf.Variable(value) for value in values]
    sess.run(tf.variables_initializer(variables))
    return variables


def full(shape, value=0.0):
    """An array of equal float32 numbers."""
    return np.full(shape, value, np.float32)


def after(*inputs):
    """What is made in this context runs after the inputs."""
    return tf.control_dependencies(inputs)
