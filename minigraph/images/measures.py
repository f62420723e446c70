"""Differences in and between images: total variation, gradients, edges, the ratio of signal to noise."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.images.conversion import convert_image_dtype
from minigraph.ops.arrays import (
    cast,
    concat,
    constant,
    fill,
    identity,
    pad,
    reshape,
    shape_ops,
    size_ops,
    stack,
    tile,
    unstack,
)
from minigraph.ops.control import assertions
from minigraph.ops.math import arithmetic, comparison, exponential, reduce_max_min, reductions, signs
from minigraph.ops.math.squared_difference import squared_difference
from minigraph.ops.nn import depthwise

__all__ = ["compatible", "image_gradients", "psnr", "sobel_edges", "total_variation"]


def total_variation(images: Tensor, name: str | None = None) -> Tensor:
    """Return the sum of the absolute differences between neighbouring pixels: a measure of noise.

    Args:
        images: a tensor: one image (height, width, channels), or a batch of them.
        name: the name scope.

    Returns:
        A scalar, or a number for each image of a batch.

    Raises:
        ValueError: if it does not have 3 or 4 axes.

    Example:
        >>> print(tf.image.total_variation(tf.constant([[[0.0], [1.0]], [[3.0], [1.0]]])).eval())
        6.0
    """
    with atomic_scope(name, "total_variation"):
        rank = images.get_shape().ndims
        if rank == 3:
            rows, columns, axes = images[1:, :, :] - images[:-1, :, :], images[:, 1:, :] - images[:, :-1, :], None
        elif rank == 4:
            rows = images[:, 1:, :, :] - images[:, :-1, :, :]
            columns, axes = images[:, :, 1:, :] - images[:, :, :-1, :], [1, 2, 3]
        else:
            raise ValueError("'images' must be either 3 or 4-dimensional.")
        parts = [reductions.reduce_sum(signs.abs(each), axis=axes) for each in (rows, columns)]
        return parts[0] + parts[1]


def image_gradients(image: Tensor) -> tuple[Tensor, Tensor]:
    """Return the difference between each pixel and the next one below it, and the one to its right.

    Args:
        image: a tensor of images, (batch, height, width, channels).

    Returns:
        Two tensors of the same shape and type, dy and dx; the last row, and the last column, are zero.

    Raises:
        ValueError: if it does not have 4 axes.

    Example:
        >>> dy, dx = tf.image.image_gradients(tf.reshape([1, 2, 4, 8], [1, 2, 2, 1]))
        >>> print(dy.eval().ravel(), dx.eval().ravel())
        [3 6 0 0] [1 0 4 0]
    """
    if image.get_shape().ndims != 4:
        raise ValueError("image_gradients expects a 4D tensor [batch_size, h, w, d], not %s.", image.get_shape())
    with image.graph.atomic():
        shape = shape_ops.shape(image)
        batch, height, width, depth = unstack.unstack(shape)
        dy = image[:, 1:, :, :] - image[:, :-1, :, :]
        dx = image[:, :, 1:, :] - image[:, :, :-1, :]
        row = stack.stack([batch, 1, width, depth])
        dy = reshape.reshape(concat.concat([dy, fill.zeros(row, image.dtype)], 1), shape)
        column = stack.stack([batch, height, 1, depth])
        dx = reshape.reshape(concat.concat([dx, fill.zeros(column, image.dtype)], 2), shape)
        return dy, dx


_SOBEL = np.array([[[-1, -2, -1], [0, 0, 0], [1, 2, 1]], [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]])


def sobel_edges(image: Tensor) -> Tensor:
    """Return the vertical and the horizontal slope at each pixel, by Sobel's filters.

    Args:
        image: a tensor of float images, (batch, height, width, channels).

    Returns:
        A tensor of the same type, (batch, height, width, channels, 2): [dy, dx] for each pixel and channel.

    Example:
        >>> image = tf.tile(tf.reshape([0.0, 1.0, 4.0], [1, 1, 3, 1]), [1, 3, 1, 1])
        >>> print(tf.image.sobel_edges(image).eval()[0, 1, 1, 0])
        [ 0. 16.]
    """
    known = image.get_shape()
    with image.graph.atomic():
        shape = shape_ops.shape(image)
        filters = constant.constant(np.expand_dims(np.transpose(_SOBEL, (1, 2, 0)), -2), dtype=image.dtype)
        filters = tile.tile(filters, [1, 1, shape[-1], 1], name="sobel_filters")
        padded = pad.pad(image, [[0, 0], [1, 1], [1, 1], [0, 0]], mode="REFLECT")
        edges = depthwise.depthwise_conv2d(padded, filters, [1, 1, 1, 1], "VALID")
        edges = reshape.reshape(edges, concat.concat([shape, [len(_SOBEL)]], 0))
        edges.set_shape(known.concatenate([len(_SOBEL)]))
        return edges


def compatible(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor, list[Operation]]:
    """Return the shapes of two images as tensors, and the assertions that these can be compared.

    Raises:
        ValueError: if it is known that they cannot.
    """
    shapes = [image.get_shape().with_rank_at_least(3) for image in (a, b)]
    shapes[0][-3:].assert_is_compatible_with(shapes[1][-3:])
    if shapes[0].ndims is not None and shapes[1].ndims is not None:
        for m, n in zip(*[reversed(shape.as_list()[:-3]) for shape in shapes]):
            if not (m == 1 or n == 1 or None in (m, n) or m == n):
                raise ValueError(f"Two images are not compatible: {shapes[0]} and {shapes[1]}")
    first, second = size_ops.shape_n([a, b])
    has_axes = comparison.greater_equal(size_ops.size(first), 3)
    checks = [assertions.Assert(has_axes, [first, second], summarize=10)]
    is_same = reduce_max_min.reduce_all(comparison.equal(first[-3:], second[-3:]))
    return first, second, [*checks, assertions.Assert(is_same, [first, second], summarize=10)]


def psnr(a: Tensor, b: Tensor, max_val: Any, name: str | None = None) -> Tensor:
    """Return the peak signal-to-noise ratio between images, in decibels.

    Args:
        a, b: tensors of images, (…, height, width, channels); integers are scaled from 0 to 1 first.
        max_val: the largest number that a pixel can have: 255 for bytes, 1.0 for floats.
        name: the name scope.

    Returns:
        A float32 tensor with a number for each pair of images.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> print(tf.image.psnr(tf.zeros([2, 2, 1]), tf.fill([2, 2, 1], 0.1), max_val=1.0).eval())
        20.0
    """
    with atomic_scope(name, "PSNR", [a, b]):
        largest = convert_image_dtype(cast.cast(max_val, a.dtype), dtypes.float32)
        a, b = convert_image_dtype(a, dtypes.float32), convert_image_dtype(b, dtypes.float32)
        error = reductions.reduce_mean(squared_difference(a, b), [-3, -2, -1])
        signal = 20 * exponential.log(largest) / exponential.log(10.0)
        noise = np.float32(10 / np.log(10)) * exponential.log(error)
        ratio = arithmetic.subtract(signal, noise, name="psnr")
        _, _, checks = compatible(a, b)
        with control_dependencies(checks):
            return identity.identity(ratio)
