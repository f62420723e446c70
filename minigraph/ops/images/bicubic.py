"""Bicubic resizing: each pixel is a sum of the sixteen around its position."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.ops.images.resize_family import CenteredResize, ResizeGradient
from minigraph.ops.images.sampling import Taps, pixel_positions, scale_of, spread, summed, used

__all__ = ["resize_bicubic"]

_STEPS = 1024  # the kernel is known at that many distances within a pixel, as in TF1


def _table(a: float) -> tuple[np.ndarray, np.ndarray]:
    """Return Keys' cubic kernel at distances from 0 to 1, and from 1 to 2, rounded to float32."""
    x = np.arange(_STEPS + 1) / _STEPS
    near = ((a + 2) * x - (a + 3)) * x * x + 1
    x = x + 1
    far = ((a * x - 5 * a) * x + 8 * a) * x - 4 * a
    return near.astype(np.float32), far.astype(np.float32)


_LEGACY, _KEYS = _table(-0.75), _table(-0.5)


def _taps(op_def: Any, before: int, after: int) -> Taps:
    """Return the four pixels, and their weights, of which each pixel of a resized axis is the sum."""
    centered = op_def.half_pixel_centers
    at = pixel_positions(after, scale_of(before, after, op_def.align_corners), centered)
    lower = np.floor(at)
    step = np.rint((at - lower) * np.float32(_STEPS)).astype(np.intp)
    near, far = _KEYS if centered else _LEGACY
    weights = np.stack([far[step], near[step], near[_STEPS - step], far[_STEPS - step]])
    wanted = lower.astype(np.intp) + np.arange(-1, 3)[:, None]
    indices = np.clip(wanted, 0, before - 1)
    if centered:  # outside the image there is nothing, instead of a repeated edge
        weights[indices != wanted] = 0
        weights *= np.float32(1) / (weights[0] + weights[1] + weights[2] + weights[3])
    return Taps(indices, weights)


class ResizeBicubic(CenteredResize):
    """Resize images by bicubic interpolation, in float32."""

    outputs = ("resized_images: float32",)

    def resized(self, images, height, width):
        rows, columns = _taps(self, images.shape[1], height), _taps(self, images.shape[2], width)
        needed, indices = used(columns.indices)
        columns = Taps(indices, columns.weights)
        result = np.empty((len(images), height, width, images.shape[3]), np.float32)
        for image, place in zip(images, result):  # one by one: an image fits into the cache
            lines = summed(image[:, needed].astype(np.float32, copy=False), rows, 0)
            place[...] = summed(lines, columns, 1)
        return result

    def gradient(self, tf, dy, y, images, size):
        if images.dtype not in ResizeBicubicGrad.allowed["T"]:
            return None, None
        return apply(ResizeBicubicGrad(self.align_corners, self.half_pixel_centers), dy, images), None


class ResizeBicubicGrad(ResizeGradient):
    """The gradient of ResizeBicubic."""

    allowed = {"T": (dtypes.float32, dtypes.float64)}

    def spread(self, grads, height, width):
        rows, columns = _taps(self, height, grads.shape[1]), _taps(self, width, grads.shape[2])
        return spread(grads, rows, columns, height, width)


def resize_bicubic(
    images: Any, size: Any, align_corners: bool = False, name: str | None = None, half_pixel_centers: bool = False
) -> Tensor:
    """Resize images by bicubic interpolation; the arguments are those of `tf.image.resize_bilinear`.

    Returns:
        A float32 tensor, (batch, new height, new width, channels).

    Example:
        >>> row = tf.reshape([0.0, 0.0, 8.0, 8.0], [1, 1, 4, 1])
        >>> print(tf.image.resize_bicubic(row, [1, 8]).eval().ravel())
        [ 0.   -0.75  0.    4.    8.    8.75  8.    8.  ]
    """
    return apply(ResizeBicubic(align_corners or False, half_pixel_centers or False), images, size, name=name)
