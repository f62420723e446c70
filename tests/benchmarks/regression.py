"""B: linear regression: a step of small arrays, where each call counts."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.benchmarks.by_hand import ByHand
from tests.benchmarks.timing import Figure
from tests.benchmarks.training import Task, compare, normal

__all__ = ["linear_regression", "task"]

_BATCH, _FEATURES, _RATE = 100, 10, 0.01


def linear_regression(rounds: int) -> list[Figure]:
    """Time a step of SGD on the mean squared error of 100 rows of 10 features."""
    made = task()
    return compare(made, {Natural(made.start): 1.2, Tuned(made.start): None}, rounds)


def task() -> Task:
    """Return the regression, with 20 different batches."""
    weights = normal(1, _FEATURES, 1)
    batches = []
    for seed in range(20):
        x = normal(100 + seed, _BATCH, _FEATURES)
        batches.append((x, x @ weights + normal(200 + seed, _BATCH, 1, scale=0.5) + 1))
    return Task(
        "B", "linear regression, SGD", (normal(2, _FEATURES, 1), np.zeros(1, np.float32)), batches, _loss, "SGD", _RATE
    )


def _loss(tf: Any, x: Any, y: Any, w: Any, b: Any) -> Any:
    return tf.losses.mean_squared_error(y, tf.matmul(x, w) + b)


class Natural(ByHand):
    """Plain expressions."""

    name = "natural numpy"

    def step(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Return a step of gradient descent."""
        w, b = self.parameters
        error = x @ w + b - y
        loss = np.mean(error**2)
        gradient = 2 / len(x) * error
        w -= _RATE * (x.T @ gradient)
        b -= _RATE * gradient.sum(axis=0)
        self.steps += 1
        return loss


class Tuned(ByHand):
    """In place, and with the factors put together."""

    name = "tuned numpy"

    def __init__(self, start: Any):
        super().__init__(start)
        self._error = np.empty((_BATCH, 1), np.float32)
        self._change = np.empty((_FEATURES, 1), np.float32)

    def step(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Return a step of gradient descent."""
        (w, b), error, change = self.parameters, self._error, self._change
        np.matmul(x, w, out=error)
        error += b
        error -= y
        line = error.ravel()
        loss = line.dot(line) / _BATCH
        error *= 2 * _RATE / _BATCH
        np.matmul(x.T, error, out=change)
        w -= change
        b -= np.add.reduce(line)
        self.steps += 1
        return loss
