"""Special functions: the error function, and the logarithm of the gamma function and its derivatives."""

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.ops.math.elementwise import Smooth

__all__ = ["erf", "erfc", "lgamma", "digamma", "polygamma"]


def _ratio_of(numerator: str, denominator: str) -> Callable:
    """Return the quotient of two polynomials, each given by its coefficients, the lowest power first."""
    polynomials = [np.polynomial.Polynomial([float(c) for c in text.split()]) for text in (numerator, denominator)]
    return lambda x: polynomials[0](x) / polynomials[1](x)


# Rational approximations of the error function on four intervals, to the last bits of a double: Sun Microsystems'
# fdlibm (1993).
_NEAR_0 = _ratio_of(
    "1.28379167095512558561e-01 -3.25042107247001499370e-01 -2.84817495755985104766e-02 -5.77027029648944159157e-03 "
    "-2.37630166566501626084e-05",
    "1.0 3.97917223959155352819e-01 6.50222499887672944485e-02 5.08130628187576562776e-03 1.32494738004321644526e-04 "
    "-3.96022827877536812320e-06",
)
_NEAR_1 = _ratio_of(
    "-2.36211856075265944077e-03 4.14856118683748331666e-01 -3.72207876035701323847e-01 3.18346619901161753674e-01 "
    "-1.10894694282396677476e-01 3.54783043256182359371e-02 -2.16637559486879084300e-03",
    "1.0 1.06420880400844228286e-01 5.40397917702171048937e-01 7.18286544141962662868e-02 1.26171219808761642112e-01 "
    "1.36370839120290507362e-02 1.19844998467991074170e-02",
)
_MIDDLE = _ratio_of(
    "-9.86494403484714822705e-03 -6.93858572707181764372e-01 -1.05586262253232909814e01 -6.23753324503260060396e01 "
    "-1.62396669462573470355e02 -1.84605092906711035994e02 -8.12874355063065934246e01 -9.81432934416914548592e00",
    "1.0 1.96512716674392571292e01 1.37657754143519042600e02 4.34565877475229228821e02 6.45387271733267880336e02 "
    "4.29008140027567833386e02 1.08635005541779435134e02 6.57024977031928170135e00 -6.04244152148580987438e-02",
)
_FAR = _ratio_of(
    "-9.86494292470009928597e-03 -7.99283237680523006574e-01 -1.77579549177547519889e01 -1.60636384855821916062e02 "
    "-6.37566443368389627722e02 -1.02509513161107724954e03 -4.83519191608651397019e02",
    "1.0 3.03380607434824582924e01 3.25792512996573918826e02 1.53672958608443695994e03 3.19985821950859553908e03 "
    "2.55305040643316442583e03 4.74528541206955367215e02 -2.24409524465858183362e01",
)
_ERF_1 = 8.45062911510467529297e-01


def _erfc_tail(x: Any) -> Any:
    """Return erfc(x) for x of 1.25 or more."""
    x = np.minimum(x, 28.0)  # beyond, the result is zero
    s = 1.0 / (x * x)
    ratio = np.where(x < 1 / 0.35, _MIDDLE(s), _FAR(s))
    high = x.astype(np.float32).astype(np.float64)  # x**2 in two parts, so that the exponential keeps its precision
    return np.exp(-high * high - 0.5625) * np.exp((high - x) * (high + x) + ratio) / x


def _erf(x: Any) -> Any:
    x = np.asarray(x, np.float64)
    size = np.abs(x)
    near = size + size * _NEAR_0(size * size)
    middle = _ERF_1 + _NEAR_1(size - 1.0)
    far = 1.0 - _erfc_tail(np.maximum(size, 1.25))
    return np.sign(x) * np.where(size < 0.84375, near, np.where(size < 1.25, middle, far))


def _erfc(x: Any) -> Any:
    x = np.asarray(x, np.float64)
    tail = _erfc_tail(np.maximum(np.abs(x), 1.25))
    return np.where(np.abs(x) < 1.25, 1.0 - _erf(np.clip(x, -1.25, 1.25)), np.where(x > 0, tail, 2.0 - tail))


# Lanczos' approximation of the gamma function with g = 7 (Numerical Recipes, third edition, section 6.1)
_LANCZOS = [
    0.99999999999980993,
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7,
]


def lgamma_of(x: Any) -> Any:
    """Return the logarithm of the absolute value of gamma, float64; infinite at its poles."""
    x = np.asarray(x, np.float64)
    low = x < 0.5
    z = np.where(low, 1.0 - x, x) - 1.0
    total = _LANCZOS[0] + sum(c / (z + i) for i, c in enumerate(_LANCZOS[1:], 1))
    t = z + 7.5
    value = 0.5 * np.log(2 * np.pi) + (z + 0.5) * (np.log(t) - 1) - 7.0 + np.log(total)
    value = np.where(low, np.log(np.pi / np.abs(np.sin(np.pi * x))) - value, value)
    return np.where(_is_pole(x) | np.isinf(x), np.inf, value)


def _is_pole(x: Any) -> Any:
    """Return True where x is 0 or a negative integer."""
    return (x <= 0) & (x == np.floor(x))


def _polygamma(n: int, x: Any) -> Any:
    """Return the n-th derivative of digamma for n of 1 or more; infinite at its poles, as in TF1."""
    x = np.asarray(x, np.float64)
    low = x < 0.5
    value = _zeta_sum(n, np.where(low, 1.0 - x, x))
    # Reflection: the n-th derivative of pi * cot(pi * x), a polynomial in the cotangent
    turned = np.polynomial.Polynomial([0.0, 1.0])
    for _ in range(n):
        turned = turned.deriv() * np.polynomial.Polynomial([-1.0, 0.0, -1.0])
    cotangent = 1.0 / np.tan(np.pi * np.where(low, x, 0.25))
    reflected = (-1.0) ** n * value - np.pi ** (n + 1) * turned(cotangent)
    return np.where(_is_pole(x), (-1.0) ** (n + 1) * np.inf, np.where(low, reflected, value))


