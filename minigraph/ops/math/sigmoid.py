"""The logistic function."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.math.elementwise import Smooth, SmoothGrad
from minigraph.ops.math.power_gradients import like

__all__ = ["sigmoid"]


class Sigmoid(Smooth, output="y"):
    """1 / (1 + e**-x)"""

    def kernel(self, xp, x):
        return like(x, 1) / (like(x, 1) + xp.exp(-x))

    def chain(self, tf, dy, y, x):
        return apply(SigmoidGrad(), tf.conj(y), dy)


class SigmoidGrad(SmoothGrad):
    """dy * y * (1 - y): the gradient of y = sigmoid(x)."""

    def kernel(self, xp, y, dy):
        return dy * y * (like(y, 1) - y)

    def chain(self, tf, d, z, y, dy):
        a, b = tf.conj(y), tf.conj(dy)
        product = d * b
        return product - 2.0 * product * a, apply(SigmoidGrad(), a, d)


def sigmoid(x: Any, name: str | None = None) -> Tensor:
    """Compute 1 / (1 + e**-x): a number between 0 and 1.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.sigmoid([0.0, 2.0]).eval().round(4))
        [0.5    0.8808]
    """
    with atomic_scope(name, "Sigmoid", [x]) as scope:
        return apply(Sigmoid(), convert_to_tensor(x, name="x"), name=scope)
