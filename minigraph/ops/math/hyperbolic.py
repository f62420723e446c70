"""Hyperbolic functions and their inverses."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.ops.math.powers import FLOATING, like

__all__ = ["acosh", "asinh", "atanh", "cosh", "sinh", "tanh"]


class Sinh(OpDef):
    """The hyperbolic sine."""

    inputs = ("x",)
    allowed = {"T": FLOATING}

    def kernel(self, xp, x):
        return xp.sinh(x)

    def gradient(self, tf, dy, y, x):
        with control_dependencies([dy]):
            return dy * tf.cosh(tf.conj(x))


class Cosh(OpDef):
    """The hyperbolic cosine."""

    inputs = ("x",)
    allowed = {"T": FLOATING}

    def kernel(self, xp, x):
        return xp.cosh(x)

    def gradient(self, tf, dy, y, x):
        with control_dependencies([dy]):
            return dy * tf.sinh(tf.conj(x))


class Asinh(OpDef):
    """The inverse hyperbolic sine."""

    inputs = ("x",)
    allowed = {"T": FLOATING}

    def kernel(self, xp, x):
        return xp.arcsinh(x)

    def gradient(self, tf, dy, y, x):
        with control_dependencies([dy]):
            return dy / tf.cosh(tf.conj(y))


class Acosh(OpDef):
    """The inverse hyperbolic cosine."""

    inputs = ("x",)
    allowed = {"T": FLOATING}

    def kernel(self, xp, x):
        return xp.arccosh(x)

    def gradient(self, tf, dy, y, x):
        with control_dependencies([dy]):
            return dy / tf.sinh(tf.conj(y))


class Atanh(OpDef):
    """The inverse hyperbolic tangent."""

    inputs = ("x",)
    allowed = {"T": FLOATING}

    def kernel(self, xp, x):
        return xp.arctanh(x)

    def gradient(self, tf, dy, y, x):
        with control_dependencies([dy]):
            squared = tf.square(tf.conj(x))
            return dy * tf.reciprocal(tf.subtract(tf.constant(1, dtype=dy.dtype), squared))


class Tanh(OpDef):
    """The hyperbolic tangent."""

    inputs = ("x",)
    allowed = {"T": FLOATING}

    def kernel(self, xp, x):
        return xp.tanh(x)

    def gradient(self, tf, dy, y, x):
        with control_dependencies([dy]):
            return apply(TanhGrad(), tf.conj(y), dy)


class TanhGrad(OpDef):
    """dy * (1 - y * y): the gradient of y = tanh(x)."""

    inputs = ("y", "dy")
    allowed = {"T": FLOATING}

    def kernel(self, xp, y, dy):
        return dy * (like(y, 1) - y * y)

    def gradient(self, tf, d, z, y, dy):
        with control_dependencies([d]):
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
