"""`tf.bitwise`: operations on the bits of integers."""

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import no_gradient
from minigraph.graph.operation import Tensor
from minigraph.ops.math.elementwise import Elementwise

__all__ = ["bitwise_and", "bitwise_or", "bitwise_xor", "invert", "left_shift", "right_shift"]

_INTEGERS = tuple(dtypes.as_dtype(name) for name in "int8 int16 int32 int64 uint8 uint16 uint32 uint64".split())


class _Bits(Elementwise, base=True):
    """Base: two integers of one type."""

    inputs: ClassVar[tuple[str, ...]] = ("x", "y")
    allowed = {"T": _INTEGERS}
    gradient = no_gradient


class BitwiseAnd(_Bits, output="z"):
    """The bits that are set in both."""

    function = "bitwise_and"


class BitwiseOr(_Bits, output="z"):
    """The bits that are set in either."""

    function = "bitwise_or"


class BitwiseXor(_Bits, output="z"):
    """The bits that are set in one of the two."""

    function = "bitwise_xor"


class Invert(_Bits, output="y"):
    """The bits that are not set."""

    inputs = ("x",)
    function = "invert"


class _Shift(_Bits, base=True):
    """Base: a shift by at least 0 bits and fewer than the type has."""

    def kernel(self, xp, x, y):
        bits = np.asarray(x).dtype.itemsize * 8
        return getattr(xp, self.function)(x, xp.clip(y, 0, bits - 1))


class LeftShift(_Shift, output="z"):
    """The bits moved up."""

    function = "left_shift"


class RightShift(_Shift, output="z"):
    """The bits moved down, with copies of the sign."""

    function = "right_shift"


def bitwise_and(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return the bits that are set in both of two integers, element-wise.

    Example:
        >>> print(tf.bitwise.bitwise_and([12], [10]).eval())
        [8]
    """
    return apply(BitwiseAnd(), x, y, name=name)


def bitwise_or(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return the bits that are set in at least one of two integers, element-wise.

    Example:
        >>> print(tf.bitwise.bitwise_or([12], [10]).eval())
        [14]
    """
    return apply(BitwiseOr(), x, y, name=name)


def bitwise_xor(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return the bits that are set in exactly one of two integers, element-wise.

    Example:
        >>> print(tf.bitwise.bitwise_xor([12], [10]).eval())
        [6]
    """
    return apply(BitwiseXor(), x, y, name=name)


def invert(x: Any, name: str | None = None) -> Tensor:
    """Return the bits that are not set in an integer, element-wise.

    Example:
        >>> print(tf.bitwise.invert([12]).eval())
        [-13]
    """
    return apply(Invert(), x, name=name)


def left_shift(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Move the bits of `x` up by `y` places, element-wise; `y` counts as 0 below it, and at most moves all but one.

    Example:
        >>> print(tf.bitwise.left_shift([3], [2]).eval())
        [12]
    """
    return apply(LeftShift(), x, y, name=name)


def right_shift(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Move the bits of `x` down by `y` places, element-wise; the sign stays.

    Example:
        >>> print(tf.bitwise.right_shift([12, -1], [2, 2]).eval())
        [ 3 -1]
    """
    return apply(RightShift(), x, y, name=name)
