"""Losses with predictions before labels, weighted by example, in the collection LOSSES."""

from __future__ import annotations

from typing import Any

from minigraph.contrib.framework.arg_scopes import add_arg_scope
from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys, add_to_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.nn.cross_entropy import sigmoid_cross_entropy_with_logits
from minigraph.ops.arrays import cast, expand_dims, fill, filled_like, reshape, shape_ops, size_ops, slices, where
from minigraph.ops.math import arithmetic, comparison, exponential, modulo, no_nan, powers, reductions, signs
from minigraph.ops.math.squared_difference import squared_difference
from minigraph.ops.nn import activations
from minigraph.ops.nn import softmax_cross_entropy as cross_entropies

__all__ = [
    "absolute_difference",
    "add_loss",
    "compute_weighted_loss",
    "cosine_distance",
    "hinge_loss",
    "log_loss",
    "mean_pairwise_squared_error",
    "mean_squared_error",
    "sigmoid_cross_entropy",
    "softmax_cross_entropy",
    "sparse_softmax_cross_entropy",
]


@add_arg_scope
def add_loss(loss: Any, loss_collection: str | None = GraphKeys.LOSSES) -> None:
    """Add a loss to a collection, unless that is None."""
    if loss_collection:
        add_to_collection(loss_collection, loss)


def compute_weighted_loss(losses: Any, weights: Any = 1.0, scope: str | None = None) -> Tensor:
    """Return the weighted sum of losses over the number of those whose weight is not zero.

    Args:
        losses: a tensor, with the examples along the first axis.
        weights: a number, or a tensor with the first axes of `losses`.
        scope: the name scope.

    Returns:
        A scalar, also in the collection LOSSES.

    Raises:
        ValueError: if the number of axes of either is not known.

    Example:
        >>> print(tf.contrib.losses.compute_weighted_loss([[1.0, 3.0], [5.0, 7.0]], [1.0, 0.0]).eval())
        2.0
    """
    with get_default_graph().atomic(), atomic_scope(scope, "weighted_loss", [losses, weights]):
        losses = convert_to_tensor(losses)
        given = losses.dtype
        losses = cast.cast(losses, dtypes.float32)
        weights = _known_rank(cast.cast(convert_to_tensor(weights), dtypes.float32), "weights")
        _known_rank(losses, "losses")
        if weights.shape.ndims > 1 and weights.shape.as_list()[-1] in (1, None):
            weights = expand_dims.squeeze(weights, [-1])
        total = _weighted_sum(losses, weights)
        count = _present(losses, weights)
        mean = no_nan.div_no_nan(reductions.reduce_sum(total), count, name="value")
        mean = cast.cast(mean, given)
        add_loss(mean)
        return mean


def _known_rank(tensor: Tensor, name: str) -> Any:
    if tensor.shape.ndims is None:
        raise ValueError(f"{name}.get_shape().ndims cannot be None")
    return tensor


def _weighted_sum(losses: Any, weights: Any) -> Tensor:
    axes = list(range(weights.shape.ndims, losses.shape.ndims))
    each = reductions.reduce_sum(losses, axis=axes)
    return reductions.reduce_sum(arithmetic.multiply(each, weights))


def _present(losses: Any, weights: Any, each: bool = False) -> Any:
    """Return the number of losses whose weight is not zero, or for each example that of its own."""
    if not weights.shape.ndims:
        first = slices.slice(shape_ops.shape(losses), [0], [1])
        batch = reshape.reshape(first, [])
        count = modulo.div(cast.cast(size_ops.size(losses), dtypes.float32), cast.cast(batch, dtypes.float32))
        count = where.where(comparison.equal(weights, 0), 0.0, count)
        counts = arithmetic.multiply(fill.ones(reshape.reshape(batch, [1])), count)
    else:
        rank = weights.shape.ndims
        nonzero = cast.cast(comparison.not_equal(weights, 0), dtypes.float32)
        nonzero = reductions.reduce_sum(nonzero, axis=list(range(1, rank)))
        rest = slices.slice(shape_ops.shape(losses), [rank], [-1])
        counts = arithmetic.multiply(nonzero, cast.cast(reductions.reduce_prod(rest), dtypes.float32))
    return counts if each else reductions.reduce_sum(counts)


