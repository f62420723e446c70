"""Softmax cross-entropy, with classes given as probabilities or as indices."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.recordable import recordable
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.graph.shape_rules import demand, merge, with_rank
from minigraph.graph.shapes import brackets, broadcast
from minigraph.ops.arrays import cast, concat, ranges, reshape, shape_ops, size_ops, slices, stop_gradient, transpose
from minigraph.ops.math import arithmetic
from minigraph.ops.nn.logits_checks import assert_same_shape, check_arguments, check_shapes, check_types
from minigraph.ops.nn.softmax import log_softmax_of

__all__ = [
    "softmax_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits_v2",
    "sparse_softmax_cross_entropy_with_logits",
]


_UNSIGNED = {4: np.dtype(np.uint32), 8: np.dtype(np.uint64)}


def _times_rows(tf: Any, column: Tensor, matrix: Any) -> Tensor:
    return tf.expand_dims(column, -1) * matrix


class SoftmaxCrossEntropyWithLogits(OpDef):
    """The cross-entropy of each row of labels and the softmax of its logits, and its derivative by the logits."""

    inputs = ("features", "labels")
    outputs = ("loss: T", "backprop: T")
    allowed = {"T": dtypes.NN_FLOATS}

    def shape(self, features, labels):
        both = with_rank(broadcast(features, labels), 2)
        return both[:1], both

    def kernel(self, xp, features, labels):
        logs = log_softmax_of(xp, features)
        loss = xp.sum(labels * (features.dtype.type(0) - logs), axis=-1, dtype=logs.dtype)  # 0 * log 0 is NaN
        return loss, xp.exp(logs) - labels

    def failure(self, features, labels):
        return (
            f"logits and labels must be broadcastable: logits_size={brackets(features.shape)} "
            f"labels_size={brackets(labels.shape)}"
        )

    def gradient(self, tf, dys, ys, features, labels):
        dloss, dback = dys
        found = _times_rows(tf, dloss, ys[1])
        if dback is not None and not _is_zero(dback):
            p = tf.softmax(features)
            inner = tf.matmul(tf.expand_dims(dback, 1), tf.expand_dims(p, 2))
            found += (dback - tf.squeeze(inner, axis=1)) * p
        return found, _times_rows(tf, dloss, -tf.log_softmax(features))


def _is_zero(x: Tensor) -> bool:
    if x.op.type == "ZerosLike":
        return True
    value = constant_value(x)
    return value is not None and bool((value == 0).all())


@recordable("call")
def _places(labels: Any, starts: Any, classes: int) -> Any:
    """Return the positions, in the flattened rows, of the elements that the labels index."""
    if labels.shape != starts.shape:
        raise ValueError  # `failure` reports it in TF1's words
    # as an unsigned number a negative label is out of range too
    if len(labels) and np.maximum.reduce(labels.view(_UNSIGNED[labels.itemsize])) >= classes:
        wrong = labels[(labels < 0) | (labels >= classes)][0]
        raise ValueError(
            f"Received a label value of {wrong} which is outside the valid range of [0, {classes}).  "
            f"Label values: {' '.join(map(str, labels.tolist()[:100]))}"
        )
    return labels + starts


@recordable("into")
def _exp_less_one(logs: Any, places: Any, out: Any = None) -> Any:
    """Return e**x, with 1 subtracted at some positions."""
    out = np.exp(logs, out)
    out.reshape(-1)[places] -= 1
    return out


class SparseSoftmaxCrossEntropyWithLogits(OpDef):
    """As SoftmaxCrossEntropyWithLogits, with the index of the right class for each row."""

    inputs = ("features: T", "labels: Tlabels")
    outputs = ("loss: T", "backprop: T")
    allowed = {"T": dtypes.NN_FLOATS, "Tlabels": dtypes.INDICES}
    type_defaults = {"Tlabels": dtypes.int64}

    def shape(self, features, labels):
        features, labels = with_rank(features, 2), with_rank(labels, 1)
        rows = merge(features[:1], labels)
        return rows, rows.concatenate(features[1:])

    def kernel(self, xp, features, labels):
        demand(
            features.ndim != 2 or features.shape[1],
            f"Must have at least one class, but got logits shape {brackets(features.shape)}",
        )
        logs = log_softmax_of(xp, features)
        rows, classes = features.shape
        places = _places(labels, np.arange(rows) * classes, classes)
        return features.dtype.type(0) - logs.reshape(-1)[places], _exp_less_one(logs, places)

    def failure(self, features, labels):
        if features.ndim != 2:
            return f"logits must be 2-D, but got shape {brackets(features.shape)}"
        if labels.ndim != 1:
            return f"labels must be 1-D, but got shape {brackets(labels.shape)}"
        if len(labels) != len(features):
            return (
                "logits and labels must have the same first dimension, got logits shape "
                f"{brackets(features.shape)} and labels shape {brackets(labels.shape)}"
            )
        return None

    def gradient(self, tf, dys, ys, features, labels):
        without = stop_gradient.prevent_gradient(
            ys[1],
            message=(
                "Currently there is no way to take the second derivative of "
                "sparse_softmax_cross_entropy_with_logits due "
                "to the fused implementation's interaction with tf.gradients()"
            ),
        )
        return _times_rows(tf, dys[0], without), None


def softmax_cross_entropy_with_logits(
    _sentinel: Any = None,
    labels: Any = None,
    logits: Any = None,
    dim: int = -1,
    name: str | None = None,
    axis: int | None = None,
) -> Tensor:
    """Return the cross-entropy of labels and the softmax of logits; no gradient flows to the labels.

    Args:
        _sentinel: prevents positional arguments.
        labels: a tensor of floats: a probability for each class along the axis.
        logits: a tensor of that shape and type, before any softmax.
        dim, axis: the axis of the classes, the last by default.
        name: the name of the node.

    Returns:
        A tensor without that axis.

    Raises:
        ValueError: if the arguments are given by position, or one is missing.

    Example:
        >>> print(tf.nn.softmax_cross_entropy_with_logits(labels=[[0.0, 1.0]], logits=[[0.0, 1000.0]]).eval())
        [0.]
    """
    with get_default_graph().atomic():
        dim = dim if axis is None else axis
        check_arguments("softmax_cross_entropy_with_logits", _sentinel, labels, logits)
        with atomic_scope(name, "softmax_cross_entropy_with_logits_sg", [logits, labels]) as scope:
            labels = stop_gradient.stop_gradient(labels, name="labels_stop_gradient")
        return softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits, axis=dim, name=scope)


def softmax_cross_entropy_with_logits_v2(
    labels: Any, logits: Any, axis: int | None = None, name: str | None = None, dim: int | None = None
) -> Tensor:
    """Return the result of `softmax_cross_entropy_with_logits`, with a gradient for the labels too."""
    axis = shape_ops.either("axis", axis, "dim", dim)
    axis = -1 if axis is None else axis
    with atomic_scope(name, "softmax_cross_entropy_with_logits", [logits, labels]) as scope:
        logits, labels = convert_to_tensor(logits, name="logits"), convert_to_tensor(labels, name="labels")
        check_types(labels, logits, "features")
        half = logits.dtype.base_dtype in (dtypes.float16, dtypes.bfloat16)
        x = cast.cast(logits, dtypes.float32) if half else logits
        labels = cast.cast(labels, x.dtype)
        ndims = size_ops.rank(x)
        if axis != -1:
            x, labels = _move_to_end(x, axis, ndims), _move_to_end(labels, axis, ndims)
        shape = shape_ops.shape(x)
        x, labels = _as_rows(x), _as_rows(labels)
        cost, _ = apply(SoftmaxCrossEntropyWithLogits(), x, labels, name=scope)
        cost = reshape.reshape(cost, slices.slice(shape, [0], [arithmetic.subtract(ndims, 1)]))
        if logits.shape.ndims is not None:
            sizes = logits.shape.as_list()
            del sizes[axis]
            cost.set_shape(sizes)
        return cast.cast(cost, logits.dtype) if half else cost


def _move_to_end(x: Tensor, axis: Any, ndims: Tensor) -> Tensor:
    return transpose.transpose(x, concat.concat([ranges.range(axis), ranges.range(axis + 1, ndims), [axis]], 0))


def _as_rows(x: Tensor) -> Tensor:
    """Reshape all axes but the last to one."""
    ndims = size_ops.rank(x)
    last = slices.slice(shape_ops.shape(x), [arithmetic.subtract(ndims, 1)], [1])
    result = reshape.reshape(x, concat.concat([[-1], last], 0))
    sizes = x.shape.tuple
    if sizes is not None and None not in sizes[:-1]:
        result.set_shape([int(np.prod(sizes[:-1])), sizes[-1]])
    return result


def sparse_softmax_cross_entropy_with_logits(
    _sentinel: Any = None, labels: Any = None, logits: Any = None, name: str | None = None
) -> Tensor:
    """Return the cross-entropy of class indices and the softmax of logits.

    Args:
        _sentinel: prevents positional arguments.
        labels: integers, the index of the right class.
        logits: floats, with one more axis, the last: a number for each class, before any softmax.
        name: the name of the node.

    Returns:
        A tensor of the shape of `labels`.

    Raises:
        ValueError: if the arguments are given by position, one is missing, or the shapes do not fit.

    Example:
        >>> print(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1], logits=[[0.0, 1000.0]]).eval())
        [0.]
    """
    check_arguments("sparse_softmax_cross_entropy_with_logits", _sentinel, labels, logits)
    with atomic_scope(name, "SparseSoftmaxCrossEntropyWithLogits", [labels, logits]):
        labels, logits = convert_to_tensor(labels), convert_to_tensor(logits)
        half = logits.dtype.base_dtype is dtypes.float16
        x = cast.cast(logits, dtypes.float32) if half else logits
        shape = shape_ops.shape(labels)
        checks = check_shapes(labels.shape, logits.shape)
        if logits.shape.ndims == 2:
            cost, _ = apply(SparseSoftmaxCrossEntropyWithLogits(), x, labels, name=name)
            return cast.cast(cost, dtypes.float16) if half else cost
        with control_dependencies([] if checks else [assert_same_shape(labels, logits)]):
            classes = shape_ops.shape(logits)[size_ops.rank(logits) - 1]
            x, flat = reshape.reshape(x, [-1, classes]), reshape.reshape(labels, [-1])
            cost, _ = apply(SparseSoftmaxCrossEntropyWithLogits(), x, flat, name=name)
            cost = reshape.reshape(cost, shape)
            cost.set_shape(labels.shape)
            return cast.cast(cost, dtypes.float16) if half else cost
