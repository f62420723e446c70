"""Metrics of yes and no: true and false positives and negatives, precision, recall."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.metrics.arguments import as_booleans, collected, metric, metric_variable
from minigraph.ops.arrays import cast, identity, size_ops, where
from minigraph.ops.control import assertions, rank_assertions
from minigraph.ops.math import arithmetic, comparison, modulo, reductions
from minigraph.ops.variables import assign
from minigraph.variables.variable_scope import variable_scope

__all__ = ["false_negatives", "false_positives", "precision", "recall", "true_negatives", "true_positives"]

Pair = tuple[Tensor, Tensor]


def _counted(
    name: str | None, default: str, label: bool, prediction: bool, inputs: tuple, collections: tuple = (None, None)
) -> Pair:
    """Count the examples with one label and one prediction, in the variable `count`."""
    labels, predictions, weights = inputs
    with variable_scope(name, default, (predictions, labels, weights)):
        predictions, labels, weights = as_booleans(predictions, labels, weights)
        found = comparison.logical_and(comparison.equal(labels, label), comparison.equal(predictions, prediction))
        assertions.assert_type(found, dtypes.bool_)
        count = metric_variable([], name="count")
        values = cast.cast(found, dtypes.float32)
        if weights is not None:
            with control_dependencies((rank_assertions.assert_rank_in(weights, (0, size_ops.rank(values))),)):
                values = arithmetic.multiply(values, cast.cast(weights, dtypes.float32))
        value = collected(identity.identity(count), collections[0])
        update = assign.assign_add(count, reductions.reduce_sum(values))
        return value, collected(update, collections[1])


@metric
def true_positives(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Sum the weights of the examples, so far, that are true and were predicted to be.

    Args:
        labels, predictions: tensors of one shape, converted to booleans: 0 is False, all else True.
        weights: None for 1; or a scalar, or a tensor that can be broadcast to the shape of the labels.
        metrics_collections: names of collections to which the count is added.
        updates_collections: names of collections to which the update is added.
        name: the variable scope, "true_positives" by default.

    Returns:
        A pair of float32 scalars: the count so far; and the update, which adds a batch and is the count after it.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> value, update = tf.metrics.true_positives(labels=[1, 1, 0, 0], predictions=[1, 0, 1, 0])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update), sess.run(update), sess.run(value))
        1.0 2.0 2.0
    """
    collections = metrics_collections, updates_collections
    return _counted(name, "true_positives", True, True, (labels, predictions, weights), collections)


@metric
def false_negatives(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Sum the weights of the true examples, so far, predicted to be false; otherwise as `true_positives`.

    Example:
        >>> value, update = tf.metrics.false_negatives(labels=[1, 1, 0, 0], predictions=[0, 0, 1, 0])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        2.0
    """
    collections = metrics_collections, updates_collections
    return _counted(name, "false_negatives", True, False, (labels, predictions, weights), collections)


@metric
def false_positives(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Sum the weights of the false examples, so far, predicted to be true; otherwise as `true_positives`.

    Example:
        >>> value, update = tf.metrics.false_positives(labels=[1, 1, 0, 0], predictions=[0, 0, 1, 0])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        1.0
    """
    collections = metrics_collections, updates_collections
    return _counted(name, "false_positives", False, True, (labels, predictions, weights), collections)


@metric
def true_negatives(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Sum the weights of the false examples, so far, that were predicted to be; otherwise as `true_positives`.

    Example:
        >>> value, update = tf.metrics.true_negatives(labels=[1, 1, 0, 0], predictions=[0, 0, 1, 0])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        1.0
    """
    collections = metrics_collections, updates_collections
    return _counted(name, "true_negatives", False, False, (labels, predictions, weights), collections)


def _share(part: Tensor, rest: Tensor, name: str) -> Tensor:
    """Return part / (part + rest), and 0 where there is neither."""
    return where.where(comparison.greater(part + rest, 0), modulo.div(part, part + rest), 0, name)


def _share_of_true_positives(
    name: str | None, default: str, rest: str, label: bool, inputs: tuple, collections: tuple
) -> Pair:
    """Compute the share of the true positives among them and those with another label and the other prediction."""
    labels, predictions, weights = inputs
    with variable_scope(name, default, (predictions, labels, weights)):
        predictions, labels, weights = as_booleans(predictions, labels, weights)
        inputs = labels, predictions, weights
        hits, update_hits = _counted(None, "true_positives", True, True, inputs)
        misses, update_misses = _counted(None, rest, label, not label, inputs)
        value = collected(_share(hits, misses, "value"), collections[0])
        return value, collected(_share(update_hits, update_misses, "update_op"), collections[1])


@metric
def precision(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the fraction of the positive predictions, so far, that are right; 0 as long as there are none.

    Args:
        labels, predictions, weights, metrics_collections, updates_collections: as for `true_positives`.
        name: the variable scope, "precision" by default.

    Returns:
        A pair of float32 scalars: the precision so far, and the update, which adds a batch.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> value, update = tf.metrics.precision(labels=[1, 1, 1, 0], predictions=[1, 0, 0, 1])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        0.5
    """
    collections = metrics_collections, updates_collections
    inputs = labels, predictions, weights
    return _share_of_true_positives(name, "precision", "false_positives", False, inputs, collections)


@metric
def recall(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Compute the fraction of the true examples, so far, that were found; 0 as long as there are none.

    Args:
        labels, predictions, weights, metrics_collections, updates_collections: as for `true_positives`.
        name: the variable scope, "recall" by default.

    Returns:
        A pair of float32 scalars: the recall so far, and the update, which adds a batch.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> value, update = tf.metrics.recall(labels=[1, 1, 1, 1], predictions=[1, 0, 0, 0])
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        0.25
    """
    collections = metrics_collections, updates_collections
    inputs = labels, predictions, weights
    return _share_of_true_positives(name, "recall", "false_negatives", True, inputs, collections)
