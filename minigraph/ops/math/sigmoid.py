"""The logistic function."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.ops.math.powers import FLOATING, like

__all__ = ["sigmoid"]


class Sigmoid(OpDef):
    """1 / (1 + e**-x)"""

    inputs = ("x",)
    allowed = {"T": FLOATING}

    def kernel(self, xp, x):
        return like(x, 1) / (like(x, 1) + xp.exp(-x))

    def gradient(self, tf, dy, y, x):
        with control_dependencies([dy]):
            return apply(SigmoidGrad(), tf.conj(y), dy)


class SigmoidGrad(OpDef):
    """dy * y * (1 - y): the gradient of y = sigmoid(x)."""

    inputs = ("y", "dy")
    allowed = {"T": FLOATING}

    def kernel(self, xp, y, dy):
        return dy * y * (like(y, 1) - y)

    def gradient(self, tf, d, z, y, dy):
        with control_dependencies([d]):
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
