"""F and G: long chains of small operations: what a node costs, and whether it costs the same in a large graph."""

from __future__ import annotations

import functools
import importlib
import statistics
from typing import Any

import numpy as np

import minigraph as tf
from tests.benchmarks import peers
from tests.benchmarks.timing import Contestant, Figure, figures_of, medians, once

__all__ = ["INPUT", "Chain", "chain", "long_chain"]

_LENGTH, _LONG, _SIZE = 5_000, 100_000, 100
_ONCE = {"build and gradients": 0.1, "first run": 0.05, "second run": None}  # with goals, against TensorFlow
INPUT = np.linspace(-2, 2, _SIZE, dtype=np.float32)


def chain(rounds: int) -> list[Figure]:
    """Time what 5,000 tanh in a row take, once, and then in each run against the same calls of numpy."""
    chains = {"ours": Chain(tf, _LENGTH, gradients=True)}
    if peers.has("tensorflow"):
        chains["tensorflow"] = Chain(importlib.import_module("tensorflow.compat.v1"), _LENGTH, gradients=True)
    figures = [_once(what, goal, chains) for what, goal in _ONCE.items()]
    for what, by_hand in (("forward", _forward), ("and gradient", _backward())):
        contestants = [Contestant("numpy, out=", _repeated(by_hand))]
        for name, each in chains.items():
            run = functools.partial(each.session.run, each.y if what == "forward" else each.gradient, {each.x: INPUT})
            _check(run(), by_hand())
            contestants.append(Contestant(name, _repeated(run)))
        figures += figures_of(
            "F", f"5,000 tanh: later runs, {what}", medians(contestants, rounds), {"numpy, out=": 1.1}
        )
    return figures


def _once(what: str, goal: float | None, chains: dict) -> Figure:
    """Return a figure of what is done once, against TensorFlow where it is there."""
    name = f"5,000 tanh: {what}"
    times = {who: 1e6 * sum(each.seconds[part] for part in what.split(" and ")) for who, each in chains.items()}
    if "tensorflow" not in times:
        return Figure("F", name, "", times["ours"])
    return Figure("F", name, "tensorflow", times["ours"], times["tensorflow"], goal)


def long_chain(rounds: int) -> list[Figure]:
    """Time a node of a chain of 100,000 against a node of a chain of 5,000; the runs are forward only.

    A machine that is shared is fast and slow by turns, for a second or so. Of the short chains there are therefore as
    many as make a long one, half of them before it and half after it, and of each time it is the mean that counts.
    """
    short, long = [], []
    half = _LONG // _LENGTH // 2
    for _ in range(max(1, rounds // 40)):
        short += [_node_times(_LENGTH) for _ in range(half)]
        long.append(_node_times(_LONG))
        short += [_node_times(_LENGTH) for _ in range(half)]
    return [
        Figure("G", f"a node of 100,000: {what}", "of 5,000", _mean(long, what), _mean(short, what), 1.3)
        for what in long[0]
    ]


def _mean(times: list, what: str) -> float:
    """Return the mean, in microseconds."""
    return 1e6 * statistics.mean(each[what] for each in times)


def _node_times(length: int) -> dict[str, float]:
    made = Chain(tf, length)
    seconds = dict(made.seconds)
    made.run()
    seconds["later runs"] = statistics.median(once(made.run)[0] for _ in range(5))
    return {what: each / length for what, each in seconds.items()}


class Chain:
    """A chain of tanh, its gradient and a session, with the seconds that each part took.

    Args:
        tf: MiniGraph or TensorFlow.
        length: how many tanh.
        gradients: whether the first runs compute the gradient too.
    """

    def __init__(self, tf: Any, length: int, gradients: bool = False):
        self.seconds: dict[str, float] = {}
        with tf.Graph().as_default():
            self.x = tf.placeholder(tf.float32, [_SIZE])
            self.y = self._timed("build", lambda: _tanh(tf.tanh, self.x, length))
            (self.gradient,) = self._timed("gradients", lambda: tf.gradients(self.y, self.x))
            self.session = tf.Session()
        fetches = [self.y, self.gradient] if gradients else self.y
        self.run = lambda: self.session.run(fetches, {self.x: INPUT})
        self._timed("first run", self.run)
        self._timed("second run", self.run)  # where a session specialises

    def _timed(self, what: str, work: Any) -> Any:
        self.seconds[what], result = once(work)
        return result


def _tanh(tanh: Any, x: Any, length: int) -> Any:
    for _ in range(length):
        x = tanh(x)
    return x


def _repeated(work: Any) -> Any:
    def play(pieces: int) -> None:
        for _ in range(pieces):
            work()

    return play


def _forward() -> np.ndarray:
    # `out` by place: as a keyword it takes numpy a tenth of a microsecond more.
    tanh, y = np.tanh, np.empty_like(INPUT)
    tanh(INPUT, y)
    for _ in range(_LENGTH - 1):
        tanh(y, y)
    return y


def _backward() -> Any:
    """Return a function that computes the gradient of the sum at the end: forwards, then back through all that is
    kept.
    """
    kept, work, gradient = np.empty((_LENGTH, _SIZE), np.float32), np.empty_like(INPUT), np.empty_like(INPUT)
    rows = list(kept)

    def play() -> np.ndarray:
        tanh, multiply, subtract, one = np.tanh, np.multiply, np.subtract, np.float32(1)
        before = INPUT
        for row in rows:
            tanh(before, row)
            before = row
        gradient.fill(1)
        for row in reversed(rows):
            multiply(row, row, work)
            subtract(one, work, work)
            multiply(gradient, work, gradient)
        return gradient

    return play


def _check(ours: np.ndarray, by_hand: np.ndarray) -> None:
    if not np.allclose(ours, by_hand, rtol=1e-4, atol=0):
        raise ArithmeticError(f"the chain computes {ours}, not {by_hand}")
