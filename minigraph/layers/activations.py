"""The activations that layers accept by name: Keras's, some of which differ from their namesakes in `tf.nn`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.ops.arrays import where
from minigraph.ops.math import arithmetic, clip, exponential, hyperbolic, reduce_max_min, reductions, sigmoid
from minigraph.ops.nn import activations, softmax

__all__ = ["ACTIVATIONS"]

_SELU_SCALE, _SELU_ALPHA = 1.0507009873554805, 1.6732632423543772


def _selu(x: Any) -> Any:
    found: Any = activations.elu(x)
    return _SELU_SCALE * where.where(x > 0, found, _SELU_ALPHA * found)


def _hard_sigmoid(x: Any) -> Any:
    fifth, half = (convert_to_tensor(number, x.dtype.base_dtype) for number in (0.2, 0.5))
    return clip.clip_by_value(arithmetic.add(arithmetic.multiply(x, fifth), half), 0.0, 1.0)


def _softmax(x: Any) -> Any:
    if x.shape.ndims == 2:
        return softmax.softmax(x)
    powers: Any = exponential.exp(x - reduce_max_min.reduce_max(x, axis=-1, keepdims=True))
    return powers / reductions.reduce_sum(powers, axis=-1, keepdims=True)


ACTIVATIONS: dict[str, Callable] = {
    "relu": activations.relu,
    "elu": activations.elu,
    "selu": _selu,
    "sigmoid": sigmoid.sigmoid,
    "tanh": hyperbolic.tanh,
    "softmax": _softmax,
    "softplus": activations.softplus,
    "softsign": activations.softsign,
    "exponential": exponential.exp,
    "hard_sigmoid": _hard_sigmoid,
}
