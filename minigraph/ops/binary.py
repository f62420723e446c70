"""More functions of two tensors with broadcasting: powers, maximum and minimum, quotients safe at zero."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply
from minigraph.graph.context import control_dependencies, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import bfloat16, complex64, complex128, float16, float32, float64, int32, int64
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.ops.arithmetic import scalar_mul
from minigraph.ops.broadcast import broadcast_axes, full_axes, reduce_to, same_static_shape
from minigraph.ops.complex_numbers import conj
from minigraph.ops.division import check_same_type, is_integer

__all__ = [
    "pow",
    "maximum",
    "minimum",
    "squared_difference",
    "div_no_nan",
    "multiply_no_nan",
    "xdivy",
    "xlogy",
    "atan2",
]

_POWERS = (bfloat16, float32, float16, float64, int32, int64, complex64, complex128)
_ORDERED = (bfloat16, float16, float32, float64, int32, int64)
_NO_NAN = (float16, float32, float64, complex64, complex128)


class Pow(OpDef):
    """x ** y"""

    inputs = ("x", "y")
    allowed = {"T": _POWERS}

    def kernel(self, xp, x, y):
        if xp.__name__ == "numpy" and is_integer(y) and np.any(np.less(y, 0)):
            raise errors.InvalidArgumentError(None, None, "Integers to negative integer powers are not allowed")
        return xp.power(x, y)

    def gradient(self, dy, y, a, b):
        (sa, ra, reduce_a), (sb, rb, reduce_b) = broadcast_axes(a, b, dy)
        a, b = conj(a), conj(b)
        da = dy * b * pow(a, b - 1)
        if reduce_a:
            da = reduce_to(da, ra, sa)
        log_a = _safe_log(a)
        db = dy * conj(y) * log_a
        return da, (reduce_to(db, rb, sb) if reduce_b else db)


def _safe_log(x: Tensor) -> Tensor:
    """Return log(x), and 0 where it is not real: a power has no derivative by its exponent there."""
    from minigraph.ops.comparison import not_equal
    from minigraph.ops.exponential import log
    from minigraph.ops.fill import ones_like, zeros_like
    from minigraph.ops.select import where

    mask = not_equal(x, 0) if x.dtype.is_complex else x > 0
    safe = where(mask, x, ones_like(x))
    return where(mask, log(safe), zeros_like(x))


def _is_plain(x: Any, y: Any) -> bool:
    """Return True if numpy's extremes are TF1's, which are `x` where either is NaN and where both are zeros: beside a
    constant that is neither, or of numbers that are no floats."""
    return x.dtype.kind != "f" or isinstance(y, (np.ndarray, np.generic)) and not np.ndim(y) and bool(y != 0 and y == y)


class Maximum(OpDef):
    """The larger of x and y."""

    inputs = ("x", "y")
    allowed = {"T": _ORDERED}

    def kernel(self, xp, x, y):
        return xp.maximum(x, y) if _is_plain(x, y) else xp.where(x < y, y, x)

    def gradient(self, dy, y, a, b):
        from minigraph.ops.comparison import greater_equal

        return _chosen_gradient(dy, a, b, greater_equal)


class Minimum(OpDef):
    """The smaller of x and y."""

    inputs = ("x", "y")
    allowed = {"T": _ORDERED}

    def kernel(self, xp, x, y):
        return xp.minimum(x, y) if _is_plain(x, y) else xp.where(y < x, y, x)

    def gradient(self, dy, y, a, b):
        from minigraph.ops.comparison import less_equal

        return _chosen_gradient(dy, a, b, less_equal)


def _chosen_gradient(dy: Any, a: Tensor, b: Tensor, chooses_first: Any) -> tuple:
    from minigraph.ops import array
    from minigraph.ops.broadcast import broadcast_gradient_args
    from minigraph.ops.fill import zeros
    from minigraph.ops.select import where

    sa, sb, shape = array.shape(a), array.shape(b), array.shape(dy)
    nothing = zeros(shape, dy.dtype)
    mask = chooses_first(a, b)
    ra, rb = broadcast_gradient_args(sa, sb)
    da = reduce_to(where(mask, dy, nothing), ra, sa)
    return da, reduce_to(where(mask, nothing, dy), rb, sb)


class SquaredDifference(OpDef):
    """(x - y) * conj(x - y)"""

    inputs = ("x", "y")
    allowed = {"T": (bfloat16, float16, float32, float64, int32, int64, complex64, complex128)}

    def kernel(self, xp, x, y):
        difference = xp.subtract(x, y)
        return xp.multiply(difference, xp.conj(difference) if difference.dtype.kind == "c" else difference)

    def gradient(self, dy, y, a, b):
        with control_dependencies([dy]):
            da = scalar_mul(2.0, dy) * (a - b)
        if same_static_shape(a, b, dy):
            return da, -da
        (sa, ra, reduce_a), (sb, rb, reduce_b) = broadcast_axes(a, b, dy)
        first = reduce_to(da, ra, sa) if reduce_a else da
        return first, -(reduce_to(da, rb, sb) if reduce_b else da)


class MulNoNan(OpDef):
    """x * y, and 0 where y is 0 even if x is infinite or not a number."""

    inputs = ("x", "y")
    allowed = {"T": _NO_NAN}

    def kernel(self, xp, x, y):
        return zero_where(xp, xp.equal(y, 0), xp.multiply(x, y))

    def gradient(self, dy, y, a, b):
        def product(x, y):
            return apply(MulNoNan(), x, y)

        if same_static_shape(a, b, dy):
            return product(dy, b), product(a, dy)
        (sa, ra), (sb, rb) = full_axes(a, b)
        return reduce_to(product(dy, b), ra, sa), reduce_to(product(a, dy), rb, sb)


def zero_where(xp: Any, mask: Any, value: Any) -> Any:
    """`value` with zeros where the mask is set, in the type of `value`."""
    return xp.where(mask, xp.zeros_like(value), value)


class DivNoNan(OpDef):
    """x / y, and 0 where y is 0."""

    inputs = ("x", "y")
    allowed = {"T": _NO_NAN}

    def kernel(self, xp, x, y):
        none = xp.equal(y, 0)
        return zero_where(xp, none, xp.true_divide(x, xp.where(none, xp.ones_like(y), y)))

    def gradient(self, dy, y, a, b):
        (sa, ra), (sb, rb) = full_axes(a, b)
        a, b = conj(a), conj(b)
        da = reduce_to(div_no_nan(dy, b), ra, sa)
        return da, reduce_to(dy * div_no_nan(div_no_nan(-a, b), b), rb, sb)


class Xdivy(OpDef):
    """x / y, and 0 where x is 0."""

    inputs = ("x", "y")
    allowed = {"T": _NO_NAN}

    def kernel(self, xp, x, y):
        none = xp.equal(x, 0)
        return zero_where(xp, none, xp.true_divide(x, xp.where(none, xp.ones_like(y), y)))

    def gradient(self, dy, y, a, b):
        (sa, ra), (sb, rb) = full_axes(a, b)
        with control_dependencies([dy]):
            by_a = xdivy(_is_not_zero(a), b)
            by_b = xdivy(-a, b**2)
            return reduce_to(by_a * dy, ra, sa), reduce_to(by_b * dy, rb, sb)


class Xlogy(OpDef):
    """x * log(y), and 0 where x is 0."""

    inputs = ("x", "y")
    allowed = {"T": _NO_NAN}

    def kernel(self, xp, x, y):
        none = xp.equal(x, 0)
        return zero_where(xp, none, xp.multiply(x, xp.log(xp.where(none, xp.ones_like(y), y))))

    def gradient(self, dy, y, a, b):
        (sa, ra), (sb, rb) = full_axes(a, b)
        with control_dependencies([dy]):
            by_a = xlogy(_is_not_zero(a), b)
            by_b = xdivy(a, b)
            return reduce_to(by_a * dy, ra, sa), reduce_to(by_b * dy, rb, sb)


def _is_not_zero(x: Tensor) -> Tensor:
    from minigraph.ops.cast import cast
    from minigraph.ops.comparison import not_equal

    return cast(not_equal(x, cast(0.0, x.dtype)), x.dtype)


class Atan2(OpDef):
    """The angle of the point (x, y)."""

    inputs = ("y", "x")
    allowed = {"T": (bfloat16, float16, float32, float64)}

    def kernel(self, xp, y, x):
        return xp.arctan2(y, x)

    def gradient(self, dz, z, y, x):
        from minigraph.ops.elementwise import square

        # TF1 forgets to sum over broadcast axes here; with equal shapes the nodes are TF1's.
        with control_dependencies([dz]):
            part = dz / (square(x) + square(y))
            dy, dx = x * part, -y * part
        if y.shape.is_fully_defined() and x.shape.is_fully_defined() and y.shape.tuple == x.shape.tuple:
            return dy, dx
        (sy, ry), (sx, rx) = full_axes(y, x)
        return reduce_to(dy, ry, sy), reduce_to(dx, rx, sx)


def pow(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute x ** y element-wise.

    Args:
        x: a numeric tensor.
        y: the exponents, of the same type; not negative where the type is an integer one.
        name: the name of the node.

    Returns:
        A tensor of that type and the broadcast shape. Its gradient by `y` is 0 where `x` is not positive.

    Raises:
        tf.errors.InvalidArgumentError: when it runs, for a negative integer exponent.

    Example:
        >>> print(tf.pow([2, 3], [10, 2]).eval())
        [1024    9]
    """
    with name_scope(name, "Pow", [x]) as scope:
        return apply(Pow(), x, y, name=scope)