def _compatible(a: Any, b: Any) -> tuple:
    """Return both as tensors; ValueError if their shapes are not compatible."""
    a, b = convert_to_tensor(a), convert_to_tensor(b)
    a.shape.assert_is_compatible_with(b.shape)
    return a, b


def _floats(predictions: Any, labels: Any) -> tuple:
    predictions, labels = _compatible(predictions, labels)
    return cast.cast(predictions, dtypes.float32), cast.cast(labels, dtypes.float32)


def absolute_difference(predictions: Any, labels: Any = None, weights: Any = 1.0, scope: str | None = None) -> Tensor:
    """Compute the mean absolute difference; the arguments are those of `mean_squared_error`."""
    values = [predictions, labels, weights]
    with get_default_graph().atomic(), atomic_scope(scope, "absolute_difference", values) as inner:
        predictions, labels = _floats(predictions, labels)
        return compute_weighted_loss(signs.abs(arithmetic.subtract(predictions, labels)), weights, scope=inner)


def mean_squared_error(predictions: Any, labels: Any = None, weights: Any = 1.0, scope: str | None = None) -> Tensor:
    """Compute the mean of the squared differences.

    Args:
        predictions: a tensor.
        labels: a tensor of its shape.
        weights: a number, or a tensor with the first axes of `predictions`.
        scope: the name of the scope.

    Raises:
        ValueError: if the shapes are not compatible.

    Example:
        >>> print(tf.contrib.losses.mean_squared_error(tf.constant([1.0, 2.0]), tf.constant([0.0, 0.0])).eval())
        2.5
    """
    values = [predictions, labels, weights]
    with get_default_graph().atomic(), atomic_scope(scope, "mean_squared_error", values) as inner:
        predictions, labels = _floats(predictions, labels)
        return compute_weighted_loss(squared_difference(predictions, labels), weights, scope=inner)


def log_loss(
    predictions: Any, labels: Any = None, weights: Any = 1.0, epsilon: float = 1e-7, scope: str | None = None
) -> Tensor:
    """Compute the cross-entropy of probabilities; `epsilon` keeps the logarithms finite."""
    values = [predictions, labels, weights]
    with get_default_graph().atomic(), atomic_scope(scope, "log_loss", values) as inner:
        predictions, labels = _floats(predictions, labels)
        hits = -arithmetic.multiply(labels, exponential.log(predictions + epsilon))
        misses = arithmetic.multiply(1 - labels, exponential.log(1 - predictions + epsilon))
        return compute_weighted_loss(hits - misses, weights, scope=inner)


def hinge_loss(logits: Any, labels: Any = None, scope: str | None = None) -> Tensor:
    """Return the hinge losses, a tensor: labels are 0 or 1.

    Example:
        >>> print(tf.contrib.losses.hinge_loss(tf.constant([0.5, 2.0]), tf.constant([0.0, 1.0])).eval())
        [1.5 0. ]
    """
    with get_default_graph().atomic(), atomic_scope(scope, "hinge_loss", [logits, labels]):
        logits, labels = _compatible(logits, labels)
        labels = cast.cast(labels, dtypes.float32)
        ones = filled_like.ones_like(labels)
        labels = arithmetic.subtract(2 * labels, ones)
        return activations.relu(arithmetic.subtract(ones, arithmetic.multiply(labels, logits)))


def sigmoid_cross_entropy(
    logits: Any, multi_class_labels: Any, weights: Any = 1.0, label_smoothing: float = 0, scope: str | None = None
) -> Tensor:
    """Compute the cross-entropy of labels and the sigmoid of logits; see `tf.losses.sigmoid_cross_entropy`."""
    values = [logits, multi_class_labels, weights]
    with get_default_graph().atomic(), atomic_scope(scope, "sigmoid_cross_entropy_loss", values) as inner:
        logits, labels = _compatible(logits, multi_class_labels)
        labels = cast.cast(labels, logits.dtype)
        if label_smoothing > 0:
            labels = labels * (1 - label_smoothing) + 0.5 * label_smoothing
        losses = sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name="xentropy")
        return compute_weighted_loss(losses, weights, scope=inner)


