"""Distributions of classes: Bernoulli's and the categorical one."""

from __future__ import annotations

from typing import Any

from minigraph.distributions import divergences
from minigraph.distributions.distribution import NOT_REPARAMETERIZED, Distribution
from minigraph.distributions.parameters import castable, enough_classes, logits_and_probs
from minigraph.distributions.scalar_distribution import ScalarDistribution
from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import with_rank_at_least
from minigraph.graph.shapes import TensorShape
from minigraph.nn.cross_entropy import sigmoid_cross_entropy_with_logits
from minigraph.ops.arrays import (
    cast,
    concat,
    constant,
    fill,
    filled_like,
    identity,
    reshape,
    shape_ops,
    size_ops,
    transpose,
    where,
)
from minigraph.ops.arrays.slices import newaxis
from minigraph.ops.math import comparison, reduce_max_min, reductions, sigmoid
from minigraph.ops.nn import activations, softmax
from minigraph.ops.nn.softmax_cross_entropy import sparse_softmax_cross_entropy_with_logits
from minigraph.ops.random.multinomial import multinomial
from minigraph.ops.random.uniform import random_uniform
from minigraph.ops.rows.sequence_mask import sequence_mask

__all__ = ["Bernoulli", "Categorical"]


class Bernoulli(ScalarDistribution):
    """A distribution of 0 and 1.

    Args:
        logits: the log-odds of 1, a tensor of floats; or
        probs: the probabilities of 1.
        dtype: the type of samples, by default int32.
        validate_args: check in each run that probabilities are between 0 and 1, and values 0 or 1.
        allow_nan_stats: accepted; all statistics are defined.
        name: the name scope.

    Raises:
        ValueError: unless one of `logits` and `probs` is given.
        TypeError: if they are not floats.

    Example:
        >>> coin = tf.distributions.Bernoulli(probs=[0.5, 0.9])
        >>> print(coin.prob([1, 1]).eval(), coin.mode().eval(), coin.sample(4).dtype)
        [0.5 0.9] [0 1] <dtype: 'int32'>
    """

    _param_names = ("logits",)
    _shaping = ("logits",)

    def __init__(
        self,
        logits: Any = None,
        probs: Any = None,
        dtype: Any = dtypes.int32,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Bernoulli",
    ):
        given = dict(logits=logits, probs=probs, dtype=dtype)
        given |= dict(validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name) as scope:
            self._logits, self._probs = logits_and_probs(logits, probs, validate_args=validate_args, name=scope)
        parts = [self._logits, self._probs]
        super().__init__(dtype, NOT_REPARAMETERIZED, validate_args, allow_nan_stats, given, parts, scope)

    logits: Tensor = read_only("_logits", "The log-odds of 1.")
    probs: Tensor = read_only("_probs", "The probability of 1.")

    def _sample_n(self, n, seed=None):
        noise = random_uniform(self._many(n), seed=seed, dtype=self.probs.dtype)
        return cast.cast(comparison.less(noise, self.probs), self.dtype)

    def _log_prob(self, event):
        if self.validate_args:
            event = castable(event, dtypes.bool_)
        event, logits = cast.cast(event, self.logits.dtype), self.logits
        if not (event.shape.is_fully_defined() and logits.shape.is_fully_defined() and event.shape == logits.shape):
            logits, event = filled_like.ones_like(event) * logits, filled_like.ones_like(logits) * event
        return -sigmoid_cross_entropy_with_logits(labels=event, logits=logits)

    def _entropy(self):
        first = -self.logits * (sigmoid.sigmoid(self.logits) - 1)
        return first + activations.softplus(-self.logits)

    def _mean(self):
        return identity.identity(self.probs)

    def _variance(self):
        return self._mean() * (1.0 - self.probs)

    def _mode(self):
        return cast.cast(self.probs > 0.5, self.dtype)


@divergences.RegisterKL(Bernoulli, Bernoulli)
def _kl_bernoullis(a: Bernoulli, b: Bernoulli, name: str | None = None) -> Tensor:
    softplus = activations.softplus
    with atomic_scope(name, "kl_bernoulli_bernoulli", [a.logits, b.logits]):
        of_0 = softplus(-b.logits) - softplus(-a.logits)
        of_1 = softplus(b.logits) - softplus(a.logits)
        return sigmoid.sigmoid(a.logits) * of_0 + sigmoid.sigmoid(-a.logits) * of_1


