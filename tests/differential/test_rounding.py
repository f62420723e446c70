"""A mismatch is rounding where numbers that differ in the last place make one as large, and never else."""

from __future__ import annotations

import numpy as np
import program_runs
import pytest
from packing import pack, unpack
from rounding import Rounding

import minigraph as tf

PROGRAM = """
x = S('x', lambda: PH('x', 'float32', [2], np.float32([0.1, 0.7])))
v = S('v', lambda: VAR(np.float32([3.0, 5.0])))
c = S('c', lambda: tf.constant(np.float32([1e-3, 2.0])))
"""


@pytest.mark.parametrize(
    "statement, error, is_rounding",
    [
        ("x * v", 1e-4, False),
        ("x * v", 2e-7, True),
        ("x * 1e4 - 7e3", 1e-3, True),
        ("x * 1e4 - 7e3", 0.5, False),
        ("c * 1e4 - 2e4", 1e-3, True),
        ("x * v", np.nan, False),
    ],
)
def test_what_is_rounding(statement, error, is_rounding):
    text = PROGRAM + f"y = S('y', lambda: {statement})"
    ours = program_runs.run_general(tf, text)
    y = np.float32(unpack(dict(ours["values"])["y.0"][1]))
    theirs = {"values": [["y.0", ["v", pack(y + np.float32(error))]]]}
    rounding = Rounding(lambda nudges: program_runs.run_general(tf, text, nudges), theirs, ours)
    assert rounding.explains("value", "y.0") == is_rounding


OPTIMIZE = """
x = tf.placeholder(tf.float32, [2])
w = tf.Variable([1.5, -2.0], name='w')
loss = tf.reduce_sum(tf.square(w * x))
feeds = [{x: [0.3, 0.4]}]
trains = [TRY(lambda: tf.contrib.layers.optimize_loss(loss, None, 0.1, 'SGD'))]
"""


@pytest.mark.parametrize("error, is_rounding", [(1e-4, False), (1e-7, True)])
def test_a_trained_variable(error, is_rounding):
    ours = program_runs.run_optimize(tf, OPTIMIZE)
    w = unpack(ours["steps"][0]["vars"]["w:0"])
    theirs = {"steps": [dict(ours["steps"][0], vars={"w:0": pack(np.float32(w + error))})]}
    rounding = Rounding(lambda nudges: program_runs.run_optimize(tf, OPTIMIZE, nudges), theirs, ours)
    assert rounding.explains("variable", "0 w:0") == is_rounding


def test_nodes_that_a_failed_call_is_to_leave_change_later_noise():
    text = OPTIMIZE.replace(
        "'SGD'))]",
        "'none')), TRY(lambda: tf.contrib.layers.optimize_loss(loss, None, 0.1, 'SGD', gradient_noise_scale=1.0))][1:]",
    )
    found = [
        program_runs.run_optimize(tf, "tf.set_random_seed(1)" + text, left=left)["steps"][0]["vars"]["w:0"]
        for left in (0, 0, 7)
    ]
    assert found[0] == found[1] != found[2]
