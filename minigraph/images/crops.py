"""Images cut, and surrounded with zeros."""

from __future__ import annotations

import builtins
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.images.checks import as_batch, at_least_3d, checks_of, dimensions, is_tensor, require, without_batch
from minigraph.ops.arrays import cast, pad, reshape, shape_ops, slices, stack
from minigraph.ops.control import group
from minigraph.ops.math import comparison, maximum_minimum

__all__ = ["central_crop", "crop_to_bounding_box", "pad_to_bounding_box", "resize_image_with_crop_or_pad"]


def central_crop(image: Any, central_fraction: float) -> Tensor:
    """Keep the middle of images.

    Args:
        image: one image (height, width, channels), or a batch of them.
        central_fraction: the part of the height and of the width that is kept, more than 0 and at most 1.

    Returns:
        A tensor of the same type.

    Raises:
        ValueError: for another fraction, or an image with other than 3 or 4 axes.

    Example:
        >>> print(tf.image.central_crop(tf.reshape(tf.range(16), [4, 4, 1]), 0.5).eval()[..., 0])
        [[ 5  6]
         [ 9 10]]
    """
    with atomic_scope(None, "central_crop", [image]):
        image = convert_to_tensor(image, name="image")
        if central_fraction <= 0.0 or central_fraction > 1.0:
            raise ValueError("central_fraction must be within (0, 1]")
        if central_fraction == 1.0:
            return image
        at_least_3d(image)
        rank = image.shape.ndims
        if rank not in (3, 4):
            raise ValueError(f"`image` should either be a Tensor with rank = 3 or rank = 4. Had rank = {rank}.")
        axes = rank - 3, rank - 2
        sizes = [_size(image, axis) for axis in axes]
        starts = [_start(size, central_fraction) for size in sizes]
        kept = [size - start * 2 for size, start in zip(sizes, starts)]
        begin = stack.stack([*[0] * (rank - 3), *starts, 0])
        cropped = slices.slice(image, begin, stack.stack([*[-1] * (rank - 3), *kept, -1]))
        known = [None if is_tensor(size) else size for size in kept]
        cropped.set_shape([*image.shape[: rank - 3], *known, image.shape[rank - 1]])
        return cropped


def _size(image: Tensor, axis: int) -> Any:
    size = image.shape.as_list()[axis]
    return shape_ops.shape(image)[axis] if size is None else size


def _start(size: Any, fraction: float) -> Any:
    """Return the first position of the middle, computed in float64 wherever it is."""
    if not is_tensor(size):
        return int((float(size) - float(size) * fraction) / 2)
    whole = cast.cast(size, dtypes.float64)
    return cast.cast((whole - whole * fraction) / 2, dtypes.int32)


def pad_to_bounding_box(
    image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any
) -> Tensor:
    """Surround images with zeros.

    Args:
        image: one image (height, width, channels), or a batch of them.
        offset_height: the number of rows of zeros above.
        offset_width: the number of columns of zeros to the left.
        target_height, target_width: the size of the result. All four may be int32 scalars of the graph.

    Returns:
        A tensor of the same type.

    Raises:
        ValueError: if the image does not fit, or does not have 3 or 4 axes.

    Example:
        >>> print(tf.image.pad_to_bounding_box(tf.ones([1, 2, 1]), 1, 0, 3, 3).eval()[..., 0])
        [[0. 0. 0.]
         [1. 1. 0.]
         [0. 0. 0.]]
    """
    with atomic_scope(None, "pad_to_bounding_box", [image]):
        image, is_batch = as_batch(convert_to_tensor(image, name="image"))
        checks = checks_of(image)
        batch, height, width, depth = dimensions(image, 4)
        right = target_width - offset_width - width
        below = target_height - offset_height - height
        checks += require(offset_height >= 0, "offset_height must be >= 0")
        checks += require(offset_width >= 0, "offset_width must be >= 0")
        checks += require(right >= 0, "width must be <= target - offset")
        checks += require(below >= 0, "height must be <= target - offset")
        image = group.with_dependencies(checks, image)
        widths = stack.stack([0, 0, offset_height, below, offset_width, right, 0, 0])
        padded = pad.pad(image, reshape.reshape(widths, [4, 2]))
        padded.set_shape(_known(batch, target_height, target_width, depth))
        return without_batch(padded, is_batch)


def _known(*sizes: Any) -> list:
    return [None if is_tensor(size) else size for size in sizes]


