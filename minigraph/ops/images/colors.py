"""Colours: hue, saturation and value; and what changes an image's hue, saturation or contrast."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import with_rank, with_rank_at_least, with_size
from minigraph.graph.shapes import brackets
from minigraph.ops.images.color_gradient import hsv_gradient
from minigraph.ops.images.sampling import invalid

__all__ = ["hsv_to_rgb", "rgb_to_hsv"]

_FLOATS = (dtypes.float16, dtypes.bfloat16, dtypes.float32, dtypes.float64)


class _Colours(OpDef):
    """Base: pixels of three channels, computed one by one."""

    inputs = ("images: T",)
    allowed = {"T": _FLOATS}
    type_defaults = {"T": dtypes.float32}

    def shape(self, images):
        shape = with_rank_at_least(images, 1)
        if shape.ndims is not None:
            with_size(shape.tuple[-1], 3)
        return shape

    def kernel(self, xp, images):
        if images.ndim < 1:
            raise invalid(f"input must be at least 1D{brackets(images.shape)}")
        if images.shape[-1] != 3:
            text = f"input must have 3 channels but input only has {images.shape[-1]} channels."
            raise errors.FailedPreconditionError(None, None, text)
        channels = [images[..., i] for i in range(3)]
        return np.stack(self.converted(*channels), -1).astype(images.dtype, copy=False)

    def converted(self, *channels: Any) -> Any:
        """Return the three channels of the result."""
        raise NotImplementedError


def to_hsv(r: Any, g: Any, b: Any) -> tuple:
    """Return hue, saturation and value, all of them from 0 to 1."""
    value = np.maximum(np.maximum(r, g), b)
    spread = value - np.minimum(np.minimum(r, g), b)
    with np.errstate(divide="ignore", invalid="ignore"):
        saturation = np.where(value > 0, spread / value, 0)
        sixth = np.reciprocal(spread) * spread.dtype.type(1 / 6)
        hue = np.where(
            r == value, sixth * (g - b), np.where(g == value, sixth * (b - r) + 2 / 6, sixth * (r - g) + 4 / 6)
        )
    hue = np.where(spread > 0, hue, 0)
    return np.where(hue < 0, hue + 1, hue), saturation, value


def to_rgb(hue: Any, saturation: Any, value: Any) -> list:
    """Return red, green and blue."""
    h = hue * 6
    parts = np.abs(h - 3) - 1, 2 - np.abs(h - 2), 2 - np.abs(h - 4)
    return [((1 - saturation) + saturation * np.clip(part, 0, 1)) * value for part in parts]


class RGBToHSV(_Colours):
    """Convert red, green and blue to hue, saturation and value."""

    def converted(self, *channels):
        return to_hsv(*channels)

    def gradient(self, tf, dy, y, images):
        return hsv_gradient(tf, dy, y, images)


class HSVToRGB(_Colours):
    """Convert hue, saturation and value to red, green and blue."""

    gradient = no_gradient

    def converted(self, *channels):
        return to_rgb(*channels)


class _Adjustment(OpDef):
    """Base: images, and a number that says how much they change."""

    allowed = {"T": (dtypes.float16, dtypes.float32)}
    type_defaults = {"T": dtypes.float32}

    def shape(self, images, amount):
        return with_rank_at_least(images, 3)

    def check_run(self, images: Any, amount: Any, what: str) -> None:
        """Raise InvalidArgumentError for images or a number that are none."""
        if images.ndim < 3:
            raise invalid(f"input must be at least 3-D, got shape{brackets(images.shape)}")
        if np.ndim(amount):
            raise invalid(f"{what} must be scalar: {brackets(np.shape(amount))}")

    def check_channels(self, images: Any) -> None:
        """Raise InvalidArgumentError unless images have three channels."""
        if images.shape[-1] != 3:
            raise invalid(f"input must have 3 channels but instead has {images.shape[-1]} channels.")


class AdjustHue(_Adjustment):
    """Turn the hue of pixels; 1 is a whole turn."""

    inputs = ("images: T", "delta: float32")

    def kernel(self, xp, images, delta):
        self.check_run(images, delta, "delta")
        self.check_channels(images)
        x = images.astype(np.float32, copy=False)
        low, middle, high = np.moveaxis(np.sort(x, -1), -1, 0)
        hue = (_hue(x, low, middle, high) + np.float32(delta) * 6) % np.float32(6)
        sixth = np.minimum(hue.astype(np.intp), 5)
        part = hue - sixth.astype(np.float32)
        middle = low + np.where(sixth % 2, 1 - part, part) * (high - low)
        return _placed(low, middle, high, sixth).astype(images.dtype, copy=False)


# For each sixth of the circle of hues: is red, green and blue the lowest (0), the middle or the highest channel (2)?
_LEVELS = np.array([[2, 1, 0], [1, 2, 0], [0, 2, 1], [0, 1, 2], [1, 0, 2], [2, 0, 1]])


def _placed(low: Any, middle: Any, high: Any, sixth: np.ndarray) -> np.ndarray:
    """Return red, green and blue on a last axis, given the three levels and the sixth of the circle."""
    return np.take_along_axis(np.stack([low, middle, high], -1), _LEVELS[sixth], -1)


def _hue(x: np.ndarray, low: Any, middle: Any, high: Any) -> Any:
    """Return the hue of pixels from 0 to 6; grey has 0."""
    r, g, b = np.moveaxis(x, -1, 0)
    with_green = np.where(b < r, 1, np.where(b > g, 3, 2))
    with_red = np.where(b < g, 0, np.where(b > r, 4, 5))
    sixth = np.where(r < g, with_green, with_red)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = (middle - low) / (high - low)
    return np.where(high == low, 0, sixth.astype(np.float32) + np.where(sixth % 2, 1 - part, part))


class AdjustSaturation(_Adjustment):
    """Multiply the saturation of pixels."""

    inputs = ("images: T", "scale: float32")

    def kernel(self, xp, images, scale):
        self.check_run(images, scale, "scale")
        self.check_channels(images)
        x = images.astype(np.float32, copy=False)
        hue, saturation, value = _to_hsv(*np.moveaxis(x, -1, 0))
        chroma = np.clip(saturation * np.float32(scale), 0, 1) * value
        turned = hue * 6
        middle = chroma * (1 - np.abs(turned % 2 - 1))
        found = _placed(np.zeros_like(chroma), middle, chroma, np.minimum(turned.astype(np.intp), 5))
        return (found + (value - chroma)[..., None]).astype(images.dtype, copy=False)


def _to_hsv(r: Any, g: Any, b: Any) -> tuple:
    """Return hue, saturation and value, rounded as in TF1's kernel, which differs from that of RGBToHSV."""
    value = np.maximum(np.maximum(r, g), b)
    spread = value - np.minimum(np.minimum(r, g), b)
    with np.errstate(divide="ignore", invalid="ignore"):
        saturation = np.where(value > 0, spread / value, 0)
        step = 1 / (6 * spread)
        others = np.where(g == value, step * (b - r) + np.float32(2 / 6), step * (r - g) + np.float32(4 / 6))
        hue = np.where(r == value, step * (g - b), others)
    hue = np.where(spread <= 0, 0, hue)
    return np.where(hue < 0, hue + 1, hue), saturation, value


