"""Comparisons and logic: operations that return booleans and have no gradient."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.type_lists import types
from minigraph.ops.math.elementwise import Elementwise

__all__ = [
    "equal",
    "not_equal",
    "less",
    "less_equal",
    "greater",
    "greater_equal",
    "approximate_equal",
    "logical_and",
    "logical_or",
    "logical_not",
    "logical_xor",
]

_COMPARABLE = types("bfloat16 float16 float32 float64 uint8 int8 int16 int32 int64 complex64 string bool complex128")


class _Comparison(Elementwise):
    """Base: a predicate on each pair of elements."""

    inputs = ("x", "y")
    outputs = ("z: bool",)
    allowed = {"T": dtypes.REALS}
    gradient = no_gradient


class Equal(_Comparison):
    """x == y"""

    incompatible_shape_error: bool = True

    allowed = {"T": _COMPARABLE}

    def kernel(self, xp, x, y):
        return _as_bool(xp, xp.equal(x, y))


class NotEqual(_Comparison):
    """x != y"""

    incompatible_shape_error: bool = True

    allowed = {"T": _COMPARABLE}

    def kernel(self, xp, x, y):
        return _as_bool(xp, xp.not_equal(x, y))


def _as_bool(xp: Any, result: Any) -> Any:
    """Convert the array of Python objects that numpy returns for comparisons of strings."""
    return xp.asarray(result, dtype=bool)


class Less(_Comparison):
    """x < y"""

    function = "less"


class LessEqual(_Comparison):
    """x <= y"""

    function = "less_equal"


class Greater(_Comparison):
    """x > y"""

    function = "greater"


class GreaterEqual(_Comparison):
    """x >= y"""

    function = "greater_equal"


class ApproximateEqual(_Comparison):
    """abs(x - y) < tolerance"""

    tolerance: float = 1e-5

    allowed = {"T": dtypes.NUMBERS}

    def shape(self, x, y):
        return x.merge_with(y)

    def kernel(self, xp, x, y):
        return xp.less(xp.abs(xp.subtract(x, y)), self.tolerance)


class LogicalAnd(_Comparison):
    """x and y"""

    inputs = ("x: bool", "y: bool")
    allowed = {}
    function = "logical_and"


class LogicalOr(_Comparison):
    """x or y"""

    inputs = ("x: bool", "y: bool")
    allowed = {}
    function = "logical_or"


class LogicalNot(Elementwise):
    """not x"""

    inputs = ("x: bool",)
    outputs = ("y: bool",)
    function = "logical_not"
    gradient = no_gradient


def equal(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Test x == y element-wise (the operator `==` of tensors compares identity).

    Args:
        x, y: numeric, string or bool tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Returns:
        A bool tensor of the broadcast shape.

    Example:
        >>> print(tf.equal([1, 2, 3], [3, 2, 1]).eval())
        [False  True False]
    """
    return apply(Equal(), x, y, name=name)


def not_equal(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Test x != y element-wise (the operator `!=` of tensors compares identity).

    Args:
        x, y: numeric, string or bool tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Returns:
        A bool tensor of the broadcast shape.

    Example:
        >>> print(tf.not_equal([1, 2, 3], [3, 2, 1]).eval())
        [ True False  True]
    """
    return apply(NotEqual(), x, y, name=name)


def less(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Test x < y element-wise, the operator `<`.

    Args:
        x, y: real tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Returns:
        A bool tensor of the broadcast shape.

    Example:
        >>> print(tf.less([1, 2, 3], 2).eval())
        [ True False False]
    """
    return apply(Less(), x, y, name=name)


def less_equal(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Test x <= y element-wise, the operator `<=`.

    Args:
        x, y: real tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Returns:
        A bool tensor of the broadcast shape.

    Example:
        >>> print(tf.less_equal([1, 2, 3], 2).eval())
        [ True  True False]
    """
    return apply(LessEqual(), x, y, name=name)


def greater(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Test x > y element-wise, the operator `>`.

    Args:
        x, y: real tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Returns:
        A bool tensor of the broadcast shape.

    Example:
        >>> print(tf.greater([1, 2, 3], 2).eval())
        [False False  True]
    """
    return apply(Greater(), x, y, name=name)


def greater_equal(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Test x >= y element-wise, the operator `>=`.

    Args:
        x, y: real tensors of one type, of shapes that broadcast.
        name: the name of the node.

    Returns:
        A bool tensor of the broadcast shape.

    Example:
        >>> print(tf.greater_equal([1, 2, 3], 2).eval())
        [False  True  True]
    """
    return apply(GreaterEqual(), x, y, name=name)


def logical_and(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute the logical and of x and y element-wise, the operator `&`.

    Args:
        x, y: bool tensors, of shapes that broadcast.
        name: the name of the node.

    Returns:
        A bool tensor of the broadcast shape.

    Example:
        >>> print(tf.logical_and([True, True], [True, False]).eval())
        [ True False]
    """
    return apply(LogicalAnd(), x, y, name=name)


def logical_or(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Compute the logical or of x and y element-wise, the operator `|`.

    Args:
        x, y: bool tensors, of shapes that broadcast.
        name: the name of the node.

    Returns:
        A bool tensor of the broadcast shape.

    Example:
        >>> print(tf.logical_or([False, True], [False, False]).eval())
        [False  True]
    """
    return apply(LogicalOr(), x, y, name=name)


def logical_not(x: Any, name: str | None = None) -> Tensor:
    """Compute the logical negation of x element-wise, the operator `~x`.

    Args:
        x: a bool tensor.
        name: the name of the node.

    Example:
        >>> print(tf.logical_not([True, False]).eval())
        [False  True]
    """
    return apply(LogicalNot(), x, name=name)


def logical_xor(x: Any, y: Any, name: str = "LogicalXor") -> Tensor:
    """Compute the exclusive or of x and y element-wise, the operator `^`.

    Args:
        x, y: bool tensors, of shapes that broadcast.
        name: the name of the last of the four nodes.

    Example:
        >>> print(tf.logical_xor([True, True], [True, False]).eval())
        [False  True]
    """
    return logical_and(logical_or(x, y), logical_not(logical_and(x, y)), name=name)


def approximate_equal(x: Any, y: Any, tolerance: float = 1e-5, name: str | None = None) -> Tensor:
    """Test abs(x - y) < tolerance element-wise.

    Args:
        x, y: numeric tensors of one type and shape.
        tolerance: a Python number.
        name: the name of the node.

    Example:
        >>> from minigraph.ops.math.comparison import approximate_equal
        >>> print(sess.run(approximate_equal([1.0, 2.0], [1.0, 2.1])))
        [ True False]
    """
    return apply(ApproximateEqual(tolerance), x, y, name=name)