class Categorical(Distribution):
    """A distribution of the numbers of classes, 0 to k - 1.

    Args:
        logits: unnormalized log-probabilities, a tensor of floats of shape [..., k]; or
        probs: the probabilities, which sum to 1 along the last axis.
        dtype: the type of samples, by default int32.
        validate_args: check in each run that probabilities sum to 1, and values are whole numbers.
        allow_nan_stats: accepted; all statistics are defined.
        name: the name scope.

    Raises:
        ValueError: unless one of `logits` and `probs` is given.
        TypeError: if they are not floats.

    Example:
        >>> policy = tf.distributions.Categorical(logits=[[0.0, 1.0, 0.0], [5.0, 0.0, 0.0]])
        >>> action = policy.sample(seed=1)
        >>> print(action.shape, policy.log_prob([1, 0]).eval().round(2), policy.mode().eval())
        (2,) [-0.55 -0.01] [1 0]
    """

    def __init__(
        self,
        logits: Any = None,
        probs: Any = None,
        dtype: Any = dtypes.int32,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Categorical",
    ):
        given = dict(logits=logits, probs=probs, dtype=dtype)
        given |= dict(validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name)
        with atomic_scope(name, values=[logits, probs]) as scope:
            self._logits, self._probs = logits_and_probs(logits, probs, True, validate_args, scope)
            if validate_args:
                self._logits = enough_classes(self._logits)
            self._measure()
        parts = [self._logits, self._probs]
        super().__init__(dtype, NOT_REPARAMETERIZED, validate_args, allow_nan_stats, given, parts, scope)

    def _measure(self) -> None:
        """Build the tensors of the shapes, which are constants where they are known."""
        static = with_rank_at_least(self._logits.shape, 1)
        if static.ndims is not None:
            self._batch_rank = convert_to_tensor(static.ndims - 1, dtypes.int32, name="batch_rank")
        else:
            with atomic_scope("batch_rank"):
                self._batch_rank = size_ops.rank(self._logits) - 1
        sizes: Any = shape_ops.shape(self._logits, name="logits_shape")
        count = None if static.ndims is None else static.as_list()[-1]
        if count is not None:
            self._event_size = convert_to_tensor(count, dtypes.int32, name="event_size")
        else:
            with atomic_scope("event_size"):
                self._event_size = sizes[self._batch_rank]
        if static[:-1].is_fully_defined():
            self._batch_sizes = constant.constant(static[:-1].as_list(), dtypes.int32, name="batch_shape")
        else:
            with atomic_scope("batch_shape"):
                self._batch_sizes = sizes[:-1]

    event_size: Tensor = read_only("_event_size", "The number of classes, a scalar.")
    logits: Tensor = read_only("_logits", "The log-probabilities.")
    probs: Tensor = read_only("_probs", "The probabilities.")

    def _batch_shape_tensor(self):
        return identity.identity(self._batch_sizes)

    def _batch_shape(self):
        return self.logits.shape[:-1]

    def _event_shape_tensor(self):
        return constant.constant([], dtype=dtypes.int32)

    def _event_shape(self):
        return TensorShape([])

    def _sample_n(self, n, seed=None):
        logits = self.logits
        if logits.shape.ndims != 2:
            logits = reshape.reshape(logits, [-1, self.event_size])
        kind = dtypes.int64 if self.dtype.size > 4 else dtypes.int32
        draws = multinomial(logits, n, seed=seed, output_dtype=kind)
        draws = transpose.transpose(draws)
        draws = reshape.reshape(draws, concat.concat([[n], self.batch_shape_tensor()], 0))
        return cast.cast(draws, self.dtype)

    def _event(self, k: Any, parameter: Tensor) -> tuple[Tensor, Tensor]:
        """Return a value and a parameter, broadcast so that the value has a class for each row of the parameter."""
        k = convert_to_tensor(k, name="k")
        if self.validate_args:
            k = castable(k, dtypes.int32)
        if k.dtype.is_floating:
            k = cast.cast(k, dtypes.int32)
        elif not k.dtype.is_integer:
            raise TypeError(f"`value` should have integer `dtype` or `self.dtype` ({self.dtype.base_dtype})")
        rows = parameter.shape[:-1]
        if rows.is_fully_defined() and k.shape.is_fully_defined() and rows == k.shape:
            return k, parameter
        parameter = parameter * filled_like.ones_like(k[..., newaxis], dtype=parameter.dtype)
        sizes: Any = shape_ops.shape(parameter)
        k = k * fill.ones(sizes[:-1], dtype=k.dtype)
        if parameter.shape.ndims is not None:
            k.set_shape(parameter.shape[:-1])
        return k, parameter

    def _cdf(self, k):
        k, probs = self._event(k, self.probs)
        probs, flat = reshape.reshape(probs, (-1, self._event_size)), reshape.reshape(k, [-1])
        below = where.where(sequence_mask(flat, self._event_size), probs, filled_like.zeros_like(probs))
        return reshape.reshape(reductions.reduce_sum(below, axis=-1), shape_ops.shape(k))

    def _log_prob(self, k):
        k, logits = self._event(k, self.logits)
        return -sparse_softmax_cross_entropy_with_logits(labels=k, logits=logits)

    def _entropy(self):
        return -reductions.reduce_sum(softmax.log_softmax(self.logits) * self.probs, axis=-1)

    def _mode(self):
        found = cast.cast(reduce_max_min.argmax(self.logits, axis=self._batch_rank), self.dtype)
        found.set_shape(self.batch_shape)
        return found


@divergences.RegisterKL(Categorical, Categorical)
def _kl_categoricals(a: Categorical, b: Categorical, name: str | None = None) -> Tensor:
    with atomic_scope(name, "kl_categorical_categorical", [a.logits, b.logits]):
        difference = softmax.log_softmax(a.logits) - softmax.log_softmax(b.logits)
        return reductions.reduce_sum(softmax.softmax(a.logits) * difference, axis=-1)
