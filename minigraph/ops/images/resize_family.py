"""What the ways of resizing have in common: the inputs, their checks, the shape of the result."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.invalid import invalid
from minigraph.graph.opdef import OpDef
from minigraph.graph.recordable import recordable
from minigraph.graph.shape_rules import with_rank, with_size
from minigraph.graph.shapes import TensorShape, brackets

__all__ = ["IMAGE_TYPES", "CenteredResize", "Resize", "ResizeGradient", "sized"]

IMAGE_TYPES = (
    dtypes.int8,
    dtypes.uint8,
    dtypes.int16,
    dtypes.uint16,
    dtypes.int32,
    dtypes.int64,
    dtypes.float16,
    dtypes.float32,
    dtypes.float64,
)


def sized(batch: int | None, size: Any, channels: int | None) -> TensorShape:
    """Return the shape of images whose height and width are the value of an input (a `StaticInput`)."""
    with_size(with_rank(size.shape, 1).tuple[0], 2)
    sides = (None, None) if size.value is None else [n if n >= 0 else None for n in size.value.tolist()]
    return TensorShape.of((batch, *sides, channels))


class Resize(OpDef, base=True):
    """Base: images, and the height and width that they get."""

    align_corners: bool = False

    inputs = ("images: T", "size: int32")
    outputs = ("float32",)
    allowed = {"T": IMAGE_TYPES}
    static_inputs = (1,)

    def shape(self, images, size):
        batch, _, _, channels = with_rank(images, 4).tuple
        return sized(batch, size, channels)

    def kernel(self, xp, images, size):
        self.check_run(images, np.asarray(size))
        return self.resized(images, *np.asarray(size).tolist())

    def check_run(self, images: Any, size: np.ndarray) -> None:
        """Raise InvalidArgumentError for images that are none, and sizes that cannot be."""
        if images.ndim != 4:
            raise invalid(f"input must be 4-dimensional{brackets(images.shape)}")
        if size.ndim != 1:
            raise invalid(f"shape_t must be 1-dimensional{brackets(size.shape)}")
        if size.size != 2:
            raise invalid(f"shape_t must have two elements{brackets(size.shape)}")
        if size.min() <= 0:
            raise invalid("output dimensions must be positive")
        if 0 in images.shape[1:3]:
            raise invalid("input image must be of non-zero size")

    def resized(self, images: Any, height: int, width: int) -> Any:
        """Return the images in another height and width."""
        raise NotImplementedError


class CenteredResize(Resize, base=True):
    """Base: a way of resizing that can place the pixels by their centers."""

    half_pixel_centers: bool = False

    def check_run(self, images, size):
        if self.align_corners and self.half_pixel_centers:
            raise invalid("If half_pixel_centers is True, align_corners must be False.")
        super().check_run(images, size)


class ResizeGradient(OpDef, base=True):
    """Base: the gradient for images, given the one for the resized ones."""

    align_corners: bool = False
    half_pixel_centers: bool = False

    inputs = ("grads: float32", "original_image: T")

    def shape(self, grads, image):
        batch = with_rank(grads, 4).tuple[0]
        return TensorShape.of((batch, *with_rank(image, 4).tuple[1:]))

    @recordable("call")
    def kernel_of(self, grads: Any, image: Any) -> Any:
        """Return the gradient for the images."""
        return self.spread(grads, image.shape[1], image.shape[2]).astype(image.dtype)

    def kernel(self, xp, grads, image):
        return self.kernel_of(grads, image)

    def spread(self, grads: np.ndarray, height: int, width: int) -> np.ndarray:
        """Return the gradient for images of that height and width."""
        raise NotImplementedError
