"""Powers and roots: pow, square, sqrt, rsqrt, reciprocal."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.graph.type_lists import SIGNED
from minigraph.ops.math.elementwise import Elementwise, Smooth, SmoothGrad

__all__ = ["sqrt", "square"]


FLOATING = dtypes.FLOATS_AND_COMPLEX


def like(x: Any, value: float) -> Any:
    """Return a number in the type of the array `x`."""
    return x.dtype.type(value)


def unless_zero(xp: Any, dy: Any, found: Any) -> Any:
    """Return a gradient, and 0 where the incoming one is 0, even at a pole, where 0 times infinity would be NaN."""
    return xp.where(dy == 0, like(found, 0), found)


class Square(Smooth):
    """x * x"""

    allowed = {"T": SIGNED}

    def kernel(self, xp, x):
        return xp.multiply(x, x)

    def chain(self, tf, dy, y, x):
        x = tf.conj(x)
        two = tf.constant(2.0, dtype=x.dtype)
        return tf.multiply(dy, tf.multiply(x, two))


class Sqrt(Elementwise):
    """The square root."""

    inputs = ("x",)
    allowed = {"T": FLOATING}
    function = "sqrt"

    def gradient(self, tf, dy, y, x):
        return apply(SqrtGrad(), y, dy)


class SqrtGrad(SmoothGrad):
    """dy / (2 * y): the gradient of y = sqrt(x)."""

    def kernel(self, xp, y, dy):
        return unless_zero(xp, dy, dy * like(dy, 0.5) / (xp.conj(y) if y.dtype.kind == "c" else y))

    def chain(self, tf, d, z, y, dy):
        part = d / y
        return -tf.conj(part) * z, 0.5 * part


def square(x: Any, name: str | None = None) -> Tensor:
    """Compute x * x element-wise.

    Args:
        x: a numeric tensor.
        name: the name of the node.

    Example:
        >>> print(tf.square([1.0, -2.0, 3.0]).eval())
        [1. 4. 9.]
    """
    return apply(Square(), x, name=name)


def sqrt(x: Any, name: str | None = None) -> Tensor:
    """Compute the square root; it is nan for negative real numbers.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.sqrt([1.0, 4.0, 9.0]).eval())
        [1. 2. 3.]
    """
    return apply(Sqrt(), x, name=name)
