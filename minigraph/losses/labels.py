"""Agreement of labels and logits: an extra axis is dropped, and labels of the wrong kind are rejected."""

from __future__ import annotations

from typing import Any

from minigraph.graph.code import code
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import expand_dims, size_ops
from minigraph.ops.control import cond
from minigraph.ops.math import comparison

__all__ = ["check_one_hot", "without_extra_axes"]


def check_one_hot(labels: Any, logits: Any) -> None:
    """Raise ValueError if labels do not have the shape of the logits: they may be class indices."""
    try:
        logits.shape.assert_is_compatible_with(labels.shape)
    except ValueError as error:
        if labels.shape.ndims is None or labels.shape.ndims != (logits.shape.ndims or 0) - 1:
            raise
        classes = logits.shape.tuple[-1] or "…"
        raise type(error)(
            f"{error}\nFor numbers of classes use {code('tf.losses.sparse_softmax_cross_entropy')}, or "
            f"{code(f'tf.one_hot(labels, {classes})', 'labels')}."
        ) from None


def without_extra_axes(labels: Any, logits: Any, weights: Any) -> tuple:
    """Drop an extra last axis of size 1 of labels or weights."""
    labels, logits = _without_extra_axis(labels, logits)
    if weights is None:
        return labels, logits, weights
    weights = convert_to_tensor(weights)
    ranks = labels.shape.ndims, weights.shape.ndims
    if None not in ranks:
        return labels, logits, expand_dims.squeeze(weights, [-1]) if ranks[1] - ranks[0] == 1 else weights
    extra = size_ops.rank(weights) - size_ops.rank(labels)
    if ranks[1] != 0:
        weights = _squeezed_where(comparison.equal(1, extra), weights)
    return labels, logits, weights


def _without_extra_axis(labels: Any, logits: Any) -> tuple:
    """Drop an extra last axis of size 1 of labels (logits have one more axis than labels)."""
    with atomic_scope(None, "remove_squeezable_dimensions", [labels, logits]):
        logits, labels = convert_to_tensor(logits), convert_to_tensor(labels)
        ranks = labels.shape.ndims, logits.shape.ndims
        if None not in ranks and ranks[1] == ranks[0] + 2:
            logits = expand_dims.squeeze(logits, [-1])
        elif None not in ranks and ranks[1] == ranks[0]:
            labels = _without_last_axis(labels)
        elif None in ranks:
            extra = size_ops.rank(logits) - size_ops.rank(labels)
            logits = _squeezed_where(comparison.equal(2, extra), logits)
            labels = _squeezed_where(comparison.equal(0, extra), labels)
        return labels, logits


def _squeezed_where(condition: Tensor, x: Tensor) -> Tensor:
    """Drop a last axis of size 1 if the condition holds at run time; do nothing if it cannot be of size 1."""
    if x.shape.ndims is not None and x.shape[-1:].as_list() not in ([1], [None]):
        return x
    return cond.cond(condition, lambda: expand_dims.squeeze(x, [-1]), lambda: x)


def _without_last_axis(labels: Any) -> Any:
    try:
        return expand_dims.squeeze(labels, [-1])
    except ValueError as error:
        raise ValueError(f"{error}\nFor one-hot labels use {code('tf.losses.softmax_cross_entropy')}.") from None
