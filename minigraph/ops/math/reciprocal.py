"""Reciprocals: 1 / x and 1 / sqrt(x)."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef, need_kernel
from minigraph.graph.operation import Tensor
from minigraph.graph.type_lists import SIGNED
from minigraph.ops.math.power_gradients import ReciprocalGrad, RsqrtGrad, like

__all__ = ["reciprocal", "rsqrt"]


class Rsqrt(OpDef, output="y"):
    """1 / sqrt(x)"""

    inputs = ("x",)
    allowed = {"T": dtypes.FLOATS_AND_COMPLEX}

    def kernel(self, xp, x):
        return like(x, 1) / xp.sqrt(x)

    def gradient(self, tf, dy, y, x):
        return apply(RsqrtGrad(), y, dy)


class Reciprocal(OpDef, output="y"):
    """1 / x"""

    inputs = ("x",)
    allowed = {"T": SIGNED}

    def kernel(self, xp, x):
        need_kernel(self, x, "fc")
        return like(x, 1) / x

    def gradient(self, tf, dy, y, x):
        return apply(ReciprocalGrad(), y, dy)


class Inv(Reciprocal):
    """1 / x: the older name of Reciprocal."""


def rsqrt(x: Any, name: str | None = None) -> Tensor:
    """Compute 1 / sqrt(x) element-wise.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.rsqrt([1.0, 4.0]).eval())
        [1.  0.5]
    """
    return apply(Rsqrt(), x, name=name)


def reciprocal(x: Any, name: str | None = None) -> Tensor:
    """Compute 1 / x element-wise.

    Args:
        x: a numeric tensor.
        name: the name of the node.

    Example:
        >>> print(tf.reciprocal([2.0, 4.0]).eval())
        [0.5  0.25]
    """
    return apply(Reciprocal(), x, name=name)
