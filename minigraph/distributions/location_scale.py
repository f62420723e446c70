"""Distributions with a location and a scale: normal, uniform, Laplace and Student's."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from minigraph.distributions import divergences, normal_functions
from minigraph.distributions.distribution import FULLY_REPARAMETERIZED
from minigraph.distributions.scalar_distribution import ScalarDistribution
from minigraph.graph.operation import Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.ops.arrays import constant, fill, filled_like, identity, shape_ops
from minigraph.ops.arrays.broadcast import broadcast_dynamic_shape
from minigraph.ops.arrays.where_v2 import where_v2
from minigraph.ops.control import assertions
from minigraph.ops.control.float_assertions import assert_same_float_dtype
from minigraph.ops.math import comparison, exponential, powers, rounding, signs
from minigraph.ops.math.squared_difference import squared_difference
from minigraph.ops.nn import activations
from minigraph.ops.random.normal import random_normal
from minigraph.ops.random.uniform import random_uniform

__all__ = ["Laplace", "LaplaceWithSoftplusScale", "Normal", "NormalWithSoftplusScale", "Uniform"]


class Normal(ScalarDistribution):
    """The normal distribution.

    Args:
        loc: the mean, a tensor of floats.
        scale: the standard deviation, of the same type, positive; the two shapes are broadcast.
        validate_args: check in each run that `scale` is positive.
        allow_nan_stats: accepted; all statistics are defined.
        name: the name scope.

    Raises:
        ValueError: if the types differ, or are no floats.

    Example:
        >>> noise = tf.distributions.Normal(loc=[0.0, 10.0], scale=2.0)
        >>> print(noise.sample(3, seed=1).shape, noise.log_prob(1.0).eval().round(2), noise.stddev().eval())
        (3, 2) [ -1.74 -11.74] [2. 2.]
    """

    _param_names = _shaping = ("loc", "scale")

    def __init__(
        self, loc: Any, scale: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "Normal"
    ):
        given = dict(loc=loc, scale=scale, validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[loc, scale]) as scope:
            self._loc, self._scale = _location_and_scale(loc, scale, validate_args)
        kind = self._scale.dtype
        parts = [self._loc, self._scale]
        super().__init__(kind, FULLY_REPARAMETERIZED, validate_args, allow_nan_stats, given, parts, scope)

    loc: Tensor = read_only("_loc", "The mean.")
    scale: Tensor = read_only("_scale", "The standard deviation.")

    def _sample_n(self, n, seed=None):
        noise = random_normal(self._many(n), mean=0.0, stddev=1.0, dtype=self.loc.dtype, seed=seed)
        return noise * self.scale + self.loc

    def _log_prob(self, x):
        exponent = -0.5 * powers.square(self._z(x))
        return exponent - (0.5 * math.log(2.0 * math.pi) + exponential.log(self.scale))

    def _log_cdf(self, x):
        return normal_functions.log_ndtr(self._z(x))

    def _cdf(self, x):
        return normal_functions.ndtr(self._z(x))

    def _log_survival_function(self, x):
        return normal_functions.log_ndtr(-self._z(x))

    def _survival_function(self, x):
        return normal_functions.ndtr(-self._z(x))

    def _entropy(self):
        scale = self.scale * filled_like.ones_like(self.loc)
        return 0.5 * math.log(2.0 * math.pi * math.e) + exponential.log(scale)

    def _mean(self):
        return self.loc * filled_like.ones_like(self.scale)

    _mode = _mean

    def _quantile(self, p):
        z = normal_functions.ndtri(p)
        with atomic_scope("reconstruct", values=[z]):
            return z * self.scale + self.loc

    def _stddev(self):
        return self.scale * filled_like.ones_like(self.loc)

    def _z(self, x):
        with atomic_scope("standardize", values=[x]):
            return (x - self.loc) / self.scale


def _location_and_scale(loc: Any, scale: Any, validate_args: bool) -> tuple[Tensor, Tensor]:
    with control_dependencies([assertions.assert_positive(scale)] if validate_args else []):
        loc, scale = identity.identity(loc, name="loc"), identity.identity(scale, name="scale")
    assert_same_float_dtype([loc, scale])
    return loc, scale


class NormalWithSoftplusScale(Normal):
    """`Normal` whose scale is the softplus of what is given, which may be any number."""

    def __init__(
        self,
        loc: Any,
        scale: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "NormalWithSoftplusScale",
    ):
        given = dict(loc=loc, scale=scale, validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[scale]) as scope:
            positive = activations.softplus(scale, name="softplus_scale")
            super().__init__(loc, positive, validate_args, allow_nan_stats, scope)
        self._parameters = given


@divergences.RegisterKL(Normal, Normal)
def _kl_normals(a: Normal, b: Normal, name: str | None = None) -> Tensor:
    with atomic_scope(name, "kl_normal_normal", [a.loc, b.loc]):
        one, two, half = (constant.constant(number, a.dtype.base_dtype) for number in (1, 2, 0.5))
        square_a, square_b = powers.square(a.scale), powers.square(b.scale)
        ratio = square_a / square_b
        distance = squared_difference(a.loc, b.loc) / (two * square_b)
        return distance + half * (ratio - one - exponential.log(ratio))


class Uniform(ScalarDistribution):
    """The uniform distribution on [low, high).

    Args:
        low, high: the limits, tensors of one float type, of shapes that can be broadcast.
        validate_args: check in each run that `low` is less than `high`.
        allow_nan_stats: accepted; all statistics are defined.
        name: the name scope.

    Raises:
        ValueError: if the types differ, or are no floats.

    Example:
        >>> die = tf.distributions.Uniform(1.0, 5.0)
        >>> print(die.prob([0.0, 2.0]).eval(), die.mean().eval(), die.cdf(2.0).eval())
        [0.   0.25] 3.0 0.25
    """

    _param_names = _shaping = ("low", "high")

    def __init__(
        self,
        low: Any = 0.0,
        high: Any = 1.0,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Uniform",
    ):
        given = dict(low=low, high=high, validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        message = "uniform not defined when low >= high."
        with atomic_scope(name, values=[low, high]) as scope:
            with control_dependencies([assertions.assert_less(low, high, message=message)] if validate_args else []):
                self._low, self._high = identity.identity(low, name="low"), identity.identity(high, name="high")
            assert_same_float_dtype([self._low, self._high])
        kind = self._low.dtype
        parts = [self._low, self._high]
        super().__init__(kind, FULLY_REPARAMETERIZED, validate_args, allow_nan_stats, given, parts, scope)

    low: Tensor = read_only("_low", "The lower limit.")
    high: Tensor = read_only("_high", "The upper limit.")

    def range(self, name: str = "range") -> Tensor:
        """Return high - low."""
        with self._name_scope(name):
            return self.high - self.low

    def _sample_n(self, n, seed=None):
        noise = random_uniform(self._many(n), dtype=self.dtype, seed=seed)
        return self.low + self.range() * noise

    def _prob(self, x):
        x = x * fill.ones(self.batch_shape_tensor(), dtype=x.dtype)
        is_nan = rounding.is_nan(x)
        outside = comparison.logical_or(x < self.low, x >= self.high)
        zeros = filled_like.zeros_like(x)
        return where_v2(is_nan, x, where_v2(outside, zeros, filled_like.ones_like(x) / self.range()))

    def _cdf(self, x):
        sizes = broadcast_dynamic_shape(shape_ops.shape(x), self.batch_shape_tensor())
        zeros, ones = fill.zeros(sizes, dtype=self.dtype), fill.ones(sizes, dtype=self.dtype)
        full = x * ones
        inside = where_v2(x < self.low, zeros, (full - self.low) / self.range())
        return where_v2(x >= self.high, ones, inside)

    def _entropy(self):
        return exponential.log(self.range())

    def _mean(self):
        return (self.low + self.high) / 2.0

    def _variance(self):
        return powers.square(self.range()) / 12.0

    def _stddev(self):
        return self.range() / math.sqrt(12.0)


class Laplace(ScalarDistribution):
    """The Laplace distribution: exponential on both sides of its location.

    Args:
        loc: the mean, a tensor of floats.
        scale: the scale, of the same type, positive; the two shapes are broadcast.
        validate_args: check in each run that `scale` is positive.
        allow_nan_stats: accepted; all statistics are defined.
        name: the name scope.

    Raises:
        ValueError: if the types differ, or are no floats.

    Example:
        >>> print(tf.distributions.Laplace(0.0, 1.0).prob([0.0, 1.0]).eval().round(3))
        [0.5   0.184]
    """

    _param_names = _shaping = ("loc", "scale")

    def __init__(
        self, loc: Any, scale: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "Laplace"
    ):
        given = dict(loc=loc, scale=scale, validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[loc, scale]) as scope:
            self._loc, self._scale = _location_and_scale(loc, scale, validate_args)
        kind, parts = self._loc.dtype, [self._loc, self._scale]
        super().__init__(kind, FULLY_REPARAMETERIZED, validate_args, allow_nan_stats, given, parts, scope)

    loc: Tensor = read_only("_loc", "The mean.")
    scale: Tensor = read_only("_scale", "The scale.")

    def _sample_n(self, n, seed=None):
        kind: Any = self.dtype.as_numpy_dtype
        lowest = np.nextafter(kind(-1.0), kind(0.0))
        noise = random_uniform(self._many(n), minval=lowest, maxval=1.0, dtype=self.dtype, seed=seed)
        return self.loc - self.scale * signs.sign(noise) * exponential.log1p(-signs.abs(noise))

    def _log_prob(self, x):
        distance = -signs.abs(self._z(x))
        return distance - (math.log(2.0) + exponential.log(self.scale))

    def _log_cdf(self, x):
        return normal_functions.log_cdf_laplace(self._z(x))

    def _log_survival_function(self, x):
        return normal_functions.log_cdf_laplace(-self._z(x))

    def _cdf(self, x):
        z = self._z(x)
        return 0.5 + 0.5 * signs.sign(z) * (1.0 - exponential.exp(-signs.abs(z)))

    def _entropy(self):
        scale = self.scale + filled_like.zeros_like(self.loc)
        return math.log(2.0) + 1.0 + exponential.log(scale)

    def _mean(self):
        return self.loc + filled_like.zeros_like(self.scale)

    _mode = _mean

    def _stddev(self):
        return math.sqrt(2.0) * self.scale + filled_like.zeros_like(self.loc)

    def _z(self, x):
        return (x - self.loc) / self.scale


class LaplaceWithSoftplusScale(Laplace):
    """`Laplace` whose scale is the softplus of what is given, which may be any number."""

    def __init__(
        self,
        loc: Any,
        scale: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "LaplaceWithSoftplusScale",
    ):
        given = dict(loc=loc, scale=scale, validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[loc, scale]) as scope:
            positive = activations.softplus(scale, name="softplus_scale")
            super().__init__(loc, positive, validate_args, allow_nan_stats, scope)
        self._parameters = given
