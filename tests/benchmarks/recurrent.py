"""D: a recurrent network, unrolled: hundreds of small operations forwards and backwards."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.benchmarks.by_hand import ByHand
from tests.benchmarks.timing import Figure
from tests.benchmarks.training import Task, compare, normal

__all__ = ["recurrent", "task"]

_STEPS, _BATCH, _INPUTS, _HIDDEN, _OUTPUTS, _RATE = 50, 16, 8, 32, 4, 0.01


def recurrent(rounds: int) -> list[Figure]:
    """Time a step of SGD through 50 steps of 32 tanh units, with a squared loss at the end."""
    made = task()
    return compare(made, {Natural(made.start): 1.1, Tuned(made.start): None}, rounds)


def task() -> Task:
    """Return the network, with 20 different batches."""
    rotation = np.linalg.qr(normal(1, _HIDDEN, _HIDDEN))[0]
    start = (
        normal(2, _INPUTS, _HIDDEN, scale=0.3),
        rotation,
        np.zeros(_HIDDEN, np.float32),
        normal(3, _HIDDEN, _OUTPUTS, scale=0.2),
        np.zeros(_OUTPUTS, np.float32),
    )
    batches = [
        (normal(100 + seed, _BATCH, _STEPS, _INPUTS), normal(200 + seed, _BATCH, _OUTPUTS)) for seed in range(20)
    ]
    return Task("D", "RNN of 50 steps, SGD", start, batches, _loss, "SGD", _RATE)


def _loss(tf: Any, x: Any, y: Any, wx: Any, wh: Any, b: Any, wo: Any, bo: Any) -> Any:
    h = tf.zeros([_BATCH, _HIDDEN])
    for each in tf.unstack(x, _STEPS, axis=1):
        h = tf.tanh(tf.matmul(each, wx) + tf.matmul(h, wh) + b)
    return tf.reduce_mean(tf.square(tf.matmul(h, wo) + bo - y))


class Natural(ByHand):
    """Plain expressions."""

    name = "natural numpy"

    def step(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Forward, backwards, and a step of gradient descent."""
        wx, wh, b, wo, bo = self.parameters
        states = [np.zeros((_BATCH, _HIDDEN), np.float32)]
        for t in range(_STEPS):
            states.append(np.tanh(x[:, t] @ wx + states[t] @ wh + b))
        error = states[-1] @ wo + bo - y
        loss = np.mean(error**2)
        for parameter, gradient in zip(self.parameters, self._gradients(x, states, 2 / error.size * error)):
            parameter -= _RATE * gradient
        self.steps += 1
        return loss

    def _gradients(self, x: np.ndarray, states: list, d: np.ndarray) -> tuple:
        wx, wh, b, wo, _ = self.parameters
        dwx, dwh, db = np.zeros_like(wx), np.zeros_like(wh), np.zeros_like(b)
        dh = d @ wo.T
        for t in reversed(range(_STEPS)):
            da = dh * (1 - states[t + 1] ** 2)
            dwx += x[:, t].T @ da
            dwh += states[t].T @ da
            db += da.sum(axis=0)
            dh = da @ wh.T
        return dwx, dwh, db, states[-1].T @ d, d.sum(axis=0)


class Tuned(ByHand):
    """In place, and what does not depend on the step before is one product for all steps."""

    name = "tuned numpy"

    def __init__(self, start: Any):
        super().__init__(start)
        self._x = np.empty((_STEPS, _BATCH, _INPUTS), np.float32)
        self._states = np.zeros((_STEPS + 1, _BATCH, _HIDDEN), np.float32)
        self._da, self._slopes = (np.empty((_STEPS, _BATCH, _HIDDEN), np.float32) for _ in range(2))
        self._work = np.empty((_BATCH, _HIDDEN), np.float32)
        self._changes = [np.empty_like(each) for each in start]

    def step(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Forward, backwards, and a step of gradient descent."""
        error = self._forwards(x)
        error -= y
        line = error.ravel()
        loss = line.dot(line) / line.size
        error *= 2 * _RATE / line.size
        self._backwards(error)
        for parameter, change in zip(self.parameters, self._changes):
            parameter -= change
        self.steps += 1
        return loss

    def _forwards(self, x: np.ndarray) -> np.ndarray:
        wx, wh, b, wo, bo = self.parameters
        states, work = self._states, self._work
        np.copyto(self._x, x.transpose(1, 0, 2))
        np.matmul(self._x.reshape(-1, _INPUTS), wx, out=states[1:].reshape(-1, _HIDDEN))
        states[1:] += b
        before = states[0]
        for state in states[1:]:
            np.matmul(before, wh, out=work)
            state += work
            np.tanh(state, out=state)
            before = state
        return before @ wo + bo

    def _backwards(self, d: np.ndarray) -> None:
        _, wh, _, wo, _ = self.parameters
        states, slopes, work, backwards = self._states, self._slopes, self._work, wh.T
        np.square(states[1:], out=slopes)
        np.subtract(1, slopes, out=slopes)
        np.matmul(d, wo.T, out=work)
        for da, slope in zip(self._da[::-1], slopes[::-1]):
            np.multiply(work, slope, out=da)
            np.matmul(da, backwards, out=work)
        dwx, dwh, db, dwo, dbo = self._changes
        das = self._da.reshape(-1, _HIDDEN)
        np.matmul(self._x.reshape(-1, _INPUTS).T, das, out=dwx)
        np.matmul(states[:-1].reshape(-1, _HIDDEN).T, das, out=dwh)
        np.sum(das, axis=0, out=db)
        np.matmul(states[-1].T, d, out=dwo)
        np.sum(d, axis=0, out=dbo)
