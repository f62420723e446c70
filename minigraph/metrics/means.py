"""Metrics that are a mean over all examples so far: accuracy, errors, percentages."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.metrics.arguments import (
    collected,
    float_weights,
    metric,
    metric_variable,
    remove_squeezable_dimensions,
    without_extra_axes,
)
from minigraph.ops.arrays import cast, filled_like, size_ops, where
from minigraph.ops.math import arithmetic, comparison, maximum_minimum, modulo, no_nan, powers, reductions, signs
from minigraph.ops.math.squared_difference import squared_difference
from minigraph.ops.variables import assign
from minigraph.variables.variable_scope import variable_scope

__all__ = [
    "accuracy",
    "mean",
    "mean_absolute_error",
    "mean_cosine_distance",
    "mean_relative_error",
    "mean_squared_error",
    "mean_tensor",
    "percentage_below",
    "root_mean_squared_error",
]

Pair = tuple[Tensor, Tensor]


def _gathered(total: Any, count: Any, values: Tensor, gain: Tensor, number: Tensor, collections: tuple) -> Pair:
    """Add `gain` to the total and `number` to the count; return their quotient, before and after."""
    update_total = assign.assign_add(total, gain)
    with control_dependencies([values]):
        update_count = assign.assign_add(count, number)
    value = no_nan.div_no_nan(total, maximum_minimum.maximum(count, 0), name="value")
    value = collected(value, collections[0])
    update = no_nan.div_no_nan(update_total, maximum_minimum.maximum(update_count, 0), name="update_op")
    return value, collected(update, collections[1])


@metric
def mean(
    values: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the weighted mean of all values seen so far.

    The local variables `total` and `count` hold the sum of the values and that of the weights.

    Args:
        values: a tensor of any shape.
        weights: None for 1; or a scalar, or a tensor that can be broadcast to the shape of `values`.
        metrics_collections: names of collections to which the mean is added.
        updates_collections: names of collections to which the update is added.
        name: the variable scope, "mean" by default.

    Returns:
        A pair of float32 scalars: the mean so far, which changes nothing; and the update, which adds a batch and is
        the mean after it.

    Raises:
        ValueError: if the weights cannot be broadcast.

    Example:
        >>> x = tf.placeholder(tf.float32, [None])
        >>> value, update = tf.metrics.mean(x)
        >>> sess.run(tf.local_variables_initializer())
        >>> for batch in [1.0, 2.0], [6.0]:
        ...     print(sess.run(update, {x: batch}), end=" ")
        1.5 3.0
        >>> print(sess.run(value))
        3.0
    """
    with variable_scope(name, "mean", (values, weights)):
        values = cast.cast(values, dtypes.float32)
        total, count = metric_variable([], name="total"), metric_variable([], name="count")
        if weights is None:
            number = cast.cast(size_ops.size(values), dtypes.float32)
        else:
            values, _, weights = without_extra_axes(values, None, weights)
            weights = float_weights(weights, values)
            values, number = arithmetic.multiply(values, weights), reductions.reduce_sum(weights)
        collections = metrics_collections, updates_collections
        return _gathered(total, count, values, reductions.reduce_sum(values), number, collections)


