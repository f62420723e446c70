"""Learning rates that fall with the steps."""

from __future__ import annotations

import math
from typing import Any

from minigraph.graph.code import code
from minigraph.graph.convert import convert_n_to_tensor, convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import int32, int64
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import cast, constant
from minigraph.ops.control import case, cond
from minigraph.ops.math import (
    arithmetic,
    comparison,
    division,
    exponential,
    maximum_minimum,
    negative,
    pow,
    powers,
    rounding,
    trigonometry,
)
from minigraph.ops.random import normal

__all__ = [
    "exponential_decay",
    "piecewise_constant",
    "piecewise_constant_decay",
    "polynomial_decay",
    "natural_exp_decay",
    "inverse_time_decay",
    "cosine_decay",
    "cosine_decay_restarts",
    "linear_cosine_decay",
    "noisy_linear_cosine_decay",
]


def _need_step(function: str, global_step: Any) -> None:
    if global_step is None:
        raise ValueError(
            f"None values not supported.\n{function} needs the global step: "
            f"{code('tf.train.get_or_create_global_step()')}."
        )


def _decay(function: str, global_step: Any, name: str) -> Any:
    """Return the name scope of a decay; ValueError if there is no global step."""
    _need_step(function, global_step)
    return atomic_scope(name)


def _start(learning_rate: Any, *values: Any) -> list:
    """Return the rate as a tensor, and the values in its type, in the order of TF1's nodes."""
    rate = convert_to_tensor(learning_rate, name="initial_learning_rate")
    return [rate, *[cast.cast(value, rate.dtype.base_dtype) for value in values]]


def exponential_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Tensor:
    """Return learning_rate * decay_rate ** (global_step / decay_steps).

    Args:
        learning_rate: the rate at step 0, a float or scalar tensor.
        global_step: the step, a number, scalar tensor or variable.
        decay_steps, decay_rate: after so many steps the rate is multiplied by this.
        staircase: take the whole part of the fraction: the rate falls at intervals.
        name: the name scope.

    Returns:
        A scalar tensor of the rate's type.

    Raises:
        ValueError: if there is no global step.

    Example:
        >>> print(tf.train.exponential_decay(0.1, 150, 100, 0.5, staircase=True).eval())
        0.05
    """
    with _decay("exponential_decay", global_step, name or "ExponentialDecay") as scope:
        rate, steps, factor, step = _start(learning_rate, decay_steps, decay_rate, global_step)
        part = rounding.floor(step / steps) if staircase else step / steps
        return arithmetic.multiply(rate, pow.pow(factor, part), name=scope)


def piecewise_constant(x: Any, boundaries: Any, values: Any, name: str | None = None) -> Tensor:
    """Return values[0] up to boundaries[0] (included), values[1] up to boundaries[1], and so on.

    Args:
        x: the step, a scalar tensor or variable.
        boundaries: a list of increasing numbers, of the type of `x`.
        values: a list of rates, one more than there are boundaries.
        name: the name scope.

    Raises:
        ValueError: if the lengths or types do not fit.

    Example:
        >>> print(tf.train.piecewise_constant(150, [100, 200], [1.0, 0.5, 0.1]).eval())
        0.5
    """
    with get_default_graph().atomic():
        _need_step("piecewise_constant", x)
        limits, rates = convert_n_to_tensor(boundaries), convert_n_to_tensor(values)
        step = convert_to_tensor(x)
        limits = [_in_type_of(limit, step) for limit in limits]
        for rate in rates[1:]:
            if rate.dtype.base_dtype != rates[0].dtype.base_dtype:
                raise ValueError(
                    "Values must have elements all with the same dtype "
                    f"({rates[0].dtype.base_dtype} vs {rate.dtype.base_dtype})."
                )
        if len(limits) != len(rates) - 1:
            raise ValueError("The length of boundaries should be 1 less than the length of values")
        with atomic_scope(name or "PiecewiseConstant"):
            step = convert_to_tensor(x)
            pairs: list = [(step <= limits[0], lambda: rates[0]), (step > limits[-1], lambda: rates[-1])]
            for low, high, rate in zip(limits[:-1], limits[1:], rates[1:-1]):
                pairs.append(((step > low) & (step <= high), lambda rate=rate: rate))
            return case.case(pairs, default=lambda: rates[0], exclusive=True)


piecewise_constant_decay = piecewise_constant


