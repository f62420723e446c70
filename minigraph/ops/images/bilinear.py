"""Bilinear resizing: each pixel is interpolated between the four around its position."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.ops.images.resize_family import IMAGE_TYPES, CenteredResize, ResizeGradient
from minigraph.ops.images.sampling import Taps, along, pixel_positions, scale_of, spread, used

__all__ = ["resize_bilinear"]


def _neighbours(op_def: Any, before: int, after: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the two neighbours of each position, as indices of two rows, and its distance to the lower one."""
    at = pixel_positions(after, scale_of(before, after, op_def.align_corners), op_def.half_pixel_centers)
    lower = np.floor(at)
    # TF1 rounds up, so that a position on a pixel has that pixel as both neighbours
    ends = np.maximum(lower, 0), np.minimum(np.ceil(at), before - 1)
    return np.stack(ends).astype(np.intp), at - lower


class ResizeBilinear(CenteredResize):
    """Resize images by bilinear interpolation, in float32."""

    outputs = ("resized_images: float32",)

    allowed = {"T": (*IMAGE_TYPES, dtypes.bfloat16)}

    def resized(self, images, height, width):
        batch, rows_in, columns_in, channels = images.shape
        rows, row_parts = _neighbours(self, rows_in, height)
        columns, column_parts = _neighbours(self, columns_in, width)
        needed, rows = used(rows)
        result = np.empty((batch, height, width, channels), np.float32)
        for image, place in zip(images, result):  # one by one: an image fits into the cache
            lines = image[needed].astype(np.float32, copy=False)
            lines = _between(lines, columns, column_parts, 1)
            place[...] = _between(lines, rows, row_parts, 0)
        return result

    def gradient(self, tf, dy, y, images, size):
        return apply(ResizeBilinearGrad(self.align_corners, self.half_pixel_centers), dy, images), None


def _between(x: np.ndarray, neighbours: np.ndarray, parts: np.ndarray, axis: int) -> np.ndarray:
    """Interpolate linearly between two elements along an axis."""
    lower, upper = (np.take(x, indices, axis) for indices in neighbours)
    upper -= lower
    upper *= along(parts, x, axis)
    return np.add(lower, upper, out=lower)


class ResizeBilinearGrad(ResizeGradient):
    """The gradient of ResizeBilinear."""

    allowed = {"T": (dtypes.float32, dtypes.bfloat16, dtypes.float16, dtypes.float64)}

    def spread(self, grads, height, width):
        rows, columns = (_neighbours(self, n, m) for n, m in zip((height, width), grads.shape[1:3]))
        pair = [Taps(neighbours, np.stack([1 - parts, parts])) for neighbours, parts in (rows, columns)]
        return spread(grads, pair[0], pair[1], height, width)


def resize_bilinear(
    images: Any, size: Any, align_corners: bool = False, name: str | None = None, half_pixel_centers: bool = False
) -> Tensor:
    """Resize images by bilinear interpolation.

    Args:
        images: images of numbers, (batch, height, width, channels).
        size: the new height and width, two integers or an int32 vector.
        align_corners: place the centers of the corner pixels of both images upon each other.
        name: the name of the node.
        half_pixel_centers: place pixels by their centers, as `tf.image.resize` of TensorFlow 2 does; by default a
            pixel lies at its upper left corner.

    Returns:
        A float32 tensor, (batch, new height, new width, channels).

    Raises:
        ValueError: if these are not four axes, or two sizes.
        InvalidArgumentError: in a run, if a size is not positive, or if both options are chosen.

    Example:
        >>> row = tf.reshape([0.0, 10.0], [1, 1, 2, 1])
        >>> print(tf.image.resize_bilinear(row, [1, 4]).eval().ravel())
        [ 0.  5. 10. 10.]
        >>> print(tf.image.resize_bilinear(row, [1, 5], align_corners=True).eval().ravel())
        [ 0.   2.5  5.   7.5 10. ]
    """
    return apply(ResizeBilinear(align_corners or False, half_pixel_centers or False), images, size, name=name)
