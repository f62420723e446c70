"""A: what a run costs beside the work: two scalars added."""

from __future__ import annotations

import importlib
import itertools
from typing import Any

import numpy as np

import minigraph
from tests.benchmarks import peers
from tests.benchmarks.timing import Contestant, Figure, figures_of, medians

__all__ = ["scalar_sum", "session"]

_X, _Y = 1.5, 2.25


def scalar_sum(rounds: int) -> list[Figure]:
    """Time `sess.run(a + b, {a: x, b: y})` of Python floats, and a callable of the same, against `np.add`."""
    found = [_numpy(), *session(minigraph, "ours", "callable")]
    if peers.has("tensorflow"):
        found += session(importlib.import_module("tensorflow.compat.v1"), "tensorflow", "tensorflow callable")
    seconds = medians(found, rounds)
    figures = figures_of("A", "sess.run(a + b) of scalars", seconds, {"np.add": 3.0})
    if "tensorflow" in seconds:
        seconds["tensorflow"] = seconds["tensorflow callable"]
    return figures + figures_of("A", "the same by make_callable", seconds, {"np.add": 2.0}, ours="callable")


def _numpy() -> Contestant:
    def play(pieces: int) -> None:
        add, x, y = np.add, np.float32(_X), np.float32(_Y)
        for _ in itertools.repeat(None, pieces):
            add(x, y)

    return Contestant("np.add", play)


def session(tf: Any, run_name: str, callable_name: str) -> list[Contestant]:
    with tf.Graph().as_default():
        a, b = tf.placeholder(tf.float32, []), tf.placeholder(tf.float32, [])
        c = a + b
        opened = tf.Session()
    run, call = opened.run, opened.make_callable(c, [a, b])
    for value in (run(c, {a: _X, b: _Y}), call(_X, _Y)):
        if value != np.float32(_X) + np.float32(_Y) or value.dtype != np.float32:
            raise ArithmeticError(f"{run_name} computes {value!r}")

    def play_run(pieces: int) -> None:
        x, y = _X, _Y
        for _ in itertools.repeat(None, pieces):
            run(c, {a: x, b: y})

    def play_call(pieces: int) -> None:
        x, y = _X, _Y
        for _ in itertools.repeat(None, pieces):
            call(x, y)

    return [Contestant(run_name, play_run), Contestant(callable_name, play_call)]
