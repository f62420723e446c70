"""Metrics of many classes: mean accuracy of the classes, mean intersection over union."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.metrics.arguments import collected, metric, metric_variable
from minigraph.metrics.confusion_matrix import confusion_matrix
from minigraph.ops.arrays import cast, fill, filled_like, reshape, size_ops, where
from minigraph.ops.linalg import diag
from minigraph.ops.math import comparison, maximum_minimum, modulo, no_nan, reductions
from minigraph.ops.variables import assign, scatter
from minigraph.variables.variable_scope import variable_scope

__all__ = ["mean_iou", "mean_per_class_accuracy"]

Pair = tuple[Tensor, Tensor]


def _flat(x: Tensor) -> Tensor:
    """Return a tensor that may have more than one axis as a vector."""
    return x if x.shape.ndims in (0, 1) else reshape.reshape(x, [-1])


@metric
def mean_per_class_accuracy(
    labels: Any,
    predictions: Any,
    num_classes: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the accuracy of each class over all batches so far, and the mean of them.

    Args:
        labels: a tensor of integers from 0 to `num_classes` - 1.
        predictions: a tensor of classes, of the same shape.
        num_classes: the number of classes.
        weights: None for 1, or a tensor of the shape of the labels.
        metrics_collections: names of collections to which the mean is added.
        updates_collections: names of collections to which the update is added.
        name: the variable scope, "mean_accuracy" by default.

    Returns:
        The mean so far, a float32 scalar; and the update, which adds a batch and is the vector of the accuracies.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> labels, predictions = tf.constant([0, 0, 1]), tf.constant([0, 1, 1])
        >>> value, update = tf.metrics.mean_per_class_accuracy(labels, predictions, 2)
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update), sess.run(value))
        [0.5 1. ] 0.75
    """
    with variable_scope(name, "mean_accuracy", (predictions, labels, weights)):
        labels = _flat(cast.cast(labels, dtypes.int64))
        predictions = _flat(predictions)
        predictions.shape.assert_is_compatible_with(labels.shape)
        total, count = (metric_variable([num_classes], name=of) for of in ("total", "count"))
        ones = fill.ones([size_ops.size(labels)], dtypes.float32)
        if labels.dtype != predictions.dtype:
            predictions = cast.cast(predictions, labels.dtype)
        correct = cast.cast(comparison.equal(predictions, labels), dtypes.float32)
        if weights is not None:
            weights = cast.cast(_flat(weights), dtypes.float32)
            correct *= weights
            ones *= weights
        update_total = scatter.scatter_add(total, labels, ones)
        update_count = scatter.scatter_add(count, labels, correct)
        accuracies = no_nan.div_no_nan(count, maximum_minimum.maximum(total, 0))
        value = collected(reductions.reduce_mean(accuracies, name="mean_accuracy"), metrics_collections)
        update = no_nan.div_no_nan(update_count, maximum_minimum.maximum(update_total, 0), name="update_op")
        return value, collected(update, updates_collections)


@metric
def mean_iou(
    labels: Any,
    predictions: Any,
    num_classes: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute TP / (TP + FP + FN) for each class over all batches so far, and the mean over the classes that occur.

    Args:
        labels, predictions: integer tensors of one shape, with classes from 0 to `num_classes` - 1.
        num_classes: the number of classes.
        weights: None for 1, or a tensor of the shape of the labels.
        metrics_collections: names of collections to which the mean is added.
        updates_collections: names of collections to which the update is added.
        name: the variable scope, "mean_iou" by default.

    Returns:
        The mean so far, a float32 scalar; and the update, which adds a batch and is the confusion matrix after it, a
        float64 tensor [num_classes, num_classes].

    Raises:
        ValueError: if the shapes do not fit.
        InvalidArgumentError: when a run finds a class that is negative or too large.

    Example:
        >>> labels, predictions = tf.constant([0, 0, 1, 1]), tf.constant([0, 1, 1, 1])
        >>> value, update = tf.metrics.mean_iou(labels, predictions, 2)
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update).tolist(), sess.run(value).round(4))
        [[1.0, 1.0], [0.0, 2.0]] 0.5833
    """
    with variable_scope(name, "mean_iou", (predictions, labels, weights)):
        predictions.shape.assert_is_compatible_with(labels.shape)
        total = metric_variable([num_classes, num_classes], dtypes.float64, name="total_confusion_matrix")
        predictions, labels = cast.cast(predictions, dtypes.int64), cast.cast(labels, dtypes.int64)
        classes = cast.cast(num_classes, dtypes.int64)
        predictions, labels = _flat(predictions), _flat(labels)
        weights = weights if weights is None else _flat(weights)
        found = confusion_matrix(labels, predictions, classes, dtypes.float64, weights=weights)
        update = assign.assign_add(total, found)
        value = collected(_mean_iou(total), metrics_collections)
        return value, collected(update, updates_collections)


def _mean_iou(matrix: Any) -> Tensor:
    """Return the mean of intersection over union, over the classes that occur; 0 if none does."""
    rows = cast.cast(reductions.reduce_sum(matrix, 0), dtypes.float32)
    columns = cast.cast(reductions.reduce_sum(matrix, 1), dtypes.float32)
    both = cast.cast(diag.diag_part(matrix), dtypes.float32)
    union = rows + columns - both
    occurring = reductions.reduce_sum(cast.cast(comparison.not_equal(union, 0), dtypes.float32))
    union = where.where(comparison.greater(union, 0), union, filled_like.ones_like(union))
    iou = modulo.div(both, union)
    return where.where(comparison.greater(occurring, 0), reductions.reduce_sum(iou, name="mean_iou") / occurring, 0)
