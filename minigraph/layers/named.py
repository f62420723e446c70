"""What the arguments of layers may name by a word: activations, initializers, regularizers and constraints.

They are those of Keras, on which TF1's layers are built: some differ from the functions of the same name in `tf.nn`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.ops import (
    activations,
    arithmetic,
    cast,
    clip,
    comparison,
    elementwise,
    exponential,
    extremes,
    hyperbolic,
    reduction,
    select,
    softmax,
)
from minigraph.variables import initializers

__all__ = ["activation", "initializer", "regularizer", "constraint", "linear"]

_SELU_SCALE, _SELU_ALPHA, _EPSILON = 1.0507009873554805, 1.6732632423543772, 1e-7


# Activations


def linear(x: Any) -> Any:
    """Return x: the activation of a layer that has none."""
    return x


def _selu(x: Any) -> Any:
    found: Any = activations.elu(x)
    return _SELU_SCALE * select.where(x > 0, found, _SELU_ALPHA * found)


def _hard_sigmoid(x: Any) -> Any:
    fifth, half = (convert_to_tensor(number, x.dtype.base_dtype) for number in (0.2, 0.5))
    return clip.clip_by_value(arithmetic.add(arithmetic.multiply(x, fifth), half), 0.0, 1.0)


def _softmax(x: Any) -> Any:
    if x.shape.ndims == 2:
        return softmax.softmax(x)
    powers: Any = exponential.exp(x - extremes.reduce_max(x, axis=-1, keepdims=True))
    return powers / reduction.reduce_sum(powers, axis=-1, keepdims=True)


_ACTIVATIONS: dict[str, Callable] = {
    "linear": linear,
    "relu": activations.relu,
    "elu": activations.elu,
    "selu": _selu,
    "sigmoid": hyperbolic.sigmoid,
    "tanh": hyperbolic.tanh,
    "softmax": _softmax,
    "softplus": activations.softplus,
    "softsign": activations.softsign,
    "exponential": exponential.exp,
    "hard_sigmoid": _hard_sigmoid,
}


# Initializers

_INITIALIZERS: dict[str, Callable] = {
    "zeros": initializers.Zeros,
    "ones": initializers.Ones,
    "constant": initializers.Constant,
    "random_uniform": lambda: initializers.RandomUniform(-0.05, 0.05),
    "random_normal": lambda: initializers.RandomNormal(0.0, 0.05),
    "truncated_normal": lambda: initializers.TruncatedNormal(0.0, 0.05),
    "VarianceScaling": initializers.VarianceScaling,
    "orthogonal": initializers.Orthogonal,
    "identity": initializers.Identity,
    "glorot_uniform": initializers.GlorotUniform,
    "glorot_normal": initializers.GlorotNormal,
    "he_normal": initializers.he_normal,
    "he_uniform": initializers.he_uniform,
    "lecun_normal": initializers.lecun_normal,
    "lecun_uniform": initializers.lecun_uniform,
}
for _name, _other in (
    ("zeros", "Zeros"),
    ("ones", "Ones"),
    ("constant", "Constant"),
    ("orthogonal", "Orthogonal"),
    ("identity", "Identity"),
    ("random_uniform", "RandomUniform"),
    ("random_uniform", "uniform"),
    ("random_normal", "RandomNormal"),
    ("random_normal", "normal"),
    ("truncated_normal", "TruncatedNormal"),
):
    _INITIALIZERS[_other] = _INITIALIZERS[_name]


# Regularizers and constraints


def _l1_l2(l1: float, l2: float) -> Callable:
    def regularize(x: Any) -> Any:
        total: Any = 0.0
        if l1:
            total += l1 * reduction.reduce_sum(elementwise.abs(x))
        if l2:
            total += l2 * reduction.reduce_sum(elementwise.square(x))
        return total

    return regularize


_REGULARIZERS: dict[str, Callable] = {
    "l1": lambda: _l1_l2(0.01, 0.0),
    "l2": lambda: _l1_l2(0.0, 0.01),
    "l1_l2": lambda: _l1_l2(0.01, 0.01),
}


def _non_neg(w: Any) -> Any:
    return w * cast.cast(comparison.greater_equal(w, 0.0), w.dtype.base_dtype)


def _clipped(x: Any, least: float, most: float) -> Any:
    low, high = (convert_to_tensor(number, x.dtype.base_dtype) for number in (least, most))
    return clip.clip_by_value(x, low, high)


def _norms(w: Any) -> Any:
    squares = reduction.reduce_sum(elementwise.square(w), axis=0, keepdims=True)
    return elementwise.sqrt(_clipped(squares, 0.0, float("inf")))


def _max_norm(w: Any) -> Any:
    norms = _norms(w)
    return w * (_clipped(norms, 0.0, 2.0) / (_EPSILON + norms))


def _unit_norm(w: Any) -> Any:
    return w / (_EPSILON + _norms(w))


_CONSTRAINTS: dict[str, Callable] = {"non_neg": _non_neg, "max_norm": _max_norm, "unit_norm": _unit_norm}


# Finding them


def _found(given: Any, table: dict[str, Callable], unknown: str, kind: str) -> Any:
    if given is None or callable(given):
        return given
    if not isinstance(given, str):
        raise ValueError(f"Could not interpret {kind} identifier: {given}")
    if given not in table:
        raise ValueError(f"{unknown}{given}\nThere are: {', '.join(table)}.")
    return table[given]


def activation(given: Any) -> Callable:
    """Return an activation function; `linear` for None.

    Example:
        >>> activation("relu").__name__, activation(None).__name__
        ('relu', 'linear')
    """
    if not (given is None or callable(given) or isinstance(given, str)):
        raise TypeError(f"Could not interpret activation function identifier: {given!r}")
    return linear if given is None else _found(given, _ACTIVATIONS, "Unknown activation function:", "activation")


def initializer(given: Any) -> Any:
    """Return an initializer, or None."""
    found = _found(given, _INITIALIZERS, "Unknown initializer:", "initializer")
    return found() if isinstance(given, str) else found


def regularizer(given: Any) -> Any:
    """Return a regularizer, or None."""
    found = _found(given, _REGULARIZERS, "Unknown regularizer:", "regularizer")
    return found() if isinstance(given, str) else found


def constraint(given: Any) -> Any:
    """Return a constraint, or None."""
    return _found(given, _CONSTRAINTS, "Unknown constraint: ", "constraint")
