"""Exponentials and logarithms."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.ops.math.elementwise import Smooth

__all__ = ["exp", "expm1", "log", "log1p"]


class Exp(Smooth, output="y"):
    """e**x"""

    function = "exp"

    def chain(self, tf, dy, y, x):
        return dy * tf.conj(y)


class Expm1(Smooth, output="y"):
    """e**x - 1, accurate for small x."""

    function = "expm1"

    def chain(self, tf, dy, y, x):
        return dy * tf.exp(tf.conj(x))


class Log(Smooth, output="y"):
    """The natural logarithm."""

    function = "log"

    def chain(self, tf, dy, y, x):
        return dy * tf.reciprocal(tf.conj(x))


class Log1p(Smooth, output="y"):
    """log(1 + x), accurate for small x."""

    function = "log1p"

    def chain(self, tf, dy, y, x):
        return dy * tf.reciprocal(1 + tf.conj(x))


def exp(x: Any, name: str | None = None) -> Tensor:
    """Compute e**x element-wise.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.exp([0.0, 1.0]).eval().round(4))
        [1.     2.7183]
    """
    return apply(Exp(), x, name=name)


def expm1(x: Any, name: str | None = None) -> Tensor:
    """Compute e**x - 1, accurate also for small x.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.expm1([0.0, 1e-8]).eval())
        [0.e+00 1.e-08]
    """
    return apply(Expm1(), x, name=name)


def log(x: Any, name: str | None = None) -> Tensor:
    """Compute the natural logarithm.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.log([1.0, 10.0]).eval().round(4))
        [0.     2.3026]
    """
    return apply(Log(), x, name=name)


def log1p(x: Any, name: str | None = None) -> Tensor:
    """Compute log(1 + x), accurate also for small x.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.log1p([0.0, 1e-8]).eval())
        [0.e+00 1.e-08]
    """
    return apply(Log1p(), x, name=name)
