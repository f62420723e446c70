"""Metrics of yes and no, where a prediction is a number from 0 to 1, at many thresholds at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.metrics.arguments import collected, float_weights, metric, metric_variable, without_extra_axes
from minigraph.ops.arrays import cast, constant, expand_dims, identity, reshape, shape_ops, stack, tile, transpose
from minigraph.ops.control import assertions
from minigraph.ops.math import comparison, cumulative, modulo, reduce_max_min, reductions, signs
from minigraph.ops.variables import assign
from minigraph.variables.variable_scope import variable_scope

__all__ = [
    "confusion_at_thresholds",
    "evenly_spaced",
    "false_negatives_at_thresholds",
    "false_positives_at_thresholds",
    "precision_at_thresholds",
    "recall_at_thresholds",
    "sensitivity_at_specificity",
    "specificity_at_sensitivity",
    "true_negatives_at_thresholds",
    "true_positives_at_thresholds",
]

Pair = tuple[Tensor, Tensor]

EPSILON = 1e-7  # added where a quotient might be 0 / 0, and to the outermost thresholds

# The four counts in the order of their nodes: the name of the variable, the label, and the prediction.
_COUNTS = {
    "tp": ("true_positives", True, True),
    "fn": ("false_negatives", True, False),
    "tn": ("true_negatives", False, False),
    "fp": ("false_positives", False, True),
}


def evenly_spaced(count: int) -> list[float]:
    """Return `count` - 2 thresholds between 0 and 1."""
    return [(i + 1) * 1.0 / (count - 1) for i in range(count - 2)]


def confusion_at_thresholds(
    labels: Any, predictions: Any, thresholds: list, weights: Any, wanted: tuple = tuple(_COUNTS)
) -> tuple[dict, dict]:
    """Count true and false positives and negatives for each threshold.

    Args:
        labels: a tensor of booleans, or of what converts to them.
        predictions: a tensor of numbers from 0 to 1, of the same shape.
        thresholds: Python numbers; a prediction above one is positive.
        weights: None, or what broadcasts to the predictions.
        wanted: which counts, of "tp", "fn", "tn" and "fp".

    Returns:
        Two dictionaries by the keys of `wanted`: the variables, and their updates.
    """
    predictions, labels, weights = _checked(labels, predictions, weights)
    count = len(thresholds)
    column, row = reshape.reshape(predictions, [-1, 1]), reshape.reshape(cast.cast(labels, dtypes.bool_), [1, -1])
    number = column.shape.as_list()[0]
    if number is None:
        number = shape_ops.shape(column)[0]
    limits = expand_dims.expand_dims(constant.constant(thresholds), [1])
    limits = tile.tile(limits, stack.stack([1, number]))
    above = comparison.greater(tile.tile(transpose.transpose(column), [count, 1]), limits)
    positive = {True: above}
    if "fn" in wanted or "tn" in wanted:
        positive[False] = comparison.logical_not(above)
    label = {True: tile.tile(row, [count, 1])}
    if "fp" in wanted or "tn" in wanted:
        label[False] = comparison.logical_not(label[True])
    if weights is not None:
        weights = reshape.reshape(float_weights(weights, predictions), [1, -1])
        weights = tile.tile(weights, [count, 1])
        limits.shape.assert_is_compatible_with(weights.shape)
    values, updates = {}, {}
    for key, (name, of_label, of_prediction) in _COUNTS.items():
        if key in wanted:
            values[key] = metric_variable([count], name=name)
            found = comparison.logical_and(label[of_label], positive[of_prediction])
            found = cast.cast(found, dtypes.float32)
            found = found if weights is None else found * weights
            updates[key] = assign.assign_add(values[key], reductions.reduce_sum(found, 1))
    return values, updates


def _checked(labels: Any, predictions: Any, weights: Any) -> tuple:
    """Convert predictions to floats, checked to be between 0 and 1, and labels to booleans; make the ranks fit."""
    checks = [
        check(predictions, cast.cast(limit, predictions.dtype), message="predictions must be in [0, 1]")
        for check, limit in ((assertions.assert_greater_equal, 0.0), (assertions.assert_less_equal, 1.0))
    ]
    with control_dependencies(checks):
        return without_extra_axes(cast.cast(predictions, dtypes.float32), cast.cast(labels, dtypes.bool_), weights)


def _count_at_thresholds(key: str, inputs: tuple, collections: tuple, name: str | None) -> Pair:
    labels, predictions, thresholds, weights = inputs
    with variable_scope(name, _COUNTS[key][0], (predictions, labels, weights)):
        values, updates = confusion_at_thresholds(labels, predictions, thresholds, weights, (key,))
        value = collected(identity.identity(values[key]), collections[0])
        return value, collected(updates[key], collections[1])


@metric
def true_positives_at_thresholds(
    labels: Any,
    predictions: Any,
    thresholds: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Sum the weights of the true examples, so far, with a prediction above each threshold.

    Args:
        labels: a tensor, converted to booleans.
        predictions: a tensor of floats from 0 to 1, of the same shape.
        thresholds: a list of Python numbers from 0 to 1.
        weights: None for 1; or a scalar, or a tensor that can be broadcast to the shape of the labels.
        metrics_collections: names of collections to which the counts are added.
        updates_collections: names of collections to which the update is added.
        name: the variable scope.

    Returns:
        A pair of float32 vectors with an element for each threshold: the counts so far, and the update.

    Raises:
        ValueError: if the shapes do not fit.
        InvalidArgumentError: when a run finds a prediction that is not between 0 and 1.

    Example:
        >>> labels, predictions = tf.constant([1, 1, 0]), tf.constant([0.4, 0.9, 0.7])
        >>> value, update = tf.metrics.true_positives_at_thresholds(labels, predictions, [0.3, 0.5])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        [2. 1.]
    """
    inputs = labels, predictions, thresholds, weights
    return _count_at_thresholds("tp", inputs, (metrics_collections, updates_collections), name)


