"""docs/coverage.md says what is there, and which recorded program holds it."""

import pytest

import minigraph as tf
from minigraph.graph.absent import PAGE
from tests import symbols_covered as coverage

THERE, HELD = 0.99, 0.99  # shares of the names that three programs or more use; they only grow


@pytest.fixture(scope="module")
def rows():
    return coverage.rows()


def test_the_page_is_the_one_that_is_generated():
    assert coverage.OUT.read_text(encoding="utf-8") == coverage.page(), "run: python -m tests.symbols_covered"


def test_what_is_used_often_is_there_and_held(rows):
    often = coverage.counted(rows)
    assert len(often) > 200
    assert sum(row.status == "there" for row in often) >= THERE * len(often)
    assert sum(row.status == "there" and bool(row.held_by) for row in often) >= HELD * len(often)


def test_what_is_absent_says_what_to_do_instead(rows):
    assert [row.symbol for row in rows if row.status == "left out" and not row.instead] == []


@pytest.mark.parametrize(
    "source, used",
    [
        ("import tensorflow as tf\ntf.train.AdamOptimizer(0.1).minimize(loss)", "tf.train.AdamOptimizer"),
        ("import minigraph as tf\nx = tf.float32.as_numpy_dtype", "tf.float32"),
        ("import tensorflow.compat.v1 as v1\nv1.nn.relu", "tf.nn.relu"),
        ("import tensorflow.contrib.layers as layers\nlayers.flatten(x)", "tf.contrib.layers.flatten"),
        ("from tensorflow.contrib import rnn as r\nr.GRUCell(3)", "tf.contrib.rnn.GRUCell"),
        ("from tensorflow.python.framework import ops", "tf.python.framework.ops"),
        ("import tensorflow as tf\nflags = tf.app.flags\nflags.DEFINE_string", "tf.app.flags.DEFINE_string"),
    ],
)
def test_the_names_that_a_program_uses(source, used):
    assert used in coverage.names_used(source)


def test_what_is_no_name_of_tensorflow_is_not_used():
    source = "import numpy as np\nimport tensorflow as tf\nnp.zeros(3); sess.run(x); 'tf.ones'  # tf.nn.relu"
    assert coverage.names_used(source) == set()


def test_the_error_for_a_lacking_name_names_the_page():
    with pytest.raises(AttributeError) as caught:
        tf.nonsense
    assert str(caught.value).split("\n")[1] == PAGE and "docs/coverage.md" in PAGE
