"""Powers and roots: pow, square, sqrt, rsqrt, reciprocal."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import bfloat16, complex64, complex128, float16, float32, float64, int32, int64
from minigraph.graph.opdef import OpDef, need_kernel
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.ops.math.division import is_integer

__all__ = ["pow", "reciprocal", "rsqrt", "sqrt", "square"]


_POWERS = (bfloat16, float32, float16, float64, int32, int64, complex64, complex128)
SIGNED = (bfloat16, float16, float32, float64, int32, int64, complex64, complex128)
FLOATING = dtypes.FLOATS_AND_COMPLEX


class Pow(OpDef):
    """x ** y"""

    inputs = ("x", "y")
    allowed = {"T": _POWERS}

    def kernel(self, xp, x, y):
        if xp.__name__ == "numpy" and is_integer(y) and np.any(np.less(y, 0)):
            raise errors.InvalidArgumentError(None, None, "Integers to negative integer powers are not allowed")
        return xp.power(x, y)

    def gradient(self, tf, dy, y, a, b):
        (sa, ra, reduce_a), (sb, rb, reduce_b) = tf.broadcast_axes(a, b, dy)
        a, b = tf.conj(a), tf.conj(b)
        da = dy * b * tf.pow(a, b - 1)
        if reduce_a:
            da = tf.reduce_to(da, ra, sa)
        log_a = _safe_log(tf, a)
        db = dy * tf.conj(y) * log_a
        return da, (tf.reduce_to(db, rb, sb) if reduce_b else db)


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


def like(x: Any, value: float) -> Any:
    """Return a number in the type of the array `x`."""
    return x.dtype.type(value)


def unless_zero(xp: Any, dy: Any, found: Any) -> Any:
    """Return a gradient, and 0 where the incoming one is 0, even at a pole: 0 times infinity would spoil masked
    roots.
    """
    return xp.where(dy == 0, like(found, 0), found)


class Square(OpDef):
    """x * x"""

    inputs = ("x",)
    allowed = {"T": SIGNED}

    def kernel(self, xp, x):
        return xp.multiply(x, x)

    def gradient(self, tf, dy, y, x):
        with control_dependencies([dy]):
            x = tf.conj(x)
            two = tf.constant(2.0, dtype=x.dtype)
            return tf.multiply(dy, tf.multiply(x, two))


class Sqrt(OpDef):
    """The square root."""

    inputs = ("x",)
    allowed = {"T": FLOATING}

    def kernel(self, xp, x):
        return xp.sqrt(x)

    def gradient(self, tf, dy, y, x):
        return apply(SqrtGrad(), y, dy)


class SqrtGrad(OpDef):
    """dy / (2 * y): the gradient of y = sqrt(x)."""

    inputs = ("y", "dy")
    allowed = {"T": FLOATING}

    def kernel(self, xp, y, dy):
        return unless_zero(xp, dy, dy * like(dy, 0.5) / (xp.conj(y) if y.dtype.kind == "c" else y))

    def gradient(self, tf, d, z, y, dy):
        with control_dependencies([d]):
            part = d / y
            return -tf.conj(part) * z, 0.5 * part


class Rsqrt(OpDef):
    """1 / sqrt(x)"""

    inputs = ("x",)
    allowed = {"T": FLOATING}

    def kernel(self, xp, x):
        return like(x, 1) / xp.sqrt(x)

    def gradient(self, tf, dy, y, x):
        return apply(RsqrtGrad(), y, dy)


class RsqrtGrad(OpDef):
    """-dy * y**3 / 2: the gradient of y = 1 / sqrt(x)."""

    inputs = ("y", "dy")
    allowed = {"T": FLOATING}

    def kernel(self, xp, y, dy):
        y = xp.conj(y) if y.dtype.kind == "c" else y
        return unless_zero(xp, dy, like(dy, -0.5) * dy * (y * y * y))

    def gradient(self, tf, d, z, y, dy):
        with control_dependencies([d]):
            a, g = tf.conj(y), tf.conj(d)
            by_y = -1.5 * g * dy * tf.square(a)
            return by_y, apply(RsqrtGrad(), a, d)


class Reciprocal(OpDef):
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


class ReciprocalGrad(OpDef):
    """-dy * y * y: the gradient of y = 1 / x."""

    inputs = ("y", "dy")
    allowed = {"T": FLOATING}

    def kernel(self, xp, y, dy):
        y = xp.conj(y) if y.dtype.kind == "c" else y
        return unless_zero(xp, dy, -dy * (y * y))

    def gradient(self, tf, d, z, y, dy):
        with control_dependencies([d]):
            a, g = tf.conj(y), tf.conj(d)
            return g * -2.0 * dy * a, apply(ReciprocalGrad(), a, d)


def square(x: Any, name: str | None = None) -> Tensor:
    """Compute x * x element-wise.

    Args:
        x: a numeric tensor.
        name: the name of the node.

    Example:
        >>> print(tf.square([1.0, -2.0, 3.0]).eval())
        [1. 4. 9.]
    """
    return apply(Square(), x, name=name)


def sqrt(x: Any, name: str | None = None) -> Tensor:
    """Compute the square root; it is nan for negative real numbers.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.sqrt([1.0, 4.0, 9.0]).eval())
        [1. 2. 3.]
    """
    return apply(Sqrt(), x, name=name)


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
