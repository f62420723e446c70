"""Several metrics at once; the accuracy of one batch; a count of what was seen."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import filled_like
from minigraph.ops.arrays.cast import cast
from minigraph.ops.math import arithmetic, comparison, modulo, reductions

__all__ = ["accuracy", "aggregate_metric_map", "aggregate_metrics"]


def accuracy(predictions: Any, labels: Any, weights: Any = None, name: str | None = None) -> Tensor:
    """Compute the share of predictions that equal the labels, of this batch alone.

    Args:
        predictions, labels: tensors of one shape and type: integers, booleans or strings.
        weights: None, or weights that can be broadcast to them.
        name: the name scope.

    Returns:
        A float32 scalar.

    Raises:
        ValueError: if the types differ, or are floats.

    Example:
        >>> print(tf.contrib.metrics.accuracy(tf.constant([1, 2, 3, 3]), tf.constant([1, 2, 0, 3])).eval())
        0.75
    """
    kind = labels.dtype
    if not (kind.is_integer or kind in (dtypes.bool_, dtypes.string)):
        raise ValueError(f"Labels should have bool, integer, or string dtype, not {kind!r}")
    if not kind.is_compatible_with(predictions.dtype):
        raise ValueError(
            f"Dtypes of predictions and labels should match. Given: predictions ({predictions.dtype!r}) and labels "
            f"({kind!r})"
        )
    with atomic_scope(name, "accuracy", [predictions, labels]):
        is_correct = cast(comparison.equal(predictions, labels), dtypes.float32)
        if weights is None:
            return reductions.reduce_mean(is_correct)
        is_correct = arithmetic.multiply(is_correct, weights)
        counts = arithmetic.multiply(weights, filled_like.ones_like(is_correct))
        return modulo.div(reductions.reduce_sum(is_correct), reductions.reduce_sum(counts))


def aggregate_metrics(*value_update_tuples: tuple) -> tuple[list, list]:
    """Return the values and the updates of several metrics, as two lists.

    Raises:
        ValueError: if there are none.

    Example:
        >>> values, updates = tf.contrib.metrics.aggregate_metrics(tf.metrics.mean([1.0]), tf.metrics.mean([3.0]))
        >>> print(len(values), len(updates))
        2 2
    """
    if not value_update_tuples:
        raise ValueError("Expected at least one value_tensor/update_op pair")
    values, updates = zip(*value_update_tuples)
    return list(values), list(updates)


def aggregate_metric_map(names_to_tuples: dict) -> tuple[dict, dict]:
    """Return the values and the updates of metrics by name, as two dicts.

    Example:
        >>> values, updates = tf.contrib.metrics.aggregate_metric_map({"mean": tf.metrics.mean([1.0, 3.0])})
        >>> sess.run(tf.local_variables_initializer())
        >>> print(sess.run(updates)["mean"], sess.run(values)["mean"])
        2.0 2.0
    """
    values = {name: value for name, (value, _) in names_to_tuples.items()}
    return values, {name: update for name, (_, update) in names_to_tuples.items()}
