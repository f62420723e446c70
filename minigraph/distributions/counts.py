"""Distributions of vectors: of counts of classes, and of probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.distributions import divergences, parameters
from minigraph.distributions.distribution import FULLY_REPARAMETERIZED, NOT_REPARAMETERIZED, Distribution
from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import with_rank_at_least
from minigraph.ops.arrays import cast, concat, fill, filled_like, identity, one_hot, reshape, shape_ops, transpose
from minigraph.ops.arrays.slices import newaxis
from minigraph.ops.arrays.where_v2 import where_v2
from minigraph.ops.control import assertions, group, rank_assertions
from minigraph.ops.control.float_assertions import assert_near
from minigraph.ops.linalg.diag import matrix_set_diag
from minigraph.ops.linalg.matmul import matmul
from minigraph.ops.lists.map_fn import map_fn
from minigraph.ops.math import exponential, powers, reciprocal, reduce_max_min, reductions, special
from minigraph.ops.math.incomplete import lbeta
from minigraph.ops.math.no_nan import xlogy
from minigraph.ops.nn import softmax
from minigraph.ops.random.gamma import random_gamma
from minigraph.ops.random.multinomial import multinomial

__all__ = ["Dirichlet", "DirichletMultinomial", "Multinomial"]


class _VectorDistribution(Distribution):
    """Base of distributions of vectors: shapes, and the covariance of a vector of which the variance is known."""

    total_count: Any

    def _shape_of_parts(self) -> Tensor:
        """Return a tensor of the shape of a batch of samples."""
        raise NotImplementedError

    def _batch_shape_tensor(self):
        return shape_ops.shape(self._shape_of_parts())[:-1]

    def _batch_shape(self):
        return with_rank_at_least(self._shape_of_parts().shape, 1)[:-1]

    def _event_shape_tensor(self):
        return shape_ops.shape(self._shape_of_parts())[-1:]

    def _event_shape(self):
        return with_rank_at_least(self._shape_of_parts().shape, 1)[-1:]

    def _as_samples(self, x: Tensor, n: Any, k: Tensor) -> Tensor:
        """Reshape n samples of k elements to the batch shape."""
        return reshape.reshape(x, concat.concat([[n], self.batch_shape_tensor(), [k]], 0))

    def _counts(self, counts: Any, message: str) -> Tensor:
        """Return counts, which are checked in a run with `validate_args`."""
        if not self.validate_args:
            return counts
        counts = parameters.whole_and_not_negative(counts)
        total = reductions.reduce_sum(counts, -1)
        return group.with_dependencies([assertions.assert_equal(self.total_count, total, message=message)], counts)


class Multinomial(_VectorDistribution):
    """The distribution of how often each of k classes comes in `total_count` draws.

    Args:
        total_count: the number of draws, a tensor of floats that are whole numbers.
        logits: unnormalized log-probabilities, a tensor of floats of shape [..., k]; or
        probs: the probabilities, which sum to 1 along the last axis.
        validate_args: check parameters and values in each run.
        allow_nan_stats: accepted; all statistics are defined.
        name: the name scope.

    Raises:
        ValueError: unless one of `logits` and `probs` is given.
        TypeError: if they are not floats.

    Example:
        >>> rolls = tf.distributions.Multinomial(total_count=4.0, probs=[0.25, 0.75])
        >>> print(rolls.mean().eval(), rolls.prob([1.0, 3.0]).eval().round(3))
        [1. 3.] 0.422
    """

    def __init__(
        self,
        total_count: Any,
        logits: Any = None,
        probs: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Multinomial",
    ):
        given = dict(total_count=total_count, logits=logits, probs=probs)
        given |= dict(validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[total_count, logits, probs]) as scope:
            self._total_count = convert_to_tensor(total_count, name="total_count")
            if validate_args:
                self._total_count = parameters.whole_and_not_negative(self._total_count)
            self._logits, self._probs = parameters.logits_and_probs(logits, probs, True, validate_args, scope)
            self._mean_value = self._total_count[..., newaxis] * self._probs
        parts = [self._total_count, self._logits, self._probs]
        kind = self._probs.dtype
        super().__init__(kind, NOT_REPARAMETERIZED, validate_args, allow_nan_stats, given, parts, scope)

    total_count: Tensor = read_only("_total_count", "The number of draws.")
    logits: Tensor = read_only("_logits", "The log-probabilities.")
    probs: Tensor = read_only("_probs", "The probabilities.")

    def _shape_of_parts(self):
        return self._mean_value

    def _sample_n(self, n, seed=None):
        draws = cast.cast(self.total_count, dtypes.int32)
        k = self.event_shape_tensor()[0]
        draws = filled_like.ones_like(self.logits[..., 0], dtype=draws.dtype) * draws
        logits = filled_like.ones_like(draws[..., newaxis], dtype=self.logits.dtype) * self.logits
        rows = reshape.reshape(logits, [-1, k])
        counts = n * reshape.reshape(draws, [-1])

        def sample_row(row: Any) -> Tensor:
            logits, count = row
            x = reshape.reshape(multinomial(logits[newaxis, ...], count, seed), shape=[n, -1])
            return reductions.reduce_sum(one_hot.one_hot(x, depth=k), axis=-2)

        x = map_fn(sample_row, [rows, counts], dtype=self.dtype)
        return self._as_samples(transpose.transpose(x, perm=[1, 0, 2]), n, k)

    def _log_prob(self, counts):
        message = "counts must sum to `self.total_count`"
        exponent = reductions.reduce_sum(self._counts(counts, message) * softmax.log_softmax(self.logits), -1)
        return exponent - -parameters.log_combinations(self.total_count, self._counts(counts, message))

    def _mean(self):
        return identity.identity(self._mean_value)

    def _covariance(self):
        p = self._repeated_probs()
        product = matmul(self._mean_value[..., newaxis], p[..., newaxis, :])
        return matrix_set_diag(-product, self._variance())

    def _variance(self):
        p = self._repeated_probs()
        return self._mean_value - self._mean_value * p

    def _repeated_probs(self) -> Tensor:
        return self.probs * filled_like.ones_like(self.total_count)[..., newaxis]


class _OfConcentration(_VectorDistribution):
    """Base of distributions with a vector of concentrations."""

    _mean: Any
    _variance: Any

    concentration: Tensor = read_only("_concentration", "The parameters, of shape [..., k].")
    total_concentration: Tensor = read_only("_total_concentration", "Their sum along the last axis.")

    def _shape_of_parts(self):
        return self.concentration

    def _batch_shape_tensor(self):
        return shape_ops.shape(self.total_concentration)

    def _batch_shape(self):
        return self.total_concentration.shape

    def _covariance(self):
        x = self._variance_scale() * self._mean()
        return matrix_set_diag(-matmul(x[..., newaxis], x[..., newaxis, :]), self._variance())

    def _variance_scale(self) -> Tensor:
        raise NotImplementedError


class Dirichlet(_OfConcentration):
    """A distribution of the probabilities of k classes.

    Args:
        concentration: a tensor of floats of shape [..., k], positive. Samples have a gradient by it.
        validate_args: check in each run that it is positive, and that values sum to 1.
        allow_nan_stats: a mode that is not defined is NaN; otherwise it fails in a run.
        name: the name scope.

    Example:
        >>> belief = tf.distributions.Dirichlet([1.0, 2.0, 1.0])
        >>> print(belief.mean().eval(), belief.prob([0.25, 0.5, 0.25]).eval())
        [0.25 0.5  0.25] 3.0
    """

    def __init__(
        self, concentration: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "Dirichlet"
    ):
        given = dict(concentration=concentration)
        given |= dict(validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[concentration]) as scope:
            self._concentration = convert_to_tensor(concentration, name="concentration")
            if validate_args:
                self._concentration = _several_positive(self._concentration)
            self._total_concentration = reductions.reduce_sum(self._concentration, -1)
        parts = [self._concentration, self._total_concentration]
        kind = self._concentration.dtype
        super().__init__(kind, FULLY_REPARAMETERIZED, validate_args, allow_nan_stats, given, parts, scope)

    def _sample_n(self, n, seed=None):
        draws = random_gamma([n], alpha=self.concentration, dtype=self.dtype, seed=seed)
        return draws / reductions.reduce_sum(draws, -1, keepdims=True)

    def _log_prob(self, x):
        if self.validate_args:
            checks = [assertions.assert_positive(x, message="samples must be positive")]
            one, total = fill.ones([], dtype=self.dtype), reductions.reduce_sum(x, -1)
            checks.append(assert_near(one, total, message="sample last-dimension must sum to `1`"))
            x = group.with_dependencies(checks, x)
        exponent = reductions.reduce_sum(xlogy(self.concentration - 1.0, x), -1)
        return exponent - lbeta(self.concentration)

    def _entropy(self):
        digamma = special.digamma
        k = self._class_count()
        logs = lbeta(self.concentration) + (self.total_concentration - k) * digamma(self.total_concentration)
        return logs - reductions.reduce_sum((self.concentration - 1.0) * digamma(self.concentration), axis=-1)

    def _class_count(self) -> Tensor:
        return cast.cast(self.event_shape_tensor()[0], self.dtype)

    def _mean(self):
        return self.concentration / self.total_concentration[..., newaxis]

    def _variance(self):
        scale = self._variance_scale()
        x = scale * self._mean()
        return x * (scale - x)

    def _variance_scale(self):
        return reciprocal.rsqrt(1.0 + self.total_concentration[..., newaxis])

    def _mode(self):
        k = self._class_count()
        mode = (self.concentration - 1.0) / (self.total_concentration[..., newaxis] - k)
        if self.allow_nan_stats:
            nan = fill.fill(shape_ops.shape(mode), np.array(np.nan, self.dtype.as_numpy_dtype), name="nan")
            return where_v2(reduce_max_min.reduce_all(self.concentration > 1.0, axis=-1), mode, nan)
        message = "Mode undefined when any concentration <= 1"
        check = assertions.assert_less(fill.ones([], self.dtype), self.concentration, message=message)
        return group.with_dependencies([check], mode)


def _several_positive(concentration: Tensor) -> Tensor:
    checks = [
        assertions.assert_positive(concentration, message="Concentration parameter must be positive."),
        rank_assertions.assert_rank_at_least(
            concentration, 1, message="Concentration parameter must have >=1 dimensions."
        ),
        assertions.assert_less(
            1, shape_ops.shape(concentration)[-1], message="Concentration parameter must have event_size >= 2."
        ),
    ]
    return group.with_dependencies(checks, concentration)


@divergences.RegisterKL(Dirichlet, Dirichlet)
def _kl_dirichlets(a: Dirichlet, b: Dirichlet, name: str | None = None) -> Tensor:
    with atomic_scope(name, "kl_dirichlet_dirichlet", [a.concentration, b.concentration]):
        of_total = special.digamma(reductions.reduce_sum(a.concentration, axis=-1, keepdims=True))
        slope = special.digamma(a.concentration) - of_total
        difference = a.concentration - b.concentration
        first = reductions.reduce_sum(difference * slope, axis=-1) - lbeta(a.concentration)
        return first + lbeta(b.concentration)


class DirichletMultinomial(_OfConcentration):
    """The distribution of counts in `total_count` draws, by probabilities that are drawn from a `Dirichlet` first.

    Args:
        total_count: the number of draws, a tensor of floats that are whole numbers.
        concentration: a tensor of the same type, of shape [..., k], positive.
        validate_args: check parameters and values in each run.
        allow_nan_stats: accepted; all statistics are defined.
        name: the name scope.

    Example:
        >>> counts = tf.distributions.DirichletMultinomial(3.0, [1.0, 2.0])
        >>> print(counts.mean().eval(), counts.prob([1.0, 2.0]).eval().round(3))
        [1. 2.] 0.3
    """

    def __init__(
        self,
        total_count: Any,
        concentration: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "DirichletMultinomial",
    ):
        given = dict(total_count=total_count, concentration=concentration)
        given |= dict(validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[total_count, concentration]) as scope:
            self._total_count = convert_to_tensor(total_count, name="total_count")
            if validate_args:
                self._total_count = parameters.whole_and_not_negative(self._total_count)
            self._concentration = convert_to_tensor(concentration, name="concentration")
            if validate_args:
                self._concentration = parameters.enough_classes(self._concentration)
                message = "Concentration parameter must be positive."
                check = assertions.assert_positive(self._concentration, message=message)
                self._concentration = group.with_dependencies([check], self._concentration)
            self._total_concentration = reductions.reduce_sum(self._concentration, -1)
        parts = [self._total_count, self._concentration]
        kind = self._concentration.dtype
        super().__init__(kind, NOT_REPARAMETERIZED, validate_args, allow_nan_stats, given, parts, scope)

    total_count: Tensor = read_only("_total_count", "The number of draws.")

    def _sample_n(self, n, seed=None):
        draws = cast.cast(self.total_count, dtypes.int32)
        k = self.event_shape_tensor()[0]
        gammas = random_gamma([n], alpha=self.concentration, dtype=self.dtype, seed=seed)
        logits = reshape.reshape(exponential.log(gammas), shape=[-1, k])
        drawn = multinomial(logits, draws, seed=parameters.new_seed(seed, "dirichlet_multinomial"))
        x = reductions.reduce_sum(one_hot.one_hot(drawn, depth=k), -2)
        return cast.cast(self._as_samples(x, n, k), self.dtype)

    def _log_prob(self, counts):
        counts = self._counts(counts, "counts last-dimension must sum to `self.total_count`")
        ordered = lbeta(self.concentration + counts) - lbeta(self.concentration)
        return ordered + parameters.log_combinations(self.total_count, counts)

    def _mean(self):
        return self.total_count * (self.concentration / self.total_concentration[..., newaxis])

    def _variance(self):
        scale = self._variance_scale()
        x = scale * self._mean()
        return x * (self.total_count * scale - x)

    def _variance_scale(self):
        total = self.total_concentration[..., newaxis]
        return powers.sqrt((1.0 + total / self.total_count) / (1.0 + total))
