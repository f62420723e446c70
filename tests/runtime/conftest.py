"""The session of a test."""

from __future__ import annotations

import pytest

import minigraph as tf


@pytest.fixture
def sess(graph):
    """Open a session on the test's graph."""
    with tf.Session() as session:
        yield session
