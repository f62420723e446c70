"""Rounding, and predicates on floating point numbers."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.type_lists import SIGNED
from minigraph.ops.math.elementwise import Elementwise

__all__ = ["floor", "ceil", "rint", "round", "is_nan", "is_inf", "is_finite"]


class _Step(Elementwise, output="y"):
    """A function that is constant between steps: its gradient is None, as in TF1."""

    inputs = ("x",)
    allowed = {"T": dtypes.FLOATS}
    gradient = no_gradient


class Floor(_Step):
    """The largest integer that is not above x."""

    function = "floor"


class Ceil(_Step):
    """The smallest integer that is not below x."""

    function = "ceil"


class Rint(_Step):
    """The nearest integer; a half is rounded to even."""

    function = "rint"


class Round(_Step):
    """The nearest integer; a half is rounded to even."""

    allowed = {"T": SIGNED}

    def kernel(self, xp, x):
        return x if x.dtype.kind == "i" else xp.rint(x)


class _Test(_Step):
    """Base: a predicate on each element."""

    outputs = ("y: bool",)


class IsNan(_Test):
    """True where x is NaN."""

    function = "isnan"


class IsInf(_Test):
    """True where x is infinite."""

    function = "isinf"


class IsFinite(_Test):
    """True where x is neither infinite nor NaN."""

    function = "isfinite"


def floor(x: Any, name: str | None = None) -> Tensor:
    """Round down.

    Args:
        x: a float tensor.
        name: the name of the node.

    Example:
        >>> print(tf.floor([-1.5, 1.5]).eval())
        [-2.  1.]
    """
    return apply(Floor(), x, name=name)


def ceil(x: Any, name: str | None = None) -> Tensor:
    """Round up.

    Args:
        x: a float tensor.
        name: the name of the node.

    Example:
        >>> print(tf.ceil([-1.5, 1.5]).eval())
        [-1.  2.]
    """
    return apply(Ceil(), x, name=name)


def rint(x: Any, name: str | None = None) -> Tensor:
    """Round to the nearest integer, halves to even.

    Args:
        x: a float tensor.
        name: the name of the node.

    Example:
        >>> print(tf.rint([0.5, 1.5, 1.6]).eval())
        [0. 2. 2.]
    """
    return apply(Rint(), x, name=name)


def round(x: Any, name: str | None = None) -> Tensor:
    """Round to the nearest integer, halves to even ("banker's rounding"); integers are returned unchanged.

    Args:
        x: a numeric tensor.
        name: the name of the node.

    Example:
        >>> print(tf.round([0.9, 2.5, 3.5]).eval())
        [1. 2. 4.]
    """
    with get_default_graph().atomic():
        x = convert_to_tensor(x, name="x")
        return x if x.dtype.is_integer else apply(Round(), x, name=name)


def is_nan(x: Any, name: str | None = None) -> Tensor:
    """Test for NaN element-wise.

    Args:
        x: a float tensor.
        name: the name of the node.

    Example:
        >>> print(tf.is_nan([1.0, float('nan')]).eval())
        [False  True]
    """
    return apply(IsNan(), x, name=name)


def is_inf(x: Any, name: str | None = None) -> Tensor:
    """Test for infinity element-wise.

    Args:
        x: a float tensor.
        name: the name of the node.

    Example:
        >>> print(tf.is_inf([1.0, float('-inf')]).eval())
        [False  True]
    """
    return apply(IsInf(), x, name=name)


def is_finite(x: Any, name: str | None = None) -> Tensor:
    """Test element-wise for numbers that are neither infinite nor NaN.

    Args:
        x: a float tensor.
        name: the name of the node.

    Example:
        >>> print(tf.is_finite([1.0, float('inf')]).eval())
        [ True False]
    """
    return apply(IsFinite(), x, name=name)
