"""Grey images, and colours as brightness with two differences: YIQ and YUV, as in analogue television."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.images.conversion import convert_image_dtype
from minigraph.ops.arrays import concat, expand_dims, fill, shape_ops, size_ops, tile
from minigraph.ops.control import assertions, group
from minigraph.ops.linalg import tensordot

__all__ = ["grayscale_to_rgb", "rgb_to_grayscale", "rgb_to_yiq", "rgb_to_yuv", "yiq_to_rgb", "yuv_to_rgb"]

_LUMA = [0.2989, 0.5870, 0.1140]  # how bright red, green and blue are to the eye
_TO_YIQ = [[0.299, 0.59590059, 0.2115], [0.587, -0.27455667, -0.52273617], [0.114, -0.32134392, 0.31119955]]
_FROM_YIQ = [[1, 1, 1], [0.95598634, -0.27201283, -1.10674021], [0.6208248, -0.64720424, 1.70423049]]
_TO_YUV = [[0.299, -0.14714119, 0.61497538], [0.587, -0.28886916, -0.51496512], [0.114, 0.43601035, -0.10001026]]
_FROM_YUV = [[1, 1, 1], [0, -0.394642334, 2.03206185], [1.13988303, -0.58062185, 0]]


def rgb_to_grayscale(images: Any, name: str | None = None) -> Tensor:
    """Convert images in red, green and blue to grey ones.

    Args:
        images: (…, 3), of any type; integers are computed as floats from 0 to 1.
        name: the name of the node.

    Returns:
        A tensor of the same type, (…, 1).

    Example:
        >>> print(tf.image.rgb_to_grayscale([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]).eval())
        [[0.2989]
         [0.114 ]]
    """
    with atomic_scope(name, "rgb_to_grayscale", [images]) as scope:
        images = convert_to_tensor(images, name="images")
        floats = convert_image_dtype(images, dtypes.float32)
        grey = expand_dims.expand_dims(tensordot.tensordot(floats, _LUMA, [-1, -1]), -1)
        return convert_image_dtype(grey, images.dtype, name=scope)


def grayscale_to_rgb(images: Any, name: str | None = None) -> Tensor:
    """Repeat the one channel of grey images three times.

    Args:
        images: a tensor (…, 1).
        name: the name of the node.

    Returns:
        A tensor of the same type, (…, 3).

    Raises:
        ValueError: if the last axis is known not to have size 1.

    Example:
        >>> print(tf.image.grayscale_to_rgb(tf.constant([[0.1], [0.2]])).eval())
        [[0.1 0.1 0.1]
         [0.2 0.2 0.2]]
    """
    with atomic_scope(name, "grayscale_to_rgb", [images]) as scope:
        images = convert_to_tensor(group.with_dependencies(_grey_checks(images), images), name="images")
        rank = expand_dims.expand_dims(size_ops.rank(images) - 1, 0)
        ones = fill.ones(rank, dtype=dtypes.int32)
        multiples = concat.concat([ones, expand_dims.expand_dims(3, 0)], 0)
        result = tile.tile(images, multiples, name=scope)
        result.set_shape(images.shape[:-1].concatenate([3]))
        return result


def _grey_checks(image: Tensor) -> list:
    """Return the assertions that an image is grey; ValueError if it is known not to be."""
    shape = image.get_shape()
    try:
        shape = shape.with_rank(2) if shape.ndims is None else shape.with_rank_at_least(2)
    except ValueError:
        raise ValueError("A grayscale image must be at least two-dimensional.") from None
    if shape.is_fully_defined():
        if shape[-1] != 1:
            raise ValueError("Last dimension of a grayscale image should be size 1.")
        return []
    text = "Last dimension of a grayscale image should be size 1."
    return [
        assertions.assert_equal(shape_ops.shape(image)[-1], 1, message=text),
        assertions.assert_greater_equal(
            size_ops.rank(image), 3, message="A grayscale image must be at least two-dimensional."
        ),
    ]


def _converted(images: Any, matrix: list) -> Tensor:
    images = convert_to_tensor(images, name="images")
    with images.graph.atomic():
        kernel = convert_to_tensor(matrix, images.dtype, name="kernel")
        return tensordot.tensordot(images, kernel, axes=[[images.shape.ndims - 1], [0]])


def rgb_to_yiq(images: Any) -> Tensor:
    """Convert red, green and blue, floats from 0 to 1 on the last axis, to brightness and the differences I and Q.

    Example:
        >>> print(tf.image.rgb_to_yiq([[1.0, 0.0, 0.0]]).eval())
        [[0.299     0.5959006 0.2115   ]]
    """
    return _converted(images, _TO_YIQ)


def yiq_to_rgb(images: Any) -> Tensor:
    """Convert brightness and the differences I and Q, on the last axis, to red, green and blue.

    Example:
        >>> print(tf.image.yiq_to_rgb([[0.5, 0.0, 0.0]]).eval())
        [[0.5 0.5 0.5]]
    """
    return _converted(images, _FROM_YIQ)


def rgb_to_yuv(images: Any) -> Tensor:
    """Convert red, green and blue, floats from 0 to 1 on the last axis, to brightness and the differences U and V.

    Example:
        >>> print(tf.image.rgb_to_yuv([[1.0, 0.0, 0.0]]).eval())
        [[ 0.299      -0.14714119  0.6149754 ]]
    """
    return _converted(images, _TO_YUV)


def yuv_to_rgb(images: Any) -> Tensor:
    """Convert brightness and the differences U and V, on the last axis, to red, green and blue.

    Example:
        >>> print(tf.image.yuv_to_rgb([[0.5, 0.0, 0.0]]).eval())
        [[0.5 0.5 0.5]]
    """
    return _converted(images, _FROM_YUV)
