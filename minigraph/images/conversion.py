"""The types of images' numbers: integers over their whole range, floats from 0 to 1."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.images.checks import at_least_3d
from minigraph.ops.arrays import cast, identity, shape_ops
from minigraph.ops.math import arithmetic, clip, maximum_minimum, modulo, moments, reciprocal, reductions

__all__ = ["as_float", "convert_image_dtype", "per_image_standardization"]


def convert_image_dtype(image: Any, dtype: Any, saturate: bool = False, name: str | None = None) -> Tensor:
    """Convert images to another type, and scale them to the range of that type.

    Floats go from 0 to 1, integers from 0 to the largest of their type.

    Args:
        image: a tensor of numbers.
        dtype: the new type.
        saturate: limit the numbers to the range of the new type, instead of letting them overflow.
        name: the name of the node.

    Returns:
        A tensor of the same shape.

    Raises:
        AttributeError: if the new type is not one of floats or integers.

    Example:
        >>> print(tf.image.convert_image_dtype(tf.constant([0, 255], tf.uint8), tf.float32).eval())
        [0. 1.]
        >>> print(tf.image.convert_image_dtype([0.0, 0.5, 1.0], tf.uint8).eval())
        [  0 127 255]
    """
    image = convert_to_tensor(image, name="image")
    dtype = dtypes.as_dtype(dtype)
    if not dtype.is_floating and not dtype.is_integer:
        raise AttributeError("dtype must be either floating point or integer")
    if dtype == image.dtype:
        return identity.identity(image, name=name)
    with atomic_scope(name, "convert_image", [image]) as scope:
        if image.dtype.is_integer and dtype.is_integer:
            return _between_integers(image, dtype, saturate, scope)
        if image.dtype.is_integer:
            return arithmetic.multiply(cast.cast(image, dtype), 1.0 / image.dtype.max, name=scope)
        if dtype.is_floating:
            return cast.cast(image, dtype, name=scope)
        scaled = arithmetic.multiply(image, dtype.max + 0.5)  # half of one more, so that 1.0 is the largest
        return _cast(scaled, dtype, saturate, scope)


def _cast(x: Tensor, dtype: DType, saturate: bool, name: str | None = None) -> Tensor:
    return clip.saturate_cast(x, dtype, name=name) if saturate else cast.cast(x, dtype, name=name)


def _between_integers(image: Tensor, dtype: DType, saturate: bool, scope: str) -> Tensor:
    """Multiply or divide by the number of steps of the larger type in one of the smaller."""
    largest, new_largest = image.dtype.max, dtype.max
    if largest > new_largest:
        scaled = modulo.div(image, (largest + 1) // (new_largest + 1))
        return _cast(scaled, dtype, saturate, scope)
    return arithmetic.multiply(_cast(image, dtype, saturate), (new_largest + 1) // (largest + 1), name=scope)


def as_float(image: Tensor) -> Tensor:
    """Return an image in a type that the operations on colours know."""
    return image if image.dtype in (dtypes.float16, dtypes.float32) else convert_image_dtype(image, dtypes.float32)


def per_image_standardization(image: Any) -> Tensor:
    """Scale each image to a mean of 0 and a standard deviation of 1.

    The deviation counts as at least 1 / sqrt(number of pixels and channels), so that a uniform image becomes 0.

    Args:
        image: images, (…, height, width, channels), of floats or integers.

    Returns:
        A tensor of the same shape and type; integers are scaled from 0 to 1 before, and limited to their range after.

    Raises:
        ValueError: if it has fewer than 3 axes, or an empty one.

    Example:
        >>> print(tf.image.per_image_standardization(tf.reshape([1.0, 2.0, 3.0, 4.0], [2, 2, 1])).eval().ravel())
        [-1.3416407 -0.4472136  0.4472136  1.3416407]
    """
    with atomic_scope(None, "per_image_standardization", [image]) as scope:
        image = at_least_3d(convert_to_tensor(image, name="image"))
        given = image.dtype
        image = as_float(image)
        count = reductions.reduce_prod(shape_ops.shape(image)[-3:])
        mean = reductions.reduce_mean(image, axis=[-1, -2, -3], keepdims=True)
        deviation = moments.reduce_std(image, axis=[-1, -2, -3], keepdims=True)
        least = reciprocal.rsqrt(cast.cast(count, image.dtype))
        deviation = maximum_minimum.maximum(deviation, least)
        image = modulo.div(image - mean, deviation, name=scope)
        return convert_image_dtype(image, given, saturate=True)
