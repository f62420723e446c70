"""Student's distribution."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.distributions import parameters
from minigraph.distributions.distribution import FULLY_REPARAMETERIZED
from minigraph.distributions.scalar_distribution import ScalarDistribution
from minigraph.graph.operation import Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.ops.arrays import concat, fill, filled_like, identity
from minigraph.ops.arrays.slices import newaxis
from minigraph.ops.arrays.where_v2 import where_v2
from minigraph.ops.control import assertions, group
from minigraph.ops.control.float_assertions import assert_same_float_dtype
from minigraph.ops.math import comparison, exponential, powers, reciprocal, rounding, signs, special
from minigraph.ops.math.incomplete import betainc, lbeta
from minigraph.ops.nn import activations
from minigraph.ops.random.gamma import random_gamma
from minigraph.ops.random.normal import random_normal

__all__ = ["StudentT", "StudentTWithAbsDfSoftplusScale"]


class StudentT(ScalarDistribution):
    """Student's t-distribution, with a location and a scale.

    Args:
        df: the degrees of freedom, a tensor of floats, positive.
        loc: the mean, of the same type.
        scale: the scale, of the same type; the three shapes are broadcast.
        validate_args: check in each run that `df` is positive.
        allow_nan_stats: a mean or variance that is not defined is NaN; otherwise it fails in a run.
        name: the name scope.

    Raises:
        ValueError: if the types differ, or are no floats.

    Example:
        >>> print(tf.distributions.StudentT(df=3.0, loc=0.0, scale=1.0).variance().eval())
        3.0
    """

    _param_names = _shaping = ("df", "loc", "scale")

    def __init__(
        self,
        df: Any,
        loc: Any,
        scale: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "StudentT",
    ):
        given = dict(df=df, loc=loc, scale=scale)
        given |= dict(validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[df, loc, scale]) as scope:
            with control_dependencies([assertions.assert_positive(df)] if validate_args else []):
                self._df = identity.identity(df, name="df")
                self._loc = identity.identity(loc, name="loc")
                self._scale = identity.identity(scale, name="scale")
            parts = [self._df, self._loc, self._scale]
            assert_same_float_dtype(parts)
        kind = self._scale.dtype
        super().__init__(kind, FULLY_REPARAMETERIZED, validate_args, allow_nan_stats, given, parts, scope)

    df: Tensor = read_only("_df", "The degrees of freedom.")
    loc: Tensor = read_only("_loc", "The mean.")
    scale: Tensor = read_only("_scale", "The scale.")

    def _sample_n(self, n, seed=None):
        noise = random_normal(self._many(n), dtype=self.dtype, seed=seed)
        df = self.df * self._ones()
        seed = parameters.new_seed(seed, "student_t")
        chi = random_gamma([n], 0.5 * df, beta=0.5, dtype=self.dtype, seed=seed)
        return noise * reciprocal.rsqrt(chi / df) * self.scale + self.loc

    def _log_prob(self, x):
        y = (x - self.loc) / self.scale
        exponent = -0.5 * (self.df + 1.0) * exponential.log1p(y**2.0 / self.df)
        return exponent - self._log_normalization()

    def _log_normalization(self):
        return (
            exponential.log(signs.abs(self.scale))
            + 0.5 * exponential.log(self.df)
            + 0.5 * np.log(np.pi)
            + special.lgamma(0.5 * self.df)
            - special.lgamma(0.5 * (self.df + 1.0))
        )

    def _cdf(self, x):
        y = (x - self.loc) / signs.abs(self.scale)
        x = self.df / (y**2.0 + self.df)
        below = 0.5 * betainc(0.5 * self.df, 0.5, x)
        return where_v2(comparison.less(y, 0.0), below, 1.0 - below)

    def _entropy(self):
        v = self._ones()[..., newaxis]
        u = v * self.df[..., newaxis]
        beta = concat.concat([u, v], -1) / 2.0
        return (
            exponential.log(signs.abs(self.scale))
            + 0.5 * exponential.log(self.df)
            + lbeta(beta)
            + 0.5 * (self.df + 1.0) * (special.digamma(0.5 * (self.df + 1.0)) - special.digamma(0.5 * self.df))
        )

    def _mean(self):
        mean = self.loc * self._ones()
        if not self.allow_nan_stats:
            return self._where_defined(mean, "mean")
        is_defined = comparison.greater(self.df, self._ones())
        return where_v2(is_defined, mean, self._full(np.nan, "nan"))

    def _variance(self):
        safe = where_v2(comparison.greater(self.df, 2.0), self.df - 2.0, filled_like.ones_like(self.df))
        variance = self._ones() * powers.square(self.scale) * self.df / safe
        is_finite = self.df > fill.fill(self.batch_shape_tensor(), 2.0)
        variance = where_v2(is_finite, variance, self._full(np.inf, "inf"))
        if not self.allow_nan_stats:
            return self._where_defined(variance, "variance")
        is_defined = comparison.greater(self.df, self._ones())
        return where_v2(is_defined, variance, self._full(np.nan, "nan"))

    def _mode(self):
        return identity.identity(self.loc)

    def _ones(self) -> Tensor:
        return fill.ones(self.batch_shape_tensor(), dtype=self.dtype)

    def _full(self, value: float, name: str) -> Tensor:
        return fill.fill(self.batch_shape_tensor(), np.array(value, self.dtype.as_numpy_dtype), name=name)

    def _where_defined(self, statistic: Tensor, what: str) -> Tensor:
        message = f"{what} not defined for components of df <= 1"
        check = assertions.assert_less(fill.ones([], dtype=self.dtype), self.df, message=message)
        return group.with_dependencies([check], statistic)


class StudentTWithAbsDfSoftplusScale(StudentT):
    """`StudentT` with floor(abs(df)) and the softplus of the scale in the place of what is given."""

    def __init__(
        self,
        df: Any,
        loc: Any,
        scale: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "StudentTWithAbsDfSoftplusScale",
    ):
        given = dict(df=df, loc=loc, scale=scale)
        given |= dict(validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[df, scale]) as scope:
            whole = rounding.floor(signs.abs(df))
            positive = activations.softplus(scale, name="softplus_scale")
            super().__init__(whole, loc, positive, validate_args, allow_nan_stats, scope)
        self._parameters = given
