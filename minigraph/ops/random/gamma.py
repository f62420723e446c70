"""`random_gamma` and `random_poisson`."""

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.graph.shape_rules import as_sizes
from minigraph.ops.arrays import filled_like
from minigraph.ops.math import continued_fractions, maximum_minimum
from minigraph.ops.random import philox, rejection
from minigraph.ops.random.drawing import Random, seeds_of, sizes_of, tensors_of

__all__ = ["random_gamma", "random_poisson"]

_FLOATS = (dtypes.float16, dtypes.float32, dtypes.float64)


def _many(state: philox.Philox, shape: Any, parameter: np.ndarray, draw: Callable) -> np.ndarray:
    """Return draws of a shape for each parameter: the parameter's axes last, its streams one after the other."""
    sizes, flat = sizes_of(shape), np.asarray(parameter, np.float64).reshape(-1)
    each = int(np.prod(sizes, dtype=np.int64))
    start = state.reserve(each * flat.size * philox.RESERVED)
    drawn = draw(np.repeat(flat, each), rejection.Elements(state, start, each * flat.size))
    return drawn.reshape(flat.size, each).T.reshape(*sizes, *np.shape(parameter))


class RandomGamma(Random):
    """Draws from the gamma distribution with scale 1, a batch for each parameter."""

    inputs = ("shape: S", "alpha: T")
    outputs = ("T",)
    allowed = {"S": dtypes.INDICES, "T": _FLOATS}
    static_inputs = (0,)

    def shape(self, shape, alpha):
        return as_sizes(shape).concatenate(alpha)

    def kernel(self, xp, shape, alpha, state):
        alpha = np.asarray(alpha)
        return _many(state, shape, alpha, rejection.draw_gamma).astype(alpha.dtype)

    def gradient(self, tf, dy, y, shape, alpha):
        with control_dependencies([dy]):
            count = tf.shape(shape)[0]
            ones = tf.ones([count], dtype=dtypes.int32)
            alpha = tf.reshape(alpha, tf.concat([ones, tf.shape(alpha)], axis=0))
            slope = apply(RandomGammaGrad(), alpha, y)
            return None, tf.reduce_sum(dy * slope, axis=tf.range(count))


class RandomGammaGrad(OpDef):
    """The derivative of a gamma sample by its parameter."""

    inputs = ("alpha", "sample")
    allowed = {"T": (dtypes.float32, dtypes.float64)}
    gradient = no_gradient

    def kernel(self, xp, alpha, sample):
        wide = np.broadcast_arrays(*[np.asarray(v).astype(np.float64) for v in (alpha, sample)])
        return continued_fractions.gamma_sample_slope(*wide).astype(np.asarray(sample).dtype)


class RandomPoissonV2(Random):
    """Draws from the Poisson distribution, a batch for each rate."""

    dtype_: DType = dtypes.int64

    inputs = ("shape: S", "rate: R")
    outputs = ("dtype",)
    allowed = {"S": dtypes.INDICES, "R": (*_FLOATS, *dtypes.INDICES), "dtype": (*_FLOATS, *dtypes.INDICES)}
    type_defaults = {"R": dtypes.float64}
    static_inputs = (0,)
    gradient = no_gradient

    def shape(self, shape, rate):
        return as_sizes(shape).concatenate(rate)

    def kernel(self, xp, shape, rate, state):
        kind: Any = self.dtype_.as_numpy_dtype
        largest = float(np.iinfo(kind).max if self.dtype_.is_integer else np.finfo(kind).max)
        drawn = _many(state, shape, rate, lambda rates, elements: rejection.draw_poisson(rates, elements, largest))
        return drawn.astype(kind)


def random_gamma(
    shape: Any,
    alpha: Any,
    beta: Any = None,
    dtype: Any = dtypes.float32,
    seed: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Draw from gamma distributions.

    Args:
        shape: the shape of the draws for each pair of parameters, a list or an integer vector.
        alpha: the shape parameters, a tensor of type `dtype`, positive. Draws have a gradient by it.
        beta: the inverse scales, 1 by default; broadcast with `alpha`.
        dtype: float16, float32 or float64.
        seed: the operation's seed; see `tf.set_random_seed`.
        name: the name scope.

    Returns:
        A tensor of type `dtype` and of shape `shape` followed by that of `alpha + beta`.

    Example:
        >>> draws = tf.random_gamma([20000], [0.5, 3.0], beta=2.0, seed=1).eval()
        >>> print(draws.shape, draws.mean(axis=0).round(1))  # the means are alpha / beta
        (20000, 2) [0.3 1.5]
    """
    dtype = as_dtype(dtype)
    with atomic_scope(name, "random_gamma", tensors_of(shape, alpha, beta)):
        size = convert_to_tensor(shape, dtypes.int32, name="shape")
        alpha = convert_to_tensor(alpha, dtype, name="alpha")
        beta = convert_to_tensor(1 if beta is None else beta, dtype, name="beta")
        alpha = alpha + filled_like.zeros_like(beta)
        draw = apply(RandomGamma(**seeds_of(seed)), size, alpha) / beta
        tiny = np.finfo(dtype.as_numpy_dtype).tiny
        return maximum_minimum.maximum(tiny, draw)


def random_poisson(
    lam: Any, shape: Any, dtype: Any = dtypes.float32, seed: int | None = None, name: str | None = None
) -> Tensor:
    """Draw from Poisson distributions.

    Args:
        lam: the rates, a tensor of floats or integers, not negative.
        shape: the shape of the draws for each rate, a list or an integer vector.
        dtype: the type of the draws: float16, float32, float64, int32 or int64.
        seed: the operation's seed; see `tf.set_random_seed`.
        name: the name scope.

    Returns:
        A tensor of type `dtype` and of shape `shape` followed by that of `lam`.

    Example:
        >>> draws = tf.random_poisson([0.5, 40.0], [20000], seed=1).eval()
        >>> print(draws.shape, draws.mean(axis=0).round(1))
        (20000, 2) [ 0.5 40. ]
    """
    with atomic_scope(name, "random_poisson", tensors_of(lam, shape)):
        size = convert_to_tensor(shape, dtypes.int32, name="shape")
        return apply(RandomPoissonV2(**seeds_of(seed), dtype_=as_dtype(dtype)), size, lam)