def crop_to_bounding_box(
    image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any
) -> Tensor:
    """Cut a rectangle out of images.

    Args:
        image: one image (height, width, channels), or a batch of them.
        offset_height, offset_width: the row and the column of the upper left corner.
        target_height, target_width: the size of the result. All four may be int32 scalars of the graph.

    Returns:
        A tensor of the same type.

    Raises:
        ValueError: if the rectangle does not lie in the image, or that does not have 3 or 4 axes.

    Example:
        >>> print(tf.image.crop_to_bounding_box(tf.reshape(tf.range(9), [3, 3, 1]), 1, 0, 2, 2).eval()[..., 0])
        [[3 4]
         [6 7]]
    """
    with atomic_scope(None, "crop_to_bounding_box", [image]):
        image, is_batch = as_batch(convert_to_tensor(image, name="image"))
        checks = checks_of(image)
        batch, height, width, depth = dimensions(image, 4)
        checks += require(offset_width >= 0, "offset_width must be >= 0.")
        checks += require(offset_height >= 0, "offset_height must be >= 0.")
        checks += require(target_width > 0, "target_width must be > 0.")
        checks += require(target_height > 0, "target_height must be > 0.")
        checks += require(width >= (target_width + offset_width), "width must be >= target + offset.")
        checks += require(height >= (target_height + offset_height), "height must be >= target + offset.")
        image = group.with_dependencies(checks, image)
        begin = stack.stack([0, offset_height, offset_width, 0])
        cropped = slices.slice(image, begin, stack.stack([-1, target_height, target_width, -1]))
        cropped.set_shape(_known(batch, target_height, target_width, depth))
        return without_batch(cropped, is_batch)


def resize_image_with_crop_or_pad(image: Any, target_height: Any, target_width: Any) -> Tensor:
    """Give images a size: what is too large is cut off on both sides, what is too small surrounded with zeros.

    Args:
        image: one image (height, width, channels), or a batch of them.
        target_height, target_width: the size of the result, integers or int32 scalars of the graph.

    Returns:
        A tensor of the same type.

    Raises:
        ValueError: if a size is not positive, or the image does not have 3 or 4 axes.

    Example:
        >>> print(tf.image.resize_image_with_crop_or_pad(tf.reshape(tf.range(1, 9), [2, 4, 1]), 3, 2).eval()[..., 0])
        [[2 3]
         [6 7]
         [0 0]]
    """
    with atomic_scope(None, "resize_image_with_crop_or_pad", [image]):
        image, is_batch = as_batch(convert_to_tensor(image, name="image"))
        checks = checks_of(image)
        checks += require(target_width > 0, "target_width must be > 0.")
        checks += require(target_height > 0, "target_height must be > 0.")
        image = group.with_dependencies(checks, image)
        if is_tensor(target_height):
            target_height = group.with_dependencies(checks, target_height)
        if is_tensor(target_width):
            target_width = group.with_dependencies(checks, target_width)
        _, height, width, _ = dimensions(image, 4)
        cut_left, left = _halves(target_width - width)
        cut_above, above = _halves(target_height - height)
        kept = min_(target_height, height), min_(target_width, width)
        cropped = crop_to_bounding_box(image, cut_above, cut_left, *kept)
        resized = pad_to_bounding_box(cropped, above, left, target_height, target_width)
        _, rows, columns, _ = dimensions(resized, 4)
        checks = require(_equal(rows, target_height), "resized height is not correct.")
        checks += require(_equal(columns, target_width), "resized width is not correct.")
        return without_batch(group.with_dependencies(checks, resized), is_batch)


def _halves(difference: Any) -> tuple[Any, Any]:
    """Return half of what is to be cut off, and half of what is to be added; one of them is zero."""
    return max_(-difference // 2, 0), max_(difference // 2, 0)


def max_(x: Any, y: Any) -> Any:
    """Return the larger of two numbers, in the graph if one of them is there."""
    return maximum_minimum.maximum(x, y) if is_tensor(x) or is_tensor(y) else builtins.max(x, y)


def min_(x: Any, y: Any) -> Any:
    """Return the smaller of two numbers, in the graph if one of them is there."""
    return maximum_minimum.minimum(x, y) if is_tensor(x) or is_tensor(y) else builtins.min(x, y)


def _equal(x: Any, y: Any) -> Any:
    return comparison.equal(x, y) if is_tensor(x) or is_tensor(y) else x == y
