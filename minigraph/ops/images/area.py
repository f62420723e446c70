"""Resizing by area: each pixel is the mean of the part of the image that it covers."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.ops.images.resize_family import Resize
from minigraph.ops.images.sampling import Taps, scale_of, summed

__all__ = ["resize_area"]


def _taps(before: int, after: int, scale: np.float32) -> Taps:
    """Return the pixels that each of a resized axis covers, and how much of them, in pixels."""
    at = np.arange(after + 1, dtype=np.float32) * scale
    start, end = at[:-1], at[1:]
    first, last = np.floor(start), np.ceil(end)
    count = int((last - first).max())
    pixel = first + np.arange(count, dtype=np.float32)[:, None]
    covered = np.minimum(pixel + 1, end) - np.maximum(pixel, start)
    whole = (pixel < start) & (pixel + 1 > end)  # within one pixel: the scale itself, without rounding
    weights = np.where(whole, scale, np.where(pixel < last, covered, 0))
    return Taps(np.clip(pixel.astype(np.intp), 0, before - 1), weights.astype(np.float32))


class ResizeArea(Resize):
    """Resize images by the mean of what each pixel covers, in float32."""

    outputs = ("resized_images: float32",)

    def resized(self, images, height, width):
        scales = [scale_of(n, m, self.align_corners) for n, m in zip(images.shape[1:3], (height, width))]
        rows, columns = (_taps(n, m, s) for n, m, s in zip(images.shape[1:3], (height, width), scales))
        area = scales[0] * scales[1]  # zero for corners that fall together, which gives NaN, as in TF1
        one = np.float32(1) / area if area else np.float32(np.nan)
        result = np.empty((len(images), height, width, images.shape[3]), np.float32)
        for image, place in zip(images, result):  # one by one: an image fits into the cache
            lines = summed(image.astype(np.float32, copy=False), columns, 1)
            np.multiply(summed(lines, rows, 0), one, out=place)
        return result


def resize_area(images: Any, size: Any, align_corners: bool = False, name: str | None = None) -> Tensor:
    """Resize images by the mean of the part of the image that each pixel covers. It has no gradient, as in TF1.

    Args:
        images: images of numbers, (batch, height, width, channels).
        size: the new height and width, two integers or an int32 vector.
        align_corners: compute the scale as for `tf.image.resize_bilinear`.
        name: the name of the node.

    Returns:
        A float32 tensor, (batch, new height, new width, channels).

    Example:
        >>> row = tf.reshape([1, 2, 3, 4, 5, 6], [1, 1, 6, 1])
        >>> print(tf.image.resize_area(row, [1, 2]).eval().ravel())
        [2. 5.]
    """
    return apply(ResizeArea(align_corners or False), images, size, name=name)
