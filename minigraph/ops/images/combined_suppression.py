"""Non-maximum suppression for each class of a batch of images, as the last step of a detector."""

from __future__ import annotations

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
from minigraph.graph.shapes import ShapeError, TensorShape
from minigraph.ops.images.suppression import overlaps_of

__all__ = ["combined_non_max_suppression"]


class CombinedNonMaxSuppression(OpDef):
    """Boxes, scores and classes of what stays, and their number, for each image."""

    pad_per_class: bool = False
    clip_boxes: bool = True

    inputs = (
        "boxes: float32",
        "scores: float32",
        "max_output_size_per_class: int32",
        "max_total_size: int32",
        "iou_threshold: float32",
        "score_threshold: float32",
    )
    outputs = ("nmsed_boxes: float32", "nmsed_scores: float32", "nmsed_classes: float32", "valid_detections: int32")
    static_inputs = (2, 3)
    gradient = no_gradient

    def shape(self, boxes, scores, of_class, total, most, least):
        batch, count, each, sides = with_rank(boxes, 4).tuple
        images, rows, classes = with_rank(scores, 3).tuple
        for scalar in (of_class.shape, total.shape, most, least):
            with_rank(scalar, 0)
        with_size(sides, 4)
        batch = merge_sizes(batch, images)
        merge_sizes(count, rows)
        if each is not None and classes is not None and each not in (1, classes):
            text = "third dimension of boxes must be either 1 or equal to the third dimension of scores"
            raise ShapeError(text)
        size = self._size(of_class.value, total.value, classes)
        return (
            TensorShape.of((batch, size, 4)),
            TensorShape.of((batch, size)),
            TensorShape.of((batch, size)),
            TensorShape.of((batch,)),
        )

    def _size(self, of_class: Any, total: Any, classes: int | None) -> int | None:
        """Return the number of boxes for each image, as far as it is known."""
        if total is not None and total <= 0:
            raise ShapeError("max_total_size should be > 0 ")
        if total is None or not self.pad_per_class:
            return None if total is None else int(total)
        return None if of_class is None or classes is None else min(int(total), int(of_class) * classes)

    def kernel(self, xp, boxes, scores, of_class, total, most, least):
        if not 0 <= most <= 1:
            raise invalid("iou_threshold must be in [0, 1]")
        size: Any = self._size(int(of_class), int(total), scores.shape[2])
        found = np.zeros((len(boxes), size, 4), np.float32)
        points, classes = (np.zeros(found.shape[:2], np.float32) for _ in range(2))
        numbers = np.zeros(len(boxes), np.int32)
        for i, (own, of_image) in enumerate(zip(boxes, scores)):
            kept, which, kept_scores = _of_image(own, of_image, int(of_class), size, most, least)
            numbers[i] = n = len(which)
            found[i, :n] = np.clip(kept, 0, 1) if self.clip_boxes else kept
            points[i, :n], classes[i, :n] = kept_scores, which
        return found, points, classes, numbers


def _of_image(boxes: Any, scores: Any, of_class: int, total: int, most: Any, least: Any) -> tuple:
    """Return the boxes, the classes and the scores of one image that stay, those with the highest scores first."""
    found = []
    for k in range(scores.shape[1]):
        own = boxes[:, k if boxes.shape[1] > 1 else 0]
        found += [(own[i], k, scores[i, k]) for i in _of_class(own, scores[:, k], of_class, most, least)]
    found = sorted(found, key=lambda each: -each[2])[:total]
    kept, classes, points = zip(*found) if found else (np.zeros((0, 4)), (), ())
    return np.array(kept, np.float32), list(classes), list(points)


def _of_class(boxes: Any, scores: Any, count: int, most: Any, least: Any) -> list[int]:
    """Return the indices of the boxes of one class that stay: here an overlap above the threshold suppresses."""
    overlap = overlaps_of(boxes)
    left = np.argsort(-scores, kind="stable")
    left = left[scores[left] > least]
    found: list[int] = []
    while left.size and len(found) < count:
        found.append(int(left[0]))
        left = left[1:]
        left = left[~(overlap(found[-1], left) > most)]
    return found


def combined_non_max_suppression(
    boxes: Any,
    scores: Any,
    max_output_size_per_class: Any,
    max_total_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    pad_per_class: bool = False,
    clip_boxes: bool = True,
    name: str | None = None,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Choose boxes by their scores for each class of each image, and leave out those that overlap with a chosen one.

    Args:
        boxes: float32, (batch, boxes, q, 4): rows (y1, x1, y2, x2); q is 1, or the number of classes.
        scores: float32, (batch, boxes, classes).
        max_output_size_per_class: the maximum number of boxes of one class, an int32 scalar.
        max_total_size: the number of boxes in the result, for each image.
        iou_threshold: the area of the intersection divided by that of the union, above which boxes overlap.
        score_threshold: only boxes with higher scores are chosen.
        pad_per_class: return no more than `max_output_size_per_class` boxes for each class.
        clip_boxes: limit the boxes to the range from 0 to 1.
        name: the name scope.

    Returns:
        The boxes (batch, n, 4), their scores (batch, n), their classes (batch, n), float32, filled up with zeros, and
        the number of those that are none of these, (batch,), int32.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> boxes = tf.reshape([0.0, 0.0, 0.5, 0.5, 0.0, 0.0, 0.5, 0.4], [1, 2, 1, 4])
        >>> found = tf.image.combined_non_max_suppression(boxes, [[[0.9, 0.2], [0.8, 0.3]]], 1, 3)
        >>> print(*sess.run(found[1:]))
        [[0.9 0.3 0. ]] [[0. 1. 0.]] [2]
    """
    with atomic_scope(name, "combined_non_max_suppression"):
        most = convert_to_tensor(iou_threshold, dtypes.float32, name="iou_threshold")
        least = convert_to_tensor(score_threshold, dtypes.float32, name="score_threshold")
        op_def = CombinedNonMaxSuppression(pad_per_class, clip_boxes)
        return tuple(apply(op_def, boxes, scores, max_output_size_per_class, max_total_size, most, least))
