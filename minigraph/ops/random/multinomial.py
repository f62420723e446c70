"""`multinomial`: draw class indices by logits."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scalar_inputs import size_input
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.ops.random import philox
from minigraph.ops.random.drawing import Random, seeds_of, tensors_of

__all__ = ["multinomial", "categorical"]


class Multinomial(Random):
    """Class indices drawn by unnormalized log-probabilities."""

    output_dtype: DType = dtypes.int64

    inputs = ("logits: T", "num_samples: int32")
    outputs = ("output_dtype",)
    allowed = {"T": dtypes.REALS, "output_dtype": dtypes.INDICES}
    static_inputs = (1,)
    gradient = no_gradient

    def shape(self, logits, num_samples):
        rows, _ = with_rank(logits, 2).tuple
        with_rank(num_samples.shape, 0)
        return TensorShape.of((rows, size_input(num_samples, 1)))

    def kernel(self, xp, logits, num_samples, state):
        return _drawn(logits, num_samples, state, self.output_dtype)


class StatelessMultinomial(OpDef):
    """Class indices drawn by unnormalized log-probabilities; equal seeds give equal ones."""

    output_dtype: DType = dtypes.int64

    inputs = ("logits: T", "num_samples: int32", "seed: Tseed")
    outputs = ("output_dtype",)
    allowed = {"T": dtypes.REALS, "Tseed": dtypes.INDICES, "output_dtype": dtypes.INDICES}
    static_inputs = (1,)
    gradient = no_gradient

    def shape(self, logits, num_samples, seed):
        rows, _ = with_rank(logits, 2).tuple
        with_rank(num_samples.shape, 0)
        return TensorShape.of((rows, size_input(num_samples, 1)))

    def kernel(self, xp, logits, num_samples, seed):
        if np.shape(seed) != (2,):
            raise ValueError(f"seed must have shape [2], not {brackets(np.shape(seed))}")
        return _drawn(logits, num_samples, philox.Philox.of_pair(*np.asarray(seed).tolist()), self.output_dtype)


def _drawn(logits: Any, num_samples: Any, state: philox.Philox, dtype: DType) -> np.ndarray:
    """Draw class indices from a stream."""
    if logits.ndim != 2:
        raise ValueError(f"logits should be a matrix, got shape {brackets(logits.shape)}")
    demand(not np.ndim(num_samples), f"num_samples should be a scalar, got shape {brackets(np.shape(num_samples))}")
    if num_samples < 0:
        raise ValueError(f"num_samples should be nonnegative, got {num_samples}")
    if not logits.shape[1]:
        raise ValueError("num_classes should be positive, got 0")
    rows, samples, logits = len(logits), int(num_samples), np.asarray(logits)
    start = state.reserve(rows * ((samples + 3) // 4 * 4) * 2 * philox.RESERVED)
    words = state.blocks_from(start, -(-rows * samples // 2)).reshape(-1)[: 2 * rows * samples]
    draws = philox.unit(words, np.float64).reshape(rows, samples)
    finite = np.isfinite(logits)
    top = np.max(np.where(finite, logits, np.finfo(logits.dtype).min), axis=1, keepdims=True).astype(np.float64)
    with np.errstate(all="ignore"):
        weights = np.where(finite, np.exp(logits.astype(np.float64) - top), 0.0)
    found = [np.searchsorted(s, d * s[-1], side="right") for s, d in zip(np.cumsum(weights, axis=1), draws)]
    return np.array(found, dtype.as_numpy_dtype).reshape(rows, samples)


def multinomial(
    logits: Any, num_samples: Any, seed: int | None = None, name: str | None = None, output_dtype: Any = None
) -> Tensor:
    """Draw class indices.

    Args:
        logits: unnormalized log-probabilities of shape (batch, classes).
        num_samples: the number to draw for each row.
        seed: the operation's seed.
        name: the name.
        output_dtype: int64 (by default) or int32.

    Returns:
        A tensor of shape (batch, num_samples).

    Example:
        >>> print(tf.multinomial([[0.0, 100.0]], 4).eval())
        [[1 1 1 1]]
    """
    with atomic_scope(name, "multinomial", tensors_of(logits)):
        return _draw_classes(logits, num_samples, seed, output_dtype)


def categorical(
    logits: Any, num_samples: Any, dtype: Any = None, seed: int | None = None, name: str | None = None
) -> Tensor:
    """Draw class indices: the newer name (`tf.random.categorical`) of `multinomial`."""
    with atomic_scope(name, "categorical", tensors_of(logits)):
        return _draw_classes(logits, num_samples, seed, dtype)


def _draw_classes(logits: Any, num_samples: Any, seed: int | None, dtype: Any) -> Tensor:
    logits = convert_to_tensor(logits, name="logits")
    dtype = dtypes.int64 if dtype is None else as_dtype(dtype)
    return apply(Multinomial(**seeds_of(seed), output_dtype=dtype), logits, num_samples)
