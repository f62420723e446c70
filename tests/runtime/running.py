"""What tests of runs share.

A plan runs plainly first, is recorded in the second run, and repeats the recording from the third run on: tests run
everything several times.
"""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

import minigraph as tf
from minigraph.runtime import tuning
from minigraph.runtime.recorder import codegen, fuse
from minigraph.runtime.recorder.passes import Pass

RUNS = 5


def made(sess, *values):
    """Variables with these initial values, initialized."""
    variables = [tf.Variable(value) for value in values]
    sess.run(tf.variables_initializer(variables))
    return variables


def full(shape, value=0.0):
    """Return an array of equal float32 numbers."""
    return np.full(shape, value, np.float32)


def after(*inputs):
    """Return what is made in this context runs after the inputs."""
    return tf.control_dependencies(inputs)


@contextlib.contextmanager
def loops_in_python():
    """Compile all that could be compiled to one loop, however small; in plain Python, which needs no compiler."""

    def in_python(text):
        scope = {"sqrt": np.sqrt, "float32": np.float32, "float64": np.float64}
        exec(text, scope)
        return scope["fused"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fuse, "_compiled", in_python)
        patch.setattr(codegen.Recorded, "_compiles", lambda self: Pass.LOOPS.is_on)
        for name in ("FEWEST_CALLS", "ENOUGH_ELEMENTS", "FEWEST_COLUMNS"):
            patch.setattr(tuning, name, 1)
        yield
