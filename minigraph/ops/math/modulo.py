"""Remainders and truncated quotients of integers; `div`, the division of Python 2."""

from typing import Any

from minigraph.graph import errors
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef, need_kernel, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.type_lists import ARITHMETIC, types
from minigraph.ops.math.division import (
    check_divisor,
    check_same_type,
    division_gradient,
    floor_div,
    is_integer,
    realdiv,
    truncated_quotient,
)

__all__ = ["div", "truncatediv", "mod", "floormod", "truncatemod"]


_MODULAR = types("int32 int64 bfloat16 float16 float32 float64")


class Div(OpDef, output="z"):
    """x / y; for integers the quotient rounded towards zero."""

    inputs = ("x", "y")
    allowed = {"T": ARITHMETIC}

    def kernel(self, xp, x, y):
        return truncated_quotient(xp, x, y) if is_integer(x) else xp.true_divide(x, y)

    def gradient(self, tf, dy, y, a, b):
        return division_gradient(tf, dy, a, b, tf.divide)


class TruncateDiv(OpDef, output="z"):
    """x / y rounded towards zero, as in C."""

    inputs = ("x", "y")
    allowed = {"T": ARITHMETIC}
    gradient = no_gradient

    def kernel(self, xp, x, y):
        need_kernel(self, x, "fiu")
        check_truncated(xp, x, y)
        return truncated_quotient(xp, x, y) if is_integer(x) else xp.trunc(xp.true_divide(x, y))


class FloorMod(OpDef, output="z"):
    """The remainder x - floor(x / y) * y, which has the sign of y."""

    inputs = ("x", "y")
    allowed = {"T": _MODULAR}

    def kernel(self, xp, x, y):
        check_divisor(xp, x, y)
        return xp.mod(x, y)

    def gradient(self, tf, dy, y, a, b):
        of_a, of_b = tf.full_axes(a, b)
        quotient = tf.floor_div(a, b)
        return tf.reduce_to(dy, *of_a), tf.reduce_to(dy * tf.negative(quotient), *of_b)


class TruncateMod(OpDef, output="z"):
    """The remainder x - truncate(x / y) * y, which has the sign of x, as in C."""

    inputs = ("x", "y")
    allowed = {"T": _MODULAR}

    def kernel(self, xp, x, y):
        check_truncated(xp, x, y)
        return xp.fmod(x, y)


def div(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Divide as Python 2 does: integers are rounded down (deprecated in TF1: use `/` or `//`).

    Args:
        x: a numeric tensor.
        y: converted to the type of `x`.
        name: the name of the node.

    Example:
        >>> print(*sess.run([tf.div(7, 2), tf.div(7.0, 2.0)]))
        3 3.5
    """
    with atomic_scope(name, "div", [x, y]) as scope:
        x = convert_to_tensor(x, name="x")
        y = convert_to_tensor(y, x.dtype.base_dtype, name="y")
        check_same_type(x, y)
        kind = x.dtype.base_dtype
        return (realdiv if kind.is_floating or kind.is_complex else floor_div)(x, y, name=scope)


def truncatediv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Divide and round towards zero, as C does.

    Example:
        >>> print(tf.truncatediv([-7, 7], 2).eval())
        [-3  3]
    """
    return apply(TruncateDiv(), x, y, name=name)


def floormod(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute the remainder of division rounded down, the operator `%`; it has the sign of `y`.

    Args:
        x, y: int32, int64 or real tensors of one type.
        name: the name of the node.

    Example:
        >>> print(tf.floormod([-7, 7], 3).eval())
        [2 1]
    """
    return apply(FloorMod(), x, y, name=name)


mod = floormod


def truncatemod(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute the remainder of division rounded towards zero; it has the sign of `x`, as in C.

    Example:
        >>> print(tf.truncatemod([-7, 7], 3).eval())
        [-1  1]
    """
    return apply(TruncateMod(), x, y, name=name)


def check_truncated(xp: Any, x: Any, y: Any) -> None:
    """Raise TF1's error for a truncated division by zero: that of an operation without one of its own."""
    try:
        check_divisor(xp, x, y)
    except errors.InvalidArgumentError:
        raise errors.InternalError(
            None,
            None,
            "Unexpected error in binary operator (only integer div and mod should "
            "have errors)\nIt is an integer division by zero.",
        ) from None
