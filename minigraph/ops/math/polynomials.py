"""`polyval`, and the number next to another."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import filled_like

__all__ = ["nextafter", "polyval"]


class NextAfter(OpDef):
    """The next number that the type has after x1, towards x2."""

    inputs = ("x1: T", "x2: T")
    allowed = {"T": (dtypes.float64, dtypes.float32)}
    gradient = no_gradient

    def kernel(self, xp, x1, x2):
        return np.nextafter(x1, x2)


def nextafter(x1: Any, x2: Any, name: str | None = None) -> Tensor:
    """Return the next number that the type has after `x1`, towards `x2`, element-wise.

    Example:
        >>> print((tf.math.nextafter(1.0, 2.0) - 1.0).eval() == np.finfo(np.float32).eps)
        True
    """
    return apply(NextAfter(), x1, x2, name=name)


def polyval(coeffs: Any, x: Any, name: str | None = None) -> Tensor:
    """Evaluate a polynomial element-wise.

    Args:
        coeffs: a list of coefficients, tensors or numbers, that of the highest power first.
        x: a tensor.
        name: the name scope.

    Returns:
        A tensor of the broadcast shape; zeros if there are no coefficients.

    Example:
        >>> print(tf.math.polyval([1.0, 0.0, -2.0], [1.0, 3.0]).eval())
        [-1.  7.]
    """
    with atomic_scope(name, "polyval", [each for each in [*coeffs, x] if isinstance(each, Tensor)]) as scope:
        x = convert_to_tensor(x, name="x")
        if not len(coeffs):
            return filled_like.zeros_like(x, name=scope)
        first, *others = [convert_to_tensor(c, name=f"coeff_{i}") for i, c in enumerate(coeffs)]
        for coefficient in others:
            first = coefficient + first * x
        return first
