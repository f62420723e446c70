"""The larger and the smaller of two tensors, element-wise."""

from typing import Any, ClassVar

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.type_lists import types

__all__ = ["maximum", "minimum"]


def _is_plain(x: Any, y: Any) -> bool:
    """Return True if numpy's maximum agrees with TF1's, which is `x` if either is NaN or both are zeros.

    It does if one of them is a constant that is neither, and for integers.
    """
    return x.dtype.kind != "f" or isinstance(y, (np.ndarray, np.generic)) and not np.ndim(y) and bool(y != 0 and y == y)


class _Extreme(OpDef, output="z"):
    inputs = ("x", "y")
    allowed = {"T": types("bfloat16 float16 float32 float64 int32 int64")}
    function: ClassVar[str]
    loses: ClassVar[str]  # the comparison by which x loses
    keeps: ClassVar[str]  # the one by which it is chosen

    def kernel(self, xp, x, y):
        if _is_plain(x, y):
            return getattr(xp, self.function)(x, y)
        return xp.where(getattr(xp, self.loses)(x, y), y, x)

    def gradient(self, tf, dy, y, a, b):
        sa, sb, shape = tf.shape(a), tf.shape(b), tf.shape(dy)
        nothing = tf.zeros(shape, dy.dtype)
        mask = getattr(tf, self.keeps)(a, b)
        ra, rb = tf.broadcast_gradient_args(sa, sb)
        return tf.reduce_to(tf.where(mask, dy, nothing), ra, sa), tf.reduce_to(tf.where(mask, nothing, dy), rb, sb)


class Maximum(_Extreme):
    """The larger of x and y."""

    function, loses, keeps = "maximum", "less", "greater_equal"


class Minimum(_Extreme):
    """The smaller of x and y."""

    function, loses, keeps = "minimum", "greater", "less_equal"


def maximum(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return the larger of two real tensors of one type, element-wise; if they are equal the gradient goes to `x`.

    Example:
        >>> print(tf.maximum([1, -2, 3], 0).eval())
        [1 0 3]
    """
    return apply(Maximum(), x, y, name=name)


def minimum(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return the smaller of x and y, element-wise, as `maximum` returns the larger.

    Example:
        >>> print(tf.minimum([1, -2, 3], 0).eval())
        [ 0 -2  0]
    """
    return apply(Minimum(), x, y, name=name)
