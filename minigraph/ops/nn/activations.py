"""Activation functions: the relu family and its relatives."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import cast, concat
from minigraph.ops.math import negative

__all__ = ["relu", "relu6", "elu", "selu", "crelu", "leaky_relu", "softplus", "softsign", "log_sigmoid"]

_SELU_SCALE, _SELU_ALPHA = 1.0507009873554805, 1.6732632423543772  # fixed points at mean 0 and variance 1


class _Activation(OpDef, output="activations"):
    inputs = ("features",)
    allowed = {"T": dtypes.NN_FLOATS}


class _ActivationGrad(OpDef, output="backprops"):
    """Base: the gradient of an activation that is linear between steps."""

    inputs = ("gradients", "features")
    allowed = {"T": dtypes.NN_FLOATS}

    def gradient(self, tf, ddy, y, dy, x):
        return apply(self, ddy, x), tf.zeros(tf.shape(x), dtype=x.dtype)


class _FromOutput(OpDef, output="backprops"):
    """Base: the gradient of an activation that is exponential below 0, from its output."""

    inputs = ("gradients", "outputs")
    allowed = {"T": dtypes.NN_FLOATS}

    def gradient(self, tf, ddy, out, dy, y):
        return apply(self, ddy, y), tf.where(y < 0, ddy * dy, tf.zeros_like(y))


class Relu(_Activation):
    """max(x, 0)"""

    allowed = {"T": dtypes.REALS}

    def kernel(self, xp, x):
        return xp.maximum(x, x.dtype.type(0))

    def gradient(self, tf, dy, y, x):
        return apply(ReluGrad(), dy, y)


class ReluGrad(_ActivationGrad):
    """The gradient where x > 0."""

    allowed = {"T": dtypes.REALS}

    def kernel(self, xp, dy, x):
        return dy * (x > 0)


class Relu6(_Activation):
    """min(max(x, 0), 6)"""

    allowed = {"T": dtypes.REALS}

    def kernel(self, xp, x):
        return xp.minimum(xp.maximum(x, x.dtype.type(0)), x.dtype.type(6))

    def gradient(self, tf, dy, y, x):
        return apply(Relu6Grad(), dy, y)


class Relu6Grad(_ActivationGrad):
    """The gradient where 0 < x < 6."""

    allowed = {"T": dtypes.REALS}

    def kernel(self, xp, dy, x):
        return dy * ((x > 0) & (x < 6))


def _exp_less_one(xp: Any, x: Any) -> Any:
    """Return e**x - 1 where x < 0, as TF1 computes it: near 0 it is less accurate than `expm1`."""
    return xp.exp(xp.minimum(x, x.dtype.type(0))) - x.dtype.type(1)


class Elu(_Activation):
    """x where x > 0, else e**x - 1."""

    def kernel(self, xp, x):
        return xp.where(x > 0, x, _exp_less_one(xp, x))

    def gradient(self, tf, dy, y, x):
        return apply(EluGrad(), dy, y)


class EluGrad(_FromOutput):
    """The gradient of Elu, from its output."""

    def kernel(self, xp, dy, y):
        return xp.where(y < 0, dy * (y + y.dtype.type(1)), dy)


class Selu(_Activation):
    """Elu, scaled so that layers keep mean 0 and variance 1."""

    def kernel(self, xp, x):
        scale, both = x.dtype.type(_SELU_SCALE), x.dtype.type(_SELU_SCALE * _SELU_ALPHA)
        return xp.where(x > 0, scale * x, both * _exp_less_one(xp, x))

    def gradient(self, tf, dy, y, x):
        return apply(SeluGrad(), dy, y)


class SeluGrad(_FromOutput):
    """The gradient of Selu, from its output."""

    def kernel(self, xp, dy, y):
        return xp.where(y < 0, dy * (y + y.dtype.type(_SELU_SCALE * _SELU_ALPHA)), dy * y.dtype.type(_SELU_SCALE))


class LeakyRelu(_Activation):
    """x where x > 0, else alpha * x."""

    alpha: float = 0.2

    def kernel(self, xp, x):
        return xp.where(x > 0, x, x * x.dtype.type(self.alpha))

    def gradient(self, tf, dy, y, x):
        return apply(LeakyReluGrad(self.alpha), dy, x)


class LeakyReluGrad(_ActivationGrad):
    """The gradient where x > 0, else alpha times it."""

    alpha: float = 0.2

    def kernel(self, xp, dy, x):
        return xp.where(x > 0, dy, dy * dy.dtype.type(self.alpha))


class Softplus(_Activation):
    """log(e**x + 1)"""

    def kernel(self, xp, x):
        return xp.maximum(x, x.dtype.type(0)) + xp.log1p(xp.exp(-xp.abs(x)))

    def gradient(self, tf, dy, y, x):
        return dy * tf.sigmoid(x)


class Softsign(_Activation):
    """x / (|x| + 1)"""

    def kernel(self, xp, x):
        return x / (xp.abs(x) + x.dtype.type(1))

    def gradient(self, tf, dy, y, x):
        return apply(SoftsignGrad(), dy, x)


class SoftsignGrad(_ActivationGrad):
    """The gradient of Softsign: dy / (|x| + 1)**2."""

    def kernel(self, xp, dy, x):
        return dy / xp.square(xp.abs(x) + x.dtype.type(1))

    def gradient(self, tf, ddy, y, dy, x):
        size = tf.abs(x) + 1.0
        return apply(SoftsignGrad(), ddy, x), -2.0 * ddy * dy * tf.sign(x) / (size * size * size)


def relu(features: Any, name: str | None = None) -> Tensor:
    """Compute max(x, 0) element-wise.

    Args:
        features: a tensor of real numbers.
        name: the name of the node.

    Example:
        >>> print(tf.nn.relu([-1.0, 2.0]).eval())
        [0. 2.]
    """
    return apply(Relu(), features, name=name)


def relu6(features: Any, name: str | None = None) -> Tensor:
    """Compute min(max(x, 0), 6) element-wise.

    Args:
        features: a tensor of real numbers.
        name: the name of the node.

    Example:
        >>> print(tf.nn.relu6([-1.0, 2.0, 9.0]).eval())
        [0. 2. 6.]
    """
    with atomic_scope(name, "Relu6", [features]) as scope:
        return apply(Relu6(), convert_to_tensor(features, name="features"), name=scope)


def elu(features: Any, name: str | None = None) -> Tensor:
    """Compute x where x > 0, else e**x - 1, element-wise (https://arxiv.org/abs/1511.07289).

    Example:
        >>> print(tf.nn.elu([-1.0, 2.0]).eval().round(3).tolist())
        [-0.632..., 2.0]
    """
    return apply(Elu(), features, name=name)


def selu(features: Any, name: str | None = None) -> Tensor:
    """Compute the scaled elu, element-wise (https://arxiv.org/abs/1706.02515).

    Example:
        >>> print(tf.nn.selu([0.0, 1.0]).eval().round(3).tolist())
        [0.0, 1.05...]
    """
    return apply(Selu(), features, name=name)


def crelu(features: Any, name: str | None = None, axis: int = -1) -> Tensor:
    """Concatenate relu(x) and relu(-x) along an axis (https://arxiv.org/abs/1603.05201).

    Example:
        >>> print(tf.nn.crelu([-1.0, 2.0]).eval())
        [0. 2. 1. 0.]
    """
    with atomic_scope(name, "CRelu", [features]) as scope:
        features = convert_to_tensor(features, name="features")
        return relu(concat.concat([features, -features], axis, name=scope))


def leaky_relu(features: Any, alpha: float = 0.2, name: str | None = None) -> Tensor:
    """Compute x where x > 0, else alpha * x, element-wise.

    Args:
        features: a tensor of numbers; integers become float32.
        alpha: the slope below zero.
        name: the name of the node.

    Example:
        >>> print(tf.nn.leaky_relu([-1.0, 2.0]).eval())
        [-0.2  2. ]
    """
    with atomic_scope(name, "LeakyRelu", [features, alpha]) as scope:
        features = convert_to_tensor(features, name="features")
        if features.dtype.is_integer:
            features = cast.cast(features, dtypes.float32)
        return apply(LeakyRelu(_as_float(alpha, "alpha")), features, name=scope)


def _as_float(value: Any, argument: str) -> float:
    if isinstance(value, np.ndarray):
        value = value.item()
    if not isinstance(value, (int, float, np.number)):
        raise TypeError(f"Expected float for argument '{argument}' not {value!r}.")
    return float(value)


def softplus(features: Any, name: str | None = None) -> Tensor:
    """Compute log(e**x + 1) element-wise, without overflow.

    Example:
        >>> print(tf.nn.softplus([0.0, 100.0]).eval().round(3).tolist())
        [0.693..., 100.0]
    """
    return apply(Softplus(), features, name=name)


def softsign(features: Any, name: str | None = None) -> Tensor:
    """Compute x / (|x| + 1) element-wise.

    Example:
        >>> print(tf.nn.softsign([-1.0, 3.0]).eval())
        [-0.5   0.75]
    """
    return apply(Softsign(), features, name=name)


def log_sigmoid(x: Any, name: str | None = None) -> Tensor:
    """Compute log(sigmoid(x)) as -softplus(-x), accurate where the sigmoid itself is nearly 0.

    Args:
        x: a float tensor.
        name: the name of the node.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.log_sigmoid(-100.0)))
        -100.0
    """
    with atomic_scope(name, "LogSigmoid", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        return negative.negative(softplus(-x), name=scope)
