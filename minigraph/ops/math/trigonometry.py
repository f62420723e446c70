"""Trigonometric functions and their inverses."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import need_kernel
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.graph.type_lists import SIGNED
from minigraph.ops.math.elementwise import Elementwise, Smooth

__all__ = ["acos", "asin", "atan", "atan2", "cos", "sin", "tan"]


class Atan2(Elementwise, output="z"):
    """The angle of the point (x, y)."""

    inputs = ("y", "x")
    allowed = {"T": dtypes.FLOATS}
    function = "arctan2"

    def gradient(self, tf, dz, z, y, x):
        # TF1 forgets to sum over broadcast axes here; with equal shapes the nodes are TF1's.
        with control_dependencies([dz]):
            part = dz / (tf.square(x) + tf.square(y))
            dy, dx = x * part, -y * part
        if y.shape.is_fully_defined() and x.shape.is_fully_defined() and y.shape.tuple == x.shape.tuple:
            return dy, dx
        of_y, of_x = tf.full_axes(y, x)
        return tf.reduce_to(dy, *of_y), tf.reduce_to(dx, *of_x)


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


class _OfFloats(Smooth, output="y"):
    """Base: integers are allowed, as in TF1, which has no kernel for them."""

    allowed = {"T": SIGNED}

    def kernel(self, xp, x):
        need_kernel(self, x, "fc")
        return super().kernel(xp, x)


class Sin(Smooth, output="y"):
    """The sine."""

    function = "sin"

    def chain(self, tf, dy, y, x):
        return dy * tf.cos(tf.conj(x))


class Cos(Smooth, output="y"):
    """The cosine."""

    function = "cos"

    def chain(self, tf, dy, y, x):
        x = tf.conj(x)
        return -dy * tf.sin(x)


class Tan(_OfFloats):
    """The tangent."""

    function = "tan"

    def chain(self, tf, dy, y, x):
        return tf.square(tf.reciprocal(tf.cos(tf.conj(x)))) * dy


class Asin(_OfFloats):
    """The arcsine."""

    function = "arcsin"

    def chain(self, tf, dy, y, x):
        return dy * _inverse_root(tf, x, dy)


class Acos(_OfFloats):
    """The arccosine."""

    function = "arccos"

    def chain(self, tf, dy, y, x):
        inverse = _inverse_root(tf, x, dy)  # before the negation, as in TF1
        return -dy * inverse


def _inverse_root(tf: Any, x: Tensor, dy: Tensor) -> Tensor:
    """Return 1 / sqrt(1 - x**2)."""
    squared = tf.square(tf.conj(x))
    return tf.reciprocal(tf.sqrt(tf.subtract(tf.constant(1, dtype=dy.dtype), squared)))


class Atan(_OfFloats):
    """The arctangent."""

    function = "arctan"

    def chain(self, tf, dy, y, x):
        squared = tf.square(tf.conj(x))
        return dy * tf.reciprocal(tf.add(tf.constant(1, dtype=dy.dtype), squared))


def sin(x: Any, name: str | None = None) -> Tensor:
    """Compute the sine.

    Args:
        x: a float or complex tensor of angles in radians.
        name: the name of the node.

    Example:
        >>> print(tf.sin([0.0, 1.5707964]).eval())
        [0. 1.]
    """
    return apply(Sin(), x, name=name)


def cos(x: Any, name: str | None = None) -> Tensor:
    """Compute the cosine.

    Args:
        x: a float or complex tensor of angles in radians.
        name: the name of the node.

    Example:
        >>> print(tf.cos([0.0, 3.1415927]).eval())
        [ 1. -1.]
    """
    return apply(Cos(), x, name=name)


def tan(x: Any, name: str | None = None) -> Tensor:
    """Compute the tangent.

    Args:
        x: a float or complex tensor of angles in radians.
        name: the name of the node.

    Example:
        >>> print(tf.tan([0.0, 1.0]).eval().round(4))
        [0.     1.5574]
    """
    return apply(Tan(), x, name=name)


def asin(x: Any, name: str | None = None) -> Tensor:
    """Compute the arcsine, in radians between -pi/2 and pi/2.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.asin([0.0, 1.0]).eval().round(4))
        [0.     1.5708]
    """
    return apply(Asin(), x, name=name)


def acos(x: Any, name: str | None = None) -> Tensor:
    """Compute the arccosine, in radians between 0 and pi.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.acos([1.0, -1.0]).eval().round(4))
        [0.     3.1416]
    """
    return apply(Acos(), x, name=name)


def atan(x: Any, name: str | None = None) -> Tensor:
    """Compute the arctangent, in radians between -pi/2 and pi/2.

    Args:
        x: a float or complex tensor.
        name: the name of the node.

    Example:
        >>> print(tf.atan([0.0, 1.0]).eval().round(4))
        [0.     0.7854]
    """
    return apply(Atan(), x, name=name)
