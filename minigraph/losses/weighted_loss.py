"""Reduction of the examples' losses to one number: weights, and the kinds of reduction."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.losses.collection import add_loss
from minigraph.losses.weights import assert_broadcastable, num_elements, num_present
from minigraph.ops.arrays import cast, filled_like
from minigraph.ops.math import arithmetic, no_nan, reductions

__all__ = ["DEFAULT", "Reduction", "compute_weighted_loss"]


class Reduction:
    """How the losses of the examples are reduced to one.

    Attributes:
        NONE: they are not reduced.
        SUM: their weighted sum.
        MEAN: that over the sum of the weights.
        SUM_OVER_BATCH_SIZE: that over the number of losses.
        SUM_BY_NONZERO_WEIGHTS: that over the number of weights that are not zero; the default.
    """

    NONE = "none"
    SUM = "weighted_sum"
    SUM_OVER_BATCH_SIZE = "weighted_sum_over_batch_size"
    MEAN = "weighted_mean"
    SUM_BY_NONZERO_WEIGHTS = SUM_OVER_NONZERO_WEIGHTS = "weighted_sum_by_nonzero_weights"

    @classmethod
    def all(cls) -> tuple:
        """Return all of them, the default under both its names."""
        sums = cls.SUM_OVER_BATCH_SIZE, cls.SUM_OVER_NONZERO_WEIGHTS, cls.SUM_BY_NONZERO_WEIGHTS
        return cls.NONE, cls.SUM, cls.MEAN, *sums

    @classmethod
    def validate(cls, key: str) -> None:
        """Raise ValueError unless `key` is one of them."""
        if key not in cls.all():
            raise ValueError(f"Invalid Reduction Key {key}.\nThey are: {', '.join(cls.all()[:-1])}.")


DEFAULT = Reduction.SUM_BY_NONZERO_WEIGHTS


def _safe_mean(total: Tensor, count: Tensor) -> Tensor:
    return no_nan.div_no_nan(reductions.reduce_sum(total), count, name="value")


def compute_weighted_loss(
    losses: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = DEFAULT,
) -> Tensor:
    """Weight losses and reduce them to one.

    Args:
        losses: a tensor.
        weights: a number, or a tensor of the rank of `losses` with sizes of 1 or those of `losses`.
        scope: the name scope.
        loss_collection: the collection to which the result is added, or None.
        reduction: from `Reduction`.

    Returns:
        A scalar of the type of `losses`; with `Reduction.NONE` a tensor of their shape.

    Raises:
        ValueError: if the weights do not fit, or the reduction is unknown.

    Example:
        >>> print(tf.losses.compute_weighted_loss([1.0, 3.0, 5.0], [1.0, 1.0, 0.0]).eval())
        2.0
    """
    Reduction.validate(reduction)
    with (
        atomic_scope(scope, "weighted_loss", (losses, weights)),
        control_dependencies((assert_broadcastable(weights, losses),)),
    ):
        losses = convert_to_tensor(losses)
        input_type = losses.dtype
        losses, weights = cast.cast(losses, dtypes.float32), cast.cast(weights, dtypes.float32)
        loss = _reduced(arithmetic.multiply(losses, weights), losses, weights, reduction)
        loss = cast.cast(loss, input_type)
        add_loss(loss, loss_collection)
        return loss


def _reduced(weighted: Tensor, losses: Tensor, weights: Tensor, how: str) -> Tensor:
    if how == Reduction.NONE:
        return weighted
    total = reductions.reduce_sum(weighted)
    if how == Reduction.MEAN:
        return _safe_mean(total, reductions.reduce_sum(filled_like.ones_like(losses) * weights))
    if how == Reduction.SUM_BY_NONZERO_WEIGHTS:
        return _safe_mean(total, num_present(losses, weights))
    return _safe_mean(total, num_elements(losses)) if how == Reduction.SUM_OVER_BATCH_SIZE else total
