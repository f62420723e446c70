"""Colours: hue, saturation and value; and what changes an image's hue, saturation or contrast."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.invalid import invalid
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import with_rank, with_rank_at_least, with_size
from minigraph.graph.shapes import brackets
from minigraph.ops.images.color_gradient import hsv_gradient

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


class _OfPixels(_Adjustment, base=True):
    """Base: an adjustment of each pixel by itself, computed image by image, which fit into the cache."""

    def adjusted(self, image: np.ndarray, amount: Any) -> list[np.ndarray]:
        """Return red, green and blue of an image whose channels come first."""
        raise NotImplementedError

    def each(self, images: Any, amount: Any, what: str) -> np.ndarray:
        """Return the adjusted images."""
        self.check_run(images, amount, what)
        self.check_channels(images)
        result = np.empty_like(images, order="C")
        shape = (-1, *images.shape[-3:])
        for image, place in zip(images.reshape(shape), result.reshape(shape)):
            channels = np.moveaxis(image, -1, 0).astype(np.float32, order="C")
            for i, channel in enumerate(self.adjusted(channels, np.float32(amount))):
                place[..., i] = channel
        return result


class AdjustHue(_OfPixels):
    """Turn the hue of pixels; 1 is a whole turn."""

    inputs = ("images: T", "delta: float32")

    def kernel(self, xp, images, delta):
        return self.each(images, delta, "delta")

    def adjusted(self, image, amount):
        r, g, b = image
        low, high = np.minimum(np.minimum(r, g), b), np.maximum(np.maximum(r, g), b)
        middle = np.maximum(np.minimum(r, g), np.minimum(np.maximum(r, g), b))
        spread = high - low
        hue = _hue(image, middle - low, spread) + np.fmod(amount, np.float32(1)) * 6
        hue += np.where(hue < 0, np.float32(6), 0) - np.where(hue >= 6, np.float32(6), 0)
        within = hue - 2 * np.floor(hue / 2)
        middle = low + np.where(within < 1, within, 2 - within) * spread
        return _placed(low, middle, high, hue)


def _placed(low: Any, middle: Any, high: Any, hue: np.ndarray) -> list[np.ndarray]:
    """Return red, green and blue, given the lowest, middle and highest channel, and the hue from 0 to 6."""
    at = [hue >= i for i in range(1, 6)]  # in which sixth of the circle, or after it
    return [
        np.where(at[0] ^ at[4], np.where(at[1] ^ at[3], low, middle), high),
        np.where(at[0] ^ at[2], high, np.where(at[3], low, middle)),
        np.where(at[2] ^ at[4], high, np.where(at[1], middle, low)),
    ]


def _hue(image: np.ndarray, above: Any, spread: Any) -> Any:
    """Return the hue of pixels from 0 to 6; grey has 0."""
    r, g, b = image
    sixths = np.arange(6, dtype=np.float32)
    with_green = np.where(b < r, sixths[1], np.where(b > g, sixths[3], sixths[2]))
    with_red = np.where(b < g, sixths[0], np.where(b > r, sixths[4], sixths[5]))
    is_green = r < g
    sixth = np.where(is_green, with_green, with_red)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = above / spread
    rises = is_green ^ (sixth != 2) ^ (sixth == 5)  # in every other sixth
    return np.where(spread == 0, 0, sixth + np.where(rises, part, 1 - part))


class AdjustSaturation(_OfPixels):
    """Multiply the saturation of pixels."""

    inputs = ("images: T", "scale: float32")

    def kernel(self, xp, images, scale):
        return self.each(images, scale, "scale")

    def adjusted(self, image, amount):
        hue, saturation, value = _to_hsv(*image)
        chroma = np.clip(saturation * amount, 0, 1) * value
        hue *= 6
        middle = chroma * (1 - np.abs(hue - 2 * np.floor(hue / 2) - 1))
        rest = value - chroma
        return [channel + rest for channel in _placed(np.float32(0), middle, chroma, hue)]


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
        result = np.empty_like(images, order="C")
        shape = (-1, *images.shape[-3:])
        for image, place in zip(images.reshape(shape), result.reshape(shape)):
            x = image.astype(np.float32, copy=False)
            mean = np.add.reduce(x, 0, np.float64).mean(0) / len(x)
            mean = np.tile(mean.astype(np.float32), x.shape[1]).reshape(x.shape[1:])
            place[...] = (x - mean) * np.float32(contrast_factor) + mean
        return result


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
