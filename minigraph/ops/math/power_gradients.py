"""The gradients of roots and reciprocals, from their results."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.ops.math.elementwise import SmoothGrad

__all__: list[str] = []


def like(x: Any, value: float) -> Any:
    """Return a number in the type of the array `x`."""
    return x.dtype.type(value)


def unless_zero(xp: Any, dy: Any, found: Any) -> Any:
    """Return a gradient, and 0 where the incoming one is 0, even at a pole, where 0 times infinity would be NaN."""
    return xp.where(dy == 0, like(found, 0), found)


class SqrtGrad(SmoothGrad):
    """dy / (2 * y): the gradient of y = sqrt(x)."""

    def kernel(self, xp, y, dy):
        return unless_zero(xp, dy, dy * like(dy, 0.5) / (xp.conj(y) if y.dtype.kind == "c" else y))

    def chain(self, tf, d, z, y, dy):
        part = d / y
        return -tf.conj(part) * z, 0.5 * part


class RsqrtGrad(SmoothGrad):
    """-dy * y**3 / 2: the gradient of y = 1 / sqrt(x)."""

    def kernel(self, xp, y, dy):
        y = xp.conj(y) if y.dtype.kind == "c" else y
        return unless_zero(xp, dy, like(dy, -0.5) * dy * (y * y * y))

    def chain(self, tf, d, z, y, dy):
        a, g = tf.conj(y), tf.conj(d)
        by_y = -1.5 * g * dy * tf.square(a)
        return by_y, apply(RsqrtGrad(), a, d)


class ReciprocalGrad(SmoothGrad):
    """-dy * y * y: the gradient of y = 1 / x."""

    def kernel(self, xp, y, dy):
        y = xp.conj(y) if y.dtype.kind == "c" else y
        return unless_zero(xp, dy, -dy * (y * y))

    def chain(self, tf, d, z, y, dy):
        a, g = tf.conj(y), tf.conj(d)
        return g * -2.0 * dy * a, apply(ReciprocalGrad(), a, d)
