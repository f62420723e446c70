"""`squared_difference`: (x - y)**2."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.graph.type_lists import SIGNED

__all__ = ["squared_difference"]


class SquaredDifference(OpDef, output="z"):
    """(x - y) * conj(x - y)"""

    inputs = ("x", "y")
    allowed = {"T": SIGNED}

    def kernel(self, xp, x, y):
        difference = xp.subtract(x, y)
        return xp.multiply(difference, xp.conj(difference) if difference.dtype.kind == "c" else difference)

    def gradient(self, tf, dy, y, a, b):
        with control_dependencies([dy]):
            da = tf.scalar_mul(2.0, dy) * (a - b)
        if tf.same_static_shape(a, b, dy):
            return da, -da
        of_a, of_b = tf.broadcast_axes(a, b, dy)
        return tf.reduce_to(da, *of_a), -tf.reduce_to(da, *of_b)


def squared_difference(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute (x - y)**2 element-wise (the squared modulus for complex types).

    Args:
        x, y: numeric tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Example:
        >>> print(tf.squared_difference([1, 5], [3, 2]).eval())
        [4 9]
    """
    return apply(SquaredDifference(), x, y, name=name)
