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
from minigraph.ops.constants import constant
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
    "reciprocal_no_nan",
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
    """log(x), and 0 where it is not real: there a power has no derivative by its exponent."""
    mask = tf.not_equal(x, 0) if x.dtype.is_complex else x > 0
    safe = tf.where(mask, x, tf.ones_like(x))
    return tf.where(mask, tf.log(safe), tf.zeros_like(x))


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

    def gradient(self, tf, dy, y, a, b):
        return _chosen_gradient(tf, dy, a, b, tf.greater_equal)


class Minimum(OpDef):
    """The smaller of x and y."""

    inputs = ("x", "y")
    allowed = {"T": _ORDERED}

    def kernel(self, xp, x, y):
        return xp.minimum(x, y) if _is_plain(x, y) else xp.where(y < x, y, x)

    def gradient(self, tf, dy, y, a, b):
        return _chosen_gradient(tf, dy, a, b, tf.less_equal)


def _chosen_gradient(tf: Any, dy: Any, a: Tensor, b: Tensor, chooses_first: Any) -> tuple:

    sa, sb, shape = tf.shape(a), tf.shape(b), tf.shape(dy)
    nothing = tf.zeros(shape, dy.dtype)
    mask = chooses_first(a, b)
    ra, rb = tf.broadcast_gradient_args(sa, sb)
    da = tf.reduce_to(tf.where(mask, dy, nothing), ra, sa)
    return da, tf.reduce_to(tf.where(mask, nothing, dy), rb, sb)


class SquaredDifference(OpDef):
    """(x - y) * conj(x - y)"""

    inputs = ("x", "y")
    allowed = {"T": (bfloat16, float16, float32, float64, int32, int64, complex64, complex128)}

    def kernel(self, xp, x, y):
        difference = xp.subtract(x, y)
        return xp.multiply(difference, xp.conj(difference) if difference.dtype.kind == "c" else difference)

    def gradient(self, tf, dy, y, a, b):
        with control_dependencies([dy]):
            da = tf.scalar_mul(2.0, dy) * (a - b)
        if tf.same_static_shape(a, b, dy):
            return da, -da
        (sa, ra, reduce_a), (sb, rb, reduce_b) = tf.broadcast_axes(a, b, dy)
        first = tf.reduce_to(da, ra, sa) if reduce_a else da
        return first, -(tf.reduce_to(da, rb, sb) if reduce_b else da)


class MulNoNan(OpDef):
    """x * y, and 0 where y is 0 even if x is infinite or not a number."""

    inputs = ("x", "y")
    allowed = {"T": _NO_NAN}

    def kernel(self, xp, x, y):
        return zero_where(xp, xp.equal(y, 0), xp.multiply(x, y))

    def gradient(self, tf, dy, y, a, b):
        def product(x, y):
            return apply(MulNoNan(), x, y)

        if tf.same_static_shape(a, b, dy):
            return product(dy, b), product(a, dy)
        (sa, ra), (sb, rb) = tf.full_axes(a, b)
        return tf.reduce_to(product(dy, b), ra, sa), tf.reduce_to(product(a, dy), rb, sb)


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

    def gradient(self, tf, dy, y, a, b):
        (sa, ra), (sb, rb) = tf.full_axes(a, b)
        a, b = tf.conj(a), tf.conj(b)
        da = tf.reduce_to(tf.div_no_nan(dy, b), ra, sa)
        return da, tf.reduce_to(dy * tf.div_no_nan(tf.div_no_nan(-a, b), b), rb, sb)


class Xdivy(OpDef):
    """x / y, and 0 where x is 0."""

    inputs = ("x", "y")
    allowed = {"T": _NO_NAN}

    def kernel(self, xp, x, y):
        none = xp.equal(x, 0)
        return zero_where(xp, none, xp.true_divide(x, xp.where(none, xp.ones_like(y), y)))

    def gradient(self, tf, dy, y, a, b):
        (sa, ra), (sb, rb) = tf.full_axes(a, b)
        with control_dependencies([dy]):
            by_a = tf.xdivy(_is_not_zero(tf, a), b)
            by_b = tf.xdivy(-a, b**2)
            return tf.reduce_to(by_a * dy, ra, sa), tf.reduce_to(by_b * dy, rb, sb)


class Xlogy(OpDef):
    """x * log(y), and 0 where x is 0."""

    inputs = ("x", "y")
    allowed = {"T": _NO_NAN}

    def kernel(self, xp, x, y):
        none = xp.equal(x, 0)
        return zero_where(xp, none, xp.multiply(x, xp.log(xp.where(none, xp.ones_like(y), y))))

    def gradient(self, tf, dy, y, a, b):
        (sa, ra), (sb, rb) = tf.full_axes(a, b)
        with control_dependencies([dy]):
            by_a = tf.xlogy(_is_not_zero(tf, a), b)
            by_b = tf.xdivy(a, b)
            return tf.reduce_to(by_a * dy, ra, sa), tf.reduce_to(by_b * dy, rb, sb)


def _is_not_zero(tf: Any, x: Tensor) -> Tensor:

    return tf.cast(tf.not_equal(x, tf.cast(0.0, x.dtype)), x.dtype)


class Atan2(OpDef):
    """The angle of the point (x, y)."""

    inputs = ("y", "x")
    allowed = {"T": (bfloat16, float16, float32, float64)}

    def kernel(self, xp, y, x):
        return xp.arctan2(y, x)

    def gradient(self, tf, dz, z, y, x):
        # TF1 forgets to sum over broadcast axes here; with equal shapes the nodes are TF1's.
        with control_dependencies([dz]):
            part = dz / (tf.square(x) + tf.square(y))
            dy, dx = x * part, -y * part
        if y.shape.is_fully_defined() and x.shape.is_fully_defined() and y.shape.tuple == x.shape.tuple:
            return dy, dx
        (sy, ry), (sx, rx) = tf.full_axes(y, x)
        return tf.reduce_to(dy, ry, sy), tf.reduce_to(dx, rx, sx)


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


def reciprocal_no_nan(x: Any, name: str | None = None) -> Tensor:
    """Compute 1 / x, and 0 where x is 0 (in `tf.math`).

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.math.reciprocal_no_nan([2.0, 0.0])))
        [0.5 0. ]
    """
    with name_scope(name, "reciprocal_no_nan", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        return apply(DivNoNan(), constant(1, dtype=x.dtype.base_dtype, name="one"), x, name=scope)
