"""Fixtures of all tests; this file also lets every folder import `answers`."""

from __future__ import annotations

import logging

import hypothesis
import pytest

import minigraph as tf

hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def fresh_default_graph():
    """Take away what earlier tests left in the default graph, and the level of messages that they set."""
    tf.reset_default_graph()
    level = logging.getLogger("tensorflow").level
    yield
    logging.getLogger("tensorflow").setLevel(level)


@pytest.fixture
def graph():
    """Make a new graph the default in the test."""
    with tf.Graph().as_default() as new:
        yield new
