"""The gamma, exponential and beta distributions."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from minigraph.distributions import divergences, parameters
from minigraph.distributions.distribution import FULLY_REPARAMETERIZED
from minigraph.distributions.scalar_distribution import ScalarDistribution
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.ops.arrays import concat, fill, filled_like, identity, shape_ops
from minigraph.ops.arrays.where_v2 import where_v2
from minigraph.ops.control import assertions, group
from minigraph.ops.control.float_assertions import assert_same_float_dtype
from minigraph.ops.math import comparison, exponential, powers, special
from minigraph.ops.math.incomplete import betainc, igamma
from minigraph.ops.math.no_nan import xlogy
from minigraph.ops.nn import activations
from minigraph.ops.random.gamma import random_gamma
from minigraph.ops.random.uniform import random_uniform

__all__ = [
    "Beta",
    "BetaWithSoftplusConcentration",
    "Exponential",
    "ExponentialWithSoftplusRate",
    "Gamma",
    "GammaWithSoftplusConcentrationRate",
]


class Gamma(ScalarDistribution):
    """The gamma distribution.

    Args:
        concentration: the shape parameter, a tensor of floats, positive. Samples have a gradient by it.
        rate: the inverse scale, of the same type, positive; the two shapes are broadcast.
        validate_args: check in each run that parameters and values are positive.
        allow_nan_stats: a mode that is not defined is NaN; otherwise it fails in a run.
        name: the name scope.

    Raises:
        ValueError: if the types differ, or are no floats.

    Example:
        >>> wait = tf.distributions.Gamma(concentration=3.0, rate=2.0)
        >>> print(wait.mean().eval(), wait.mode().eval(), wait.prob(1.0).eval().round(3))
        1.5 1.0 0.541
    """

    _param_names: ClassVar[tuple[str, ...]] = ("concentration", "rate")
    _shaping = _param_names

    def __init__(
        self,
        concentration: Any,
        rate: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Gamma",
    ):
        given = dict(concentration=concentration, rate=rate)
        given |= dict(validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[concentration, rate]) as scope:
            checked = (concentration, rate) if validate_args else ()
            with control_dependencies([assertions.assert_positive(each) for each in checked]):
                self._concentration = identity.identity(concentration, name="concentration")
                self._rate = identity.identity(rate, name="rate")
            parts = [self._concentration, self._rate]
            assert_same_float_dtype(parts)
        kind = self._concentration.dtype
        super().__init__(kind, FULLY_REPARAMETERIZED, validate_args, allow_nan_stats, given, parts, scope)

    concentration: Tensor = read_only("_concentration", "The shape parameter.")
    rate: Tensor = read_only("_rate", "The inverse scale.")

    def _sample_n(self, n, seed=None):
        return random_gamma([n], alpha=self.concentration, beta=self.rate, dtype=self.dtype, seed=seed)

    def _log_prob(self, x):
        x = self._valid(x)
        exponent = xlogy(self.concentration - 1.0, x) - self.rate * x
        return exponent - (special.lgamma(self.concentration) - self.concentration * exponential.log(self.rate))

    def _cdf(self, x):
        return igamma(self.concentration, self.rate * self._valid(x))

    def _entropy(self):
        a = self.concentration
        logs = a - exponential.log(self.rate) + special.lgamma(a)
        return logs + (1.0 - a) * special.digamma(a)

    def _mean(self):
        return self.concentration / self.rate

    def _variance(self):
        return self.concentration / powers.square(self.rate)

    def _stddev(self):
        return powers.sqrt(self.concentration) / self.rate

    def _mode(self):
        mode = (self.concentration - 1.0) / self.rate
        if self.allow_nan_stats:
            return where_v2(*_or_nan(self, lambda: self.concentration > 1.0, mode))
        message = "mode not defined when any concentration <= 1"
        check = assertions.assert_less(fill.ones([], self.dtype), self.concentration, message=message)
        return group.with_dependencies([check], mode)

    def _valid(self, x: Any) -> Tensor:
        assert_same_float_dtype([x], self.dtype)
        return group.with_dependencies([assertions.assert_positive(x)], x) if self.validate_args else x


def _or_nan(distribution: Any, defined: Any, statistic: Tensor) -> tuple:
    """Return a condition, a statistic and NaNs, the last made first, as in TF1."""
    number = np.array(np.nan, distribution.dtype.as_numpy_dtype)
    nan = fill.fill(distribution.batch_shape_tensor(), number, name="nan")
    return defined(), statistic, nan


class GammaWithSoftplusConcentrationRate(Gamma):
    """`Gamma` whose parameters are the softplus of those given, which may be any numbers."""

    def __init__(
        self,
        concentration: Any,
        rate: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "GammaWithSoftplusConcentrationRate",
    ):
        given = dict(concentration=concentration, rate=rate)
        given |= dict(validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[concentration, rate]) as scope:
            concentration = activations.softplus(concentration, name="softplus_concentration")
            rate = activations.softplus(rate, name="softplus_rate")
            super().__init__(concentration, rate, validate_args, allow_nan_stats, scope)
        self._parameters = given


@divergences.RegisterKL(Gamma, Gamma)
def _kl_gammas(a: Gamma, b: Gamma, name: str | None = None) -> Tensor:
    log, lgamma = exponential.log, special.lgamma
    with atomic_scope(name, "kl_gamma_gamma", [a.concentration, a.rate, b.concentration, b.rate]):
        shapes = (a.concentration - b.concentration) * special.digamma(a.concentration)
        shapes = shapes + lgamma(b.concentration) - lgamma(a.concentration)
        rates = shapes + b.concentration * log(a.rate) - b.concentration * log(b.rate)
        return rates + a.concentration * (b.rate / a.rate - 1.0)


class Exponential(Gamma):
    """The exponential distribution.

    Args:
        rate: the inverse mean, a tensor of floats, positive.
        validate_args: check in each run that it and values are positive.
        allow_nan_stats: a mode that is not defined is NaN; otherwise it fails in a run.
        name: the name scope.

    Example:
        >>> print(tf.distributions.Exponential(rate=2.0).prob([0.5, 1.0]).eval().round(3))
        [0.736 0.271]
    """

    _param_names: ClassVar[tuple[str, ...]] = ("rate",)

    def __init__(self, rate: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "Exponential"):
        given = dict(rate=rate, validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[rate]) as scope:
            rate = convert_to_tensor(rate, name="rate")
        one = fill.ones([], dtype=rate.dtype.base_dtype)
        super().__init__(one, rate, validate_args, allow_nan_stats, scope)
        self._parameters = given
        self._graph_parents.append(rate)

    def _log_survival_function(self, value):
        return self._log_prob(value) - exponential.log(self.rate)

    def _sample_n(self, n, seed=None):
        shape = concat.concat([[n], shape_ops.shape(self.rate)], 0)
        lowest = np.finfo(self.dtype.as_numpy_dtype).tiny
        noise = random_uniform(shape, minval=lowest, maxval=1.0, seed=seed, dtype=self.dtype)
        return -exponential.log(noise) / self.rate


class ExponentialWithSoftplusRate(Exponential):
    """`Exponential` whose rate is the softplus of what is given, which may be any number."""

    def __init__(
        self,
        rate: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "ExponentialWithSoftplusRate",
    ):
        given = dict(rate=rate, validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[rate]) as scope:
            positive = activations.softplus(rate, name="softplus_rate")
            super().__init__(positive, validate_args, allow_nan_stats, scope)
        self._parameters = given


class Beta(ScalarDistribution):
    """The beta distribution, of numbers between 0 and 1.

    Args:
        concentration1, concentration0: its parameters, tensors of one float type, positive, of shapes that can be
            broadcast: the mean is concentration1 / (concentration1 + concentration0).
        validate_args: check in each run that parameters are positive, and values between 0 and 1.
        allow_nan_stats: a mode that is not defined is NaN; otherwise it fails in a run.
        name: the name scope.

    Raises:
        ValueError: if the types differ, or are no floats.

    Example:
        >>> belief = tf.distributions.Beta(3.0, 1.0)
        >>> print(belief.mean().eval(), belief.cdf(0.5).eval().round(3))
        0.75 0.125
    """

    _param_names = ("concentration1", "concentration0")
    _shaping = ("total_concentration",)

    def __init__(
        self,
        concentration1: Any = None,
        concentration0: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Beta",
    ):
        given = dict(concentration1=concentration1, concentration0=concentration0)
        given |= dict(validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[concentration1, concentration0]) as scope:
            self._concentration1 = positive(concentration1, "concentration1", validate_args)
            self._concentration0 = positive(concentration0, "concentration0", validate_args)
            assert_same_float_dtype([self._concentration1, self._concentration0])
            self._total_concentration = self._concentration1 + self._concentration0
        parts = [self._concentration1, self._concentration0, self._total_concentration]
        kind = self._total_concentration.dtype
        super().__init__(kind, FULLY_REPARAMETERIZED, validate_args, allow_nan_stats, given, parts, scope)

    concentration1: Tensor = read_only("_concentration1", "The parameter that draws towards 1.")
    concentration0: Tensor = read_only("_concentration0", "The parameter that draws towards 0.")
    total_concentration: Tensor = read_only("_total_concentration", "The sum of both.")

    def _sample_n(self, n, seed=None):
        first = filled_like.ones_like(self.total_concentration, dtype=self.dtype) * self.concentration1
        second = filled_like.ones_like(self.total_concentration, dtype=self.dtype) * self.concentration0
        a = random_gamma([n], alpha=first, dtype=self.dtype, seed=seed)
        seed = parameters.new_seed(seed, "beta")
        b = random_gamma([n], alpha=second, dtype=self.dtype, seed=seed)
        return a / (a + b)

    def _log_prob(self, x):
        if self.validate_args:
            low = assertions.assert_positive(x, message="sample must be positive")
            message = "sample must be less than `1`."
            x = group.with_dependencies([low, assertions.assert_less(x, fill.ones([], self.dtype), message=message)], x)
        exponent = xlogy(self.concentration1 - 1.0, x) + (self.concentration0 - 1.0) * exponential.log1p(-x)
        return exponent - self._log_normalization()

    def _log_normalization(self):
        logs = special.lgamma(self.concentration1) + special.lgamma(self.concentration0)
        return logs - special.lgamma(self.total_concentration)

    def _cdf(self, x):
        return betainc(self.concentration1, self.concentration0, x)

    def _entropy(self):
        digamma = special.digamma
        logs = self._log_normalization() - (self.concentration1 - 1.0) * digamma(self.concentration1)
        logs = logs - (self.concentration0 - 1.0) * digamma(self.concentration0)
        return logs + (self.total_concentration - 2.0) * digamma(self.total_concentration)

    def _mean(self):
        return self._concentration1 / self._total_concentration

    def _variance(self):
        return self._mean() * (1.0 - self._mean()) / (1.0 + self.total_concentration)

    def _mode(self):
        parts = self.concentration1, self.concentration0
        mode = (self.concentration1 - 1.0) / (self.total_concentration - 2.0)
        if self.allow_nan_stats:
            return where_v2(*_or_nan(self, lambda: comparison.logical_and(*[part > 1.0 for part in parts]), mode))
        checks = [
            assertions.assert_less(fill.ones([], self.dtype), part, message=f"Mode undefined for {name} <= 1.")
            for name, part in zip(self._param_names, parts)
        ]
        return group.with_dependencies(checks, mode)


def positive(concentration: Any, name: str, validate_args: bool) -> Tensor:
    """Return a parameter as a tensor, which is checked in a run to be positive if that is asked for."""
    concentration = convert_to_tensor(concentration, name=name)
    if not validate_args:
        return concentration
    check = assertions.assert_positive(concentration, message="Concentration parameter must be positive.")
    return group.with_dependencies([check], concentration)


class BetaWithSoftplusConcentration(Beta):
    """`Beta` whose parameters are the softplus of those given, which may be any numbers."""

    def __init__(
        self,
        concentration1: Any,
        concentration0: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "BetaWithSoftplusConcentration",
    ):
        given = dict(concentration1=concentration1, concentration0=concentration0)
        given |= dict(validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[concentration1, concentration0]) as scope:
            first = activations.softplus(concentration1, name="softplus_concentration1")
            second = activations.softplus(concentration0, name="softplus_concentration0")
            super().__init__(first, second, validate_args, allow_nan_stats, scope)
        self._parameters = given


@divergences.RegisterKL(Beta, Beta)
def _kl_betas(a: Beta, b: Beta, name: str | None = None) -> Tensor:
    pairs = [
        (a.concentration1, b.concentration1),
        (a.concentration0, b.concentration0),
        (a.total_concentration, b.total_concentration),
    ]
    with atomic_scope(name, "kl_beta_beta", [part for pair in zip(*pairs) for part in pair]):
        of_b = b._log_normalization()
        result = of_b - a._log_normalization()
        for sign, (first, second) in zip((-1, -1, 1), pairs):
            term = special.digamma(first) * (second - first)
            result = result + term if sign > 0 else result - term
        return result
