"""`abs` and `sign`."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.type_lists import SIGNED, types
from minigraph.ops.math.complex_numbers import ComplexAbs
from minigraph.ops.math.elementwise import Elementwise

__all__ = ["abs", "sign"]


class Abs(Elementwise, output="y"):
    """The absolute value of a real x."""

    inputs = ("x",)
    allowed = {"T": types("bfloat16 float16 float32 float64 int8 int16 int32 int64")}
    function = "abs"

    def gradient(self, tf, dy, y, x):
        return dy * tf.sign(x)


class Sign(OpDef, output="y"):
    """-1, 0 or 1; for complex x the number of modulus 1 (or 0) in its direction."""

    inputs = ("x",)
    allowed = {"T": SIGNED}

    def kernel(self, xp, x):
        if x.dtype.kind != "c":
            return (x > 0).astype(x.dtype) - (x < 0).astype(x.dtype)  # of nan it is 0
        size = xp.abs(x)
        return x / xp.where(size == 0, xp.ones_like(size), size)

    def gradient(self, tf, dy, y, x):
        return tf.zeros(tf.shape(x), dtype=x.dtype)


def abs(x: Any, name: str | None = None) -> Tensor:
    """Compute the absolute value; of complex numbers the modulus, a float tensor.

    Args:
        x: a real or complex tensor.
        name: the name of the node.

    Example:
        >>> print(*sess.run([tf.abs(-3), tf.abs(3 + 4j)]))
        3 5.0
    """
    with atomic_scope(name, "Abs", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        return apply(ComplexAbs(x.dtype.real_dtype) if x.dtype.is_complex else Abs(), x, name=scope)


def sign(x: Any, name: str | None = None) -> Tensor:
    """Return the sign: -1, 0 or 1 (for complex x: x / abs(x)).

    Args:
        x: a numeric tensor.
        name: the name of the node.

    Example:
        >>> print(tf.sign([-5.0, 0.0, 2.0]).eval())
        [-1.  0.  1.]
    """
    return apply(Sign(), x, name=name)
