"""`square` and `sqrt`; `pow.py` has powers with any exponent."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.graph.type_lists import SIGNED
from minigraph.ops.math.elementwise import Elementwise, Smooth
from minigraph.ops.math.power_gradients import SqrtGrad

__all__ = ["sqrt", "square"]


class Square(Smooth, output="y"):
    """x * x"""

    allowed = {"T": SIGNED}

    def kernel(self, xp, x):
        return xp.multiply(x, x)

    def chain(self, tf, dy, y, x):
        x = tf.conj(x)
        two = tf.constant(2.0, dtype=x.dtype)
        return tf.multiply(dy, tf.multiply(x, two))


class Sqrt(Elementwise, output="y"):
    """The square root."""

    inputs = ("x",)
    allowed = {"T": dtypes.FLOATS_AND_COMPLEX}
    function = "sqrt"

    def gradient(self, tf, dy, y, x):
        return apply(SqrtGrad(), y, dy)


def square(x: Any, name: str | None = None) -> Tensor:
    """Compute x * x element-wise, for a numeric tensor.

    Example:
        >>> print(tf.square([1.0, -2.0, 3.0]).eval())
        [1. 4. 9.]
    """
    return apply(Square(), x, name=name)


def sqrt(x: Any, name: str | None = None) -> Tensor:
    """Compute the square root of a float or complex tensor; it is nan for negative real numbers.

    Example:
        >>> print(tf.sqrt([1.0, 4.0, 9.0]).eval())
        [1. 2. 3.]
    """
    return apply(Sqrt(), x, name=name)
