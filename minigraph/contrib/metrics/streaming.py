"""`streaming_…`: the functions of `tf.metrics`, with the predictions before the labels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.default import get_default_graph
from minigraph.metrics import area, classes, counts, means, thresholds
from minigraph.ops.arrays.cast import cast
from minigraph.ops.nn.top_k import in_top_k

__all__ = [
    "streaming_accuracy",
    "streaming_auc",
    "streaming_false_negatives",
    "streaming_false_positives",
    "streaming_mean",
    "streaming_mean_absolute_error",
    "streaming_mean_cosine_distance",
    "streaming_mean_iou",
    "streaming_mean_relative_error",
    "streaming_mean_squared_error",
    "streaming_mean_tensor",
    "streaming_percentage_less",
    "streaming_precision",
    "streaming_precision_at_thresholds",
    "streaming_recall",
    "streaming_recall_at_k",
    "streaming_recall_at_thresholds",
    "streaming_root_mean_squared_error",
    "streaming_sensitivity_at_specificity",
    "streaming_specificity_at_sensitivity",
    "streaming_true_negatives",
    "streaming_true_positives",
]


def _in_order(metric: Callable, names: str) -> Callable:
    """Return a metric whose positional arguments have these names, and the four that all have after them."""
    order = f"{names} metrics_collections updates_collections name".split()

    def streaming(*args: Any, **options: Any) -> tuple:
        if len(args) > len(order):
            raise TypeError(f"{streaming.__name__}() takes at most {len(order)} arguments, but {len(args)} were given")
        given = dict(zip(order, args))
        twice = sorted(given.keys() & options.keys())
        if twice:
            raise TypeError(f"{streaming.__name__}() got multiple values for argument '{twice[0]}'")
        return metric(**given, **options)

    streaming.__name__ = streaming.__qualname__ = f"streaming_{metric.__name__}"
    streaming.__doc__ = (
        f"Call `tf.metrics.{metric.__name__}`, whose arguments have here the order {', '.join(order)}.\n\n"
        "    Returns:\n        The value, and the operation that takes in one more batch."
    )
    return streaming


_BOTH = "predictions labels weights"
streaming_accuracy = _in_order(means.accuracy, _BOTH)
streaming_precision = _in_order(counts.precision, _BOTH)
streaming_recall = _in_order(counts.recall, _BOTH)
streaming_true_positives = _in_order(counts.true_positives, _BOTH)
streaming_true_negatives = _in_order(counts.true_negatives, _BOTH)
streaming_false_positives = _in_order(counts.false_positives, _BOTH)
streaming_false_negatives = _in_order(counts.false_negatives, _BOTH)
streaming_mean_absolute_error = _in_order(means.mean_absolute_error, _BOTH)
streaming_mean_squared_error = _in_order(means.mean_squared_error, _BOTH)
streaming_root_mean_squared_error = _in_order(means.root_mean_squared_error, _BOTH)
streaming_mean_relative_error = _in_order(means.mean_relative_error, "predictions labels normalizer weights")
streaming_mean_cosine_distance = _in_order(means.mean_cosine_distance, "predictions labels dim weights")
streaming_mean_iou = _in_order(classes.mean_iou, "predictions labels num_classes weights")
streaming_precision_at_thresholds = _in_order(
    thresholds.precision_at_thresholds, "predictions labels thresholds weights"
)
streaming_recall_at_thresholds = _in_order(thresholds.recall_at_thresholds, "predictions labels thresholds weights")
streaming_sensitivity_at_specificity = _in_order(
    thresholds.sensitivity_at_specificity, "predictions labels specificity weights num_thresholds"
)
streaming_specificity_at_sensitivity = _in_order(
    thresholds.specificity_at_sensitivity, "predictions labels sensitivity weights num_thresholds"
)
streaming_mean = _in_order(means.mean, "values weights")
streaming_mean_tensor = _in_order(means.mean_tensor, "values weights")
streaming_percentage_less = _in_order(means.percentage_below, "values threshold weights")


def streaming_auc(
    predictions: Any,
    labels: Any,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    curve: str = "ROC",
    name: str | None = None,
) -> tuple:
    """Call `tf.metrics.auc` with the predictions first.

    Returns:
        The value, and the operation that takes in one more batch.
    """
    return area.auc(
        labels=labels,
        predictions=predictions,
        weights=weights,
        num_thresholds=num_thresholds,
        metrics_collections=metrics_collections,
        updates_collections=updates_collections,
        curve=curve,
        name=name,
    )


def streaming_recall_at_k(
    predictions: Any,
    labels: Any,
    k: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple:
    """Compute how often the label is among the k classes with the largest predictions.

    Args:
        predictions: the predictions, floats of shape [batch, classes].
        labels: the classes, integers of shape [batch].
        k: how many classes count.
        weights, metrics_collections, updates_collections, name: as for `tf.metrics.mean`.

    Returns:
        The value, and the operation that takes in one more batch.

    Example:
        >>> value, update = tf.contrib.metrics.streaming_recall_at_k([[0.1, 0.5, 0.4], [0.8, 0.1, 0.2]], [2, 1], 2)
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update))
        0.5
    """
    with get_default_graph().atomic():
        found = cast(in_top_k(predictions, labels, k), dtypes.float32)
        return means.mean(found, weights, metrics_collections, updates_collections, name or f"recall_at_{k}")
