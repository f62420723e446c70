"""The losses: each computes a number for each example, weights it, and reduces the results to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.losses.collection import add_loss
from minigraph.losses.labels import check_one_hot, without_extra_axes
from minigraph.losses.weighted_loss import DEFAULT, compute_weighted_loss
from minigraph.losses.weights import assert_broadcastable, num_present
from minigraph.nn.cross_entropy import sigmoid_cross_entropy_with_logits
from minigraph.ops.arrays import cast, filled_like, ranges, shape_ops, size_ops, stop_gradient, where
from minigraph.ops.math import arithmetic, exponential, maximum_minimum, no_nan, powers, reductions, signs
from minigraph.ops.math.squared_difference import squared_difference
from minigraph.ops.nn import activations
from minigraph.ops.nn.softmax_cross_entropy import (
    softmax_cross_entropy_with_logits_v2,
    sparse_softmax_cross_entropy_with_logits,
)

__all__ = [
    "absolute_difference",
    "cosine_distance",
    "hinge_loss",
    "huber_loss",
    "log_loss",
    "mean_pairwise_squared_error",
    "mean_squared_error",
    "sigmoid_cross_entropy",
    "softmax_cross_entropy",
    "sparse_softmax_cross_entropy",
]


def _need(**given: Any) -> None:
    for name, value in given.items():
        if value is None:
            raise ValueError(f"{name} must not be None.")


def _of_floats(
    name: str,
    formula: Callable,
    labels: Any,
    predictions: Any,
    weights: Any,
    scope: str | None,
    loss_collection: str | None,
    reduction: str,
) -> Tensor:
    """Compute a formula of predictions and labels, both as floats, and weight the results."""
    _need(labels=labels, predictions=predictions)
    with atomic_scope(scope, name, (predictions, labels, weights)) as scope:
        predictions, labels = cast.cast(predictions, dtypes.float32), cast.cast(labels, dtypes.float32)
        predictions.shape.assert_is_compatible_with(labels.shape)
        return compute_weighted_loss(formula(predictions, labels), weights, scope, loss_collection, reduction)


def absolute_difference(
    labels: Any,
    predictions: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = DEFAULT,
) -> Tensor:
    """Compute the loss |predictions - labels|.

    Args:
        labels, predictions: tensors of one shape.
        weights, scope, loss_collection, reduction: as for `compute_weighted_loss`.

    Raises:
        ValueError: if one is None or the shapes differ.

    Example:
        >>> print(tf.losses.absolute_difference([1.0, 2.0], [1.5, 4.5]).eval())
        1.5
    """

    def formula(p: Any, y: Any) -> Any:
        return signs.abs(arithmetic.subtract(p, y))

    return _of_floats("absolute_difference", formula, labels, predictions, weights, scope, loss_collection, reduction)


def mean_squared_error(
    labels: Any,
    predictions: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = DEFAULT,
) -> Tensor:
    """Compute the loss (predictions - labels)**2; the arguments are those of `absolute_difference`.

    Example:
        >>> print(tf.losses.mean_squared_error([1.0, 2.0], [2.0, 4.0]).eval())
        2.5
    """
    formula = squared_difference
    return _of_floats("mean_squared_error", formula, labels, predictions, weights, scope, loss_collection, reduction)


def cosine_distance(
    labels: Any,
    predictions: Any,
    axis: int | None = None,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = DEFAULT,
    dim: int | None = None,
) -> Tensor:
    """Compute the loss 1 - cos of the angle between vectors of length 1 along `axis`.

    Example:
        >>> print(tf.losses.cosine_distance([[1.0, 0.0]], [[0.0, 1.0]], axis=1).eval())
        1.0
    """
    axis = shape_ops.either("axis", axis, "dim", dim)
    if axis is None:
        raise ValueError("You must specify 'axis'.")

    def formula(p: Any, y: Any) -> Any:
        return 1 - _sum(arithmetic.multiply(p, y), axis=(axis,), keepdims=True)

    return _of_floats("cosine_distance_loss", formula, labels, predictions, weights, scope, loss_collection, reduction)


_sum = reductions.reduce_sum


def hinge_loss(
    labels: Any,
    logits: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = DEFAULT,
) -> Tensor:
    """Compute the loss max(0, 1 - y * logits), where y is 1 for a label of 1 and -1 for 0.

    Example:
        >>> print(tf.losses.hinge_loss([1.0, 0.0], [0.5, -2.0]).eval())
        0.25
    """
    _need(labels=labels, logits=logits)

    def formula(p: Any, y: Any) -> Any:
        ones = filled_like.ones_like(y)
        directions = arithmetic.subtract(2 * y, ones)
        return activations.relu(arithmetic.subtract(ones, arithmetic.multiply(directions, p)))

    return _of_floats("hinge_loss", formula, labels, logits, weights, scope, loss_collection, reduction)


def huber_loss(
    labels: Any,
    predictions: Any,
    weights: Any = 1.0,
    delta: float = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = DEFAULT,
) -> Tensor:
    """Compute the Huber loss: e**2 / 2 for errors up to `delta`, linear beyond.

    Example:
        >>> print(tf.losses.huber_loss([0.0, 0.0], [1.0, 3.0]).eval())
        1.5
    """

    def formula(p: Any, y: Any) -> Any:
        error = signs.abs(arithmetic.subtract(p, y))
        near = maximum_minimum.minimum(error, delta)
        far = arithmetic.subtract(error, near)
        half = convert_to_tensor(0.5, dtype=near.dtype)
        squares = arithmetic.multiply(half, arithmetic.multiply(near, near))
        return arithmetic.add(squares, arithmetic.multiply(delta, far))

    return _of_floats("huber_loss", formula, labels, predictions, weights, scope, loss_collection, reduction)


def log_loss(
    labels: Any,
    predictions: Any,
    weights: Any = 1.0,
    epsilon: float = 1e-7,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = DEFAULT,
) -> Tensor:
    """Compute the loss -labels * log(p + epsilon) - (1 - labels) * log(1 - p + epsilon) of probabilities p.

    Example:
        >>> print(round(float(tf.losses.log_loss([1.0], [0.5]).eval()), 4))
        0.6931
    """

    def formula(p: Any, y: Any) -> Any:
        first = -arithmetic.multiply(y, exponential.log(p + epsilon))
        return first - arithmetic.multiply(1 - y, exponential.log(1 - p + epsilon))

    return _of_floats("log_loss", formula, labels, predictions, weights, scope, loss_collection, reduction)


def mean_pairwise_squared_error(
    labels: Any,
    predictions: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
) -> Tensor:
    """Compute the mean, over pairs of elements of one example, of the squared difference of their errors.

    Args:
        labels, predictions: tensors of one shape; the first axis is the batch.
        weights: a number, or one for each example.
        scope, loss_collection: as for `compute_weighted_loss`.

    Example:
        >>> print(tf.losses.mean_pairwise_squared_error([[0.0, 0.0]], [[1.0, 3.0]]).eval())
        4.0
    """
    _need(labels=labels, predictions=predictions)
    with atomic_scope(scope, "mean_pairwise_squared_error", (predictions, labels, weights)):
        weights, labels = cast.cast(weights, dtypes.float32), cast.cast(labels, dtypes.float32)
        with control_dependencies((assert_broadcastable(weights, labels),)):
            predictions = cast.cast(predictions, dtypes.float32)
            predictions.shape.assert_is_compatible_with(labels.shape)
            loss = _pairwise(arithmetic.subtract(predictions, labels), weights)
            add_loss(loss, loss_collection)
            return loss


def _pairwise(errors: Any, weights: Any) -> Tensor:
    axes = ranges.range(1, size_ops.rank(errors))
    squares = _sum(powers.square(errors), axis=axes, keepdims=True)
    count: Any = num_present(errors, weights, per_batch=True)
    term1 = 2.0 * no_nan.div_no_nan(squares, maximum_minimum.maximum(count - 1, 0), name="value")
    total = _sum(errors, axis=axes, keepdims=True)
    square = powers.square(total)
    pairs = maximum_minimum.maximum(arithmetic.multiply(count, count - 1), 0)
    term2 = 2.0 * no_nan.div_no_nan(square, pairs, name="value")
    loss = _sum(arithmetic.multiply(term1 - term2, weights))
    return where.where(_sum(count) > 0, loss, filled_like.zeros_like(loss), name="value")


def sigmoid_cross_entropy(
    multi_class_labels: Any,
    logits: Any,
    weights: Any = 1.0,
    label_smoothing: float = 0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = DEFAULT,
) -> Tensor:
    """Compute the cross-entropy of labels and the sigmoid of logits, for classes that are not mutually exclusive.

    Args:
        multi_class_labels: a tensor of 0s and 1s.
        logits: a tensor of that shape, before any sigmoid.
        weights: a number, or a tensor of sizes 1 or those of `logits`.
        label_smoothing: move the labels this far towards 1/2.
        scope, loss_collection, reduction: as for `compute_weighted_loss`.

    Example:
        >>> print(round(float(tf.losses.sigmoid_cross_entropy([[1.0]], [[0.0]]).eval()), 4))
        0.6931
    """
    _need(multi_class_labels=multi_class_labels, logits=logits)
    with atomic_scope(scope, "sigmoid_cross_entropy_loss", (logits, multi_class_labels, weights)) as scope:
        logits = convert_to_tensor(logits)
        labels: Any = cast.cast(multi_class_labels, logits.dtype)
        check_one_hot(labels, logits)
        if label_smoothing > 0:
            labels = labels * (1 - label_smoothing) + 0.5 * label_smoothing
        losses = sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name="xentropy")
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction)


def softmax_cross_entropy(
    onehot_labels: Any,
    logits: Any,
    weights: Any = 1.0,
    label_smoothing: float = 0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = DEFAULT,
) -> Tensor:
    """Compute the cross-entropy of one-hot labels and the softmax of logits.

    Args:
        onehot_labels: a tensor: a probability for each class along the last axis.
        logits: a tensor of that shape, before any softmax.
        weights: a number, or one for each example.
        label_smoothing: move the labels this far towards 1 / number of classes.
        scope, loss_collection, reduction: as for `compute_weighted_loss`.

    Example:
        >>> print(round(float(tf.losses.softmax_cross_entropy([[1, 0]], [[0.0, 0.0]]).eval()), 4))
        0.6931
    """
    _need(onehot_labels=onehot_labels, logits=logits)
    with atomic_scope(scope, "softmax_cross_entropy_loss", (logits, onehot_labels, weights)) as scope:
        logits = convert_to_tensor(logits)
        labels: Any = cast.cast(onehot_labels, logits.dtype)
        check_one_hot(labels, logits)
        if label_smoothing > 0:
            classes = cast.cast(shape_ops.shape(labels)[-1], logits.dtype)
            negatives = label_smoothing / classes
            labels = labels * (1.0 - label_smoothing) + negatives
        labels = stop_gradient.stop_gradient(labels, name="labels_stop_gradient")
        losses = softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits, name="xentropy")
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction)


def sparse_softmax_cross_entropy(
    labels: Any,
    logits: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = DEFAULT,
) -> Tensor:
    """Compute the cross-entropy of class indices and the softmax of logits.

    Args:
        labels: integers, the index of the right class of each example.
        logits: floats, with one more axis: a number for each class, before any softmax.
        weights: a number, or one for each example.
        scope, loss_collection, reduction: as for `compute_weighted_loss`.

    Example:
        >>> print(round(float(tf.losses.sparse_softmax_cross_entropy([1], [[0.0, 0.0]]).eval()), 4))
        0.6931
    """
    _need(labels=labels, logits=logits)
    with atomic_scope(scope, "sparse_softmax_cross_entropy_loss", (logits, labels, weights)) as scope:
        labels, logits, weights = without_extra_axes(labels, logits, weights)
        losses = sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name="xentropy")
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction)
