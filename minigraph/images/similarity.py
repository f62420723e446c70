"""The structural similarity of images (https://doi.org/10.1109/TIP.2003.819861), at one scale and at several."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies, name_scope
from minigraph.images.conversion import convert_image_dtype
from minigraph.images.measures import compatible
from minigraph.ops.arrays import (
    cast,
    concat,
    constant,
    expand_dims,
    identity,
    pad,
    ranges,
    reshape,
    shape_ops,
    size_ops,
    stack,
    tile,
)
from minigraph.ops.control import assertions, cond
from minigraph.ops.math import comparison, powers, reduce_max_min, reductions
from minigraph.ops.math import pow as power
from minigraph.ops.nn import activations, depthwise, pool, softmax

__all__ = ["ssim", "ssim_multiscale"]

_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)  # of the five scales, as Wang et al. found them


def _gaussian(size: Tensor, sigma: Tensor) -> Tensor:
    """Return a bell curve as a filter, (size, size, 1, 1), whose sum is 1."""
    at = cast.cast(ranges.range(size), sigma.dtype)
    at = at - cast.cast(size - 1, sigma.dtype) / 2.0
    g = powers.square(at)
    g = g * (-0.5 / powers.square(sigma))
    g = reshape.reshape(g, shape=[1, -1]) + reshape.reshape(g, shape=[-1, 1])
    g = softmax.softmax(reshape.reshape(g, shape=[1, -1]))
    return reshape.reshape(g, shape=[size, size, 1, 1])


class _Smoothing:
    """The mean around each pixel, weighted by a bell curve."""

    def __init__(self, kernel: Tensor):
        self._kernel = kernel

    def __call__(self, x: Tensor) -> Tensor:
        shape = shape_ops.shape(x)
        x = reshape.reshape(x, shape=concat.concat([[-1], shape[-3:]], 0))
        y = depthwise.depthwise_conv2d(x, self._kernel, strides=[1, 1, 1, 1], padding="VALID")
        return reshape.reshape(y, concat.concat([shape[:-3], shape_ops.shape(y)[1:]], 0))


def _parts(x: Tensor, y: Tensor, smooth: _Smoothing, max_val: Tensor, k1: float, k2: float) -> tuple[Tensor, Tensor]:
    """Return how alike the brightness is around each pixel, and how alike contrast and structure."""
    c1, c2 = (k1 * max_val) ** 2, (k2 * max_val) ** 2
    mean_x, mean_y = smooth(x), smooth(y)
    product = mean_x * mean_y * 2.0
    squares = powers.square(mean_x) + powers.square(mean_y)
    luminance = (product + c1) / (squares + c1)
    mixed = smooth(x * y) * 2.0
    own = smooth(powers.square(x) + powers.square(y))
    c2 = c2 * 1.0  # TF1's factor of compensation
    return luminance, (mixed - product + c2) / (own - squares + c2)


def _per_channel(
    a: Tensor, b: Tensor, max_val: Tensor, filter_size: int, filter_sigma: float, k1: float, k2: float
) -> tuple[Tensor, Tensor]:
    """Return the similarity of each channel of two images, and that of contrast and structure alone."""
    size = constant.constant(filter_size, dtype=dtypes.int32)
    sigma = constant.constant(filter_sigma, dtype=a.dtype)
    shapes = size_ops.shape_n([a, b])
    checks = []
    for shape in shapes:
        is_large = reduce_max_min.reduce_all(comparison.greater_equal(shape[-3:-1], size))
        checks.append(assertions.Assert(is_large, [shape, size], summarize=8))
    with control_dependencies(checks):
        a = identity.identity(a)
    kernel = tile.tile(_gaussian(size, sigma), multiples=[1, 1, shapes[0][-1], 1])
    luminance, structure = _parts(a, b, _Smoothing(kernel), max_val, k1, k2)
    axes = constant.constant([-3, -2], dtype=dtypes.int32)
    both = reductions.reduce_mean(luminance * structure, axes)
    return both, reductions.reduce_mean(structure, axes)


def _as_floats(a: Tensor, b: Tensor, max_val: Any) -> tuple[Tensor, Tensor, Tensor]:
    largest = convert_image_dtype(cast.cast(max_val, a.dtype), dtypes.float32)
    return convert_image_dtype(a, dtypes.float32), convert_image_dtype(b, dtypes.float32), largest


def ssim(
    img1: Tensor,
    img2: Tensor,
    max_val: Any,
    filter_size: int = 11,
    filter_sigma: float = 1.5,
    k1: float = 0.01,
    k2: float = 0.03,
) -> Tensor:
    """Return the structural similarity of images: 1 for equal ones.

    Args:
        img1, img2: tensors of images, (…, height, width, channels); integers are scaled from 0 to 1 first.
        max_val: the largest number that a pixel can have: 255 for bytes, 1.0 for floats.
        filter_size, filter_sigma: the size and the width of the bell curve by which pixels are weighted.
        k1, k2: small numbers that keep the quotients finite.

    Returns:
        A float32 tensor with a number for each pair of images, the mean over pixels and channels.

    Raises:
        ValueError: if the shapes do not fit.
        InvalidArgumentError: in a run, if images are smaller than the filter.

    Example:
        >>> image = tf.random_uniform([16, 16, 1], seed=1)
        >>> print(sess.run(tf.image.ssim(image, 1 - image, max_val=1.0)).round(3))
        -0.965
    """
    with get_default_graph().atomic():
        _, _, checks = compatible(img1, img2)
        with control_dependencies(checks):
            img1 = identity.identity(img1)
        a, b, largest = _as_floats(img1, img2, max_val)
        similarity, _ = _per_channel(a, b, largest, filter_size, filter_sigma, k1, k2)
        return reductions.reduce_mean(similarity, [-1])


def ssim_multiscale(
    img1: Any,
    img2: Any,
    max_val: Any,
    power_factors: Any = _WEIGHTS,
    filter_size: int = 11,
    filter_sigma: float = 1.5,
    k1: float = 0.01,
    k2: float = 0.03,
) -> Tensor:
    """Return the product of the structural similarities of images at several scales, each half the size of the last.

    Args:
        img1, img2, max_val, filter_size, filter_sigma, k1, k2: as for `tf.image.ssim`.
        power_factors: the power of each scale, the finest first.

    Returns:
        A float32 tensor with a number for each pair of images.

    Raises:
        ValueError: if the shapes do not fit.
        InvalidArgumentError: in a run, if the images of the last scale are smaller than the filter.
    """
    with atomic_scope(None, "MS-SSIM", [img1, img2]):
        img1, img2 = convert_to_tensor(img1, name="img1"), convert_to_tensor(img2, name="img2")
        first, second, checks = compatible(img1, img2)
        with control_dependencies(checks):
            img1 = identity.identity(img1)
        a, b, largest = _as_floats(img1, img2, max_val)
        pyramid = _Pyramid([a, b], [first, second])
        found, similarity = [], a
        for k in range(len(power_factors)):
            with name_scope(None, f"Scale{k}", pyramid.images):
                if k > 0:
                    pyramid.halve()
                a, b = pyramid.images
                similarity, structure = _per_channel(a, b, largest, filter_size, filter_sigma, k1, k2)
                found.append(activations.relu(structure))
        scales = stack.stack([*found[:-1], activations.relu(similarity)], axis=-1)
        product = reductions.reduce_prod(power.pow(scales, power_factors), [-1])
        return reductions.reduce_mean(product, [-1])


class _Pyramid:
    """Two images of one size, which become smaller."""

    def __init__(self, images: list[Tensor], shapes: list[Tensor]):
        self.images = images
        self._heads = [shape[:-3] for shape in shapes]
        self._tails = [shape[-3:] for shape in shapes]
        self._steps = constant.constant([2, 2, 1], dtype=dtypes.int32)

    def halve(self) -> None:
        """Replace the images by their means over squares of 2 x 2 pixels; an odd edge is repeated."""
        flat = [reshape.reshape(image, concat.concat([[-1], tail], 0)) for image, tail in zip(self.images, self._tails)]
        rest = self._tails[0] % self._steps
        is_odd = reduce_max_min.reduce_any(comparison.not_equal(rest, 0))
        padded: Any = cond.cond(is_odd, lambda: _padded(flat, rest), lambda: flat)
        window = [1, 2, 2, 1]
        halved = [pool.avg_pool(image, ksize=window, strides=window, padding="VALID") for image in padded]
        self._tails = [shape[1:] for shape in size_ops.shape_n(halved)]
        self.images = [
            reshape.reshape(image, concat.concat([head, tail], 0))
            for image, head, tail in zip(halved, self._heads, self._tails)
        ]


def _padded(images: list[Tensor], rest: Tensor) -> list[Tensor]:
    widths = pad.pad(expand_dims.expand_dims(rest, -1), [[1, 0], [1, 0]])
    return [pad.pad(image, widths, mode="SYMMETRIC") for image in images]
