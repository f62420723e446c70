"""Random initial values whose variance follows from the size of the layer: Glorot's, He's, LeCun's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.ops.random import normal, uniform
from minigraph.variables.initializers.base import Initializer, floating

__all__ = [
    "VarianceScaling",
    "GlorotUniform",
    "GlorotNormal",
    "variance_scaling_initializer",
    "glorot_uniform_initializer",
    "glorot_normal_initializer",
    "compute_fans",
]


class VarianceScaling(Initializer):
    """Random values whose variance is scale / n, where n counts inputs, outputs or their mean.

    Args:
        scale: a positive number.
        mode: "fan_in", "fan_out" or "fan_avg": what n is.
        distribution: "truncated_normal" (or "normal", its older name), "untruncated_normal" or "uniform".
        seed: the operation's seed.
        dtype: the type where none is asked for.

    Raises:
        ValueError: for another mode or distribution, or a scale that is not positive.

    Example:
        >>> w = tf.variance_scaling_initializer(distribution="uniform", seed=1)([300, 10]).eval()
        >>> print(abs(w).max() <= 0.1)
        True
    """

    _arguments = ("scale", "mode", "distribution", "seed")

    def __init__(
        self,
        scale: float = 1.0,
        mode: str = "fan_in",
        distribution: str = "truncated_normal",
        seed: int | None = None,
        dtype: Any = dtypes.float32,
    ):
        if scale <= 0.0:
            raise ValueError("`scale` must be positive float.")
        if mode not in ("fan_in", "fan_out", "fan_avg"):
            raise ValueError("Invalid `mode` argument:", mode)
        distribution = distribution.lower()
        if distribution not in ("normal", "uniform", "truncated_normal", "untruncated_normal"):
            raise ValueError("Invalid `distribution` argument:", distribution)
        super().__init__(floating(dtype))
        self.scale, self.mode, self.distribution, self.seed = scale, mode, distribution, seed

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        fan_in, fan_out = compute_fans(shape if partition_info is None else partition_info.full_shape)
        count = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2.0}[self.mode]
        scale, dtype = self.scale / max(1.0, count), self._dtype(dtype)
        if self.distribution == "uniform":
            limit = math.sqrt(3.0 * scale)
            return uniform.random_uniform(shape, -limit, limit, dtype, seed=self.seed)
        if self.distribution == "untruncated_normal":
            return normal.random_normal(shape, 0.0, math.sqrt(scale), dtype, seed=self.seed)
        # Cutting at two standard deviations makes the distribution narrower by this factor.
        return normal.truncated_normal(shape, 0.0, math.sqrt(scale) / 0.87962566103423978, dtype, seed=self.seed)


def compute_fans(shape: Sequence) -> tuple[int, int]:
    """Return the numbers of inputs and outputs of a weight tensor; for convolutions times the field's size.

    Example:
        >>> compute_fans([3, 4]), compute_fans([5, 5, 3, 4])
        ((3, 4), (75, 100))
    """
    sizes = [int(d) for d in shape]
    if len(sizes) < 2:
        count = sizes[0] if sizes else 1
        return count, count
    field = math.prod(sizes[:-2])
    return sizes[-2] * field, sizes[-1] * field


class GlorotUniform(VarianceScaling):
    """Uniform with variance 1 / mean(inputs, outputs) (Glorot and Bengio, 2010).

    As in TF1, `dtype` is not used: called without one it gives float32 (`get_variable` always names one).
    """

    _arguments = ("seed",)  # type: ignore[assignment]

    def __init__(self, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(1.0, "fan_avg", "uniform", seed)


class GlorotNormal(VarianceScaling):
    """A truncated normal with variance 1 / mean(inputs, outputs) (Glorot and Bengio, 2010); `dtype` as above."""

    _arguments = ("seed",)  # type: ignore[assignment]

    def __init__(self, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(1.0, "fan_avg", "truncated_normal", seed)


variance_scaling_initializer = VarianceScaling
glorot_uniform_initializer, glorot_normal_initializer = GlorotUniform, GlorotNormal
