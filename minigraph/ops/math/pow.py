"""Powers with any exponent."""

from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.type_lists import types
from minigraph.ops.math.division import is_integer

__all__ = ["pow"]


class Pow(OpDef, output="z"):
    """x ** y"""

    inputs = ("x", "y")
    allowed = {"T": types("bfloat16 float32 float16 float64 int32 int64 complex64 complex128")}

    def kernel(self, xp, x, y):
        if xp.__name__ == "numpy" and is_integer(y) and np.any(np.less(y, 0)):
            raise errors.InvalidArgumentError(None, None, "Integers to negative integer powers are not allowed")
        return xp.power(x, y)

    def gradient(self, tf, dy, y, a, b):
        of_a, of_b = tf.broadcast_axes(a, b, dy)
        a, b = tf.conj(a), tf.conj(b)
        da = tf.reduce_to(dy * b * tf.pow(a, b - 1), *of_a)
        log_a = _safe_log(tf, a)
        return da, tf.reduce_to(dy * tf.conj(y) * log_a, *of_b)


def _safe_log(tf: Any, x: Tensor) -> Tensor:
    """Return log(x), and 0 where it is not real: there a power has no derivative with respect to its exponent."""
    mask = tf.not_equal(x, 0) if x.dtype.is_complex else x > 0
    safe = tf.where(mask, x, tf.ones_like(x))
    return tf.where(mask, tf.log(safe), tf.zeros_like(x))


def pow(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute x ** y element-wise.

    Args:
        x: a numeric tensor.
        y: the exponents, of the same type; nonnegative if it is an integer type.
        name: the name of the node.

    Returns:
        A tensor of that type and the broadcast shape. Its gradient with respect to `y` is 0 where `x` is not positive.

    Raises:
        tf.errors.InvalidArgumentError: at run time, for a negative integer exponent.

    Example:
        >>> print(tf.pow([2, 3], [10, 2]).eval())
        [1024    9]
    """
    with atomic_scope(name, "Pow", [x]) as scope:
        return apply(Pow(), x, y, name=scope)