def _zeta_sum(n: int, x: Any) -> Any:
    """Return the sum over k of (-1)**(n+1) n! / (x + k)**(n+1), for x of 0.5 or more."""
    sign, factorial = (-1.0) ** (n + 1), float(np.prod(np.arange(1, n + 1)))
    total = np.zeros_like(x)
    for k in range(20):
        total = total + factorial / (x + k) ** (n + 1)
    y = x + 20
    # Euler and Maclaurin: the rest of the sum
    rest = factorial / (n * y**n) + factorial / (2 * y ** (n + 1))
    term = factorial * (n + 1) / y ** (n + 2)
    for k, bernoulli in enumerate((1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66), 1):
        double = float(np.prod(np.arange(1, 2 * k + 1)))
        rest = rest + bernoulli / double * term
        term = term * (n + 2 * k) * (n + 2 * k + 1) / (y * y)
    return sign * (total + rest)


def digamma_of(x: Any) -> Any:
    """Return the derivative of the logarithm of gamma, float64."""
    x = np.asarray(x, np.float64)
    low = x < 0.5
    y = np.where(low, 1.0 - x, x)
    shift = np.zeros_like(y)
    for k in range(8):
        shift = shift - 1.0 / (y + k)
    z = y + 8
    s = 1.0 / (z * z)
    value = np.log(z) - 0.5 / z - s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s * (1 / 132)))))
    value = value + shift
    reflected = value - np.pi / np.tan(np.pi * np.where(low, x, 0.25))
    return np.where(_is_pole(x) | np.isinf(x), np.inf, np.where(low, reflected, value))


class _Special(Smooth, output="y"):
    allowed = {"T": dtypes.FLOATS}
    compute: ClassVar[Callable]

    def kernel(self, xp, x):
        return self.compute(x).astype(x.dtype)


def _bell(tf: Any, dy: Tensor, x: Any, factor: float) -> Tensor:
    scale = tf.constant(factor, dtype=dy.dtype)
    with control_dependencies([dy]):
        x = tf.conj(x)
        return dy * scale * tf.exp(-tf.square(x))


class Erf(_Special):
    """The error function: 2 / sqrt(pi) times the integral of exp(-t**2) from 0 to x."""

    compute = staticmethod(_erf)

    def gradient(self, tf, dy, y, x):
        return _bell(tf, dy, x, 2 / np.sqrt(np.pi))


class Erfc(_Special):
    """1 - erf(x)"""

    compute = staticmethod(_erfc)

    def gradient(self, tf, dy, y, x):
        return _bell(tf, dy, x, -2 / np.sqrt(np.pi))


class Lgamma(_Special):
    """log(|gamma(x)|)"""

    compute = staticmethod(lgamma_of)

    def chain(self, tf, dy, y, x):
        return dy * tf.digamma(tf.conj(x))


class Digamma(_Special):
    """The derivative of log(gamma(x))."""

    compute = staticmethod(digamma_of)

    def chain(self, tf, dy, y, x):
        x = tf.conj(x)
        return dy * tf.polygamma(tf.constant(1, dtype=x.dtype), x)


class Polygamma(OpDef, output="z"):
    """The a-th derivative of digamma, for whole numbers a of 1 or more."""

    inputs = ("a", "x")
    allowed = {"T": (dtypes.float32, dtypes.float64)}

    def kernel(self, xp, a, x):
        a, x = np.broadcast_arrays(a, x)
        result = np.full(x.shape, np.nan)
        for n in np.unique(a):
            if n >= 1 and n == int(n):
                result = np.where(a == n, _polygamma(int(n), x), result)
            elif n == 0:
                result = np.where(a == 0, digamma_of(x), result)
        return result.astype(x.dtype)

    def gradient(self, tf, dy, y, a, x):
        _, of_x = tf.full_axes(a, x)
        with control_dependencies([dy]):
            slope = tf.polygamma(tf.conj(a) + 1, tf.conj(x))
            return None, tf.reduce_to(slope * dy, *of_x)


def erf(x: Any, name: str | None = None) -> Tensor:
    """Compute the error function element-wise.

    Example:
        >>> print(round(float(tf.erf(0.5).eval()), 5))
        0.5205
    """
    return apply(Erf(), x, name=name)


def erfc(x: Any, name: str | None = None) -> Tensor:
    """Compute 1 - erf(x) element-wise, accurate for large x.

    Example:
        >>> print(round(float(tf.erfc(0.5).eval()), 5))
        0.4795
    """
    return apply(Erfc(), x, name=name)


def lgamma(x: Any, name: str | None = None) -> Tensor:
    """Compute the logarithm of |gamma(x)| element-wise.

    Example:
        >>> print(round(float(tf.exp(tf.lgamma(5.0)).eval()), 3))
        24.0
    """
    return apply(Lgamma(), x, name=name)


def digamma(x: Any, name: str | None = None) -> Tensor:
    """Compute the derivative of log(gamma(x)) element-wise.

    Example:
        >>> print(round(float(tf.digamma(1.0).eval()), 4))
        -0.5772
    """
    return apply(Digamma(), x, name=name)


def polygamma(a: Any, x: Any, name: str | None = None) -> Tensor:
    """Compute the a-th derivative of digamma at positive x, element-wise.

    Example:
        >>> print(round(float(tf.polygamma(1.0, 1.0).eval()), 4))
        1.6449
    """
    return apply(Polygamma(), a, x, name=name)
