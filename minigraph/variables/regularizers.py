"""Regularizers: functions that make a loss of a variable."""

from __future__ import annotations

import numbers
from collections.abc import Callable
from typing import Any

from minigraph.graph.collections import GraphKeys, add_to_collection, get_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.warn import log
from minigraph.ops.arrays import constant
from minigraph.ops.math import add_n, arithmetic, l2_loss, reductions, signs

__all__ = ["l1_regularizer", "l2_regularizer", "l1_l2_regularizer", "sum_regularizer", "apply_regularization"]


def _checked(scale: Any, name: str = "scale") -> bool:
    """Raise ValueError for a scale that cannot be; return whether it does something."""
    if isinstance(scale, numbers.Integral):
        raise ValueError(f"{name} cannot be an integer: {scale}\nWrite {float(scale)}.")
    if isinstance(scale, numbers.Real):
        if scale < 0.0:
            raise ValueError(f"Setting a scale less than 0 on a regularizer: {float(scale):g}")
        if scale == 0.0:
            log("info", "Scale of 0 disables regularizer.")
            return False
    return True


def _regularizer(scale: Any, scope: str | None, default_name: str, measure: Callable) -> Callable:
    if not _checked(scale):
        return lambda _: None

    def regularize(weights: Any, name: str | None = None) -> Tensor:
        with atomic_scope(scope, default_name, [weights]) as inner:
            factor = convert_to_tensor(scale, dtype=weights.dtype.base_dtype, name="scale")
            return arithmetic.multiply(factor, measure(weights), name=inner)

    return regularize


def l1_regularizer(scale: Any, scope: str | None = None) -> Callable:
    """Return a function of a variable that makes the loss scale * sum(|w|): it drives weights to zero.

    Args:
        scale: a float of 0 (no loss) or more, or a scalar tensor.
        scope: the name scope of the loss.

    Raises:
        ValueError: if the scale is negative or an integer.

    Example:
        >>> print(tf.contrib.layers.l1_regularizer(0.5)(tf.constant([1.0, -3.0])).eval())
        2.0
    """
    return _regularizer(scale, scope, "l1_regularizer", lambda w: reductions.reduce_sum(signs.abs(w)))


def l2_regularizer(scale: Any, scope: str | None = None) -> Callable:
    """Return a function of a variable that makes the loss scale * sum(w**2) / 2: it keeps weights small.

    Args:
        scale: a float of 0 (no loss) or more, or a scalar tensor.
        scope: the name scope of the loss.

    Raises:
        ValueError: if the scale is negative or an integer.

    Example:
        >>> print(tf.contrib.layers.l2_regularizer(0.5)(tf.constant([1.0, -3.0])).eval())
        2.5
    """
    return _regularizer(scale, scope, "l2_regularizer", l2_loss.l2_loss)


def l1_l2_regularizer(scale_l1: Any = 1.0, scale_l2: Any = 1.0, scope: str | None = None) -> Callable:
    """Return a function of a variable that makes the sum of both losses.

    Args:
        scale_l1, scale_l2: of the two losses.
        scope: the name scope of the loss.

    Raises:
        ValueError: if a scale is negative or an integer.
    """
    for name, scale in (("scale_l1", scale_l1), ("scale_l2", scale_l2)):
        if isinstance(scale, numbers.Integral):
            raise ValueError(f"{name} cannot be an integer: {scale}")
    scope = scope or "l1_l2_regularizer"
    if scale_l1 == 0.0:
        return l2_regularizer(scale_l2, scope)
    if scale_l2 == 0.0:
        return l1_regularizer(scale_l1, scope)
    return sum_regularizer([l1_regularizer(scale_l1), l2_regularizer(scale_l2)], scope=scope)


def sum_regularizer(regularizer_list: Any, scope: str | None = None) -> Any:
    """Return a function of a variable that makes the sum of several regularizers' losses; None where there is none.

    Args:
        regularizer_list: regularizers, or None.
        scope: the name scope of the loss.
    """
    regularizers = [r for r in regularizer_list if r is not None]
    if not regularizers:
        return None

    def regularize(weights: Any) -> Any:
        with atomic_scope(scope, "sum_regularizer", [weights]) as inner:
            losses = [loss for loss in (r(weights) for r in regularizers) if loss is not None]
            return add_n.add_n(losses, name=inner) if losses else None

    return regularize


def apply_regularization(regularizer: Callable, weights_list: Any = None) -> Tensor:
    """Make the sum of a regularizer's losses for several variables, in the collection REGULARIZATION_LOSSES.

    Args:
        regularizer: a function of a variable.
        weights_list: variables, by default the collection WEIGHTS.

    Raises:
        ValueError: if there are none, or a loss is not a scalar.
    """
    weights_list = weights_list or get_collection(GraphKeys.WEIGHTS)
    if not weights_list:
        raise ValueError("No weights to regularize.")
    with atomic_scope("get_regularization_penalty", values=weights_list) as scope:
        penalties = [regularizer(w) for w in weights_list]
        penalties = [constant.constant(0.0) if p is None else p for p in penalties]
        for p in penalties:
            if p.shape.ndims != 0:
                raise ValueError(
                    f"regularizer must return a scalar Tensor instead of a Tensor with rank {p.shape.ndims}."
                )
        total = add_n.add_n(penalties, name=scope)
        add_to_collection(GraphKeys.REGULARIZATION_LOSSES, total)
        return total
