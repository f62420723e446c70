"""The largest elements of each row."""

from collections import namedtuple
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scalar_inputs import size_input
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, merge_sizes, with_rank, with_rank_at_least
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape

__all__ = ["top_k", "in_top_k"]


class TopKV2(OpDef):
    """The k largest elements along the last axis, and their indices; of equal elements the first comes first."""

    sorted_: bool = True

    inputs = ("input: T", "k: int32")
    outputs = ("values: T", "indices: int32")
    allowed = {"T": dtypes.REALS}
    static_inputs = (1,)

    def shape(self, input, k):
        with_rank_at_least(input, 1)
        count = size_input(k, 1)
        if input.ndims is None:
            return unknown_shape(), unknown_shape()
        size = input.tuple[-1]
        if count is not None and size is not None and size < count:
            raise ShapeError(f"input must have last dimension >= k = {count} but is {size}")
        found = TensorShape.of((*input.tuple[:-1], count))
        return found, found

    def failure(self, input, k):
        if np.ndim(k):
            return f"k must be scalar, got shape {brackets(np.shape(k))}"
        if not input.ndim:
            return "input must be >= 1-D, got shape []"
        return f"Need k >= 0, got {int(k)}" if k < 0 else None

    def kernel(self, xp, input, k):
        count = int(k)
        if count < 0:
            raise ValueError(self.failure(input, k))
        if input.shape[-1] < count:
            raise ValueError(f"input must have at least k columns. Had {input.shape[-1]}, needed {count}")
        order = np.argsort(
            -input if input.dtype.kind == "f" else ~input if input.dtype.kind == "u" else -input, axis=-1, kind="stable"
        )[..., :count]
        return np.take_along_axis(input, order, -1), order.astype(np.int32)

    def gradient(self, tf, dys, ys, input, k):
        shape, places = tf.shape(input), ys[1]
        places_shape = tf.shape(places)
        count = tf.gather(tf.cast(places_shape, dtypes.int64), tf.size(places_shape) - 1)
        rows = tf.reshape(places, tf.stack([-1, count]))
        size = tf.gather(tf.cast(shape, dtypes.int64), tf.size(shape) - 1)
        number = tf.shape(rows)[0]
        starts = tf.range(0, tf.cast(number, dtypes.int64) * size, size)
        flat = tf.reshape(rows + tf.cast(tf.expand_dims(starts, -1), dtypes.int32), [-1])
        total = tf.scatter_nd(tf.expand_dims(flat, -1), tf.reshape(dys[0], [-1]), [tf.reduce_prod(shape)])
        return tf.reshape(total, shape), tf.zeros([], dtype=dtypes.int32)


class InTopKV2(OpDef):
    """True if the prediction of the target is among the k largest of its row."""

    inputs = ("predictions: float32", "targets: T", "k: T")
    outputs = ("precision: bool",)
    allowed = {"T": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}
    gradient = no_gradient

    def shape(self, predictions, targets, k):
        (rows, _), (count,) = with_rank(predictions, 2).tuple, with_rank(targets, 1).tuple
        with_rank(k, 0)
        return TensorShape([merge_sizes(rows, count)])

    def kernel(self, xp, predictions, targets, k):
        demand(np.ndim(predictions) == 2, "predictions must be 2-dimensional")
        demand(np.ndim(targets) == 1, "targets must be 1-dimensional")
        if len(predictions) != len(targets):
            raise ValueError(
                f"First dimension of predictions {len(predictions)} must match length of targets {len(targets)}"
            )
        inside = (targets >= 0) & (targets < predictions.shape[1])
        wanted = predictions[np.arange(len(targets)), np.where(inside, targets, 0)]
        larger = (predictions > wanted[:, None]).sum(axis=1)
        finite = np.isfinite(wanted) & np.isfinite(predictions).all(axis=1)
        return inside & finite & (larger < int(k))


# The result of `top_k`, named as TF1 prints it.
TopK = namedtuple("TopKV2", ["values", "indices"])  # type: ignore[name-match]


def top_k(input: Any, k: Any = 1, sorted: bool = True, name: str | None = None) -> TopK:
    """Return the k largest elements along the last axis and their indices.

    Args:
        input: a tensor of real numbers.
        k: the number of elements, at most the size of the last axis.
        sorted: return the largest first; they are always sorted here.
        name: the name of the node.

    Returns:
        A pair (values, indices); of equal elements the one with the lower index comes first.

    Raises:
        ValueError: if there are fewer than k.

    Example:
        >>> print(sess.run(tf.nn.top_k([1, 9, 5], 2)))
        TopKV2(values=array([9, 5], dtype=int32), indices=array([1, 2], dtype=int32))
    """
    return TopK(*apply(TopKV2(sorted), input, k, name=name))


def in_top_k(predictions: Any, targets: Any, k: Any, name: str | None = None) -> Tensor:
    """Return, for each row, True if the prediction of the target is among the k largest.

    Args:
        predictions: a float32 matrix, a row for each example.
        targets: integers, the index of the right column for each row.
        k: the number of predictions to consider.
        name: the name scope.

    Example:
        >>> print(tf.nn.in_top_k([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]], [1, 1], 1).eval())
        [ True False]
    """
    with atomic_scope(name, "in_top_k"):
        return apply(InTopKV2(), predictions, targets, k, name=name)
