"""Addition, subtraction and multiplication, with broadcasting."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.graph.type_lists import ARITHMETIC, types
from minigraph.ops.math.elementwise import Elementwise

__all__ = ["add", "multiply", "subtract"]

_ADDABLE = types("bfloat16 float16 float32 float64 uint8 int8 int16 int32 int64 complex64 complex128")


class AddV2(Elementwise, output="z"):
    """x + y"""

    inputs = ("x", "y")
    allowed = {"T": _ADDABLE}
    function = "add"

    def gradient(self, tf, dy, y, a, b):
        if tf.same_static_shape(a, b, dy):
            return dy, dy
        of_a, of_b = tf.broadcast_axes(a, b, dy)
        return tf.reduce_to(dy, *of_a), tf.reduce_to(dy, *of_b)


class Add(AddV2):
    """x + y, also for strings: the node of `tf.add`, while `x + y` makes AddV2."""

    allowed = {"T": (*_ADDABLE, dtypes.string)}


class Sub(Elementwise, output="z"):
    """x - y"""

    inputs = ("x", "y")
    allowed = {"T": ARITHMETIC}
    function = "subtract"

    def gradient(self, tf, dy, y, a, b):
        if tf.same_static_shape(a, b, dy):
            return dy, -dy
        of_a, of_b = tf.broadcast_axes(a, b, dy)
        return tf.reduce_to(dy, *of_a), tf.reduce_to(-dy, *of_b)


class Mul(Elementwise, output="z"):
    """x * y"""

    inputs = ("x", "y")
    allowed = {"T": ARITHMETIC}
    function = "multiply"

    def gradient(self, tf, dy, y, a, b):
        if tf.same_static_shape(a, b, dy) and dy.dtype in (dtypes.int32, dtypes.float32):
            return tf.multiply(dy, b), tf.multiply(dy, a)
        of_a, of_b = tf.broadcast_axes(a, b, dy)
        a, b = tf.conj(a), tf.conj(b)
        return tf.reduce_to(tf.multiply(dy, b), *of_a), tf.reduce_to(tf.multiply(a, dy), *of_b)


def add(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute x + y element-wise (a node of type `Add`; the operator `+` makes `AddV2`, as in TF1).

    Args:
        x: a numeric or string tensor.
        y: a tensor of the same type, of a shape that broadcasts with that of `x`.
        name: the name of the node.

    Raises:
        ValueError: if the shapes do not broadcast.
        TypeError: if the types differ.

    Example:
        >>> print(tf.add([[1, 2], [3, 4]], [10, 20]).eval())
        [[11 22]
         [13 24]]
    """
    return apply(Add(), x, y, name=name)


def subtract(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute x - y element-wise; the arguments are those of `add`, without strings.

    Example:
        >>> print(tf.subtract([5, 7], 2).eval())
        [3 5]
    """
    return apply(Sub(), x, y, name=name)


def multiply(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute x * y element-wise, with the arguments of `subtract`; for the product of matrices see `tf.matmul`.

    Example:
        >>> print(tf.multiply([1, 2, 3], 4).eval())
        [ 4  8 12]
    """
    return apply(Mul(), x, y, name=name)
