"""`negative`: -x."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.graph.type_lists import SIGNED
from minigraph.ops.math.elementwise import Elementwise

__all__ = ["negative"]


class Neg(Elementwise, output="y"):
    """-x"""

    inputs = ("x",)
    allowed = {"T": SIGNED}
    function = "negative"

    def gradient(self, tf, dy, y, x):
        return -dy


def negative(x: Any, name: str | None = None) -> Tensor:
    """Compute -x element-wise for a numeric tensor, the operator `-x`.

    Example:
        >>> print(tf.negative([1.0, -2.0]).eval())
        [-1.  2.]
    """
    return apply(Neg(), x, name=name)
