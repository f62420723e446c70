"""Quotients and remainders of two tensors, in all of TF1's spellings."""

from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply
from minigraph.graph.code import code, name_of
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import float32, float64
from minigraph.graph.messages import made
from minigraph.graph.opdef import OpDef, need_kernel, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.text import message
from minigraph.graph.type_lists import ARITHMETIC
from minigraph.ops.arrays.cast import cast

__all__ = ["divide", "truediv", "realdiv", "floordiv", "floor_div"]


def is_integer(x: Any) -> bool:
    """Return True if the array has an integer type."""
    return x.dtype.kind in "iu"


def check_divisor(xp: Any, x: Any, y: Any) -> None:
    """Raise TF1's error for integer division by zero (only the numpy engine can), unless there are no elements."""
    if xp.__name__ == "numpy" and is_integer(y) and not np.all(y) and np.size(x):
        raise errors.InvalidArgumentError(None, None, "Integer division by zero")


class RealDiv(OpDef, output="z"):
    """x / y; rounded towards zero for integers, which `tf.truediv` does not use."""

    inputs = ("x", "y")
    allowed = {"T": ARITHMETIC}

    def kernel(self, xp, x, y):
        return truncated_quotient(xp, x, y) if is_integer(x) else xp.true_divide(x, y)

    def gradient(self, tf, dy, y, a, b):
        return division_gradient(tf, dy, a, b, tf.realdiv)


def division_gradient(tf: Any, dy: Any, a: Tensor, b: Tensor, quotient: Any) -> tuple:
    """Return the gradients of a / b, with divisions by the function `quotient`."""
    of_a, of_b = tf.full_axes(a, b)
    a, b = tf.conj(a), tf.conj(b)
    return tf.reduce_to(quotient(dy, b), *of_a), tf.reduce_to(dy * quotient(quotient(-a, b), b), *of_b)


class FloorDiv(OpDef, output="z"):
    """x / y rounded down, towards minus infinity."""

    inputs = ("x", "y")
    allowed = {"T": ARITHMETIC}
    gradient = no_gradient

    def kernel(self, xp, x, y):
        need_kernel(self, x, "fiu")
        if not is_integer(x):
            return xp.floor(xp.true_divide(x, y))
        check_divisor(xp, x, y)
        return xp.floor_divide(x, y)


def check_same_type(x: Tensor, y: Tensor) -> None:
    """Raise TypeError if two tensors are of different types."""
    a, b = x.dtype.base_dtype, y.dtype.base_dtype
    if a != b:
        first = f"x and y must have the same dtype, got {a!r} != {b!r}"
        told = code(f"tf.cast({name_of(y, 'y')}, {a!r})", "y")
        raise TypeError(message(first, f"x is {made(x)}, y is {made(y)}.", f"Cast one of them: {told}"))


def truediv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Divide numeric tensors as Python 3 does: integers are cast first, to float32 (up to 16 bits) or float64.

    Raises:
        TypeError: if the types differ: a Python float is float32, whatever the other argument is.

    Example:
        >>> print(tf.truediv(7, 2).eval())
        3.5
    """
    with atomic_scope(name, "truediv", [x, y]) as scope:
        x, y = convert_to_tensor(x, name="x"), convert_to_tensor(y, name="y")
        check_same_type(x, y)
        kind = x.dtype.base_dtype
        if kind not in ARITHMETIC:
            raise TypeError(f"Invalid dtype {kind!r} in __truediv__")
        if kind.is_integer:
            target = float32 if kind.size < 4 else float64
            x, y = cast(x, target), cast(y, target)
        return realdiv(x, y, name=scope)


def divide(x: Any, y: Any, name: str | None = None) -> Any:
    """Compute x / y as the operator does: two Python numbers return a Python number, unless there is a `name`.

    Example:
        >>> tf.divide(7, 2)
        3.5
    """
    return x / y if name is None else truediv(x, y, name)


def realdiv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Divide real (or complex) numbers: `truediv` without casts, a node of type `RealDiv`."""
    return apply(RealDiv(), x, y, name=name)


def floordiv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Divide real tensors of one type and round down, the operator `//`.

    Raises:
        tf.errors.InvalidArgumentError: at run time, for an integer division by zero.

    Example:
        >>> print(tf.floordiv([-7, 7], 2).eval())
        [-4  3]
    """
    with atomic_scope(name, "floordiv", [x, y]) as scope:
        return apply(FloorDiv(), x, y, name=scope)


def floor_div(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Divide and round down: `floordiv` as a single node, `FloorDiv`."""
    return apply(FloorDiv(), x, y, name=name)


def truncated_quotient(xp: Any, x: Any, y: Any) -> Any:
    """Return x / y for integers, rounded towards zero."""
    check_divisor(xp, x, y)
    quotient = xp.floor_divide(x, y)
    exact = xp.equal(xp.multiply(quotient, y), x)
    return quotient + xp.logical_and(quotient < 0, xp.logical_not(exact)).astype(x.dtype)