class AdjustContrastv2(_Adjustment):
    """Move pixels away from the mean of their channel in their image."""

    inputs = ("images: T", "contrast_factor: float32")

    def shape(self, images, contrast_factor):
        with_rank(contrast_factor, 0)
        return super().shape(images, contrast_factor)

    def kernel(self, xp, images, contrast_factor):
        self.check_run(images, contrast_factor, "contrast_factor")
        x = images.astype(np.float32, copy=False)
        mean = x.mean((-3, -2), keepdims=True, dtype=np.float64).astype(np.float32)
        return ((x - mean) * np.float32(contrast_factor) + mean).astype(images.dtype, copy=False)


def rgb_to_hsv(images: Any, name: str | None = None) -> Tensor:
    """Convert red, green and blue to hue, saturation and value.

    Args:
        images: floats from 0 to 1; the last axis has size 3.
        name: the name of the node.

    Returns:
        A tensor of the same shape and type, with numbers from 0 to 1. Grey has the hue 0.

    Raises:
        ValueError: if the last axis does not have size 3.

    Example:
        >>> print(tf.image.rgb_to_hsv([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]]).eval())
        [[0.  1.  1. ]
         [0.5 1.  0.5]]
    """
    return apply(RGBToHSV(), images, name=name)


def hsv_to_rgb(images: Any, name: str | None = None) -> Tensor:
    """Convert hue, saturation and value to red, green and blue; the inverse of `rgb_to_hsv`.

    Example:
        >>> print(tf.image.hsv_to_rgb([[0.5, 1.0, 0.5]]).eval())
        [[0.  0.5 0.5]]
    """
    return apply(HSVToRGB(), images, name=name)
