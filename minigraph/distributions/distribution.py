"""`Distribution`: what all distributions have, by hooks that each of them defines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import numpy as np

from minigraph.distributions import divergences
from minigraph.graph import dtypes
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.scopes import atomic_scope, name_scope
from minigraph.graph.shapes import TensorShape, as_shape, unknown_shape
from minigraph.ops.arrays import concat, reshape, shape_ops
from minigraph.ops.math import comparison, exponential, powers, reductions

__all__ = ["FULLY_REPARAMETERIZED", "NOT_REPARAMETERIZED", "Distribution", "ReparameterizationType"]


class ReparameterizationType:
    """How samples depend on parameters: through a function of noise, which has a gradient, or not.

    Example:
        >>> tf.distributions.Normal(0.0, 1.0).reparameterization_type
        <Reparameteriation Type: FULLY_REPARAMETERIZED>
    """

    def __init__(self, rep_type: str):
        self._rep_type = rep_type

    def __repr__(self) -> str:
        return f"<Reparameteriation Type: {self._rep_type}>"


FULLY_REPARAMETERIZED = ReparameterizationType("FULLY_REPARAMETERIZED")
NOT_REPARAMETERIZED = ReparameterizationType("NOT_REPARAMETERIZED")


class Distribution:
    """A probability distribution, or a batch of them, whose parameters are tensors.

    A subclass defines the hooks `_sample_n`, `_log_prob` or `_prob`, `_mean`… and the four of shapes, and calls this
    constructor. Each public method opens the name scope of the distribution and one of its own.

    Args:
        dtype: the element type of samples.
        reparameterization_type: `FULLY_REPARAMETERIZED` or `NOT_REPARAMETERIZED`.
        validate_args: check parameters and values in each run.
        allow_nan_stats: statistics that are not defined are NaN; otherwise they fail.
        parameters: the arguments of the subclass's constructor, for `copy`.
        graph_parents: the tensors that the distribution is made of.
        name: the name; one that ends in "/" is taken as the scope.

    Example:
        >>> class Always(tf.distributions.Distribution):
        ...     def __init__(self, value):
        ...         super().__init__(tf.float32, tf.distributions.NOT_REPARAMETERIZED, False, True)
        ...         self.value = value
        ...     def _batch_shape(self): return tf.TensorShape([])
        ...     def _event_shape(self): return tf.TensorShape([])
        ...     def _sample_n(self, n, seed=None): return tf.fill([n], self.value)
        ...     def _prob(self, x): return tf.cast(tf.equal(x, self.value), tf.float32)
        >>> print(*sess.run([Always(2.0).sample(3), Always(2.0).log_prob(2.0)]))
        [2. 2. 2.] 0.0
    """

    _param_names: ClassVar[tuple[str, ...]] = ()  # those whose shape, for a scalar distribution, is that of a sample

    def __init__(
        self,
        dtype: Any,
        reparameterization_type: ReparameterizationType,
        validate_args: bool,
        allow_nan_stats: bool,
        parameters: dict | None = None,
        graph_parents: list | None = None,
        name: str | None = None,
    ):
        for i, parent in enumerate(graph_parents or ()):
            if not isinstance(parent, Tensor):
                raise ValueError(f"Graph parent item {i} is not a Tensor; {parent}.")
        if not name or name[-1] != "/":
            with name_scope(name or type(self).__name__) as name:
                pass
        self._dtype, self._name = dtype, name
        self._reparameterization_type = reparameterization_type
        self._validate_args, self._allow_nan_stats = validate_args, allow_nan_stats
        self._parameters, self._graph_parents = dict(parameters or {}), list(graph_parents or ())

    name: str = read_only("_name", "The name scope, which ends in a slash.")
    dtype: Any = read_only("_dtype", "The element type of samples.")
    reparameterization_type = read_only("_reparameterization_type", "Whether samples have a gradient by parameters.")
    allow_nan_stats: bool = read_only("_allow_nan_stats", "True if statistics that are not defined are NaN.")
    validate_args: bool = read_only("_validate_args", "True if parameters and values are checked.")

    @property
    def parameters(self) -> dict:
        """The arguments with which the distribution was made."""
        return {key: value for key, value in self._parameters.items() if not key.startswith("__") and key != "self"}

    def copy(self, **override_parameters_kwargs: Any) -> Any:
        """Return a distribution of this kind made with the same arguments, those given here aside.

        Example:
            >>> print(tf.distributions.Normal(1.0, 2.0).copy(loc=3.0).mean().eval())
            3.0
        """
        return type(self)(**{**self.parameters, **override_parameters_kwargs})

    @classmethod
    def param_shapes(cls, sample_shape: Any, name: str = "DistributionParamShapes") -> dict:
        """Return, for the name of each parameter, the shape that gives samples of shape `sample_shape`, as tensors."""
        with atomic_scope(name, values=[sample_shape]):
            return cls._param_shapes(sample_shape)

    @classmethod
    def param_static_shapes(cls, sample_shape: Any) -> dict:
        """Return the same shapes, each a `TensorShape`.

        Raises:
            ValueError: if `sample_shape` is not fully known.

        Example:
            >>> tf.distributions.Bernoulli.param_static_shapes([2, 3])
            {'logits': TensorShape([Dimension(2), Dimension(3)])}
        """
        if isinstance(sample_shape, TensorShape):
            if not sample_shape.is_fully_defined():
                raise ValueError("TensorShape sample_shape must be fully defined")
            sample_shape = sample_shape.as_list()
        found = {key: constant_value(shape) for key, shape in cls.param_shapes(sample_shape).items()}
        if any(value is None for value in found.values()):
            raise ValueError("sample_shape must be a fully-defined TensorShape or list/tuple")
        return {key: TensorShape(value.tolist()) for key, value in found.items()}

    @classmethod
    def _param_shapes(cls, sample_shape: Any) -> dict:
        if not cls._param_names:
            raise NotImplementedError("_param_shapes not implemented")
        return dict.fromkeys(cls._param_names, convert_to_tensor(sample_shape, dtypes.int32))

    # Shapes

    @property
    def batch_shape(self) -> TensorShape:
        """The static shape of the batch of distributions."""
        return as_shape(self._batch_shape())

    @property
    def event_shape(self) -> TensorShape:
        """The static shape of one sample of one distribution."""
        return as_shape(self._event_shape())

    def _batch_shape(self) -> TensorShape:
        return unknown_shape()

    def _event_shape(self) -> TensorShape:
        return unknown_shape()

    def batch_shape_tensor(self, name: str = "batch_shape_tensor") -> Tensor:
        """Return the shape of the batch as an int32 vector."""
        with self._name_scope(name):
            if self.batch_shape.is_fully_defined():
                return convert_to_tensor(self.batch_shape.as_list(), dtypes.int32, name="batch_shape")
            return self._hook("batch_shape_tensor")

    def event_shape_tensor(self, name: str = "event_shape_tensor") -> Tensor:
        """Return the shape of one sample as an int32 vector."""
        with self._name_scope(name):
            if self.event_shape.is_fully_defined():
                return convert_to_tensor(self.event_shape.as_list(), dtypes.int32, name="event_shape")
            return self._hook("event_shape_tensor")

    def is_scalar_event(self, name: str = "is_scalar_event") -> Tensor:
        """Return a boolean scalar: True if one sample is a scalar."""
        with self._name_scope(name):
            return convert_to_tensor(_is_scalar(self.event_shape, self.event_shape_tensor), name="is_scalar_event")

    def is_scalar_batch(self, name: str = "is_scalar_batch") -> Tensor:
        """Return a boolean scalar: True if this is one distribution, not a batch."""
        with self._name_scope(name):
            return convert_to_tensor(_is_scalar(self.batch_shape, self.batch_shape_tensor), name="is_scalar_batch")

    # Samples

    def sample(self, sample_shape: Any = (), seed: int | None = None, name: str = "sample") -> Tensor:
        """Draw samples.

        Args:
            sample_shape: the shape of the samples drawn of each distribution, a list, a tensor or a number.
            seed: the seed; see `tf.set_random_seed`.
            name: the name scope inside that of the distribution.

        Returns:
            A tensor of shape `sample_shape`, followed by the batch shape and the event shape.
        """
        with self._name_scope(name, [sample_shape]):
            shape = convert_to_tensor(sample_shape, dtypes.int32, name="sample_shape")
            shape, n = _as_vector(shape)
            drawn = self._sample_n(n, seed)
            rest = shape_ops.shape(drawn)[1:]
            drawn = reshape.reshape(drawn, concat.concat([shape, rest], 0))
            drawn.set_shape(self._static_shape(drawn.shape, TensorShape(constant_value(shape))))
            return drawn

    def _sample_n(self, n: Any, seed: int | None = None) -> Tensor:
        raise self._not_implemented("sample_n")

    def _static_shape(self, found: TensorShape, sample_shape: TensorShape) -> TensorShape:
        """Return the static shape of samples, from that of a tensor and those of its three parts."""
        parts = [sample_shape, self.batch_shape, self.event_shape]
        unknown = [i for i, part in enumerate(parts) if part.ndims is None]
        if len(unknown) == 1 and found.ndims is not None:
            known = sum(part.ndims or 0 for part in parts)
            parts[unknown[0]] = unknown_shape(found.ndims - known)
        if any(part.ndims is None for part in parts):
            return found
        return found.merge_with(parts[0].concatenate(parts[1]).concatenate(parts[2]))

    # Functions of a value

    def log_prob(self, value: Any, name: str = "log_prob") -> Tensor:
        """Return the logarithm of the density, or of the probability, at a value."""
        return self._at(value, name, "log_prob", "prob", exponential.log)

    def prob(self, value: Any, name: str = "prob") -> Tensor:
        """Return the density, or the probability, at a value."""
        return self._at(value, name, "prob", "log_prob", exponential.exp)

    def log_cdf(self, value: Any, name: str = "log_cdf") -> Tensor:
        """Return the logarithm of the probability of at most a value."""
        return self._at(value, name, "log_cdf", "cdf", exponential.log)

    def cdf(self, value: Any, name: str = "cdf") -> Tensor:
        """Return the probability of at most a value."""
        return self._at(value, name, "cdf", "log_cdf", exponential.exp)

    def log_survival_function(self, value: Any, name: str = "log_survival_function") -> Tensor:
        """Return the logarithm of the probability of more than a value."""
        return self._survival(value, name, "log_survival_function", lambda p: exponential.log1p(-p))

    def survival_function(self, value: Any, name: str = "survival_function") -> Tensor:
        """Return the probability of more than a value."""
        return self._survival(value, name, "survival_function", lambda p: 1.0 - p)

    def quantile(self, value: Any, name: str = "quantile") -> Tensor:
        """Return the value of which at most is drawn with a given probability."""
        with self._name_scope(name, [value]):
            return self._hook("quantile", self._value(value))

    # Statistics

    def entropy(self, name: str = "entropy") -> Tensor:
        """Return the entropy in nats."""
        return self._statistic(name, "entropy")

    def mean(self, name: str = "mean") -> Tensor:
        """Return the mean."""
        return self._statistic(name, "mean")

    def mode(self, name: str = "mode") -> Tensor:
        """Return the value of the highest density."""
        return self._statistic(name, "mode")

    def covariance(self, name: str = "covariance") -> Tensor:
        """Return the covariance matrix of the elements of a sample."""
        return self._statistic(name, "covariance")

    def variance(self, name: str = "variance") -> Tensor:
        """Return the variance."""
        with self._name_scope(name):
            return self._either("variance", "stddev", powers.square)

    def stddev(self, name: str = "stddev") -> Tensor:
        """Return the standard deviation."""
        with self._name_scope(name):
            return self._either("stddev", "variance", powers.sqrt)

    def cross_entropy(self, other: Any, name: str = "cross_entropy") -> Tensor:
        """Return the cross entropy of this distribution and another: the mean of -log q over samples of this one."""
        with self._name_scope(name):
            return divergences.cross_entropy(self, other, allow_nan_stats=self.allow_nan_stats)

    def kl_divergence(self, other: Any, name: str = "kl_divergence") -> Tensor:
        """Return the Kullback-Leibler divergence KL(this || other); see `tf.distributions.kl_divergence`."""
        with self._name_scope(name):
            return divergences.kl_divergence(self, other, allow_nan_stats=self.allow_nan_stats)

    # The common part

    def _hook(self, name: str, *args: Any) -> Any:
        found = getattr(self, f"_{name}", None)
        if found is None:
            raise self._not_implemented(name)
        return found(*args)

    def _not_implemented(self, name: str) -> NotImplementedError:
        return NotImplementedError(f"{name} is not implemented: {type(self).__name__}")

    def _either(self, name: str, other: str, transform: Callable, *args: Any) -> Tensor:
        """Return what the hook `name` gives, or else that of `other`, transformed."""
        try:
            return self._hook(name, *args)
        except NotImplementedError as error:
            try:
                return transform(self._hook(other, *args))
            except NotImplementedError:
                raise error from None

    def _at(self, value: Any, name: str, hook: str, other: str, transform: Callable) -> Tensor:
        with self._name_scope(name, [value]):
            return self._either(hook, other, transform, self._value(value))

    def _survival(self, value: Any, name: str, hook: str, of_cdf: Callable) -> Tensor:
        with self._name_scope(name, [value]):
            value = self._value(value)
            try:
                return self._hook(hook, value)
            except NotImplementedError as error:
                try:
                    return of_cdf(self.cdf(value))
                except NotImplementedError:
                    raise error from None

    def _statistic(self, name: str, hook: str) -> Tensor:
        with self._name_scope(name):
            return self._hook(hook)

    def _value(self, value: Any) -> Tensor:
        return convert_to_tensor(value, name="value", preferred_dtype=self.dtype)

    @contextmanager
    def _name_scope(self, name: str | None = None, values: list | None = None) -> Iterator[str]:
        with name_scope(self.name), atomic_scope(name, values=[*(values or ()), *self._graph_parents]) as scope:
            yield scope

    def __str__(self) -> str:
        shapes = [("batch_shape", self.batch_shape), ("event_shape", self.event_shape)]
        known = "".join(f", {key}={shape}" for key, shape in shapes if shape.ndims is not None)
        return f'tfp.distributions.{type(self).__name__}("{self.name}"{known}, dtype={self.dtype.name})'

    def __repr__(self) -> str:
        return (
            f"<tfp.distributions.{type(self).__name__} '{self.name}' batch_shape={self.batch_shape} "
            f"event_shape={self.event_shape} dtype={self.dtype.name}>"
        )


def _is_scalar(static: TensorShape, dynamic: Callable) -> Any:
    if static.ndims is not None:
        return static.ndims == 0
    sizes = dynamic()
    if sizes.shape.ndims is not None and sizes.shape.as_list()[0] is not None:
        return sizes.shape.as_list() == [0]
    return comparison.equal(shape_ops.shape(sizes)[0], 0)


def _as_vector(shape: Tensor) -> tuple:
    """Return a sample shape, which may be a scalar, as a vector, and its number of samples.

    Raises:
        ValueError: if it has more than one axis.
    """
    known = constant_value(shape)
    count = reductions.reduce_prod(shape) if known is None else np.prod(known, dtype=shape.dtype.as_numpy_dtype())
    if shape.shape.ndims == 0:
        if known is None:
            return reshape.reshape(shape, [1]), count
        return convert_to_tensor(np.array([known], shape.dtype.as_numpy_dtype), name="sample_shape"), count
    if shape.shape.ndims is None:
        return reshape.reshape(shape, [-1]), count
    if shape.shape.ndims != 1:
        raise ValueError("Input is neither scalar nor vector.")
    return shape, count