@metric
def false_negatives_at_thresholds(
    labels: Any,
    predictions: Any,
    thresholds: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Sum the weights of the true examples with a prediction not above each threshold.

    It is otherwise as `true_positives_at_thresholds`.

    Example:
        >>> labels, predictions = tf.constant([1, 1, 0]), tf.constant([0.4, 0.9, 0.7])
        >>> value, update = tf.metrics.false_negatives_at_thresholds(labels, predictions, [0.3, 0.5])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        [0. 1.]
    """
    inputs = labels, predictions, thresholds, weights
    return _count_at_thresholds("fn", inputs, (metrics_collections, updates_collections), name)


@metric
def false_positives_at_thresholds(
    labels: Any,
    predictions: Any,
    thresholds: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Sum the weights of the false examples with a prediction above each threshold.

    It is otherwise as `true_positives_at_thresholds`.

    Example:
        >>> labels, predictions = tf.constant([1, 1, 0]), tf.constant([0.4, 0.9, 0.7])
        >>> value, update = tf.metrics.false_positives_at_thresholds(labels, predictions, [0.3, 0.8])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        [1. 0.]
    """
    inputs = labels, predictions, thresholds, weights
    return _count_at_thresholds("fp", inputs, (metrics_collections, updates_collections), name)


@metric
def true_negatives_at_thresholds(
    labels: Any,
    predictions: Any,
    thresholds: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Sum the weights of the false examples with a prediction not above each threshold.

    It is otherwise as `true_positives_at_thresholds`.

    Example:
        >>> labels, predictions = tf.constant([1, 1, 0]), tf.constant([0.4, 0.9, 0.7])
        >>> value, update = tf.metrics.true_negatives_at_thresholds(labels, predictions, [0.3, 0.8])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        [0. 1.]
    """
    inputs = labels, predictions, thresholds, weights
    return _count_at_thresholds("tn", inputs, (metrics_collections, updates_collections), name)


def _share_at_thresholds(name: str | None, what: str, rest: str, inputs: tuple, collections: tuple) -> Pair:
    """Compute, for each threshold, the share of the true positives among them and another count."""
    labels, predictions, thresholds, weights = inputs
    with variable_scope(name, f"{what}_at_thresholds", (predictions, labels, weights)):
        counts = confusion_at_thresholds(labels, predictions, thresholds, weights, ("tp", rest))
        shares = [
            modulo.div(of["tp"], EPSILON + of["tp"] + of[rest], name=f"{what}_{part}")
            for of, part in zip(counts, ("value", "update_op"))
        ]
        return collected(shares[0], collections[0]), collected(shares[1], collections[1])


@metric
def precision_at_thresholds(
    labels: Any,
    predictions: Any,
    thresholds: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the precision so far, for each threshold; the arguments are those of `true_positives_at_thresholds`.

    Example:
        >>> labels, predictions = tf.constant([1, 1, 0]), tf.constant([0.4, 0.9, 0.7])
        >>> value, update = tf.metrics.precision_at_thresholds(labels, predictions, [0.5, 0.8])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update).round(3))
        [0.5 1. ]
    """
    inputs = labels, predictions, thresholds, weights
    return _share_at_thresholds(name, "precision", "fp", inputs, (metrics_collections, updates_collections))


@metric
def recall_at_thresholds(
    labels: Any,
    predictions: Any,
    thresholds: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the recall so far, for each threshold; the arguments are those of `true_positives_at_thresholds`.

    Example:
        >>> labels, predictions = tf.constant([1, 1, 0]), tf.constant([0.4, 0.9, 0.7])
        >>> value, update = tf.metrics.recall_at_thresholds(labels, predictions, [0.3, 0.5])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update).round(3))
        [1.  0.5]
    """
    inputs = labels, predictions, thresholds, weights
    return _share_at_thresholds(name, "recall", "fn", inputs, (metrics_collections, updates_collections))


def _at_best_threshold(
    name: str | None, default: str, inputs: tuple, thresholds: list, collections: tuple, formula: Callable
) -> Pair:
    """Compute a formula of the four counts, which chooses one of the thresholds."""
    labels, predictions, weights = inputs
    with variable_scope(name, default, (predictions, labels, weights)):
        values, updates = confusion_at_thresholds(labels, predictions, thresholds, weights)
        value = collected(formula(values, "value"), collections[0])
        return value, collected(formula(updates, "update_op"), collections[1])


def _share_at(index: Tensor, part: Any, rest: Any, name: str) -> Tensor:
    return modulo.div(part[index], part[index] + rest[index] + EPSILON, name)


@metric
def sensitivity_at_specificity(
    labels: Any,
    predictions: Any,
    specificity: float,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the sensitivity so far, TP / (TP + FN), at the threshold whose specificity is nearest to a given one.

    Args:
        labels, predictions: as for `true_positives_at_thresholds`.
        specificity: TN / (TN + FP), from 0 to 1.
        weights: as for `true_positives_at_thresholds`.
        num_thresholds: the number of thresholds, evenly spaced.
        metrics_collections, updates_collections: as for `true_positives_at_thresholds`.
        name: the variable scope.

    Returns:
        A pair of float32 scalars: the sensitivity so far, and the update.

    Raises:
        ValueError: if `specificity` is not between 0 and 1, or the shapes do not fit.

    Example:
        >>> labels, predictions = tf.constant([0, 0, 1, 1]), tf.constant([0.1, 0.6, 0.5, 0.8])
        >>> value, update = tf.metrics.sensitivity_at_specificity(labels, predictions, 1.0)
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update).round(3))
        0.5
    """
    if specificity < 0 or specificity > 1:
        raise ValueError(f"`specificity` must be in the range [0, 1].\nIt is {specificity}.")

    def formula(of: dict, name: str) -> Tensor:
        specificities = modulo.div(of["tn"], of["tn"] + of["fp"] + EPSILON)
        index = reduce_max_min.argmin(signs.abs(specificities - specificity), 0)
        return _share_at(cast.cast(index, dtypes.int32), of["tp"], of["fn"], name)

    thresholds = [0.0 - EPSILON, *evenly_spaced(num_thresholds), 1.0 + EPSILON]
    collections = metrics_collections, updates_collections
    inputs = labels, predictions, weights
    return _at_best_threshold(name, "sensitivity_at_specificity", inputs, thresholds, collections, formula)


@metric
def specificity_at_sensitivity(
    labels: Any,
    predictions: Any,
    sensitivity: float,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the specificity so far, TN / (TN + FP), at the threshold whose sensitivity is nearest to a given one.

    Args:
        sensitivity: TP / (TP + FN), from 0 to 1; of thresholds that are equally near, the last is taken.
        labels, predictions, weights, num_thresholds, metrics_collections, updates_collections, name: as for
            `sensitivity_at_specificity`.

    Returns:
        A pair of float32 scalars: the specificity so far, and the update.

    Raises:
        ValueError: if `sensitivity` is not between 0 and 1, or the shapes do not fit.

    Example:
        >>> labels, predictions = tf.constant([0, 0, 1, 1]), tf.constant([0.1, 0.6, 0.5, 0.8])
        >>> value, update = tf.metrics.specificity_at_sensitivity(labels, predictions, 1.0)
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update).round(3))
        0.5
    """
    if sensitivity < 0 or sensitivity > 1:
        raise ValueError(f"`sensitivity` must be in the range [0, 1].\nIt is {sensitivity}.")

    def formula(of: dict, name: str) -> Tensor:
        sensitivities = modulo.div(of["tp"], of["tp"] + of["fn"] + EPSILON)
        least = reduce_max_min.reduce_min(signs.abs(sensitivities - sensitivity))
        nearest = comparison.equal(signs.abs(sensitivities - sensitivity), least)
        index = reduce_max_min.argmax(cumulative.cumsum(cast.cast(nearest, dtypes.int64)), 0)
        return _share_at(cast.cast(index, dtypes.int32), of["tn"], of["fp"], name)

    thresholds = [0.0 - EPSILON, *evenly_spaced(num_thresholds), 1.0 - EPSILON]
    collections = metrics_collections, updates_collections
    inputs = labels, predictions, weights
    return _at_best_threshold(name, "specificity_at_sensitivity", inputs, thresholds, collections, formula)
