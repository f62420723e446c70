"""Images turned, moved and bent, and the transforms that say how."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import cast, concat, fill, shape_ops
from minigraph.ops.images import projection
from minigraph.ops.linalg import matmul
from minigraph.ops.math import trigonometry

__all__ = [
    "angles_to_projective_transforms",
    "compose_transforms",
    "rotate",
    "transform",
    "translate",
    "translations_to_projective_transforms",
]


def _as_batch(images: Tensor) -> Tensor:
    """Return a batch of images; TypeError for what is no image.

    Two axes are one image without channels, three one image, four a batch.
    """
    if images.dtype.base_dtype not in projection.ImageProjectiveTransformV2.allowed["dtype"]:
        raise TypeError(f"Invalid dtype {images.dtype}.")
    rank = images.shape.ndims
    if rank is None:
        raise TypeError("image_or_images rank must be statically known")
    if rank not in (2, 3, 4):
        raise TypeError("Images should have rank between 2 and 4.")
    if rank == 2:
        return images[None, :, :, None]
    return images[None, :, :, :] if rank == 3 else images


def _as_given(batch: Tensor, rank: int | None) -> Tensor:
    """Return a batch with as many axes as the images had."""
    if rank == 2:
        return batch[0, :, :, 0]
    return batch[0, :, :, :] if rank == 3 else batch


def rotate(images: Any, angles: Any, interpolation: str = "NEAREST", name: str | None = None) -> Tensor:
    """Turn images counterclockwise around their center.

    Args:
        images: (height, width), (height, width, channels) or (batch, height, width, channels).
        angles: in radians, a scalar or a number for each image.
        interpolation: "NEAREST" or "BILINEAR".
        name: the name scope.

    Returns:
        A tensor of the same shape and type; zeros fill the corners.

    Raises:
        TypeError: for images of other types, or another number of axes.

    Example:
        >>> print(tf.contrib.image.rotate([[1, 2, 3], [4, 5, 6], [7, 8, 9]], 1.5708).eval())
        [[3 6 9]
         [2 5 8]
         [1 4 7]]
    """
    with atomic_scope(name, "rotate"):
        given = convert_to_tensor(images)
        batch = _as_batch(given)
        height = cast.cast(shape_ops.shape(batch)[1], dtypes.float32)[None]
        width = cast.cast(shape_ops.shape(batch)[2], dtypes.float32)[None]
        transforms = angles_to_projective_transforms(angles, height, width)
        return _as_given(transform(batch, transforms, interpolation=interpolation), given.shape.ndims)


def translate(images: Any, translations: Any, interpolation: str = "NEAREST", name: str | None = None) -> Tensor:
    """Move images.

    Args:
        images, interpolation, name: as for `rotate`.
        translations: [dx, dy], or a row for each image.

    Example:
        >>> print(tf.contrib.image.translate([[1, 2, 3], [4, 5, 6]], [1, 0]).eval())
        [[0 1 2]
         [0 4 5]]
    """
    with atomic_scope(name, "translate"):
        transforms = translations_to_projective_transforms(translations)
        return transform(images, transforms, interpolation=interpolation)


def transform(
    images: Any, transforms: Any, interpolation: str = "NEAREST", output_shape: Any = None, name: str | None = None
) -> Tensor:
    """Bend images by projective transforms.

    The pixel (x, y) of the result is the one of the image at ((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k), where
    k = c0 x + c1 y + 1.

    Args:
        images, interpolation, name: as for `rotate`.
        transforms: [a0, a1, a2, b0, b1, b2, c0, c1], or a row for each image. They have no gradient.
        output_shape: the height and width of the result; those of the images by default.

    Returns:
        A tensor of the same type; outside of the image there are zeros.

    Raises:
        TypeError: for images or transforms that are none.
        ValueError: if `output_shape` is not two integers.
    """
    with atomic_scope(name, "transform"):
        given = convert_to_tensor(images, name="images")
        rows = convert_to_tensor(transforms, dtypes.float32, name="transforms")
        batch = _as_batch(given)
        size = shape_ops.shape(batch)[1:3] if output_shape is None else output_shape
        known = constant_value(size) if output_shape is None else None
        size = convert_to_tensor(size if known is None else known, dtypes.int32, name="output_shape")
        if not size.shape.is_compatible_with([2]):
            raise ValueError("output_shape must be a 1-D Tensor of 2 elements: new_height, new_width")
        if rows.shape.ndims not in (1, 2):
            raise TypeError("Transforms should have rank 1 or 2.")
        rows = rows[None] if rows.shape.ndims == 1 else rows
        result = projection.image_projective_transform_v2(batch, rows, size, interpolation.upper())
        return _as_given(result, given.shape.ndims)


def angles_to_projective_transforms(
    angles: Any, image_height: Any, image_width: Any, name: str | None = None
) -> Tensor:
    """Return the transforms that turn images around their center.

    Args:
        angles: in radians, a scalar or a vector.
        image_height, image_width: float32 numbers or vectors.
        name: the name scope.

    Returns:
        A float32 tensor, (angles, 8).

    Raises:
        TypeError: if the angles have more than one axis.
    """
    with atomic_scope(name, "angles_to_projective_transforms"):
        given = convert_to_tensor(angles, dtypes.float32, name="angles")
        if given.shape.ndims not in (0, 1):
            raise TypeError("Angles should have rank 0 or 1.")
        angles = given[None] if given.shape.ndims == 0 else given
        sin, cos = trigonometry.sin, trigonometry.cos
        x = ((image_width - 1) - (cos(angles) * (image_width - 1) - sin(angles) * (image_height - 1))) / 2.0
        y = ((image_height - 1) - (sin(angles) * (image_width - 1) + cos(angles) * (image_height - 1))) / 2.0
        count = shape_ops.shape(angles)[0]
        columns = [
            cos(angles)[:, None],
            -sin(angles)[:, None],
            x[:, None],
            sin(angles)[:, None],
            cos(angles)[:, None],
            y[:, None],
            fill.zeros((count, 2), dtypes.float32),
        ]
        return concat.concat(columns, axis=1)


def translations_to_projective_transforms(translations: Any, name: str | None = None) -> Tensor:
    """Return the transforms that move images.

    Args:
        translations: [dx, dy], or rows of them.
        name: the name scope.

    Returns:
        A float32 tensor, (translations, 8).

    Raises:
        TypeError: for another number of axes.
    """
    with atomic_scope(name, "translations_to_projective_transforms"):
        given = convert_to_tensor(translations, dtypes.float32, name="translations")
        if given.shape.ndims is None:
            raise TypeError("translation_or_translations rank must be statically known")
        if given.shape.ndims not in (1, 2):
            raise TypeError("Translations should have rank 1 or 2.")
        rows = given[None] if given.shape.ndims == 1 else given
        count = shape_ops.shape(rows)[0]
        columns = [
            fill.ones((count, 1), dtypes.float32),
            fill.zeros((count, 1), dtypes.float32),
            -rows[:, 0, None],
            fill.zeros((count, 1), dtypes.float32),
            fill.ones((count, 1), dtypes.float32),
            -rows[:, 1, None],
            fill.zeros((count, 2), dtypes.float32),
        ]
        return concat.concat(columns, axis=1)


def compose_transforms(*transforms: Any) -> Tensor:
    """Return the transform that does several one after the other.

    Args:
        *transforms: (8,) or (n, 8) each.

    Returns:
        A tensor (n, 8).

    Example:
        >>> moved = tf.contrib.image.translations_to_projective_transforms([1.0, 2.0])
        >>> print(tf.contrib.image.compose_transforms(moved, moved).eval()[0, [2, 5]])
        [-2. -4.]
    """
    assert transforms, "transforms cannot be empty"
    with atomic_scope("compose_transforms"):
        composed = projection.flat_transforms_to_matrices(transforms[0])
        for each in transforms[1:]:
            composed = matmul.matmul(composed, projection.flat_transforms_to_matrices(each))
        return projection.matrices_to_flat_transforms(composed)
