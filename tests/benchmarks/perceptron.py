"""C: a network of three dense layers: matrix products, and an optimizer that goes through much memory."""

from __future__ import annotations

import importlib.util
from typing import Any

import numpy as np

from tests.benchmarks.by_hand import CrossEntropy, NaturalAdam, TunedAdam, clipped, cross_entropy
from tests.benchmarks.timing import Figure
from tests.benchmarks.training import Task, compare, normal

__all__ = ["perceptron", "task", "Tuned"]

_BATCH, _SIZES = 128, (784, 256, 128, 10)
_RATE, _CLIP, _DECAY_STEPS, _DECAY = 1e-4, 5.0, 1000, 0.96


def perceptron(rounds: int) -> list[Figure]:
    """Time a step of Adam, with the gradients clipped and the rate decayed, of 784-256-128-10 and a batch of 128."""
    made = task()
    tuned = 0.75 if importlib.util.find_spec("numba") else 1.0
    return compare(made, {Natural(made.start): 0.55, Tuned(made.start): tuned}, rounds)


def task() -> Task:
    """Return the network, with 20 different batches."""
    start = []
    for i, (before, after) in enumerate(zip(_SIZES, _SIZES[1:])):
        start += [normal(i, before, after, scale=(2 / before) ** 0.5), np.zeros(after, np.float32)]
    rng = np.random.default_rng(5)
    batches = [
        (rng.random((_BATCH, _SIZES[0]), np.float32), rng.integers(0, _SIZES[-1], _BATCH, np.int32)) for _ in range(20)
    ]
    return Task(
        "C", "784-256-128-10, Adam, clipped", tuple(start), batches, _loss, "Adam", _RATE, _CLIP, (_DECAY_STEPS, _DECAY)
    )


def _loss(tf: Any, x: Any, y: Any, *variables: Any) -> Any:
    w1, b1, w2, b2, w3, b3 = variables
    x = tf.nn.relu(tf.matmul(x, w1) + b1)
    x = tf.nn.relu(tf.matmul(x, w2) + b2)
    logits = tf.matmul(x, w3) + b3
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))


class Natural(NaturalAdam):
    """Plain expressions."""

    name = "natural numpy"

    def step(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Forward, backwards, and a step of the optimizer."""
        w1, b1, w2, b2, w3, b3 = self.parameters
        h1 = np.maximum(x @ w1 + b1, 0)
        h2 = np.maximum(h1 @ w2 + b2, 0)
        loss, d3 = cross_entropy(h2 @ w3 + b3, y)
        d2 = d3 @ w3.T * (h2 > 0)
        d1 = d2 @ w2.T * (h1 > 0)
        gradients = [x.T @ d1, d1.sum(axis=0), h1.T @ d2, d2.sum(axis=0), h2.T @ d3, d3.sum(axis=0)]
        self.update(clipped(gradients, _CLIP), _RATE * _DECAY ** (self.steps / _DECAY_STEPS))
        return loss


class Tuned(TunedAdam):
    """Every result in memory made beforehand."""

    name = "tuned numpy"

    def __init__(self, start: Any):
        super().__init__(start)
        self._h1, self._h2, self._h3 = (np.empty((_BATCH, n), np.float32) for n in _SIZES[1:])
        self._d1, self._d2 = (np.empty((_BATCH, n), np.float32) for n in _SIZES[1:3])
        self._positive1, self._positive2 = (np.empty((_BATCH, n), bool) for n in _SIZES[1:3])
        self._cross_entropy = CrossEntropy(_BATCH, _SIZES[-1])

    def step(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Forward, backwards, and a step of the optimizer."""
        loss, d3 = self._forwards(x, y)
        self._backwards(x, d3)
        self.clip(_CLIP)
        self.update(_RATE * _DECAY ** (self.steps / _DECAY_STEPS))
        return loss

    def _forwards(self, x: np.ndarray, y: np.ndarray) -> tuple:
        w1, b1, w2, b2, w3, b3 = self.parameters
        h1, h2, h3 = self._h1, self._h2, self._h3
        np.matmul(x, w1, out=h1)
        h1 += b1
        np.maximum(h1, 0, out=h1)
        np.matmul(h1, w2, out=h2)
        h2 += b2
        np.maximum(h2, 0, out=h2)
        np.matmul(h2, w3, out=h3)
        h3 += b3
        return self._cross_entropy(h3, y)

    def _backwards(self, x: np.ndarray, d3: np.ndarray) -> None:
        _, _, w2, _, w3, _ = self.parameters
        g1, g2, g3, g4, g5, g6 = self.gradients
        h1, h2, d1, d2 = self._h1, self._h2, self._d1, self._d2
        np.matmul(h2.T, d3, out=g5)
        np.sum(d3, axis=0, out=g6)
        np.matmul(d3, w3.T, out=d2)
        np.greater(h2, 0, out=self._positive2)
        d2 *= self._positive2
        np.matmul(h1.T, d2, out=g3)
        np.sum(d2, axis=0, out=g4)
        np.matmul(d2, w2.T, out=d1)
        np.greater(h1, 0, out=self._positive1)
        d1 *= self._positive1
        np.matmul(x.T, d1, out=g1)
        np.sum(d1, axis=0, out=g2)
