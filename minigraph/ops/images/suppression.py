"""Non-maximum suppression: of boxes that overlap, the one with the highest score stays."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.invalid import invalid
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import merge_sizes, with_rank, with_size
from minigraph.graph.shapes import TensorShape, brackets

__all__ = [
    "non_max_suppression",
    "non_max_suppression_padded",
    "non_max_suppression_with_overlaps",
    "non_max_suppression_with_scores",
]

_FLOATS = (dtypes.float16, dtypes.float32)
_VECTOR, _SCALAR = TensorShape.of((None,)), TensorShape.of(())


def overlaps_of(boxes: np.ndarray) -> Callable[[int, Any], np.ndarray]:
    """Return a function of a box and others: the area of the intersection divided by that of the union.

    Example:
        >>> overlap = overlaps_of(np.float32([[0, 0, 2, 2], [2, 1, 0, 3], [5, 5, 6, 6]]))
        >>> print(overlap(0, np.array([0, 1, 2])).round(3))
        [1.    0.333 0.   ]
    """
    corners = boxes.reshape(-1, 2, 2)
    low, high = corners.min(1), corners.max(1)  # the corners may be given in any order
    areas = (high - low).prod(1)

    def overlap(one: int, others: Any) -> np.ndarray:
        sides = np.minimum(high[one], high[others]) - np.maximum(low[one], low[others])
        common = np.maximum(sides, 0).prod(-1)
        flat = (areas[one] <= 0) | (areas[others] <= 0)
        union = np.where(flat, 1, areas[one] + areas[others] - common)
        return np.where(flat, 0, common / union)

    return overlap


def chosen(scores: np.ndarray, count: int, least: Any, most: Any, overlap: Callable) -> np.ndarray:
    """Return the indices of at most `count` boxes of a score above `least` that overlap by less than `most`."""
    left = np.argsort(-scores, kind="stable")  # of equal scores the first box comes first
    left = left[scores[left] > least]
    found: list[int] = []
    while left.size and len(found) < count:
        found.append(left[0])
        # A box suppresses itself by its overlap: one without area is chosen again and again, as in TF1
        left = left[~(overlap(left[0], left) >= most)]
    return np.array(found, np.int32)


def chosen_softly(
    scores: np.ndarray, count: int, least: Any, most: Any, sigma: Any, overlap: Callable
) -> tuple[np.ndarray, np.ndarray]:
    """Return the indices and scores of at most `count` boxes; overlaps lower scores before they suppress a box."""
    scale = scores.dtype.type(-0.5) / sigma
    queue = [(-score, i, 0) for i, score in enumerate(scores) if score > least]
    heapq.heapify(queue)
    found: list[tuple[int, Any]] = []
    while queue and len(found) < count:
        negative, i, seen = heapq.heappop(queue)
        later = np.array([j for j, _ in reversed(found[seen:])], np.intp)
        score = _lowered(-negative, overlap(i, later), scale, least, most)
        if score is not None:
            heapq.heappush(queue, (-score, i, len(found)))
            if score == -negative:
                found.append((i, score))
    indices, kept = zip(*found) if found else ((), ())
    return np.array(indices, np.int32), np.array(kept, scores.dtype)


def _lowered(score: Any, overlaps: np.ndarray, scale: Any, least: Any, most: Any) -> Any:
    """Return the score of a box that overlaps with chosen ones, or None if it is suppressed."""
    kind = type(score)
    for each in map(kind, overlaps):
        score = kind(score * kind(math.exp(scale * each * each)))
        if each >= most or score <= least:
            return None
    return score


class _Suppression(OpDef):
    """Base: boxes with scores, and the limits."""

    gradient = no_gradient

    def check_static(self, boxes: TensorShape, scores: TensorShape, *scalars: Any) -> None:
        """Raise ShapeError unless there are boxes with four numbers, and limits that are scalars."""
        count, columns = with_rank(boxes, 2).tuple
        merge_sizes(count, with_rank(scores, 1).tuple[0])
        with_size(columns, 4)
        for each in scalars:
            with_rank(each, 0)

    def check_run(self, boxes: Any, scores: Any, size: Any, most: Any) -> None:
        """Raise InvalidArgumentError for boxes that are none, or limits that cannot be."""
        if np.ndim(size):
            raise invalid(f"max_output_size must be 0-D, got shape {brackets(np.shape(size))}")
        if not 0 <= most <= 1:
            raise invalid("iou_threshold must be in [0, 1]")
        if boxes.ndim != 2:
            raise invalid(f"boxes must be 2-D{brackets(boxes.shape)}")
        if boxes.shape[1] != 4:
            raise invalid("boxes must have 4 columns")
        if scores.shape != (len(boxes),):
            raise invalid("scores has incompatible shape")


class NonMaxSuppressionV3(_Suppression):
    """The indices of the boxes that stay."""

    inputs = (
        "boxes: T",
        "scores: T",
        "max_output_size: int32",
        "iou_threshold: T_threshold",
        "score_threshold: T_threshold",
    )
    outputs = ("selected_indices: int32",)
    allowed = {"T": _FLOATS, "T_threshold": _FLOATS}
    type_defaults = {"T": dtypes.float32, "T_threshold": dtypes.float32}

    def shape(self, boxes, scores, size, most, least):
        self.check_static(boxes, scores, size, most, least)
        return _VECTOR

    def kernel(self, xp, boxes, scores, size, most, least):
        self.check_run(boxes, scores, size, most)
        return chosen(scores, int(size), least, most, overlaps_of(boxes))


def _padded(found: np.ndarray, count: int) -> np.ndarray:
    return np.concatenate([found, np.zeros(max(count - len(found), 0), found.dtype)])


class _Padding(_Suppression, base=True):
    """Base: as many indices as were asked for, or fewer."""

    pad_to_max_output_size: bool = False

    static_inputs = (2,)

    def length(self, size: Any) -> TensorShape:
        """Return the shape of the indices."""
        with_rank(size.shape, 0)
        known = self.pad_to_max_output_size and size.value is not None
        return TensorShape.of((int(size.value),)) if known else _VECTOR


class NonMaxSuppressionV4(_Padding):
    """The indices of the boxes that stay, padded with zeros if asked for, and their number."""

    inputs = NonMaxSuppressionV3.inputs
    outputs = ("selected_indices: int32", "valid_outputs: int32")
    allowed = NonMaxSuppressionV3.allowed
    type_defaults = NonMaxSuppressionV3.type_defaults

    def shape(self, boxes, scores, size, most, least):
        self.check_static(boxes, scores, most, least)
        return self.length(size), _SCALAR

    def kernel(self, xp, boxes, scores, size, most, least):
        self.check_run(boxes, scores, size, most)
        found = chosen(scores, int(size), least, most, overlaps_of(boxes))
        indices = _padded(found, int(size)) if self.pad_to_max_output_size else found
        return indices, np.array(len(found), np.int32)


class NonMaxSuppressionV5(_Padding):
    """The indices and the scores of the boxes that stay, padded with zeros if asked for, and their number."""

    inputs = (
        "boxes: T",
        "scores: T",
        "max_output_size: int32",
        "iou_threshold: T",
        "score_threshold: T",
        "soft_nms_sigma: T",
    )
    outputs = ("selected_indices: int32", "selected_scores: T", "valid_outputs: int32")
    allowed = {"T": _FLOATS}
    type_defaults = {"T": dtypes.float32}

    def shape(self, boxes, scores, size, most, least, sigma):
        self.check_static(boxes, scores, most, least, sigma)
        return self.length(size), self.length(size), _SCALAR

    def kernel(self, xp, boxes, scores, size, most, least, sigma):
        self.check_run(boxes, scores, size, most)
        if sigma < 0:
            raise invalid("soft_nms_sigma_val must be >= 0")
        overlap, count = overlaps_of(boxes), int(size)
        if sigma > 0:
            indices, kept = chosen_softly(scores, count, least, most, sigma, overlap)
        else:
            indices = chosen(scores, count, least, most, overlap)
            kept = scores[indices]
        number = np.array(len(indices), np.int32)
        if self.pad_to_max_output_size:
            indices, kept = _padded(indices, count), _padded(kept, count)
        return indices, kept, number


class NonMaxSuppressionWithOverlaps(OpDef):
    """The indices of the boxes that stay, given how much each two overlap."""

    inputs = (
        "overlaps: float32",
        "scores: float32",
        "max_output_size: int32",
        "overlap_threshold: float32",
        "score_threshold: float32",
    )
    outputs = ("selected_indices: int32",)
    gradient = no_gradient

    def shape(self, overlaps, scores, size, most, least):
        rows, columns = with_rank(overlaps, 2).tuple
        merge_sizes(merge_sizes(rows, with_rank(scores, 1).tuple[0]), columns)
        for each in (size, most, least):
            with_rank(each, 0)
        return _VECTOR

    def kernel(self, xp, overlaps, scores, size, most, least):
        if overlaps.ndim != 2:
            raise invalid(f"overlaps must be 2-D{brackets(overlaps.shape)}")
        if overlaps.shape[0] != overlaps.shape[1]:
            raise invalid(f"overlaps must be square{brackets(overlaps.shape)}")
        if scores.shape != overlaps.shape[:1]:
            raise invalid("scores has incompatible shape")
        return chosen(scores, int(size), least, most, lambda one, others: overlaps[others, one])


_LEAST = float("-inf")


def non_max_suppression(
    boxes: Any,
    scores: Any,
    max_output_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = _LEAST,
    name: str | None = None,
) -> Tensor:
    """Choose boxes by their scores, and leave out those that overlap with a chosen one.

    Args:
        boxes: float32 or float16, a row (y1, x1, y2, x2) of opposite corners for each box, in any units.
        scores: a number for each box.
        max_output_size: the maximum number of boxes, a scalar int32.
        iou_threshold: the area of the intersection divided by that of the union, from which on boxes overlap: 0 to 1.
        score_threshold: only boxes with higher scores are chosen.
        name: the name scope.

    Returns:
        The indices of the chosen boxes, int32, those with the highest scores first.

    Raises:
        ValueError: if the shapes do not fit.
        InvalidArgumentError: in a run, if `iou_threshold` is not between 0 and 1.

    Example:
        >>> boxes = [[0.0, 0.0, 2.0, 2.0], [0.0, 0.0, 2.0, 1.9], [5.0, 5.0, 6.0, 6.0]]
        >>> print(tf.image.non_max_suppression(boxes, [0.8, 0.9, 0.1], 3).eval())
        [1 2]
    """
    with atomic_scope(name, "non_max_suppression"):
        most, least = _limits(iou_threshold=iou_threshold, score_threshold=score_threshold)
        return apply(NonMaxSuppressionV3(), boxes, scores, max_output_size, most, least)


def _limits(**values: Any) -> list[Tensor]:
    return [convert_to_tensor(value, name=name) for name, value in values.items()]


def non_max_suppression_with_scores(
    boxes: Any,
    scores: Any,
    max_output_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = _LEAST,
    soft_nms_sigma: Any = 0.0,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """Choose boxes as `non_max_suppression` does, and return their scores too.

    Args:
        boxes, scores, max_output_size, iou_threshold, score_threshold, name: as for `non_max_suppression`.
        soft_nms_sigma: if it is positive, the score of a box is multiplied by exp(-iou ** 2 / (2 * sigma)) for each
            chosen box with which it overlaps by less than the threshold (https://arxiv.org/abs/1704.04503).

    Returns:
        The indices of the chosen boxes, int32, and their scores.
    """
    with atomic_scope(name, "non_max_suppression_with_scores"):
        limits = _limits(iou_threshold=iou_threshold, score_threshold=score_threshold, soft_nms_sigma=soft_nms_sigma)
        indices, kept, _ = apply(NonMaxSuppressionV5(), boxes, scores, max_output_size, *limits)
        return indices, kept


def non_max_suppression_padded(
    boxes: Any,
    scores: Any,
    max_output_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = _LEAST,
    pad_to_max_output_size: bool = False,
    name: str | None = None,
) -> list[Tensor]:
    """Choose boxes as `non_max_suppression` does, and return their number too.

    Args:
        boxes, scores, max_output_size, iou_threshold, score_threshold, name: as for `non_max_suppression`.
        pad_to_max_output_size: return that many indices, zeros at the end.

    Returns:
        The indices, int32, and the number of boxes that are chosen.
    """
    with atomic_scope(name, "non_max_suppression_padded"):
        limits = _limits(iou_threshold=iou_threshold, score_threshold=score_threshold)
        return apply(NonMaxSuppressionV4(pad_to_max_output_size), boxes, scores, max_output_size, *limits)


def non_max_suppression_with_overlaps(
    overlaps: Any,
    scores: Any,
    max_output_size: Any,
    overlap_threshold: Any = 0.5,
    score_threshold: Any = _LEAST,
    name: str | None = None,
) -> Tensor:
    """Choose as `non_max_suppression` does, given how much each two boxes overlap: (boxes, boxes), float32."""
    with atomic_scope(name, "non_max_suppression_overlaps"):
        (most,) = _limits(overlap_threshold=overlap_threshold)
        return apply(NonMaxSuppressionWithOverlaps(), overlaps, scores, max_output_size, most, score_threshold)
