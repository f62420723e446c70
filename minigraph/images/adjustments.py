"""Images made lighter, richer in contrast or colour, by a given amount or one drawn at random."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.images.checks import require
from minigraph.images.conversion import as_float, convert_image_dtype
from minigraph.ops.arrays import cast
from minigraph.ops.control import group
from minigraph.ops.images.colors import AdjustContrastv2, AdjustHue, AdjustSaturation
from minigraph.ops.math import arithmetic
from minigraph.ops.random import uniform

__all__ = [
    "adjust_brightness",
    "adjust_contrast",
    "adjust_gamma",
    "adjust_hue",
    "adjust_saturation",
    "random_brightness",
    "random_contrast",
    "random_hue",
    "random_saturation",
]


def adjust_brightness(image: Any, delta: Any) -> Tensor:
    """Add a number to images.

    Args:
        image: images of any shape; integers are scaled from 0 to 1 first, and back at the end.
        delta: a scalar, as a rule between -1 and 1.

    Returns:
        A tensor of the same shape and type. Floats may leave the range from 0 to 1, integers cannot.

    Example:
        >>> print(tf.image.adjust_brightness(tf.constant([0, 100, 250], tf.uint8), 0.1).eval())
        [ 25 125 255]
    """
    with atomic_scope(None, "adjust_brightness", [image, delta]) as scope:
        image = convert_to_tensor(image, name="image")
        floats = as_float(image)
        adjusted = arithmetic.add(floats, cast.cast(delta, floats.dtype), name=scope)
        return convert_image_dtype(adjusted, image.dtype, saturate=True)


def adjust_contrast(images: Any, contrast_factor: Any) -> Tensor:
    """Multiply the difference between each pixel and the mean of its channel.

    Args:
        images: (…, height, width, channels); integers are scaled from 0 to 1 first, and back at the end.
        contrast_factor: a scalar.

    Returns:
        A tensor of the same shape and type.

    Raises:
        ValueError: if there are fewer than 3 axes.

    Example:
        >>> print(tf.image.adjust_contrast(tf.reshape([0.0, 1.0], [1, 2, 1]), 0.5).eval().ravel())
        [0.25 0.75]
    """
    with atomic_scope(None, "adjust_contrast", [images, contrast_factor]) as scope:
        images = convert_to_tensor(images, name="images")
        adjusted = apply(AdjustContrastv2(), as_float(images), contrast_factor, name=scope)
        return convert_image_dtype(adjusted, images.dtype, saturate=True)


def adjust_gamma(image: Any, gamma: Any = 1, gain: Any = 1) -> Tensor:
    """Return gain * image ** gamma.

    Args:
        image: images of any shape; integers are scaled from 0 to 1 first, and back at the end.
        gamma: a scalar that is not negative; above 1 images become darker, below lighter.
        gain: a scalar.

    Returns:
        A tensor of the same shape and type.

    Raises:
        ValueError: if gamma is negative.

    Example:
        >>> print(tf.image.adjust_gamma([0.0, 0.5, 1.0], gamma=2.0).eval())
        [0.   0.25 1.  ]
    """
    with atomic_scope(None, "adjust_gamma", [image, gamma, gain]):
        image = convert_to_tensor(image, name="image")
        floats = as_float(image)
        checks = require(gamma >= 0, "Gamma should be a non-negative real number.")
        if checks:
            gamma = group.with_dependencies(checks, gamma)
        return convert_image_dtype(gain * floats**gamma, image.dtype, saturate=True)


def adjust_hue(image: Any, delta: Any, name: str | None = None) -> Tensor:
    """Turn the hue of images.

    Args:
        image: images in red, green and blue; the last axis has size 3.
        delta: a scalar between -1 and 1, which is a whole turn of the circle of hues.
        name: the name scope.

    Returns:
        A tensor of the same shape and type. It has no gradient, as in TF1.

    Example:
        >>> print(tf.image.adjust_hue(tf.reshape([1.0, 0.0, 0.0], [1, 1, 3]), 0.5).eval().ravel())
        [0. 1. 1.]
    """
    with atomic_scope(name, "adjust_hue", [image]):
        image = convert_to_tensor(image, name="image")
        return convert_image_dtype(apply(AdjustHue(), as_float(image), delta), image.dtype)


def adjust_saturation(image: Any, saturation_factor: Any, name: str | None = None) -> Tensor:
    """Multiply the saturation of images, up to 1.

    Args:
        image: images in red, green and blue; the last axis has size 3.
        saturation_factor: a scalar; with 0 they become grey.
        name: the name scope.

    Returns:
        A tensor of the same shape and type. It has no gradient, as in TF1.

    Example:
        >>> print(tf.image.adjust_saturation(tf.reshape([1.0, 0.5, 0.0], [1, 1, 3]), 0.0).eval().ravel())
        [1. 1. 1.]
    """
    with atomic_scope(name, "adjust_saturation", [image]):
        image = convert_to_tensor(image, name="image")
        return convert_image_dtype(apply(AdjustSaturation(), as_float(image), saturation_factor), image.dtype)


def random_brightness(image: Any, max_delta: float, seed: int | None = None) -> Tensor:
    """Add a random number to images, the same to all of them.

    Args:
        image: as for `adjust_brightness`.
        max_delta: the number lies between -max_delta and max_delta.
        seed: the operation's seed; see `tf.set_random_seed`.

    Raises:
        ValueError: if max_delta is negative.

    Example:
        >>> print(tf.image.random_brightness([0.5], 0.2, seed=1).eval())
        [0.39561495]
    """
    if max_delta < 0:
        raise ValueError("max_delta must be non-negative.")
    with get_default_graph().atomic():
        return adjust_brightness(image, uniform.random_uniform([], -max_delta, max_delta, seed=seed))


def random_contrast(image: Any, lower: float, upper: float, seed: int | None = None) -> Tensor:
    """Change the contrast of images by a random factor, the same for all of them.

    Args:
        image: as for `adjust_contrast`.
        lower, upper: the limits of the factor.
        seed: the operation's seed; see `tf.set_random_seed`.

    Raises:
        ValueError: if upper is not above lower, or lower is negative.

    Example:
        >>> print(tf.image.random_contrast(tf.reshape([0.0, 1.0], [1, 2, 1]), 0.5, 1.5, seed=1).eval().ravel())
        [0.1304813 0.8695187]
    """
    _check_range(lower, upper)
    with get_default_graph().atomic():
        return adjust_contrast(image, uniform.random_uniform([], lower, upper, seed=seed))


def random_saturation(image: Any, lower: float, upper: float, seed: int | None = None) -> Tensor:
    """Multiply the saturation of images by a random factor, the same for all of them.

    Args:
        image: as for `adjust_saturation`.
        lower, upper: the limits of the factor.
        seed: the operation's seed; see `tf.set_random_seed`.

    Raises:
        ValueError: if upper is not above lower, or lower is negative.
    """
    _check_range(lower, upper)
    with get_default_graph().atomic():
        return adjust_saturation(image, uniform.random_uniform([], lower, upper, seed=seed))


def _check_range(lower: float, upper: float) -> None:
    if upper <= lower:
        raise ValueError("upper must be > lower.")
    if lower < 0:
        raise ValueError("lower must be non-negative.")


def random_hue(image: Any, max_delta: float, seed: int | None = None) -> Tensor:
    """Turn the hue of images by a random angle, the same for all of them.

    Args:
        image: as for `adjust_hue`.
        max_delta: the part of a whole turn lies between -max_delta and max_delta; at most 0.5.
        seed: the operation's seed; see `tf.set_random_seed`.

    Raises:
        ValueError: if max_delta is negative, or more than 0.5.
    """
    if max_delta > 0.5:
        raise ValueError("max_delta must be <= 0.5.")
    if max_delta < 0:
        raise ValueError("max_delta must be non-negative.")
    with get_default_graph().atomic():
        return adjust_hue(image, uniform.random_uniform([], -max_delta, max_delta, seed=seed))
