"""Images in another size, by a method that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.constant_value import constant_value_as_shape
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.images.checks import as_batch, checks_of, dimensions, require, without_batch
from minigraph.images.crops import max_, pad_to_bounding_box
from minigraph.ops.arrays import cast
from minigraph.ops.control import group
from minigraph.ops.images import area, bicubic, bilinear, nearest
from minigraph.ops.math import maximum_minimum, rounding

__all__ = ["ResizeMethod", "resize_image_with_pad", "resize_images"]


class ResizeMethod:
    """The ways of resizing images."""

    BILINEAR = 0
    NEAREST_NEIGHBOR = 1
    BICUBIC = 2
    AREA = 3


_METHODS: dict[Any, Callable] = {
    ResizeMethod.BILINEAR: bilinear.resize_bilinear,
    ResizeMethod.NEAREST_NEIGHBOR: nearest.resize_nearest_neighbor,
    ResizeMethod.BICUBIC: bicubic.resize_bicubic,
    ResizeMethod.AREA: area.resize_area,
    "bilinear": bilinear.resize_bilinear,
    "nearest": nearest.resize_nearest_neighbor,
    "bicubic": bicubic.resize_bicubic,
    "area": area.resize_area,
}


def resize_images(
    images: Any,
    size: Any,
    method: Any = ResizeMethod.BILINEAR,
    align_corners: bool = False,
    preserve_aspect_ratio: bool = False,
    name: str | None = None,
) -> Tensor:
    """Resize images.

    Args:
        images: one image (height, width, channels), or a batch of them.
        size: the new height and width, two integers or an int32 vector.
        method: one of `tf.image.ResizeMethod`, or "bilinear", "nearest", "bicubic" or "area".
        align_corners: place the centers of the corner pixels of both images upon each other.
        preserve_aspect_ratio: make the image as large as fits into `size` without distortion.
        name: the name scope.

    Returns:
        A float32 tensor, or, for nearest neighbours and where the image has that size already, one of the same type.

    Raises:
        ValueError: if `images` does not have 3 or 4 axes, `size` is not two integers, or there is no such method.

    Example:
        >>> image = tf.reshape([0.0, 4.0], [1, 2, 1])
        >>> print(tf.image.resize_images(image, [1, 4]).eval().ravel())
        [0. 2. 4. 4.]
        >>> print(tf.image.resize_images(image, [1, 4], tf.image.ResizeMethod.NEAREST_NEIGHBOR).eval().ravel())
        [0. 0. 4. 4.]
    """
    with atomic_scope(name, "resize", [images, size]):
        images = convert_to_tensor(images, name="images")
        if images.shape.ndims is None:
            raise ValueError("'images' contains no shape.")
        if images.shape.ndims not in (3, 4):
            raise ValueError("'images' must have either 3 or 4 dimensions.")
        images, is_batch = as_batch(images)
        size, wanted = _size_of(size)
        if preserve_aspect_ratio:
            size, wanted = _size_of(_fitting(images, wanted))
        if None in wanted or images.shape.as_list()[1:3] != wanted:
            if method not in _METHODS:
                raise ValueError("Resize method is not implemented.")
            images = _METHODS[method](images, size, align_corners=align_corners)
            images.set_shape([None, *wanted, None])
        return without_batch(images, is_batch)


def _size_of(size: Any) -> tuple[Tensor, list]:
    """Return a size as a tensor, and what is known of it."""
    try:
        size = convert_to_tensor(size, dtypes.int32, name="size")
    except (TypeError, ValueError):
        raise ValueError("'size' must be a 1-D int32 Tensor") from None
    if not size.shape.is_compatible_with([2]):
        raise ValueError("'size' must be a 1-D Tensor of 2 elements: new_height, new_width")
    return size, constant_value_as_shape(size).with_rank(2).as_list()


def _fitting(images: Tensor, wanted: list) -> list[Tensor]:
    """Return the largest size that fits into a given one, and is as wide for its height as the images."""
    current = dimensions(images, 4)[1:3]
    scales = [cast.cast(new, dtypes.float32) / cast.cast(old, dtypes.float32) for new, old in zip(wanted, current)]
    scale = maximum_minimum.minimum(*scales)
    return [cast.cast(rounding.round(scale * cast.cast(old, dtypes.float32)), dtypes.int32) for old in current]


def resize_image_with_pad(
    image: Any, target_height: Any, target_width: Any, method: Any = ResizeMethod.BILINEAR, align_corners: bool = False
) -> Tensor:
    """Resize images without distortion to what fits into a size, and surround them with zeros.

    Args:
        image: one image (height, width, channels), or a batch of them.
        target_height, target_width: the size of the result, integers or int32 scalars of the graph.
        method, align_corners: as for `tf.image.resize_images`.

    Returns:
        A tensor as `tf.image.resize_images` gives it.

    Raises:
        ValueError: if a size is not positive, or the image does not have 3 or 4 axes.

    Example:
        >>> print(tf.image.resize_image_with_pad(tf.ones([1, 2, 1]), 4, 4).eval()[..., 0])
        [[0. 0. 0. 0.]
         [1. 1. 1. 1.]
         [1. 1. 1. 1.]
         [0. 0. 0. 0.]]
    """
    with atomic_scope(None, "resize_image_with_pad", [image]):
        image, is_batch = as_batch(convert_to_tensor(image, name="image"))
        checks = checks_of(image)
        checks += require(target_width > 0, "target_width must be > 0.")
        checks += require(target_height > 0, "target_height must be > 0.")
        image = group.with_dependencies(checks, image)
        _, height, width, _ = dimensions(image, 4)
        size, (above, left) = _resized_and_margin(height, width, target_height, target_width)
        resized = resize_images(image, size, method, align_corners=align_corners)
        padded = pad_to_bounding_box(resized, above, left, target_height, target_width)
        dimensions(padded, 4)  # TF1 asks too, which makes nodes where a size is unknown
        return without_batch(padded, is_batch)


def _resized_and_margin(height: Any, width: Any, target_height: Any, target_width: Any) -> tuple[list, list]:
    """Return the size to which an image is resized, and the numbers of zeros above it and to its left."""
    sides = [cast.cast(each, dtypes.float64) for each in (height, width)]
    targets = [cast.cast(each, dtypes.float64) for each in (target_height, target_width)]
    by_width = sides[1] / targets[1]
    ratio = maximum_minimum.maximum(by_width, sides[0] / targets[0])
    exact = [side / ratio for side in sides]
    size = [cast.cast(rounding.floor(each), dtypes.int32) for each in exact]
    margins = [(target - each) / 2 for target, each in zip(targets, exact)]
    floors = [rounding.floor(each) for each in margins]
    return size, [max_(0, cast.cast(each, dtypes.int32)) for each in floors]
