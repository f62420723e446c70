"""random_normal and truncated_normal."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.math import arithmetic
from minigraph.ops.random import philox
from minigraph.ops.random.drawing import RandomFloat, seeds_of, shape_tensor, sizes_of, tensors_of

__all__ = ["random_normal", "truncated_normal"]


class RandomStandardNormal(RandomFloat):
    """Normal with mean 0 and standard deviation 1."""

    def kernel(self, xp, shape, state):
        return philox.standard_normal(state, sizes_of(shape), self.dtype_.as_numpy_dtype)


class TruncatedNormal(RandomFloat):
    """Normal, redrawn if more than two standard deviations from the mean."""

    def kernel(self, xp, shape, state):
        return philox.truncated_normal(state, sizes_of(shape), self.dtype_.as_numpy_dtype)


def _normal(
    op_def: type, default: str, shape: Any, mean: Any, stddev: Any, dtype: Any, seed: int | None, name: str | None
) -> Tensor:
    dtype = as_dtype(dtype)
    with atomic_scope(name, default, tensors_of(shape, mean, stddev)) as scope:
        size = shape_tensor(shape)
        mean = convert_to_tensor(mean, dtype, name="mean")
        stddev = convert_to_tensor(stddev, dtype, name="stddev")
        draw = apply(op_def(**seeds_of(seed), dtype_=dtype), size)
        return arithmetic.add(draw * stddev, mean, name=scope)


def random_normal(
    shape: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = dtypes.float32,
    seed: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Draw from a normal distribution.

    Args:
        shape: the shape, a list or an integer vector.
        mean, stddev: mean and standard deviation.
        dtype: a float type.
        seed: the operation's seed; see `tf.set_random_seed`.
        name: the name.

    Example:
        >>> print(tf.random_normal([2], seed=1).eval())
        [-0.8113182  1.4845988]
    """
    return _normal(RandomStandardNormal, "random_normal", shape, mean, stddev, dtype, seed, name)


def truncated_normal(
    shape: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = dtypes.float32,
    seed: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Draw from a normal distribution, redrawing values more than two standard deviations from the mean.

    See `random_normal` for the arguments.

    Example:
        >>> print(abs(tf.truncated_normal([1000], seed=1).eval()).max() <= 2)
        True
    """
    return _normal(TruncatedNormal, "truncated_normal", shape, mean, stddev, dtype, seed, name)
