"""`tf.confusion_matrix`: how often each class was taken for each."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.metrics.arguments import remove_squeezable_dimensions
from minigraph.ops.arrays import cast, fill, filled_like, stack
from minigraph.ops.control import assertions, group
from minigraph.ops.math import maximum_minimum, reduce_max_min
from minigraph.ops.rows.sparse_dense_add import sparse_tensor_dense_add

__all__ = ["confusion_matrix"]


def confusion_matrix(
    labels: Any,
    predictions: Any,
    num_classes: Any = None,
    dtype: Any = dtypes.int32,
    name: str | None = None,
    weights: Any = None,
) -> Tensor:
    """Count, for each pair of classes, the examples of the first for which the second was predicted.

    Args:
        labels: a vector of integers, the true class of each example.
        predictions: a vector of the predicted classes.
        num_classes: the number of classes, by default one more than the largest found.
        dtype: the type of the result.
        name: the name scope.
        weights: what an example adds, a vector; by default 1.

    Returns:
        A matrix [num_classes, num_classes] of the type `dtype`, with a row for each label.

    Raises:
        ValueError: if the shapes do not fit.
        InvalidArgumentError: when a run finds a class that is negative or too large.

    Example:
        >>> print(tf.confusion_matrix(labels=[1, 2, 1], predictions=[2, 2, 1]).eval())
        [[0 0 0]
         [0 1 1]
         [0 0 1]]
    """
    with atomic_scope(name, "confusion_matrix", (predictions, labels, num_classes, weights)):
        labels, predictions = remove_squeezable_dimensions(
            convert_to_tensor(labels, name="labels"), convert_to_tensor(predictions, name="predictions")
        )
        predictions, labels = cast.cast(predictions, dtypes.int64), cast.cast(labels, dtypes.int64)
        labels, predictions = (
            group.with_dependencies([assertions.assert_non_negative(x, message=f"`{of}` contains negative values")], x)
            for x, of in ((labels, "labels"), (predictions, "predictions"))
        )
        if num_classes is None:
            largest = reduce_max_min.reduce_max(predictions), reduce_max_min.reduce_max(labels)
            num_classes = maximum_minimum.maximum(*largest) + 1
        else:
            limit = cast.cast(num_classes, dtypes.int64)
            labels, predictions = (
                group.with_dependencies([assertions.assert_less(x, limit, message=f"`{of}` out of bound")], x)
                for x, of in ((labels, "labels"), (predictions, "predictions"))
            )
        if weights is not None:
            weights = convert_to_tensor(weights, name="weights")
            predictions.shape.assert_is_compatible_with(weights.shape)
            weights = cast.cast(weights, dtype)
        shape = stack.stack([num_classes, num_classes])
        indices = stack.stack([labels, predictions], axis=1)
        values = filled_like.ones_like(predictions, dtype) if weights is None else weights
        whole = cast.cast(shape, dtypes.int64)
        return sparse_tensor_dense_add(indices, values, whole, fill.zeros(cast.cast(shape, dtypes.int32), dtype))
