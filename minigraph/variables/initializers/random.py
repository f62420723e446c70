"""Initial values drawn at random, with a distribution that does not depend on the shape."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.ops.random import normal, uniform
from minigraph.variables.initializers.base import Initializer, floating

__all__ = [
    "RandomUniform",
    "RandomNormal",
    "TruncatedNormal",
    "UniformUnitScaling",
    "random_uniform_initializer",
    "random_normal_initializer",
    "truncated_normal_initializer",
    "uniform_unit_scaling_initializer",
]


class RandomUniform(Initializer):
    """Uniform in [minval, maxval)."""

    _arguments = ("minval", "maxval", "seed")

    def __init__(self, minval: Any = 0, maxval: Any = None, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(dtype)
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        return uniform.random_uniform(shape, self.minval, self.maxval, self._dtype(dtype), seed=self.seed)


class RandomNormal(Initializer):
    """Normal with a mean and a standard deviation."""

    _arguments = ("mean", "stddev", "seed")

    def __init__(self, mean: Any = 0.0, stddev: Any = 1.0, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(floating(dtype))
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        return normal.random_normal(shape, self.mean, self.stddev, self._dtype(dtype), seed=self.seed)


class TruncatedNormal(RandomNormal):
    """Normal, drawn again where a value is more than two standard deviations from the mean."""

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        return normal.truncated_normal(shape, self.mean, self.stddev, self._dtype(dtype), seed=self.seed)


class UniformUnitScaling(Initializer):
    """Uniform within ± factor * sqrt(3 / inputs), which keeps the variance of a layer's output that of its input.

    The factor for non-linear layers is derived in Sussillo and Abbott, arXiv:1412.6558.
    """

    _arguments = ("factor", "seed")

    def __init__(self, factor: float = 1.0, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(floating(dtype))
        self.factor, self.seed = factor, seed

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        inputs = max(math.prod(float(d) for d in shape[:-1]), 1.0)
        limit = math.sqrt(3 / inputs) * self.factor
        return uniform.random_uniform(shape, -limit, limit, self._dtype(dtype), seed=self.seed)


random_uniform_initializer = RandomUniform
random_normal_initializer = RandomNormal
truncated_normal_initializer = TruncatedNormal
uniform_unit_scaling_initializer = UniformUnitScaling