def _in_type_of(limit: Tensor, step: Tensor) -> Tensor:
    found, wanted = limit.dtype.base_dtype, step.dtype.base_dtype
    if found == wanted:
        return limit
    if found == int32 and wanted == int64:
        return cast.cast(limit, wanted)
    raise ValueError(f"Boundaries ({found}) must have the same dtype as x ({wanted}).")


def polynomial_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    end_learning_rate: Any = 0.0001,
    power: Any = 1.0,
    cycle: bool = False,
    name: str | None = None,
) -> Tensor:
    """Let the rate fall to `end_learning_rate` along (1 - global_step / decay_steps) ** power.

    Args:
        learning_rate, global_step, decay_steps: as for `exponential_decay`.
        end_learning_rate: the rate after `decay_steps` steps.
        power: of the polynomial; 1 is a straight line.
        cycle: begin again, with more steps, each time that the end is reached.
        name: the name scope.

    Raises:
        ValueError: if there is no global step.

    Example:
        >>> print(tf.train.polynomial_decay(1.0, 50, 100, 0.0).eval())
        0.5
    """
    with _decay("polynomial_decay", global_step, name or "PolynomialDecay") as scope:
        rate, end, exponent, step, steps = _start(learning_rate, end_learning_rate, power, global_step, decay_steps)
        if cycle:
            rounds = cond.cond(comparison.equal(step, 0), lambda: 1.0, lambda: rounding.ceil(step / decay_steps))
            steps = arithmetic.multiply(steps, rounds)
        else:
            step = maximum_minimum.minimum(step, decay_steps)
        part = division.divide(step, steps)
        return arithmetic.add(arithmetic.multiply(rate - end, pow.pow(1 - part, exponent)), end, name=scope)


def natural_exp_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Tensor:
    """Return learning_rate * exp(-decay_rate * global_step / decay_steps), with the arguments of `exponential_decay`.

    Example:
        >>> print(round(float(tf.train.natural_exp_decay(1.0, 100, 100, 0.5).eval()), 4))
        0.6065
    """
    with get_default_graph().atomic():
        _need_step("natural_exp_decay", global_step)
        factor = exponential.exp(negative.negative(decay_rate))
        return exponential_decay(learning_rate, global_step, decay_steps, factor, staircase=staircase, name=name)


def inverse_time_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Tensor:
    """Return learning_rate / (1 + decay_rate * global_step / decay_steps), with the arguments of `exponential_decay`.

    Example:
        >>> print(tf.train.inverse_time_decay(1.0, 100, 100, 1.0).eval())
        0.5
    """
    with _decay("inverse_time_decay", global_step, name or "InverseTimeDecay") as scope:
        rate, steps, factor, step = _start(learning_rate, decay_steps, decay_rate, global_step)
        part = rounding.floor(step / steps) if staircase else step / steps
        one = cast.cast(constant.constant(1), rate.dtype.base_dtype)
        return division.divide(rate, arithmetic.add(one, arithmetic.multiply(factor, part)), name=scope)


def _half_cosine(x: Any) -> Any:
    """0.5 * (1 + cos(pi * x))"""
    return 0.5 * (1.0 + trigonometry.cos(constant.constant(math.pi) * x))


def cosine_decay(
    learning_rate: Any, global_step: Any, decay_steps: Any, alpha: Any = 0.0, name: str | None = None
) -> Tensor:
    """Let the rate fall along half a cosine to `alpha` times its start (https://arxiv.org/abs/1608.03983).

    Args:
        learning_rate, global_step, decay_steps: as for `exponential_decay`.
        alpha: the part of the rate that is left at the end.
        name: the name scope.

    Raises:
        ValueError: if there is no global step.

    Example:
        >>> print(round(float(tf.train.cosine_decay(1.0, 50, 100).eval()), 4))
        0.5
    """
    with _decay("cosine_decay", global_step, name or "CosineDecay"):
        rate, steps, step = _start(learning_rate, decay_steps, global_step)
        done = maximum_minimum.minimum(step, steps) / steps
        return arithmetic.multiply(rate, (1 - alpha) * _half_cosine(done) + alpha)


