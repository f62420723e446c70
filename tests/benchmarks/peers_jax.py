"""The trainings in jax: one compiled function for a step."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

__all__ = ["Training"]

_BETA1, _BETA2, _EPSILON = 0.9, 0.999, 1e-8


class Training:
    """A task, with the state as a tree of arrays."""

    name = "jax"

    def __init__(self, task: Any):
        self._task = task
        self._compiled = jax.jit(self._stepped, donate_argnums=0)

    def restart(self) -> None:
        """Copy the start."""
        parameters = [jnp.array(each) for each in self._task.start]
        zeros = [[jnp.zeros_like(each) for each in parameters] for _ in range(2)]
        self._state = parameters, *zeros, jnp.zeros((), jnp.float32)

    def step(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Make a step; wait for it, as a session does."""
        self._state, loss = self._compiled(self._state, x, y)
        return loss.block_until_ready()

    def _stepped(self, state: Any, x: Any, y: Any) -> Any:
        parameters, means, squares, steps = state
        loss, gradients = jax.value_and_grad(lambda p: _LOSSES[self._task.letter](x, y, *p))(parameters)
        if self._task.clip:
            norm = jnp.sqrt(sum(jnp.sum(each**2) for each in gradients))
            gradients = [each * (self._task.clip / jnp.maximum(norm, self._task.clip)) for each in gradients]
        rate = self._task.rate
        if self._task.decay:
            rate = rate * self._task.decay[1] ** (steps / self._task.decay[0])
        steps = steps + 1
        if self._task.optimizer == "Adam":
            means = [_BETA1 * m + (1 - _BETA1) * g for m, g in zip(means, gradients)]
            squares = [_BETA2 * v + (1 - _BETA2) * g * g for v, g in zip(squares, gradients)]
            rate = rate * jnp.sqrt(1 - _BETA2**steps) / (1 - _BETA1**steps)
            gradients = [m / (jnp.sqrt(v) + _EPSILON) for m, v in zip(means, squares)]
        return ([p - rate * g for p, g in zip(parameters, gradients)], means, squares, steps), loss


def _cross_entropy(logits: Any, labels: Any) -> Any:
    return -jnp.mean(jax.nn.log_softmax(logits)[jnp.arange(len(labels)), labels])


def _regression(x: Any, y: Any, w: Any, b: Any) -> Any:
    return jnp.mean((x @ w + b - y) ** 2)


def _perceptron(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any, w3: Any, b3: Any) -> Any:
    return _cross_entropy(jax.nn.relu(jax.nn.relu(x @ w1 + b1) @ w2 + b2) @ w3 + b3, y)


def _recurrent(x: Any, y: Any, wx: Any, wh: Any, b: Any, wo: Any, bo: Any) -> Any:
    h = jnp.zeros((x.shape[0], wh.shape[0]), jnp.float32)
    for t in range(x.shape[1]):
        h = jnp.tanh(x[:, t] @ wx + h @ wh + b)
    return jnp.mean((h @ wo + bo - y) ** 2)


def _convnet(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any, w3: Any, b3: Any) -> Any:
    for w, b in ((w1, b1), (w2, b2)):
        x = jax.lax.conv_general_dilated(x, w, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        x = jax.nn.relu(x + b)
        x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    return _cross_entropy(x.reshape(len(x), -1) @ w3 + b3, y)


_LOSSES = {"B": _regression, "C": _perceptron, "D": _recurrent, "E": _convnet}
