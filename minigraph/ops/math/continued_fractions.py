"""Incomplete gamma and beta functions, and Hurwitz's zeta function, of arrays of doubles.

Series and continued fractions of Numerical Recipes (third edition, sections 6.2 and 6.4), for all elements at once. A
derivative by a parameter is the imaginary part for a parameter with a tiny one: no difference is taken, no digit lost.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.ops.math.special import digamma_of, lgamma_of

STEP = 1e-30  # the imaginary part by which parameters are differentiated
_TINY = 1e-300
_EPSILON = 1e-16
_TERMS = 100_000


def gamma_parts(a: Any, x: Any) -> tuple:
    """Return P(a, x), Q(a, x) and the derivative of P by a; NaN outside of a > 0 and x >= 0.

    Example:
        >>> [part.round(6).tolist() for part in gamma_parts(np.array([1.0]), np.array([1.0]))[:2]]
        [[0.632121], [0.367879]]
    """
    lower, upper, slope = (np.full(x.shape, np.nan) for _ in range(3))
    valid = (a > 0) & (x > 0) & np.isfinite(x)
    by_series = valid & (x < a + 1)
    with np.errstate(all="ignore"):
        for chosen, function in ((by_series, _series), (valid & ~by_series, _fraction)):
            if chosen.any():
                lower[chosen], upper[chosen], slope[chosen] = function(a[chosen], x[chosen])
    for edge, value in (((a > 0) & (x == 0), 0.0), ((a > 0) & (x == np.inf), 1.0), ((a == 0) & (x > 0), 1.0)):
        lower[edge], upper[edge], slope[edge] = value, 1.0 - value, 0.0
    return lower, upper, slope


def gamma_sample_slope(a: Any, x: Any) -> Any:
    """Return the derivative by a of a sample x of the gamma distribution, by implicit differentiation."""
    _, _, slope = gamma_parts(a, x)
    with np.errstate(all="ignore"):
        return -slope / np.exp((a - 1) * np.log(x) - x - lgamma_of(a))


def _factor(a: Any, x: Any) -> tuple:
    """Return x ** a * exp(-x) / gamma(a), and its derivative by a."""
    value = np.exp(a * np.log(x) - x - lgamma_of(a))
    return value, value * (np.log(x) - digamma_of(a))


def _series(a: Any, x: Any) -> tuple:
    """Return P, Q and the slope of P by the power series, for x below a + 1."""
    shifted = a + 1j * STEP
    term = total = 1 / shifted
    for n in range(1, _TERMS):
        term = term * x / (shifted + n)
        total = total + term
        if _is_small(term, total):
            break
    factor, factor_slope = _factor(a, x)
    lower = factor * total.real
    return lower, 1 - lower, factor_slope * total.real + factor * total.imag / STEP


def _is_small(change: Any, value: Any, times: float = 1) -> bool:
    """Return True if changes are below the precision of values, in the real and in the imaginary part."""
    parts = (change.real, value.real), (change.imag, value.imag)
    return all(bool((np.abs(part) <= np.abs(whole) * _EPSILON * times).all()) for part, whole in parts)


def _fraction(a: Any, x: Any) -> tuple:
    """Return P, Q and the slope of P by the continued fraction, for x of a + 1 or more."""
    shifted = a + 1j * STEP
    b = x + 1 - shifted
    value = lentz(b, lambda n: (-n * (n - shifted), b + 2 * n))
    factor, factor_slope = _factor(a, x)
    upper = factor * value.real
    return 1 - upper, upper, -(factor_slope * value.real + factor * value.imag / STEP)


def lentz(first: Any, coefficients: Callable) -> Any:
    """Return 1 / (first + a1 / (b1 + a2 / (b2 + …))), with `coefficients(n)` = (an, bn), by Lentz's method.

    Example:
        >>> round(float(lentz(np.array([1.0]), lambda n: (1.0, 1.0))[0]), 6)  # the golden section
        0.618034
    """
    c, d = np.full_like(first, 1 / _TINY), 1 / first
    value = d
    for n in range(1, _TERMS):
        over, under = coefficients(n)
        d = 1 / _not_zero(over * d + under)
        c = _not_zero(under + over / c)
        change = c * d
        value = value * change
        if _is_small(change - 1, value, 10):
            break
    return value


def _not_zero(x: Any) -> Any:
    return np.where(np.abs(x) < _TINY, _TINY, x)


def incomplete_beta(a: Any, b: Any, x: Any) -> Any:
    """Return I_x(a, b); NaN outside of positive a and b and 0 <= x <= 1.

    Example:
        >>> incomplete_beta(np.array([2.0]), np.array([1.0]), np.array([0.5])).round(12).tolist()
        [0.25]
    """
    result = np.where((a > 0) & (b > 0) & ((x == 0) | (x == 1)), x, np.nan)
    inside = (a > 0) & (b > 0) & (x > 0) & (x < 1)
    if inside.any():
        result[inside] = _beta_inside(a[inside], b[inside], x[inside])
    return result


def _beta_inside(a: Any, b: Any, x: Any) -> Any:
    flip = x >= (a + 1) / (a + b + 2)  # there the fraction of the other side converges fast
    a, b, x = np.where(flip, b, a), np.where(flip, a, b), np.where(flip, 1 - x, x)

    def coefficients(n: int) -> tuple:
        m, odd = divmod(n, 2)
        if odd:
            return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), np.ones_like(x)
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), np.ones_like(x)

    scale = np.exp(lgamma_of(a + b) - lgamma_of(a) - lgamma_of(b) + a * np.log(x) + b * np.log1p(-x)) / a
    value = scale * lentz(np.ones_like(x), coefficients)
    return np.where(flip, 1 - value, value)


def hurwitz_zeta(x: Any, q: Any) -> Any:
    """Return the sum of (q + n) ** -x over n from 0, by the sum of Euler and Maclaurin; NaN for x below 1.

    Example:
        >>> hurwitz_zeta(np.array([2.0]), np.array([1.0])).round(6).tolist()
        [1.644934]
    """
    with np.errstate(all="ignore"):
        total = sum(np.power(q + n, -x) for n in range(20))
        end = q + 20
        total = total + np.power(end, 1 - x) / (x - 1) + 0.5 * np.power(end, -x)
        term = x * np.power(end, -x - 1)
        for k, (bernoulli, factorial) in enumerate(_BERNOULLI, 1):
            total = total + bernoulli / factorial * term
            term = term * (x + 2 * k - 1) * (x + 2 * k) / (end * end)
        is_pole = (q <= 0) & (q == np.floor(q))
        undefined = (x < 1) | ((q <= 0) & (x != np.floor(x)))
        return np.where(x == 1, np.inf, np.where(undefined, np.nan, np.where(is_pole, np.inf, total)))


_BERNOULLI = [(1 / 6, 2), (-1 / 30, 24), (1 / 42, 720), (-1 / 30, 40320), (5 / 66, 3628800), (-691 / 2730, 479001600)]