def maximum(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return the larger of x and y, element-wise; where they are equal the gradient goes to `x`.

    Args:
        x, y: real tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Example:
        >>> print(tf.maximum([1, -2, 3], 0).eval())
        [1 0 3]
    """
    return apply(Maximum(), x, y, name=name)


def minimum(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return the smaller of x and y, element-wise; where they are equal the gradient goes to `x`.

    Args:
        x, y: real tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Example:
        >>> print(tf.minimum([1, -2, 3], 0).eval())
        [ 0 -2  0]
    """
    return apply(Minimum(), x, y, name=name)


def squared_difference(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute (x - y)**2 element-wise (the squared modulus for complex types).

    Args:
        x, y: numeric tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Example:
        >>> print(tf.squared_difference([1, 5], [3, 2]).eval())
        [4 9]
    """
    return apply(SquaredDifference(), x, y, name=name)


def _same_type_apply(op_def: OpDef, scope_name: str, x: Any, y: Any, name: str | None) -> Tensor:
    with name_scope(name, scope_name, [x, y]) as scope:
        x = convert_to_tensor(x, name="x")
        y = convert_to_tensor(y, x.dtype.base_dtype, name="y")
        check_same_type(x, y)
        return apply(op_def, x, y, name=scope)


def div_no_nan(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute x / y, and 0 where y is 0 (in `tf.math` also `divide_no_nan`).

    Args:
        x: a float or complex tensor.
        y: converted to the type of `x`.
        name: the name of the node.

    Example:
        >>> print(tf.div_no_nan([3.0, 1.0], [2.0, 0.0]).eval())
        [1.5 0. ]
    """
    return _same_type_apply(DivNoNan(), "div_no_nan", x, y, name)


def multiply_no_nan(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute x * y, and 0 where y is 0 even if x is infinite or not a number (in `tf.math`).

    Args:
        x: a float or complex tensor.
        y: converted to the type of `x`.
        name: the name of the node.

    Example:
        >>> print(tf.math.multiply_no_nan([3.0, float("nan")], [2.0, 0.0]).eval())
        [6. 0.]
    """
    return _same_type_apply(MulNoNan(), "multiply_no_nan", x, y, name)


def xdivy(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute x / y, and 0 where x is 0 (in `tf.math`).

    Args:
        x, y: float or complex tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Example:
        >>> print(tf.math.xdivy([3.0, 0.0], [2.0, 0.0]).eval())
        [1.5 0. ]
    """
    return apply(Xdivy(), x, y, name=name)


def xlogy(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute x * log(y), and 0 where x is 0 (in `tf.math`): the term of an entropy.

    Args:
        x, y: float or complex tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Example:
        >>> print(tf.math.xlogy([3.0, 0.0], [1.0, 0.0]).eval())
        [0. 0.]
    """
    return apply(Xlogy(), x, y, name=name)


def atan2(y: Any, x: Any, name: str | None = None) -> Tensor:
    """Compute the angle of the point (x, y), in radians between -pi and pi.

    Args:
        y, x: float tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Example:
        >>> print(tf.atan2(1.0, 1.0).eval().round(4))
        0.7854
    """
    return apply(Atan2(), y, x, name=name)
