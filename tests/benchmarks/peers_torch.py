"""The trainings in torch, as it is mostly written: eager, with an optimizer of torch.optim."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn import functional

__all__ = ["Training"]


class Training:
    """A task, with tensors that want gradients."""

    name = "torch"

    def __init__(self, task: Any):
        self._task = task

    def restart(self) -> None:
        """Copy the start."""
        task = self._task
        self._parameters = [torch.tensor(each, requires_grad=True) for each in task.start]
        optimizer = {"SGD": torch.optim.SGD, "Adam": torch.optim.Adam}[task.optimizer]
        self._optimizer = optimizer(self._parameters, task.rate)
        self._decay = task.decay and torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: task.decay[1] ** (step / task.decay[0])
        )

    def step(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Forward, backwards, and a step of the optimizer."""
        loss = _LOSSES[self._task.letter](torch.from_numpy(x), torch.from_numpy(y), *self._parameters)
        self._optimizer.zero_grad()
        loss.backward()
        if self._task.clip:
            torch.nn.utils.clip_grad_norm_(self._parameters, self._task.clip)
        self._optimizer.step()
        if self._decay:
            self._decay.step()
        return loss.item()


def _cross_entropy(logits: Any, labels: Any) -> Any:
    return functional.cross_entropy(logits, labels.long())


def _regression(x: Any, y: Any, w: Any, b: Any) -> Any:
    return torch.mean((x @ w + b - y) ** 2)


def _perceptron(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any, w3: Any, b3: Any) -> Any:
    return _cross_entropy(torch.relu(torch.relu(x @ w1 + b1) @ w2 + b2) @ w3 + b3, y)


def _recurrent(x: Any, y: Any, wx: Any, wh: Any, b: Any, wo: Any, bo: Any) -> Any:
    h = torch.zeros((x.shape[0], wh.shape[0]))
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ wx + h @ wh + b)
    return torch.mean((h @ wo + bo - y) ** 2)


def _convnet(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any, w3: Any, b3: Any) -> Any:
    x = x.permute(0, 3, 1, 2)
    for w, b in ((w1, b1), (w2, b2)):
        x = functional.conv2d(x, w.permute(3, 2, 0, 1), b, padding=2)
        x = functional.max_pool2d(torch.relu(x), 2)
    return _cross_entropy(x.permute(0, 2, 3, 1).flatten(1) @ w3 + b3, y)


_LOSSES = {"B": _regression, "C": _perceptron, "D": _recurrent, "E": _convnet}
