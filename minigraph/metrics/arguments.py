"""What all metrics share: ranks that fit, the variables that gather, collections, calls that do all or nothing."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys, add_to_collections
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.losses.weights import broadcast_weights
from minigraph.ops.arrays import cast, expand_dims, fill, size_ops
from minigraph.ops.control import cond
from minigraph.ops.math import comparison
from minigraph.variables.modes import VariableAggregation, VariableSynchronization
from minigraph.variables.variable import Variable

__all__ = [
    "as_booleans",
    "collected",
    "float_weights",
    "metric",
    "metric_variable",
    "remove_squeezable_dimensions",
    "without_extra_axes",
]


def metric(function: Callable) -> Callable:
    """Decorate the function of a metric: one that fails leaves no node and no variable."""

    @functools.wraps(function)
    def whole(*args: Any, **kwargs: Any) -> Any:
        with get_default_graph().atomic():
            return function(*args, **kwargs)

    return whole


def metric_variable(shape: Any, dtype: dtypes.DType = dtypes.float32, name: str | None = None) -> Variable:
    """Make a variable of zeros in the collections LOCAL_VARIABLES and METRIC_VARIABLES."""
    return Variable(
        lambda: fill.zeros(shape, dtype),
        trainable=False,
        collections=[GraphKeys.LOCAL_VARIABLES, GraphKeys.METRIC_VARIABLES],
        synchronization=VariableSynchronization.ON_READ,
        aggregation=VariableAggregation.SUM,
        name=name,
    )


def collected(value: Tensor, collections: Any) -> Tensor:
    """Return a tensor, added to the collections if there are any."""
    if collections:
        add_to_collections(collections, value)
    return value


def _may_be_one(x: Tensor) -> bool:
    """Return True if the last axis may have size 1."""
    return x.shape.ndims is None or x.shape[-1:].as_list() in ([1], [None])


def remove_squeezable_dimensions(
    labels: Any, predictions: Any, expected_rank_diff: int = 0, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """Drop the last axis, of size 1, of that which has one axis more than the other, or than expected.

    Args:
        labels, predictions: tensors.
        expected_rank_diff: how many axes more the predictions have.
        name: the name scope.

    Returns:
        Labels and predictions.
    """
    with atomic_scope(name, "remove_squeezable_dimensions", [labels, predictions]):
        predictions, labels = convert_to_tensor(predictions), convert_to_tensor(labels)
        ranks = labels.shape.ndims, predictions.shape.ndims
        if None not in ranks:
            extra = ranks[1] - ranks[0] - expected_rank_diff
            if extra == 1:
                predictions = expand_dims.squeeze(predictions, [-1])
            elif extra == -1:
                labels = expand_dims.squeeze(labels, [-1])
            return labels, predictions
        difference = size_ops.rank(predictions) - size_ops.rank(labels)
        if _may_be_one(predictions):
            predictions = _squeezed_where(comparison.equal(expected_rank_diff + 1, difference), predictions)
        if _may_be_one(labels):
            labels = _squeezed_where(comparison.equal(expected_rank_diff - 1, difference), labels)
        return labels, predictions


def _squeezed_where(condition: Tensor, x: Tensor) -> Tensor:
    return cond.cond(condition, lambda: expand_dims.squeeze(x, [-1]), lambda: x)


def without_extra_axes(predictions: Any, labels: Any, weights: Any) -> tuple:
    """Make the ranks of predictions, labels and weights fit, by dropping or adding a last axis of size 1.

    Args:
        predictions: a tensor.
        labels: a tensor, or None if there are none.
        weights: a scalar, a tensor, or None.

    Returns:
        Predictions, labels and weights.
    """
    predictions = convert_to_tensor(predictions)
    if labels is not None:
        labels, predictions = remove_squeezable_dimensions(labels, predictions)
        predictions.shape.assert_is_compatible_with(labels.shape)
    if weights is None:
        return predictions, labels, None
    weights = convert_to_tensor(weights)
    ranks = weights.shape.ndims, predictions.shape.ndims
    if ranks[0] == 0:
        return predictions, labels, weights
    if None in ranks:
        return predictions, labels, _fitted_in_a_run(weights, predictions)
    if ranks[0] - ranks[1] == 1:
        weights = expand_dims.squeeze(weights, [-1])
    elif ranks[1] - ranks[0] == 1:
        weights = expand_dims.expand_dims(weights, [-1])
    return predictions, labels, weights


def _fitted_in_a_run(weights: Tensor, predictions: Tensor) -> Tensor:
    """Drop or add a last axis of weights, as the ranks that a run finds ask for; scalars stay scalars."""
    rank = size_ops.rank(weights)
    extra = rank - size_ops.rank(predictions)

    def expanded() -> Tensor:
        return cond.cond(comparison.equal(extra, -1), lambda: expand_dims.expand_dims(weights, [-1]), lambda: weights)

    def adjusted() -> Tensor:
        fits = (lambda: expand_dims.squeeze(weights, [-1])) if _may_be_one(weights) else (lambda: weights)
        return cond.cond(comparison.equal(extra, 1), fits, expanded)

    return cond.cond(comparison.equal(rank, 0), lambda: weights, adjusted)


def as_booleans(predictions: Any, labels: Any, weights: Any) -> tuple:
    """Convert predictions and labels to booleans, and make the ranks fit."""
    return without_extra_axes(cast.cast(predictions, dtypes.bool_), cast.cast(labels, dtypes.bool_), weights)


def float_weights(weights: Any, values: Tensor) -> Tensor:
    """Convert weights to float32 and broadcast them to the shape of the values."""
    return broadcast_weights(cast.cast(weights, dtypes.float32), values)
