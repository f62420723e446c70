"""Transformations of gradients between their computation and their use: noise, multipliers, clipping.

Each function takes and returns a list of (gradient, variable). A gradient is a tensor, `IndexedSlices`, or None, which
passes through.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.contrib.layers.arguments import clipped, say, warn_of_unused_multipliers
from minigraph.graph.code import code
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.graph.text import message
from minigraph.graph.traces import here
from minigraph.ops.arrays import cast, filled_like, where
from minigraph.ops.math import clip_by_global_norm, exponential, maximum_minimum, powers
from minigraph.ops.random import normal
from minigraph.summary import scalar
from minigraph.train.moving_averages import assign_moving_average
from minigraph.variables.get_variable import get_variable
from minigraph.variables.initializers.constant import zeros_initializer
from minigraph.variables.variable_scope import variable_scope

__all__ = ["adaptive_clipping_fn", "add_scaled_noise", "multiply_gradients", "clip_pairs"]


def add_scaled_noise(pairs: list, scale: Any) -> list:
    """Add normal noise times `scale`; an `IndexedSlices` becomes a dense tensor."""
    return [(None if gradient is None else _noisy(gradient, scale), variable) for gradient, variable in pairs]


def _noisy(gradient: Any, scale: Any) -> Tensor:
    shape = gradient.dense_shape if isinstance(gradient, IndexedSlices) else gradient.shape
    noise = normal.truncated_normal(shape) * scale
    return gradient + cast.cast(noise, gradient.dtype)  # float32 noise, as in TF1; for float64 it needs the cast


def multiply_gradients(pairs: list, multipliers: dict) -> list:
    """Multiply the gradients of the variables that `multipliers` names, by object or by name."""
    if not hasattr(multipliers, "__contains__"):
        raise TypeError(
            message(
                f"argument of type '{type(multipliers).__name__}' is not iterable",
                f"gradient_multipliers is {multipliers!r} at {here()}.",
                f"Write a dict: {code(f'gradient_multipliers={{{pairs[0][1].name!r}: 2.0}}')}.",
            )
        )
    variables = [variable for _, variable in pairs]
    warn_of_unused_multipliers(multipliers, [variable.name for variable in variables], variables)
    if not pairs:
        raise ValueError(
            "Empty list of (gradient, var) pairs encountered. This is most likely to be caused by an "
            "improper value of gradient_multipliers."
        )
    result = []
    for gradient, variable in pairs:
        key = variable if variable in multipliers else variable.name
        if gradient is not None and key in multipliers:
            factor, is_sparse = multipliers[key], isinstance(gradient, IndexedSlices)
            gradient = _scaled(gradient, factor if is_sparse else cast.cast(factor, gradient.dtype))  # as in TF1
        result.append((gradient, variable))
    return result


def _scaled(gradient: Any, factor: Any) -> Any:
    if isinstance(gradient, IndexedSlices):
        return IndexedSlices(gradient.values * factor, gradient.indices, gradient.dense_shape)
    return gradient * factor


def clip_pairs(pairs: list, clip: Any) -> list:
    """Scale all gradients so that their global norm is at most a float, or call a function of the pairs."""
    if not isinstance(clip, float):
        return clipped(clip, pairs)
    if clip <= 0.0:
        effect = "sets every gradient to zero: nothing is trained" if clip == 0.0 else "does not clip"
        say(f"clip_gradients={clip} {effect}; pass the maximum norm, such as 5.0, or None")
    gradients, variables = zip(*pairs)
    return list(zip(clip_by_global_norm.clip_by_global_norm(gradients, clip)[0], variables))


def adaptive_clipping_fn(
    std_factor: Any = 2.0,
    decay: Any = 0.95,
    static_max_norm: Any = None,
    global_step: Any = None,
    report_summary: bool = False,
    epsilon: float = 1e-8,
    name: str | None = None,
) -> Callable:
    """Return a function for `optimize_loss(clip_gradients=…)` whose maximum norm adapts to the norms seen so far.

    It keeps moving averages of the mean m and the standard deviation s of log(norm). Where the global norm exceeds
    exp(m + std_factor * s), all gradients are scaled so that it becomes exp(m).

    Source: section 3.2.1 of https://arxiv.org/abs/1412.1602.

    Args:
        std_factor: the number of standard deviations above the mean to allow; a number or a scalar tensor.
        decay: the decay of the moving averages, between 0 and 1.
        static_max_norm: a fixed maximum in addition to the adaptive one.
        global_step: if given, the decay is at most n / (n + 1) in step n, so that it adapts faster at first.
        report_summary: write a summary of the maximum norm.
        epsilon: keeps the logarithm and the variance away from zero.
        name: the scope of the variables, by default "AdaptiveMaxNorm".

    Returns:
        A function from a list of (gradient, variable) to such a list.

    Example:
        >>> w = tf.Variable(3.0, name="w")
        >>> train_op = tf.contrib.layers.optimize_loss(
        ...     w * w, None, 0.1, "SGD", clip_gradients=adaptive_clipping_fn(), summaries=[])
        >>> [v.op.name for v in tf.global_variables()][-2:]
        ['OptimizeLoss/AdaptiveMaxNorm/mean', 'OptimizeLoss/AdaptiveMaxNorm/sq_mean']
    """

    def clip_adaptively(pairs: list) -> list:
        norm = clip_by_global_norm.global_norm([gradient for gradient, _ in pairs])
        max_norm, log_mean = _adaptive_max_norm(norm, std_factor, decay, global_step, epsilon, name)
        if report_summary:
            scalar("global_norm/adaptive_max_gradient_norm", max_norm)
        factor = where.where(norm < max_norm, filled_like.ones_like(norm), exponential.exp(log_mean) / norm)
        if static_max_norm is not None:
            factor = maximum_minimum.minimum(static_max_norm / norm, factor)
        return [(None if gradient is None else _scaled(gradient, factor), variable) for gradient, variable in pairs]

    return clip_adaptively


def _adaptive_max_norm(
    norm: Tensor, std_factor: Any, decay: Any, global_step: Any, epsilon: float, name: str | None
) -> tuple[Tensor, Tensor]:
    """Return the maximum norm, and the mean of the logarithms of the norms."""
    with variable_scope(name, "AdaptiveMaxNorm", [norm]):
        log_norm = exponential.log(norm + epsilon)
        if global_step is not None:
            n = cast.cast(global_step, "float32")
            decay = maximum_minimum.minimum(decay, n / (n + 1.0))
        mean = _moving_average("mean", log_norm, decay)
        mean_of_squares = _moving_average("sq_mean", powers.square(log_norm), decay)
        variance = mean_of_squares - powers.square(mean)
        std = powers.sqrt(maximum_minimum.maximum(epsilon, variance))
        return exponential.exp(mean + std_factor * std), mean


def _moving_average(name: str, value: Tensor, decay: Any) -> Any:
    variable = get_variable(
        name, shape=value.shape, dtype=value.dtype, initializer=zeros_initializer(), trainable=False
    )
    return assign_moving_average(variable, value, decay, zero_debias=False)