def softmax_cross_entropy(
    logits: Any, onehot_labels: Any, weights: Any = 1.0, label_smoothing: float = 0, scope: str | None = None
) -> Tensor:
    """Compute the cross-entropy of one-hot labels and the softmax of logits; see `tf.losses.softmax_cross_entropy`.

    Example:
        >>> print(tf.contrib.losses.softmax_cross_entropy(tf.zeros([1, 2]), tf.constant([[0, 1]])).eval().round(4))
        0.6931
    """
    values = [logits, onehot_labels, weights]
    with get_default_graph().atomic(), atomic_scope(scope, "softmax_cross_entropy_loss", values) as inner:
        logits, labels = _compatible(logits, onehot_labels)
        labels = cast.cast(labels, logits.dtype)
        if label_smoothing > 0:
            sizes: Any = shape_ops.shape(labels)
            smooth: Any = cast.cast(sizes[1], logits.dtype)
            smooth = label_smoothing / smooth
            labels = labels * (1.0 - label_smoothing) + smooth
        losses = cross_entropies.softmax_cross_entropy_with_logits(labels=labels, logits=logits, name="xentropy")
        return compute_weighted_loss(losses, weights, scope=inner)


def sparse_softmax_cross_entropy(logits: Any, labels: Any, weights: Any = 1.0, scope: str | None = None) -> Tensor:
    """Compute the cross-entropy of class indices and the softmax of logits."""
    values = [logits, labels, weights]
    with get_default_graph().atomic(), atomic_scope(scope, "sparse_softmax_cross_entropy_loss", values) as inner:
        sizes: Any = shape_ops.shape(labels)
        labels = reshape.reshape(labels, [sizes[0]])
        losses = cross_entropies.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name="xentropy")
        return compute_weighted_loss(losses, weights, scope=inner)


def cosine_distance(
    predictions: Any,
    labels: Any = None,
    axis: int | None = None,
    weights: Any = 1.0,
    scope: str | None = None,
    dim: int | None = None,
) -> Tensor:
    """Compute the mean of 1 minus the products of vectors along an axis, which are of length 1.

    Raises:
        ValueError: if there is no `axis`.
    """
    axis = shape_ops.either("axis", axis, "dim", dim)
    if axis is None:
        raise ValueError("You must specify 'axis'.")
    values = [predictions, labels, weights]
    with get_default_graph().atomic(), atomic_scope(scope, "cosine_distance_loss", values) as inner:
        predictions, labels = _floats(predictions, labels)
        products: Any = reductions.reduce_sum(arithmetic.multiply(predictions, labels), axis=[axis])
        return compute_weighted_loss(1 - products, weights, scope=inner)


def mean_pairwise_squared_error(
    predictions: Any, labels: Any = None, weights: Any = 1.0, scope: str | None = None
) -> Tensor:
    """Compute the mean of the squared differences between pairs of elements of an example."""
    values = [predictions, labels, weights]
    with get_default_graph().atomic(), atomic_scope(scope, "mean_pairwise_squared_error", values):
        predictions, labels = _floats(predictions, labels)
        weights = cast.cast(convert_to_tensor(weights), dtypes.float32)
        differences = _known_rank(arithmetic.subtract(predictions, labels), "diffs")
        _known_rank(weights, "weights")
        axes = list(range(1, differences.shape.ndims))
        squares = reductions.reduce_sum(powers.square(differences), axis=axes)
        count = _present(differences, weights, each=True)
        first = 2.0 * no_nan.div_no_nan(squares, count, name="value")
        sums = reductions.reduce_sum(differences, axis=axes)
        second = 2.0 * no_nan.div_no_nan(powers.square(sums), powers.square(count), name="value")
        loss = _weighted_sum(first - second, weights)
        mean = where.where(reductions.reduce_sum(count) > 0, loss, filled_like.zeros_like(loss), name="value")
        add_loss(mean)
        return mean