def cosine_decay_restarts(
    learning_rate: Any,
    global_step: Any,
    first_decay_steps: Any,
    t_mul: Any = 2.0,
    m_mul: Any = 1.0,
    alpha: Any = 0.0,
    name: str | None = None,
) -> Tensor:
    """As `cosine_decay`, begun anew each time the end is reached (https://arxiv.org/abs/1608.03983).

    Args:
        learning_rate, global_step: as for `exponential_decay`.
        first_decay_steps: the steps of the first period.
        t_mul, m_mul: each period is so many times as long, and starts at so many times the rate.
        alpha: the part of the rate that is left at an end.
        name: the name scope.

    Raises:
        ValueError: if there is no global step.

    Example:
        >>> print(round(float(tf.train.cosine_decay_restarts(1.0, 100, 100).eval()), 4))
        1.0
    """
    with _decay("cosine_decay_restarts", global_step, name or "SGDRDecay") as scope:
        rate, steps, low, longer, higher, step = _start(
            learning_rate, first_decay_steps, alpha, t_mul, m_mul, global_step
        )
        done = step / steps

        def equal_periods() -> tuple:
            count = rounding.floor(done)
            return count, done - count

        def growing_periods() -> tuple:
            count = rounding.floor(exponential.log(1.0 - done * (1.0 - longer)) / exponential.log(longer))
            total = (1.0 - longer**count) / (1.0 - longer)
            return count, (done - total) / longer**count

        count, part = cond.cond(comparison.equal(longer, 1.0), equal_periods, growing_periods)
        height = higher**count
        curve = 0.5 * height * (1.0 + trigonometry.cos(constant.constant(math.pi) * part))
        return arithmetic.multiply(rate, (1 - low) * curve + low, name=scope)


def linear_cosine_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    num_periods: Any = 0.5,
    alpha: Any = 0.0,
    beta: Any = 0.001,
    name: str | None = None,
) -> Tensor:
    """Let the rate fall along a line times a cosine (https://arxiv.org/abs/1709.07417).

    Args:
        learning_rate, global_step, decay_steps: as for `exponential_decay`.
        num_periods: how many periods the cosine has.
        alpha, beta: rate * ((alpha + line) * cosine + beta).
        name: the name scope.

    Raises:
        ValueError: if there is no global step.

    Example:
        >>> print(round(float(tf.train.linear_cosine_decay(1.0, 0, 100).eval()), 4))
        1.001
    """
    with _decay("linear_cosine_decay", global_step, name or "LinearCosineDecay") as scope:
        rate, steps, periods, alpha, beta, step = _start(
            learning_rate, decay_steps, num_periods, alpha, beta, global_step
        )
        step = maximum_minimum.minimum(step, steps)
        line = (steps - step) / steps
        return _cosine_of_line(rate, step, steps, periods, alpha, beta, line, scope)


def _cosine_of_line(
    rate: Any, step: Any, steps: Any, periods: Any, alpha: Any, beta: Any, line: Any, scope: str
) -> Tensor:
    done = step / steps
    curve = _half_cosine(2.0 * periods * done)
    return arithmetic.multiply(rate, (alpha + line) * curve + beta, name=scope)


def noisy_linear_cosine_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    initial_variance: Any = 1.0,
    variance_decay: Any = 0.55,
    num_periods: Any = 0.5,
    alpha: Any = 0.0,
    beta: Any = 0.001,
    name: str | None = None,
) -> Tensor:
    """As `linear_cosine_decay`, with noise on the line (https://arxiv.org/abs/1709.07417).

    Args:
        initial_variance, variance_decay: the variance at step t is initial_variance / (1 + t) ** variance_decay.
        learning_rate, global_step, decay_steps, num_periods, alpha, beta, name: as for `linear_cosine_decay`.

    Raises:
        ValueError: if there is no global step.

    Example:
        >>> print(tf.train.noisy_linear_cosine_decay(1.0, 0, 100).shape)
        ()
    """
    with _decay("noisy_linear_cosine_decay", global_step, name or "NoisyLinearCosineDecay") as scope:
        rate, steps, variance, fall, periods, alpha, beta, step = _start(
            learning_rate, decay_steps, initial_variance, variance_decay, num_periods, alpha, beta, global_step
        )
        step = maximum_minimum.minimum(step, steps)
        line = (steps - step) / steps
        deviation = powers.sqrt(variance / pow.pow(1.0 + step, fall))
        line = line + normal.random_normal(line.shape, stddev=deviation)
        return _cosine_of_line(rate, step, steps, periods, alpha, beta, line, scope)
