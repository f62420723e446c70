"""Resizing by taking the nearest pixel."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.invalid import invalid
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import with_rank
from minigraph.graph.shapes import brackets
from minigraph.ops.images.resize_family import CenteredResize, sized
from minigraph.ops.images.sampling import Taps, scale_of, spread

__all__ = ["resize_nearest_neighbor"]


def _nearest(op_def: Any, before: int, after: int) -> np.ndarray:
    """Return the index of the pixel nearest to each of a resized axis."""
    at = np.arange(after, dtype=np.float32)
    if op_def.half_pixel_centers:
        at += np.float32(0.5)
    at *= scale_of(before, after, op_def.align_corners)
    at = np.floor(at + np.float32(0.5)) if op_def.align_corners else np.floor(at)
    return np.minimum(at.astype(np.intp), before - 1)


class ResizeNearestNeighbor(CenteredResize):
    """Resize images by taking the nearest pixels; their type stays."""

    outputs = ("resized_images: T",)

    def resized(self, images, height, width):
        rows, columns = _nearest(self, images.shape[1], height), _nearest(self, images.shape[2], width)
        return np.take(np.take(images, rows, 1), columns, 2)

    def gradient(self, tf, dy, y, images, size):
        sides = images.shape[1:3]
        sides = sides if sides.is_fully_defined() else tf.shape(images)[1:3]
        return apply(ResizeNearestNeighborGrad(self.align_corners, self.half_pixel_centers), dy, sides), None


class ResizeNearestNeighborGrad(OpDef):
    """The gradient of ResizeNearestNeighbor."""

    align_corners: bool = False
    half_pixel_centers: bool = False

    inputs = ("grads: T", "size: int32")
    allowed = {"T": (dtypes.uint8, dtypes.int8, dtypes.int32, dtypes.float16, dtypes.float32, dtypes.float64)}
    static_inputs = (1,)

    def shape(self, grads, size):
        batch, _, _, channels = with_rank(grads, 4).tuple
        return sized(batch, size, channels)

    def kernel(self, xp, grads, size):
        sides = np.asarray(size)
        if grads.ndim != 4 or sides.shape != (2,) or sides.min() <= 0:
            raise invalid(f"shape_t's elements must be positive{brackets(sides.shape)}")
        indices = [_nearest(self, n, m)[None] for n, m in zip(sides.tolist(), grads.shape[1:3])]
        rows, columns = [Taps(each, np.ones(each.shape, grads.dtype)) for each in indices]
        return spread(grads, rows, columns, *sides.tolist())


def resize_nearest_neighbor(
    images: Any, size: Any, align_corners: bool = False, name: str | None = None, half_pixel_centers: bool = False
) -> Tensor:
    """Resize images by taking the nearest pixels; the arguments are those of `tf.image.resize_bilinear`.

    Returns:
        A tensor of the images' type, (batch, new height, new width, channels).

    Example:
        >>> row = tf.reshape([1, 2, 3], [1, 1, 3, 1])
        >>> print(tf.image.resize_nearest_neighbor(row, [1, 6]).eval().ravel())
        [1 1 2 2 3 3]
    """
    return apply(ResizeNearestNeighbor(align_corners or False, half_pixel_centers or False), images, size, name=name)
