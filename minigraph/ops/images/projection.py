"""Images turned, moved and bent by projective transforms."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.invalid import invalid
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import with_rank
from minigraph.ops.arrays import concat, constant, fill, reshape, shape_ops
from minigraph.ops.images.resize_family import sized

__all__ = ["flat_transforms_to_matrices", "image_projective_transform_v2", "matrices_to_flat_transforms"]


class ImageProjectiveTransformV2(OpDef):
    """Take each pixel of the result from where a transform maps it; outside of the image there are zeros."""

    interpolation: str

    inputs = ("images: dtype", "transforms: float32", "output_shape: int32")
    outputs = ("dtype",)
    allowed = {"dtype": (dtypes.uint8, dtypes.int32, dtypes.int64, dtypes.float16, dtypes.float32, dtypes.float64)}
    static_inputs = (2,)

    def shape(self, images, transforms, output_shape):
        batch, _, _, channels = with_rank(images, 4).tuple
        with_rank(transforms, 2)
        return sized(batch, output_shape, channels)

    def kernel(self, xp, images, transforms, output_shape):
        if images.ndim != 4:
            raise invalid("Input images must have rank 4")
        if transforms.ndim != 2 or transforms.shape[1] != 8 or len(transforms) not in (len(images), 1):
            raise invalid("Input transform should be num_images x 8 or 1 x 8")
        height, width = np.asarray(output_shape).tolist()
        if height <= 0 or width <= 0:
            raise invalid(f"new dimensions must be positive: {height}, {width}")
        sample = _bilinear if self.interpolation == "BILINEAR" else _nearest
        result = np.empty((len(images), height, width, images.shape[3]), images.dtype)
        for i, image in enumerate(images):
            at_x, at_y, is_finite = _mapped(transforms[i if len(transforms) > 1 else 0], height, width)
            result[i] = np.where(is_finite[..., None], sample(image, at_x, at_y), 0)
        return result

    def gradient(self, tf, dy, y, images, transforms, output_shape):
        inverse = tf.matrix_inverse(tf.flat_transforms_to_matrices(transforms))
        back = tf.matrices_to_flat_transforms(inverse)
        sizes = tf.shape(images)[1:3]
        return apply(type(self)(self.interpolation), dy, back, sizes), None, None


def _mapped(transform: np.ndarray, height: int, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return where the pixels of the result lie in the image, and whether they lie anywhere."""
    a0, a1, a2, b0, b1, b2, c0, c1 = transform.astype(np.float32)
    y, x = np.ogrid[:height, :width]
    x, y = x.astype(np.float32), y.astype(np.float32)
    scale = c0 * x + c1 * y + np.float32(1)
    is_finite = scale != 0
    scale = np.where(is_finite, scale, 1)
    return (a0 * x + a1 * y + a2) / scale, (b0 * x + b1 * y + b2) / scale, is_finite


def _read(image: np.ndarray, y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return pixels at whole positions, zeros outside the image."""
    is_inside = (y >= 0) & (y < image.shape[0]) & (x >= 0) & (x < image.shape[1])
    rows, columns = (np.where(is_inside, each, 0).astype(np.intp) for each in (y, x))
    return np.where(is_inside[..., None], image[rows, columns], 0)


def _nearest(image: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the nearest pixels; halves are rounded away from zero, as in C."""
    x, y = (np.trunc(each + np.copysign(np.float32(0.5), each)) for each in (x, y))
    return _read(image, y, x)


def _bilinear(image: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    left, top = np.floor(x), np.floor(y)
    across, down = (x - left)[..., None], (y - top)[..., None]
    upper, lower = (
        (1 - across) * _read(image, row, left) + across * _read(image, row, left + 1) for row in (top, top + 1)
    )
    return ((1 - down) * upper + down * lower).astype(image.dtype)


def image_projective_transform_v2(
    images: Any, transforms: Any, output_shape: Any, interpolation: str, name: str | None = None
) -> Tensor:
    """Build the node of `tf.contrib.image.transform`."""
    return apply(ImageProjectiveTransformV2(interpolation), images, transforms, output_shape, name=name)


def flat_transforms_to_matrices(transforms: Any) -> Tensor:
    """Convert transforms of eight numbers to matrices.

    Args:
        transforms: (8,) or (n, 8): [a0, a1, a2, b0, b1, b2, c0, c1] each.

    Returns:
        A tensor (n, 3, 3), which maps positions (x, y, 1) of the result to those of the image.

    Raises:
        ValueError: for another number of axes.

    Example:
        >>> print(tf.contrib.image.flat_transforms_to_matrices([1.0, 0.0, 2.0, 0.0, 1.0, 3.0, 0.0, 0.0]).eval()[0])
        [[1. 0. 2.]
         [0. 1. 3.]
         [0. 0. 1.]]
    """
    with atomic_scope("flat_transforms_to_matrices"):
        transforms = convert_to_tensor(transforms, name="transforms")
        if transforms.shape.ndims not in (1, 2):
            raise ValueError(f"Transforms should be 1D or 2D, got: {transforms}")
        transforms = reshape.reshape(transforms, constant.constant([-1, 8]))
        last = fill.ones([shape_ops.shape(transforms)[0], 1])
        return reshape.reshape(concat.concat([transforms, last], axis=1), constant.constant([-1, 3, 3]))


def matrices_to_flat_transforms(transform_matrices: Any) -> Tensor:
    """Convert matrices to transforms of eight numbers; the inverse of `flat_transforms_to_matrices`.

    Args:
        transform_matrices: (3, 3) or (n, 3, 3).

    Returns:
        A tensor (n, 8).

    Raises:
        ValueError: for another number of axes.

    Example:
        >>> print(tf.contrib.image.matrices_to_flat_transforms(2.0 * tf.eye(3)).eval())
        [[1. 0. 0. 0. 1. 0. 0. 0.]]
    """
    with atomic_scope("matrices_to_flat_transforms"):
        matrices = convert_to_tensor(transform_matrices, name="transform_matrices")
        if matrices.shape.ndims not in (2, 3):
            raise ValueError(f"Matrices should be 2D or 3D, got: {matrices}")
        flat = reshape.reshape(matrices, constant.constant([-1, 9]))
        flat = flat / flat[:, 8:9]
        return flat[:, :8]
