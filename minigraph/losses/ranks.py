"""Arguments of losses that have an axis of size 1 too many."""
from __future__ import annotations

from typing import Any

from minigraph.graph.context import name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.ops import array, comparison, cond

__all__ = ["without_extra_axes"]


def without_extra_axes(labels: Any, logits: Any, weights: Any) -> tuple:
    """Drops a last axis of size 1 that labels or weights have too many."""
    labels, logits = _without_extra_axis(labels, logits)
    if weights is None:
        return labels, logits, weights
    weights = convert_to_tensor(weights)
    ranks = labels.shape.ndims, weights.shape.ndims
    if None not in ranks:
        return labels, logits, array.squeeze(weights, [-1]) if ranks[1] - ranks[0] == 1 else weights
    extra = array.rank(weights) - array.rank(labels)
    if ranks[1] != 0:
        weights = _squeezed_where(comparison.equal(1, extra), weights)
    return labels, logits, weights


def _without_extra_axis(labels: Any, logits: Any) -> tuple:
    """Drops a last axis of size 1 that labels have too many (logits have one more than labels)."""
    with name_scope(None, "remove_squeezable_dimensions", [labels, logits]):
        logits, labels = convert_to_tensor(logits), convert_to_tensor(labels)
        ranks = labels.shape.ndims, logits.shape.ndims
        if None not in ranks and ranks[1] == ranks[0] + 2:
            logits = array.squeeze(logits, [-1])
        elif None not in ranks and ranks[1] == ranks[0]:
            labels = array.squeeze(labels, [-1])
        elif None in ranks:
            extra = array.rank(logits) - array.rank(labels)
            logits = _squeezed_where(comparison.equal(2, extra), logits)
            labels = _squeezed_where(comparison.equal(0, extra), labels)
        return labels, logits


def _squeezed_where(condition: Tensor, x: Tensor) -> Tensor:
    """Drops a last axis of size 1 where the condition holds in a run; nothing where it cannot be of size 1."""
    if x.shape.ndims is not None and x.shape[-1:].as_list() not in ([1], [None]):
        return x
    return cond.cond(condition, lambda: array.squeeze(x, [-1]), lambda: x)
