"""What the hand-written trainings share: Adam and the cross entropy.

"Natural" is plain expressions, as anybody writes them; "tuned" writes every result into memory made beforehand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from tests.benchmarks.training import Training

__all__ = ["ByHand", "NaturalAdam", "TunedAdam", "cross_entropy", "CrossEntropy", "clipped"]

_BETA1, _BETA2, _EPSILON = 0.9, 0.999, 1e-8


class ByHand(Training):
    """Parameters that go back to where they began."""

    def __init__(self, start: Sequence[np.ndarray]):
        self._start = start
        self.restart()

    def restart(self) -> None:
        """Copy the parameters of the start."""
        self.parameters = [each.copy() for each in self._start]
        self.steps = 0


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[Any, np.ndarray]:
    """Return the mean sparse softmax cross entropy, and its gradient."""
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    exps = np.exp(shifted)
    totals = exps.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(totals[:, 0]) - shifted[rows, labels])
    gradient = exps / totals
    gradient[rows, labels] -= 1
    return loss, gradient / len(labels)


def clipped(gradients: list, clip: float) -> list:
    """Return the gradients, made shorter if their global norm is above `clip`."""
    norm = np.sqrt(sum(np.sum(each**2) for each in gradients))
    return [each * (clip / norm) for each in gradients] if norm > clip else gradients


class NaturalAdam(ByHand):
    """Adam in plain expressions."""

    def restart(self) -> None:
        """Also the moments."""
        super().restart()
        self._means = [np.zeros_like(each) for each in self.parameters]
        self._squares = [np.zeros_like(each) for each in self.parameters]

    def update(self, gradients: list, rate: float) -> None:
        """Make a step of the optimizer."""
        self.steps += 1
        rate = rate * math.sqrt(1 - _BETA2**self.steps) / (1 - _BETA1**self.steps)
        for i, gradient in enumerate(gradients):
            self._means[i] = _BETA1 * self._means[i] + (1 - _BETA1) * gradient
            self._squares[i] = _BETA2 * self._squares[i] + (1 - _BETA2) * gradient**2
            self.parameters[i] -= rate * self._means[i] / (np.sqrt(self._squares[i]) + _EPSILON)


class TunedAdam(Training):
    """Adam in place. All parameters lie in one piece of memory, of which the arrays are views."""

    def __init__(self, start: Sequence[np.ndarray]):
        self._start = np.concatenate([each.ravel() for each in start])
        self._flat, self._flat_gradient, self._mean, self._square, self._work = (
            np.empty_like(self._start) for _ in range(5)
        )
        self.parameters, self.gradients = _views(self._flat, start), _views(self._flat_gradient, start)
        self.restart()

    def restart(self) -> None:
        """Copy the parameters of the start, and forgets the moments."""
        self._flat[:] = self._start
        self._mean[:] = 0
        self._square[:] = 0
        self.steps = 0

    def clip(self, clip: float) -> None:
        """Make the gradients shorter if their global norm is above `clip`."""
        norm = math.sqrt(self._flat_gradient @ self._flat_gradient)
        if norm > clip:
            self._flat_gradient *= clip / norm

    def update(self, rate: float) -> None:
        """Make a step of the optimizer."""
        self.steps += 1
        rate = rate * math.sqrt(1 - _BETA2**self.steps) / (1 - _BETA1**self.steps)
        gradient, mean, square, work = self._flat_gradient, self._mean, self._square, self._work
        mean *= _BETA1
        np.multiply(gradient, 1 - _BETA1, out=work)
        mean += work
        square *= _BETA2
        gradient *= gradient
        gradient *= 1 - _BETA2
        square += gradient
        np.sqrt(square, out=work)
        work += _EPSILON
        np.divide(mean, work, out=work)
        work *= rate
        self._flat -= work


def _views(flat: np.ndarray, like: Sequence[np.ndarray]) -> list:
    ends = np.cumsum([each.size for each in like])
    return [flat[end - each.size : end].reshape(each.shape) for end, each in zip(ends, like)]


class CrossEntropy:
    """The mean sparse softmax cross entropy and its gradient, in place."""

    def __init__(self, batch: int, classes: int):
        self._rows = np.arange(batch)
        self._column = np.empty((batch, 1), np.float32)
        self._exps = np.empty((batch, classes), np.float32)

    def __call__(self, logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
        rows, column, exps = self._rows, self._column, self._exps
        np.max(logits, axis=1, keepdims=True, out=column)
        logits -= column
        np.exp(logits, out=exps)
        np.sum(exps, axis=1, keepdims=True, out=column)
        exps /= column
        np.log(column, out=column)
        loss = (column.sum() - logits[rows, labels].sum()) / len(labels)
        exps[rows, labels] -= 1
        exps /= len(labels)
        return loss, exps
