"""The names of `tf`: all that are listed are there, and those of TensorFlow 0.x are told what they became."""

from __future__ import annotations

import re

import pytest

import minigraph as tf
from minigraph.graph import absent
from tests.answers import answer


def test_all_listed_names_are_there():
    assert [name for name in tf.__all__ if not hasattr(tf, name)] == []
    assert len(tf.__all__) == len(set(tf.__all__))


@pytest.mark.parametrize("name", absent.RENAMED)
def test_a_name_of_the_past_is_told_what_it_became(name):
    with pytest.raises(AttributeError) as caught:
        getattr(tf, name)
    found = re.fullmatch(
        f"module 'minigraph' has no attribute '{name}'\nSince TensorFlow 1.0 it is called tf.(.*)[.]", str(caught.value)
    )
    thing = tf
    for part in found.group(1).split("."):
        thing = getattr(thing, part)
    assert callable(thing)


def test_other_names_are_not_there():
    assert not hasattr(tf, "nonsense") and getattr(tf, "nonsense", 3) == 3
    assert answer("tf.nonsense") == "AttributeError: module 'minigraph' has no attribute 'nonsense'"


PATH = re.compile(r"tf\.[A-Za-z_][\w.]*\w")


def told(path):
    """Return what follows the first sentence of the error for a name."""
    thing = tf
    with pytest.raises(AttributeError) as caught:
        for part in path.split("."):
            thing = getattr(thing, part)
    first, *lines = str(caught.value).split("\n")
    room, _, name = path.rpartition(".")
    assert first == f"module 'minigraph{'.' if room else ''}{room}' has no attribute '{name}'"
    return [line for line in lines if line != absent.PAGE]


@pytest.mark.parametrize("path", [path for path in absent._INSTEAD if path not in ("contrib.eager", "contrib.data")])
def test_what_is_not_part_of_it_is_told_what_there_is(path):
    if "tf." + path in tf.__all__ or hasattr(tf, path):
        pytest.skip("it is there by now")
    lines = told(path)
    assert lines and max(map(len, lines)) <= 100
    for there in PATH.findall("\n".join(lines)):
        thing = tf
        for part in there.split(".")[1:]:
            thing = getattr(thing, part)


@pytest.mark.parametrize(
    "path, line",
    [
        ("relu", "There is tf.nn.relu."),
        ("AdamOptimizer", "There is tf.train.AdamOptimizer."),
        ("math.add_nn", "Did you mean tf.math.add_n?"),
        ("while_lop", "Did you mean tf.while_loop?"),
        ("train.AdamOptimiser", "Did you mean tf.train.AdamOptimizer or tf.train.AdagradOptimizer?"),
        ("layers.optimize_loss", "There is tf.contrib.layers.optimize_loss."),
        ("signal", "That part of TensorFlow 1.x is not in MiniGraph."),
    ],
)
def test_a_name_that_stands_elsewhere_or_is_written_wrong(path, line):
    assert told(path) == [line]


@pytest.mark.parametrize("path", ["ragged", "RaggedTensor"])
def test_a_ragged_tensor_is_not_mistaken_for_a_dense_one(path):
    assert told(path)[0] == "Ragged tensors are not part of MiniGraph."


def test_names_that_python_asks_for_are_looked_for_nowhere():
    assert str(pytest.raises(AttributeError, getattr, tf.nn, "__wrapped__").value) == (
        "module 'minigraph.nn' has no attribute '__wrapped__'"
    )
