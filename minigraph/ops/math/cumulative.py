"""Running sums and products along an axis."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import brackets

__all__ = ["cumsum", "cumprod"]


def _scan_axis(x: Any, axis: Any) -> int:
    if np.ndim(axis):
        raise ValueError(f"ScanOp: axis must be a scalar, not {brackets(np.shape(axis))}")
    ndims, at = np.ndim(x), int(axis)
    at = at + ndims if at < 0 else at
    if not 0 <= at < ndims:
        raise ValueError(f"ScanOp: Expected scan axis in the range [{-ndims}, {ndims}), but got {at}")
    return at


class Cumsum(OpDef, output="out"):
    """The running sum along an axis."""

    exclusive: bool = False
    reverse: bool = False

    inputs = ("x: T", "axis: Tidx")
    allowed = {"T": dtypes.NUMBERS, "Tidx": dtypes.INDICES}
    type_defaults = {"Tidx": dtypes.int32}

    def shape(self, x, axis):
        return x

    def kernel(self, xp, x, axis):
        at = _scan_axis(x, axis)
        if self.reverse:
            x = xp.flip(x, at)
        result = self.run(xp, x, at)
        if self.exclusive:
            first = np.full_like(np.take(x, [0], at) if x.shape[at] else x, self.start)
            result = xp.concatenate([first, np.delete(result, -1, at)], at) if x.shape[at] else result
        return xp.flip(result, at) if self.reverse else result

    start = 0

    def run(self, xp, x, axis):
        return xp.cumsum(x, axis=axis, dtype=x.dtype)

    def gradient(self, tf, dy, y, x, axis):
        return tf.cumsum(dy, axis, exclusive=self.exclusive, reverse=not self.reverse), None


class Cumprod(Cumsum):
    """The running product along an axis."""

    start = 1

    def run(self, xp, x, axis):
        return xp.cumprod(x, axis=axis, dtype=x.dtype)

    def gradient(self, tf, dy, y, x, axis):
        product = tf.cumprod(x, axis, exclusive=self.exclusive, reverse=self.reverse)
        total = tf.cumsum(product * dy, axis, exclusive=self.exclusive, reverse=not self.reverse)
        return total / x, None


def cumsum(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """Return the running sum along an axis.

    Args:
        x: a tensor of numbers.
        axis: the axis.
        exclusive: leave out the element itself: the first sum is 0.
        reverse: run from the last element to the first.
        name: the name of the node.

    Example:
        >>> print(sess.run(tf.cumsum([1, 2, 3])), sess.run(tf.cumsum([1, 2, 3], exclusive=True, reverse=True)))
        [1 3 6] [5 3 0]
    """
    with atomic_scope(name, "Cumsum", [x]) as scope:
        return apply(Cumsum(exclusive, reverse), convert_to_tensor(x, name="x"), axis, name=scope)


def cumprod(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """Return the running product along an axis; the arguments are those of `cumsum`.

    Its gradient divides by `x`, as in TF1: it is NaN where `x` is 0.

    Example:
        >>> print(tf.cumprod([2, 3, 4]).eval())
        [ 2  6 24]
    """
    with atomic_scope(name, "Cumprod", [x]) as scope:
        return apply(Cumprod(exclusive, reverse), convert_to_tensor(x, name="x"), axis, name=scope)
