"""The L2 loss."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef, scalar
from minigraph.graph.operation import Tensor

__all__ = ["l2_loss"]


class L2Loss(OpDef):
    """Half the sum of squares."""

    inputs = ("t",)
    allowed = {"T": dtypes.NN_FLOATS}
    shape = scalar

    def kernel(self, xp, t):
        flat = xp.reshape(t, (-1,))
        return xp.dot(flat, flat) * t.dtype.type(0.5)

    def gradient(self, tf, dy, y, t):
        return t * dy


def l2_loss(t: Any, name: str | None = None) -> Tensor:
    """Compute half the sum of the squares of a tensor of floats, a scalar.

    Example:
        >>> print(tf.nn.l2_loss([3.0, 4.0]).eval())
        12.5
    """
    return apply(L2Loss(), t, name=name)
