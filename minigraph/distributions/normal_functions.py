"""The cumulative normal distribution, its logarithm and its inverse; that of the Laplace distribution."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import constant, fill, filled_like, shape_ops
from minigraph.ops.arrays.where_v2 import where_v2
from minigraph.ops.math import comparison, exponential, maximum_minimum, powers, signs, special

__all__ = ["log_cdf_laplace", "log_ndtr", "ndtr", "ndtri"]

# Rational approximations of the quantile function in three regions, the lowest power last: Cephes, ndtri.c (Moshier)
_MIDDLE = (
    "-59.9633501014107895267 98.0010754185999661536 -56.6762857469070293439 13.9312609387279679503 "
    "-1.23916583867381258016",
    "1 1.95448858338141759834 4.67627912898881538453 86.3602421390890590575 -225.462687854119370527 "
    "200.260212380060660359 -82.0372256168333339912 15.9056225126211695515 -1.18331621121330003142",
)
_OUTER = (
    "4.05544892305962419923 31.5251094599893866154 57.1628192246421288162 44.0805073893200834700 "
    "14.6849561928858024014 2.18663306850790267539 -0.140256079171354495875 -0.0350424626827848203418 "
    "-0.000857456785154685413611",
    "1 15.7799883256466749731 45.3907635128879210584 41.3172038254672030440 15.0425385692907503408 "
    "2.50464946208309415979 -0.142182922854787788574 -0.0380806407691578277194 -0.000933259480895457427372",
)
_TAIL = (
    "3.23774891776946035970 6.91522889068984211695 3.93881025292474443415 1.33303460815807542389 "
    "0.201485389549179081538 0.0123716634817820021358 0.000301581553508235416007 2.65806974686737550832e-06 "
    "6.23974539184983293730e-09",
    "1 6.02427039364742014255 3.67983563956160859403 1.37702099489081330271 0.216236993594496635890 "
    "0.0134204006088543189037 0.000328014464682127739104 2.89247864745380683936e-06 6.79019408009981274425e-09",
)
_LIMITS = {np.float32: (-10.0, 5.0), np.float64: (-20.0, 8.0)}  # between which log(ndtr(x)) is accurate


def _real(x: Any, name: str) -> Tensor:
    x = convert_to_tensor(x, name=name)
    if x.dtype.as_numpy_dtype not in _LIMITS:
        raise TypeError(f"{name}.dtype={x.dtype} is not handled, see docstring for supported types.")
    return x


def ndtr(x: Any, name: str = "ndtr") -> Tensor:
    """Return the probability of at most x for a normal distribution with mean 0 and standard deviation 1.

    Raises:
        TypeError: unless x is of type float32 or float64.

    Example:
        >>> print(ndtr([0.0, 1.96]).eval().round(3))
        [0.5   0.975]
    """
    with atomic_scope(name, values=[x]):
        return _ndtr(_real(x, "x"))


def _ndtr(x: Tensor) -> Tensor:
    half = constant.constant(0.5 * np.sqrt(2.0), x.dtype.base_dtype, name="half_sqrt_2")
    w = x * half
    z = signs.abs(w)
    inner, middle = comparison.less(z, half), 1.0 + special.erf(w)
    right, upper = comparison.greater(w, 0.0), 2.0 - special.erfc(z)
    return 0.5 * where_v2(inner, middle, where_v2(right, upper, special.erfc(z)))


def log_ndtr(x: Any, name: str = "log_ndtr") -> Tensor:
    """Return the logarithm of `ndtr`, accurate also where that is too small for a float.

    Raises:
        TypeError: unless x is of type float32 or float64.

    Example:
        >>> print(log_ndtr([0.0, -20.0]).eval().round(3))
        [  -0.693 -203.917]
    """
    with atomic_scope(name, values=[x]):
        x = _real(x, "x")
        kind = x.dtype.as_numpy_dtype
        low, high = (np.array(limit, kind) for limit in _LIMITS[kind])
        is_high, at_high = comparison.greater(x, high), -_ndtr(-x)
        is_middle, at_middle = comparison.greater(x, low), exponential.log(_ndtr(maximum_minimum.maximum(x, low)))
        at_low = _log_ndtr_low(maximum_minimum.minimum(x, low))
        return where_v2(is_high, at_high, where_v2(is_middle, at_middle, at_low))


def _log_ndtr_low(x: Tensor) -> Tensor:
    """Return the logarithm by the asymptotic series, to its third term."""
    half_square = -0.5 * powers.square(x)
    scale = half_square - exponential.log(-x) - 0.5 * np.log(2.0 * np.pi)
    square = powers.square(x)
    even, odd = filled_like.zeros_like(x), filled_like.zeros_like(x)
    power = square
    for n, factor in enumerate((1, 3, 15), 1):
        term = np.array(factor, x.dtype.as_numpy_dtype) / power
        if n % 2:
            odd = odd + term
        else:
            even = even + term
        power = power * square
    return scale + exponential.log(1.0 + even - odd)


def ndtri(p: Any, name: str = "ndtri") -> Tensor:
    """Return the inverse of `ndtr`: the value of which at most is drawn with probability p.

    Raises:
        TypeError: unless p is of type float32 or float64.

    Example:
        >>> print(ndtri([0.5, 0.975]).eval().round(2))
        [0.   1.96]
    """
    with atomic_scope(name, values=[p]):
        return _ndtri(_real(p, "p"))


def _ndtri(p: Tensor) -> Tensor:
    kind = p.dtype.as_numpy_dtype
    lower = where_v2(p > -np.expm1(-2.0), 1.0 - p, p)
    is_none = lower <= 0.0
    q = where_v2(is_none, fill.fill(shape_ops.shape(p), np.array(0.5, kind)), lower)
    w = q - 0.5
    ww = w**2
    middle = w + w * ww * _ratio(lambda: ww, _MIDDLE)
    middle = middle * -np.sqrt(2.0 * np.pi)
    z = powers.sqrt(-2.0 * exponential.log(q))
    first = z - exponential.log(z) / z
    corrections = [_ratio(lambda: 1.0 / z, part) / z for part in (_TAIL, _OUTER)]
    tail, outer = (first - correction for correction in corrections)
    x = where_v2(q > np.exp(-2.0), middle, where_v2(z >= 8.0, tail, outer))
    x = where_v2(p > 1.0 - np.exp(-2.0), x, -x)
    number = constant.constant(np.inf, p.dtype.base_dtype)
    infinity = fill.fill(shape_ops.shape(p), number)
    return where_v2(p <= 0.0, -infinity, where_v2(p >= 1.0, infinity, x))


def _ratio(x: Callable[[], Tensor], coefficients: tuple[str, str]) -> Tensor:
    """Return the ratio of two polynomials, each of which asks for its argument, as in TF1."""
    over, under = (_polynomial(x(), text) for text in coefficients)
    return over / under


def _polynomial(x: Tensor, text: str) -> Tensor:
    numbers = np.array(text.split(), x.dtype.as_numpy_dtype)
    result = filled_like.zeros_like(x)
    for number in numbers:
        result = number + result * x
    return result


def log_cdf_laplace(x: Any, name: str = "log_cdf_laplace") -> Tensor:
    """Return the logarithm of the probability of at most x for a Laplace distribution with location 0 and scale 1.

    Example:
        >>> print(log_cdf_laplace([0.0, -2.0]).eval().round(3))
        [-0.693 -2.693]
    """
    with atomic_scope(name, values=[x]):
        x = convert_to_tensor(x, name="x")
        low = -np.log(2.0) + x
        high = exponential.log1p(-0.5 * exponential.exp(-signs.abs(x)))
        return where_v2(x < 0.0, low, high)
