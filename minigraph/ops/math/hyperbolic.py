"""Hyperbolic functions and their inverses."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.ops.math.elementwise import Smooth, SmoothGrad
from minigraph.ops.math.power_gradients import like

__all__ = ["acosh", "asinh", "atanh", "cosh", "sinh", "tanh"]


class Sinh(Smooth, output="y"):
    """The hyperbolic sine."""

    function = "sinh"

    def chain(self, tf, dy, y, x):
        return dy * tf.cosh(tf.conj(x))


class Cosh(Smooth, output="y"):
    """The hyperbolic cosine."""

    function = "cosh"

    def chain(self, tf, dy, y, x):
        return dy * tf.sinh(tf.conj(x))


class Asinh(Smooth, output="y"):
    """The inverse hyperbolic sine."""

    function = "arcsinh"

    def chain(self, tf, dy, y, x):
        return dy / tf.cosh(tf.conj(y))


class Acosh(Smooth, output="y"):
    """The inverse hyperbolic cosine."""

    function = "arccosh"

    def chain(self, tf, dy, y, x):
        return dy / tf.sinh(tf.conj(y))


class Atanh(Smooth, output="y"):
    """The inverse hyperbolic tangent."""

    function = "arctanh"

    def chain(self, tf, dy, y, x):
        squared = tf.square(tf.conj(x))
        return dy * tf.reciprocal(tf.subtract(tf.constant(1, dtype=dy.dtype), squared))


class Tanh(Smooth, output="y"):
    """The hyperbolic tangent."""

    function = "tanh"

    def chain(self, tf, dy, y, x):
        return apply(TanhGrad(), tf.conj(y), dy)


class TanhGrad(SmoothGrad):
    """dy * (1 - y * y): the gradient of y = tanh(x)."""

    def kernel(self, xp, y, dy):
        return dy * (like(y, 1) - y * y)

    def chain(self, tf, d, z, y, dy):
        a, b = tf.conj(y), tf.conj(dy)
        return d * -2.0 * b * a, apply(TanhGrad(), a, d)


def sinh(x: Any, name: str | None = None) -> Tensor:
    """Compute the hyperbolic sine.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.sinh([0.0, 1.0]).eval().round(4))
        [0.     1.1752]
    """
    return apply(Sinh(), x, name=name)


def cosh(x: Any, name: str | None = None) -> Tensor:
    """Compute the hyperbolic cosine.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.cosh([0.0, 1.0]).eval().round(4))
        [1.     1.5431]
    """
    return apply(Cosh(), x, name=name)


def tanh(x: Any, name: str | None = None) -> Tensor:
    """Compute the hyperbolic tangent.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.tanh([0.0, 1.0]).eval().round(4))
        [0.     0.7616]
    """
    return apply(Tanh(), x, name=name)


def asinh(x: Any, name: str | None = None) -> Tensor:
    """Compute the inverse hyperbolic sine.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.asinh([0.0, 1.0]).eval().round(4))
        [0.     0.8814]
    """
    return apply(Asinh(), x, name=name)


def acosh(x: Any, name: str | None = None) -> Tensor:
    """Compute the inverse hyperbolic cosine of x, which is at least 1.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.acosh([1.0, 2.0]).eval().round(4))
        [0.    1.317]
    """
    return apply(Acosh(), x, name=name)


def atanh(x: Any, name: str | None = None) -> Tensor:
    """Compute the inverse hyperbolic tangent.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.atanh([0.0, 0.5]).eval().round(4))
        [0.     0.5493]
    """
    return apply(Atanh(), x, name=name)
