"""The area under a curve: of the true positive rate over the false one, or of precision over recall."""

from __future__ import annotations

from typing import Any

from minigraph import logging
from minigraph.graph.operation import Tensor
from minigraph.metrics.arguments import collected, metric
from minigraph.metrics.thresholds import EPSILON, confusion_at_thresholds, evenly_spaced
from minigraph.ops.arrays import filled_like, where
from minigraph.ops.math import arithmetic, comparison, exponential, maximum_minimum, modulo, no_nan, reductions
from minigraph.variables.variable_scope import variable_scope

__all__ = ["auc"]

_SMOOTHING = 1.0e-6  # so that a rate over no examples is not 0 / 0


@metric
def auc(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    curve: str = "ROC",
    name: str | None = None,
    summation_method: str = "trapezoidal",
    thresholds: Any = None,
) -> tuple[Tensor, Tensor]:
    """Approximate the area under a curve, over all batches so far, from the counts at some thresholds.

    Args:
        labels: a tensor, converted to booleans.
        predictions: a tensor of floats from 0 to 1, of the same shape.
        weights: None for 1; or a scalar, or a tensor that can be broadcast to the shape of the labels.
        num_thresholds: the number of thresholds, evenly spaced.
        metrics_collections: names of collections to which the area is added.
        updates_collections: names of collections to which the update is added.
        curve: "ROC", the rate of true positives over that of false ones, or "PR", precision over recall.
        name: the variable scope, "auc" by default.
        summation_method: "trapezoidal"; "careful_interpolation", the better one for "PR"; or a bound, "minoring" or
            "majoring".
        thresholds: None, or the thresholds as Python numbers between 0 and 1.

    Returns:
        A pair of float32 scalars: the area so far, and the update, which adds a batch.

    Raises:
        ValueError: if `curve` or `summation_method` is unknown, or the shapes do not fit.
        InvalidArgumentError: when a run finds a prediction that is not between 0 and 1.

    Example:
        >>> labels, predictions = tf.constant([0, 0, 1, 1]), tf.constant([0.1, 0.4, 0.35, 0.8])
        >>> value, update = tf.metrics.auc(labels, predictions)
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(update).round(3))
        0.75
    """
    with variable_scope(name, "auc", (labels, predictions, weights)):
        if curve not in ("ROC", "PR"):
            raise ValueError(f"curve must be either ROC or PR, {curve} unknown")
        if thresholds is not None:
            inner = sorted(thresholds)
        else:
            inner = evenly_spaced(num_thresholds)
        limits = [0.0 - EPSILON, *inner, 1.0 + EPSILON]
        values, updates = confusion_at_thresholds(labels, predictions, limits, weights)
        value = _area(values, curve, summation_method, "value")
        value = collected(value, metrics_collections)
        update = _area(updates, curve, summation_method, "update_op")
        return value, collected(update, updates_collections)


def _area(of: dict, curve: str, method: str, name: str) -> Tensor:
    """Return the area under a curve whose points have the given counts."""
    if curve == "PR" and method == "careful_interpolation":
        return _interpolated(of["tp"], of["fp"], of["fn"])
    if curve == "PR" and method == "trapezoidal":
        logging.warning(
            'Trapezoidal rule is known to produce incorrect PR-AUCs; please switch to "careful_interpolation" instead.'
        )
    tp, fn, fp = of["tp"], of["fn"], of["fp"]
    recall = modulo.div(tp + _SMOOTHING, tp + fn + _SMOOTHING)
    if curve == "ROC":
        x, y = modulo.div(fp, fp + of["tn"] + _SMOOTHING), recall
    else:
        x, y = recall, modulo.div(tp + _SMOOTHING, tp + fp + _SMOOTHING)
    count = x.shape.as_list()[0]
    widths = x[: count - 1] - x[1:]
    return reductions.reduce_sum(arithmetic.multiply(widths, _heights(y, count, method)), name=name)


def _heights(y: Tensor, count: int, method: str) -> Tensor:
    """Return the height of each strip, between neighbouring points."""
    if method in ("trapezoidal", "careful_interpolation"):
        return (y[: count - 1] + y[1:]) / 2.0
    bounds = {"minoring": maximum_minimum.minimum, "majoring": maximum_minimum.maximum}
    if method not in bounds:
        raise ValueError(
            f"Invalid summation_method: {method}\nThey are: trapezoidal, careful_interpolation, {', '.join(bounds)}."
        )
    return bounds[method](y[: count - 1], y[1:])


def _interpolated(tp: Any, fp: Any, fn: Any) -> Tensor:
    """Return the area under precision over recall, with true positives linear in all positives between two points.

    Davis and Goadrich, "The relationship between precision-recall and ROC curves" (2006), give the interpolation.
    """
    count = tp.shape.as_list()[0]
    gained = tp[: count - 1] - tp[1:]
    positives = tp + fp
    slope = no_nan.div_no_nan(
        gained, maximum_minimum.maximum(positives[: count - 1] - positives[1:], 0), name="prec_slope"
    )
    intercept = tp[1:] - arithmetic.multiply(slope, positives[1:])
    both = comparison.logical_and(positives[: count - 1] > 0, positives[1:] > 0)
    ratio = no_nan.div_no_nan(
        positives[: count - 1], maximum_minimum.maximum(positives[1:], 0), name="recall_relative_ratio"
    )
    ratio = where.where(both, ratio, filled_like.ones_like(positives[1:]))
    increments = no_nan.div_no_nan(
        slope * (gained + intercept * exponential.log(ratio)),
        maximum_minimum.maximum(tp[1:] + fn[1:], 0),
        name="pr_auc_increment",
    )
    return reductions.reduce_sum(increments, name="interpolate_pr_auc")
