"""Products and quotients that are zero if a factor or the divisor is."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.graph.type_lists import types
from minigraph.ops.arrays.constant import constant
from minigraph.ops.math.division import check_same_type

__all__ = ["div_no_nan", "multiply_no_nan", "reciprocal_no_nan", "xdivy", "xlogy"]


_NO_NAN = types("float16 float32 float64 complex64 complex128")


class MulNoNan(OpDef, output="z"):
    """x * y, and 0 where y is 0 even if x is infinite or NaN."""

    inputs = ("x", "y")
    allowed = {"T": _NO_NAN}

    def kernel(self, xp, x, y):
        return zero_where(xp, xp.equal(y, 0), xp.multiply(x, y))

    def gradient(self, tf, dy, y, a, b):
        def product(x, y):
            return apply(MulNoNan(), x, y)

        if tf.same_static_shape(a, b, dy):
            return product(dy, b), product(a, dy)
        of_a, of_b = tf.full_axes(a, b)
        return tf.reduce_to(product(dy, b), *of_a), tf.reduce_to(product(a, dy), *of_b)


def zero_where(xp: Any, mask: Any, value: Any) -> Any:
    """Return `value` with zeros where the mask is set, in the type of `value`."""
    return xp.where(mask, xp.zeros_like(value), value)


class DivNoNan(OpDef, output="z"):
    """x / y, and 0 where y is 0."""

    inputs = ("x", "y")
    allowed = {"T": _NO_NAN}

    def kernel(self, xp, x, y):
        none = xp.equal(y, 0)
        return zero_where(xp, none, xp.true_divide(x, xp.where(none, xp.ones_like(y), y)))

    def gradient(self, tf, dy, y, a, b):
        of_a, of_b = tf.full_axes(a, b)
        a, b = tf.conj(a), tf.conj(b)
        da = tf.reduce_to(tf.div_no_nan(dy, b), *of_a)
        return da, tf.reduce_to(dy * tf.div_no_nan(tf.div_no_nan(-a, b), b), *of_b)


class Xdivy(OpDef, output="z"):
    """x / y, and 0 where x is 0."""

    inputs = ("x", "y")
    allowed = {"T": _NO_NAN}

    def kernel(self, xp, x, y):
        none = xp.equal(x, 0)
        return zero_where(xp, none, xp.true_divide(x, xp.where(none, xp.ones_like(y), y)))

    def gradient(self, tf, dy, y, a, b):
        of_a, of_b = tf.full_axes(a, b)
        with control_dependencies([dy]):
            by_a = tf.xdivy(_is_not_zero(tf, a), b)
            by_b = tf.xdivy(-a, b**2)
            return tf.reduce_to(by_a * dy, *of_a), tf.reduce_to(by_b * dy, *of_b)


class Xlogy(OpDef, output="z"):
    """x * log(y), and 0 where x is 0."""

    inputs = ("x", "y")
    allowed = {"T": _NO_NAN}

    def kernel(self, xp, x, y):
        none = xp.equal(x, 0)
        return zero_where(xp, none, xp.multiply(x, xp.log(xp.where(none, xp.ones_like(y), y))))

    def gradient(self, tf, dy, y, a, b):
        of_a, of_b = tf.full_axes(a, b)
        with control_dependencies([dy]):
            by_a = tf.xlogy(_is_not_zero(tf, a), b)
            by_b = tf.xdivy(a, b)
            return tf.reduce_to(by_a * dy, *of_a), tf.reduce_to(by_b * dy, *of_b)


def _is_not_zero(tf: Any, x: Tensor) -> Tensor:
    return tf.cast(tf.not_equal(x, tf.cast(0.0, x.dtype)), x.dtype)


def _same_type_apply(op_def: OpDef, scope_name: str, x: Any, y: Any, name: str | None) -> Tensor:
    with atomic_scope(name, scope_name, [x, y]) as scope:
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
    """Compute x * y, and 0 where y is 0 even if x is infinite or NaN (in `tf.math`).

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
    with atomic_scope(name, "reciprocal_no_nan", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        return apply(DivNoNan(), constant(1, dtype=x.dtype.base_dtype, name="one"), x, name=scope)
