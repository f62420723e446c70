"""Dropout."""

from __future__ import annotations

import numbers
from typing import Any

from minigraph.graph.code import code
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.graph.warn import log
from minigraph.ops.arrays import cast, shape_ops
from minigraph.ops.random import uniform

__all__ = ["dropout"]


def dropout(
    x: Any,
    keep_prob: Any = None,
    noise_shape: Any = None,
    seed: int | None = None,
    name: str | None = None,
    rate: Any = None,
) -> Tensor:
    """Set elements to zero at random, and divide the others by the probability of keeping them.

    Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting (2014).

    Args:
        x: a tensor of floats.
        keep_prob: the probability that an element is kept: 1 - rate. Pass only one of the two.
        noise_shape: the shape of the random choices; along an axis of size 1, elements share their choice.
        seed: the seed of the choices.
        name: the name scope.
        rate: the probability that an element is dropped, from 0 to less than 1.

    Raises:
        ValueError: if the rate is missing, given twice, or out of range, or `x` is not of floats.

    Example:
        >>> print(sorted(set(tf.nn.dropout(tf.ones([100]), rate=0.5, seed=1).eval().tolist())))
        [0.0, 2.0]
    """
    with get_default_graph().atomic():
        try:
            dropped = None if keep_prob is None else 1.0 - keep_prob
        except TypeError:
            raise ValueError(f"keep_prob must be a floating point number or Tensor (got {keep_prob!r})") from None
        rate = shape_ops.either("rate", rate, "keep_prob", dropped)
        if rate is None:
            raise ValueError("You must provide a rate to dropout.")
        with atomic_scope(name, "dropout", [x]):
            return _dropped(convert_to_tensor(x, name="x"), rate, noise_shape, seed, keep_prob)


def _about_keep_prob(keep_prob: Any) -> str:
    """Return advice for a keep probability, the second argument, that keeps no element."""
    if not isinstance(keep_prob, numbers.Real) or keep_prob != 0:
        return ""
    return (
        "\nThe second argument is keep_prob, the probability of keeping an element.\nTo keep all write "
        f"{code('rate=0.0')} or {code('keep_prob=1.0')}."
    )


def _dropped(x: Tensor, rate: Any, noise_shape: Any, seed: int | None, keep_prob: Any) -> Tensor:
    if not x.dtype.is_floating:
        raise ValueError(
            f"x has to be a floating point tensor since it's going to be scaled. Got a {x.dtype} tensor instead."
        )
    if isinstance(rate, numbers.Real):
        _check(float(rate), keep_prob)
        if rate == 0:
            return x
    rate = convert_to_tensor(rate, dtype=x.dtype.base_dtype, name="rate")
    rate.shape.assert_has_rank(0)
    if constant_value(rate) == 0:
        return x
    noise = uniform.random_uniform(_noise_shape(x, noise_shape), seed=seed, dtype=x.dtype.base_dtype)
    scale = 1 / (1 - rate)
    kept = noise >= rate
    result: Any = x * scale * cast.cast(kept, x.dtype.base_dtype)
    result.set_shape(x.shape)
    return result


def _check(rate: float, keep_prob: Any) -> None:
    if not 0 <= rate < 1:
        raise ValueError(
            f"rate must be a scalar tensor or a float in the range [0, 1), got {rate:g}" + _about_keep_prob(keep_prob)
        )
    if rate > 0.5:
        log("warning", f"Large dropout rate: {rate:g} (>0.5). `rate` is the chance to drop an element, not to keep it.")


def _noise_shape(x: Tensor, noise_shape: Any) -> Any:
    if noise_shape is None:
        return shape_ops.shape(x)
    try:
        given = as_shape(noise_shape)
    except (TypeError, ValueError):
        return noise_shape
    if x.shape.ndims is None or given.ndims != x.shape.ndims:
        return noise_shape
    return TensorShape(tuple(n if d is None else d for n, d in zip(x.shape.tuple, given.tuple)))
