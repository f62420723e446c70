"""The names of `tf`: all that are listed are there, and those of TensorFlow 0.x are told what they became."""
from __future__ import annotations

import re

import pytest

import minigraph as tf
from minigraph.api import renamed
from tests.answers import answer


def test_all_listed_names_are_there():
    assert [name for name in tf.__all__ if not hasattr(tf, name)] == []
    assert len(tf.__all__) == len(set(tf.__all__))


@pytest.mark.parametrize("name", renamed._NOW)
def test_a_name_of_the_past_is_told_what_it_became(name):
    with pytest.raises(AttributeError) as caught:
        getattr(tf, name)
    found = re.fullmatch(f"module 'minigraph' has no attribute '{name}'\nSince TensorFlow 1.0 it is called tf.(.*)[.]",
                         str(caught.value))
    thing = tf
    for part in found.group(1).split("."):
        thing = getattr(thing, part)
    assert callable(thing)


def test_other_names_are_not_there():
    assert not hasattr(tf, "nonsense") and getattr(tf, "nonsense", 3) == 3
    assert answer("tf.nonsense") == "AttributeError: module 'minigraph' has no attribute 'nonsense'"
