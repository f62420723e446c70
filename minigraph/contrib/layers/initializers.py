"""Initializers under their older names."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.dtypes import as_dtype
from minigraph.ops.random import normal
from minigraph.ops.random.uniform import random_uniform
from minigraph.variables.initializers.variance_scaling import compute_fans

__all__ = ["xavier_initializer", "xavier_initializer_conv2d", "variance_scaling_initializer"]


def xavier_initializer(uniform: bool = True, seed: int | None = None, dtype: Any = dtypes.float32) -> Callable:
    """Return Glorot's initializer: a variance of 2 / (inputs + outputs) (Glorot and Bengio, 2010).

    Args:
        uniform: draw from a uniform distribution, else from a normal one.
        seed: the random seed.
        dtype: the element type.

    Example:
        >>> print(tf.get_variable("w", [2, 3], initializer=tf.contrib.layers.xavier_initializer()).name)
        w:0
    """
    return variance_scaling_initializer(factor=1.0, mode="FAN_AVG", uniform=uniform, seed=seed, dtype=dtype)


xavier_initializer_conv2d = xavier_initializer


def variance_scaling_initializer(
    factor: float = 2.0,
    mode: str = "FAN_IN",
    uniform: bool = False,
    seed: int | None = None,
    dtype: Any = dtypes.float32,
) -> Callable:
    """Return an initializer with a variance of factor / n.

    Args:
        factor: a number.
        mode: the meaning of n: "FAN_IN" the number of inputs, "FAN_OUT" that of outputs, "FAN_AVG" their mean.
        uniform: draw from a uniform distribution, else from a normal one truncated at two standard deviations.
        seed: the random seed.
        dtype: a floating element type.

    Raises:
        TypeError: if the type is not floating, or the mode unknown.
    """
    if not as_dtype(dtype).is_floating:
        raise TypeError("Cannot create initializer for non-floating point type.")
    if mode not in ("FAN_IN", "FAN_OUT", "FAN_AVG"):
        raise TypeError(f"Unknown mode {mode} [FAN_IN, FAN_OUT, FAN_AVG]")

    def initializer(shape: Any, dtype: Any = dtype, partition_info: Any = None) -> Any:
        fan_in, fan_out = compute_fans(shape)
        count = {"FAN_IN": fan_in, "FAN_OUT": fan_out, "FAN_AVG": (fan_in + fan_out) / 2.0}[mode]
        if uniform:
            limit = math.sqrt(3.0 * factor / count)
            return random_uniform(shape, -limit, limit, dtype, seed=seed)
        # truncation reduces the deviation: 1.3 compensates
        return normal.truncated_normal(shape, 0.0, math.sqrt(1.3 * factor / count), dtype, seed=seed)

    return initializer
