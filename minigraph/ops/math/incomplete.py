"""The incomplete gamma and beta functions, Hurwitz's zeta function, and the logarithm of the beta function."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.graph.shape_rules import merge
from minigraph.ops.math import continued_fractions, reductions
from minigraph.ops.math.special import lgamma

__all__ = ["betainc", "igamma", "igammac", "igamma_grad_a", "lbeta", "zeta"]

_SINGLE_AND_DOUBLE = (dtypes.float32, dtypes.float64)


class _OfGamma(OpDef, base=True):
    """Base: a function of a and x, computed in double precision."""

    inputs = ("a", "x")
    allowed = {"T": _SINGLE_AND_DOUBLE}

    def kernel(self, xp, a, x):
        a, x = (np.asarray(v) for v in (a, x))
        wide = np.broadcast_arrays(a.astype(np.float64), x.astype(np.float64))
        return self.compute(*wide).astype(x.dtype)

    def compute(self, a: Any, x: Any) -> Any:
        """Compute the function for arrays of doubles of one shape."""
        raise NotImplementedError


class IgammaGradA(_OfGamma, output="z"):
    """The derivative of the lower incomplete gamma function by its parameter."""

    gradient = no_gradient

    def compute(self, a, x):
        return continued_fractions.gamma_parts(a, x)[2]


def igamma_grad_a(a: Any, x: Any, name: str | None = None) -> Tensor:
    """Compute the derivative of `tf.igamma(a, x)` by a, element-wise."""
    return apply(IgammaGradA(), a, x, name=name)


class Igamma(_OfGamma, output="z"):
    """The regularized lower incomplete gamma function P(a, x)."""

    def compute(self, a, x):
        return continued_fractions.gamma_parts(a, x)[0]

    def gradient(self, tf, dy, y, a, x):
        of_a, of_x = tf.full_axes(a, x)
        with control_dependencies([dy]):
            by_a = igamma_grad_a(a, x)
            by_x = tf.exp(-x + (a - 1) * tf.log(x) - tf.lgamma(a))
            return tf.reduce_to(by_a * dy, *of_a), tf.reduce_to(by_x * dy, *of_x)


class Igammac(_OfGamma, output="z"):
    """The regularized upper incomplete gamma function Q(a, x) = 1 - P(a, x)."""

    def compute(self, a, x):
        return continued_fractions.gamma_parts(a, x)[1]

    def gradient(self, tf, dy, y, a, x):
        by_a, by_x = Igamma.gradient(self, tf, dy, y, a, x)  # type: ignore[arg-type]
        return -by_a, -by_x


class Betainc(OpDef, output="z"):
    """The regularized incomplete beta function I_x(a, b)."""

    inputs = ("a", "b", "x")
    allowed = {"T": _SINGLE_AND_DOUBLE}

    def shape(self, a, b, x):
        shapes = [shape for shape in (a, b, x) if shape.ndims != 0]
        result = shapes[0] if shapes else a
        for other in shapes[1:]:
            result = merge(result, other)
        return result

    def kernel(self, xp, a, b, x):
        wide = np.broadcast_arrays(*[np.asarray(v).astype(np.float64) for v in (a, b, x)])
        return continued_fractions.incomplete_beta(*wide).astype(np.asarray(x).dtype)

    def gradient(self, tf, dy, y, a, b, x):
        _, of_x = tf.full_axes(a, x)
        log_beta = tf.lgamma(a) + tf.lgamma(b) - tf.lgamma(a + b)
        by_x = tf.exp((b - 1) * tf.log(1 - x) + (a - 1) * tf.log(x) - log_beta)
        return None, None, tf.reduce_to(by_x * dy, *of_x)


class Zeta(OpDef, output="z"):
    """Hurwitz's zeta function: the sum of (q + n) ** -x over n from 0."""

    inputs = ("x", "q")
    allowed = {"T": _SINGLE_AND_DOUBLE}

    def kernel(self, xp, x, q):
        wide = np.broadcast_arrays(*[np.asarray(v).astype(np.float64) for v in (x, q)])
        return continued_fractions.hurwitz_zeta(*wide).astype(np.asarray(x).dtype)

    def gradient(self, tf, dy, y, x, q):
        _, of_q = tf.full_axes(x, q)
        with control_dependencies([dy]):
            x, q = tf.conj(x), tf.conj(q)
            return None, tf.reduce_to(-x * tf.zeta(x + 1, q) * dy, *of_q)


def igamma(a: Any, x: Any, name: str | None = None) -> Tensor:
    """Compute the regularized lower incomplete gamma function P(a, x) element-wise.

    Args:
        a, x: tensors of one type, float32 or float64, of shapes that can be broadcast; positive.
        name: the name of the node.

    Example:
        >>> print(round(float(tf.igamma(1.0, 1.0).eval()), 5))  # 1 - exp(-1)
        0.63212
    """
    return apply(Igamma(), a, x, name=name)


def igammac(a: Any, x: Any, name: str | None = None) -> Tensor:
    """Compute the regularized upper incomplete gamma function Q(a, x) = 1 - P(a, x) element-wise.

    Example:
        >>> print(round(float(tf.igammac(1.0, 1.0).eval()), 5))  # exp(-1)
        0.36788
    """
    return apply(Igammac(), a, x, name=name)


def betainc(a: Any, b: Any, x: Any, name: str | None = None) -> Tensor:
    """Compute the regularized incomplete beta function I_x(a, b) element-wise.

    Args:
        a, b, x: tensors of one type, float32 or float64, and of one shape; some may be scalars. a and b are positive, x
            is between 0 and 1.
        name: the name of the node.

    Example:
        >>> print(tf.betainc(1.0, 1.0, 0.25).eval())
        0.25
    """
    return apply(Betainc(), a, b, x, name=name)


def zeta(x: Any, q: Any, name: str | None = None) -> Tensor:
    """Compute Hurwitz's zeta function element-wise: the sum of (q + n) ** -x over n from 0.

    Example:
        >>> print(round(float(tf.zeta(2.0, 1.0).eval()), 5))  # pi ** 2 / 6
        1.64493
    """
    return apply(Zeta(), x, q, name=name)


def lbeta(x: Any, name: str | None = None) -> Tensor:
    """Compute the logarithm of the beta function of the numbers along the last axis.

    Args:
        x: a tensor of a float type, of rank 1 or more.
        name: the name scope.

    Returns:
        The sum of lgamma(x) minus lgamma(the sum of x); of the shape of `x` without the last axis.

    Example:
        >>> print(round(float(tf.exp(tf.lbeta([2.0, 3.0])).eval()), 5))  # 1! 2! / 4!
        0.08333
    """
    with atomic_scope(name, "lbeta", [x]):
        x = convert_to_tensor(x, name="x")
        logs = reductions.reduce_sum(lgamma(x), axis=[-1])
        return logs - lgamma(reductions.reduce_sum(x, axis=[-1]))