@metric
def mean_tensor(
    values: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute, for each element, the weighted mean of the values of all batches so far.

    Args:
        values: a tensor of a shape that is fully known, the same in each run.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        The mean so far and the update, float32 tensors of the shape of `values`.

    Raises:
        ValueError: if the shape is not known, or the weights cannot be broadcast.

    Example:
        >>> x = tf.placeholder(tf.float32, [2])
        >>> value, update = tf.metrics.mean_tensor(x)
        >>> sess.run(tf.local_variables_initializer())
        >>> for batch in [1.0, 2.0], [3.0, 6.0]:
        ...     print(sess.run(update, {x: batch}), end=" ")
        [1. 2.] [2. 4.]
    """
    with variable_scope(name, "mean", (values, weights)):
        values = cast.cast(values, dtypes.float32)
        total = metric_variable(values.shape, name="total_tensor")
        count = metric_variable(values.shape, name="count_tensor")
        number = filled_like.ones_like(values)
        if weights is not None:
            values, _, weights = without_extra_axes(values, None, weights)
            weights = float_weights(weights, values)
            values, number = arithmetic.multiply(values, weights), arithmetic.multiply(number, weights)
        return _gathered(total, count, values, values, number, (metrics_collections, updates_collections))


@metric
def accuracy(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute how often predictions equal labels, over all batches so far.

    Args:
        labels, predictions: tensors of one shape; of other types, the predictions are converted.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        The accuracy so far and the update, as for `mean`.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> value, update = tf.metrics.accuracy(labels=[1, 2, 3, 4], predictions=[1, 2, 3, 0])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update), sess.run(value))
        0.75 0.75
    """
    predictions, labels, weights = without_extra_axes(predictions, labels, weights)
    predictions.shape.assert_is_compatible_with(labels.shape)
    if labels.dtype != predictions.dtype:
        predictions = cast.cast(predictions, labels.dtype)
    correct = cast.cast(comparison.equal(predictions, labels), dtypes.float32)
    return mean(correct, weights, metrics_collections, updates_collections, name or "accuracy")


@metric
def mean_absolute_error(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the mean of `abs(predictions - labels)` over all batches so far; the arguments are those of `accuracy`.

    Example:
        >>> value, update = tf.metrics.mean_absolute_error([1.0, 2.0], [2.0, 4.0])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        1.5
    """
    predictions, labels, weights = without_extra_axes(predictions, labels, weights)
    errors = signs.abs(predictions - labels)
    return mean(errors, weights, metrics_collections, updates_collections, name or "mean_absolute_error")


@metric
def mean_cosine_distance(
    labels: Any,
    predictions: Any,
    dim: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the mean of 1 - cos of the angle between vectors of length 1, over all batches so far.

    Args:
        labels, predictions: tensors of one shape.
        dim: the axis of the vectors.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        The mean so far and the update, as for `mean`.

    Example:
        >>> value, update = tf.metrics.mean_cosine_distance([[1.0, 0.0]], [[0.0, 1.0]], dim=1)
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        1.0
    """
    predictions, labels, weights = without_extra_axes(predictions, labels, weights)
    cosines = reductions.reduce_sum(arithmetic.multiply(predictions, labels), axis=[dim], keepdims=True)
    value, update = mean(cosines, weights, None, None, name or "mean_cosine_distance")
    value, update = arithmetic.subtract(1.0, value), arithmetic.subtract(1.0, update)
    return collected(value, metrics_collections), collected(update, updates_collections)


@metric
def mean_relative_error(
    labels: Any,
    predictions: Any,
    normalizer: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the mean of |labels - predictions| / normalizer over all batches so far, with 0 for a normalizer of 0.

    Args:
        labels, predictions, normalizer: tensors of one shape.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        The mean so far and the update, as for `mean`.

    Example:
        >>> value, update = tf.metrics.mean_relative_error([2.0, 4.0], [1.0, 4.0], normalizer=[2.0, 4.0])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        0.25
    """
    predictions, labels, weights = without_extra_axes(predictions, labels, weights)
    predictions, normalizer = remove_squeezable_dimensions(predictions, normalizer)
    predictions.shape.assert_is_compatible_with(normalizer.shape)
    errors = where.where(
        comparison.equal(normalizer, 0.0),
        filled_like.zeros_like(labels),
        modulo.div(signs.abs(labels - predictions), normalizer),
    )
    return mean(errors, weights, metrics_collections, updates_collections, name or "mean_relative_error")


@metric
def mean_squared_error(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the mean of (labels - predictions)**2 over all batches so far; the arguments are those of `accuracy`.

    Example:
        >>> value, update = tf.metrics.mean_squared_error([1.0, 2.0], [2.0, 4.0])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        2.5
    """
    predictions, labels, weights = without_extra_axes(predictions, labels, weights)
    errors = squared_difference(labels, predictions)
    return mean(errors, weights, metrics_collections, updates_collections, name or "mean_squared_error")


@metric
def root_mean_squared_error(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the root of the mean of (labels - predictions)**2 over all batches so far, with `accuracy`'s arguments.

    Example:
        >>> value, update = tf.metrics.root_mean_squared_error([1.0, 2.0], [4.0, 5.0])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        3.0
    """
    predictions, labels, weights = without_extra_axes(predictions, labels, weights)
    name = name or "root_mean_squared_error"
    value, update = mean_squared_error(labels, predictions, weights, None, None, name)
    value = collected(powers.sqrt(value), metrics_collections)
    return value, collected(powers.sqrt(update), updates_collections)


@metric
def percentage_below(
    values: Any,
    threshold: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the fraction of values below a threshold, over all batches so far.

    Args:
        values: a tensor of real numbers.
        threshold: a scalar.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        The fraction so far, from 0 to 1, and the update, as for `mean`.

    Example:
        >>> value, update = tf.metrics.percentage_below([1.0, 2.0, 3.0, 4.0], 2.5)
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        0.5
    """
    below = cast.cast(comparison.less(values, threshold), dtypes.float32)
    return mean(below, weights, metrics_collections, updates_collections, name or "percentage_below_threshold")
