"""Patches of images as vectors, and glimpses: one part of each image."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.invalid import invalid
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import merge_sizes, with_rank, with_size
from minigraph.graph.shapes import ShapeError, TensorShape, brackets
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.ops.images.resize_family import IMAGE_TYPES, sized

__all__ = ["extract_glimpse", "extract_image_patches", "extract_patches"]


class ExtractImagePatches(OpDef, output="patches"):
    """The windows that move over images, each as one vector."""

    ksizes: tuple
    strides: tuple
    rates: tuple
    padding: str

    inputs = ("images: T",)
    allowed = {"T": (*IMAGE_TYPES, dtypes.bfloat16, dtypes.uint32, dtypes.uint64)}
    choices = {"padding": ("SAME", "VALID")}

    def _axis(self, axis: int, size: int) -> tuple[int, int]:
        """Return the number of windows along an axis, and the number of zeros before the first pixel."""
        reach = (self.ksizes[axis] - 1) * self.rates[axis] + 1
        if self.padding == "VALID":
            return max(-(-(size - reach + 1) // self.strides[axis]), 0), 0
        count = -(-size // self.strides[axis])
        return count, max((count - 1) * self.strides[axis] + reach - size, 0) // 2

    def shape(self, images):
        batch, *sides, channels = with_rank(images, 4).tuple
        for step, word in ((self.strides, "Stride"), (self.rates, "Rate")):
            if min(step) <= 0:
                raise ShapeError(f"{word} must be > 0, but got {min(step)}")
        depth = None if channels is None else channels * self.ksizes[1] * self.ksizes[2]
        if None in sides:
            return TensorShape.of((batch, None, None, depth))
        return TensorShape.of((batch, *[self._axis(i, n)[0] for i, n in enumerate(sides, 1)], depth))

    def kernel(self, xp, images):
        for name in ("ksizes", "strides", "rates"):
            if getattr(self, name)[0] != 1 or getattr(self, name)[3] != 1:
                raise errors.UnimplementedError(None, None, f"Only support {name} across space.")
        if images.ndim != 4:
            raise invalid(f"input must be 4-dimensional{brackets(images.shape)}")
        (rows, top), (columns, left) = self._axis(1, images.shape[1]), self._axis(2, images.shape[2])
        _, height, width, _ = self.ksizes
        result = np.zeros((len(images), rows, columns, height, width, images.shape[3]), images.dtype)
        for i in range(height):
            for j in range(width):
                to_rows, from_rows = self._inside(1, i, rows, top, images.shape[1])
                to_columns, from_columns = self._inside(2, j, columns, left, images.shape[2])
                result[:, to_rows, to_columns, i, j] = images[:, from_rows, from_columns]
        return result.reshape(*result.shape[:3], -1)

    def _inside(self, axis: int, at: int, count: int, before: int, size: int) -> tuple[slice, slice]:
        """Return which windows have their element `at` within the image, and which pixels these are."""
        step, first = self.strides[axis], at * self.rates[axis] - before
        start = max(-(first // step), 0)
        end = max(min(count, -(-(size - first) // step)), start)
        return slice(start, end), slice(first + start * step, max(first + end * step, 0), step)

    def gradient(self, tf, dy, y, images):
        # A matrix says which element of which window is which pixel: windows of the pixels' numbers find that out
        sizes = tf.shape(images, out_type=dtypes.int64)
        batch, height, width, channels = (sizes[i] for i in range(4))
        pixels = 1 + height * width  # 0 is what lies outside the image
        numbers = tf.reshape(tf.range(1, pixels, dtype=dtypes.int64), (1, height, width, 1))
        windows = apply(type(self)(self.ksizes, self.strides, self.rates, self.padding), numbers)
        found = tf.shape(y, out_type=dtypes.int64)
        rows, columns = found[1], found[2]
        _, down, across, _ = self.ksizes
        elements = rows * columns * down * across
        places = tf.reshape(tf.range(elements, dtype=dtypes.int64), (1, rows, columns, down * across))
        pairs = tf.concat([tf.expand_dims(windows, axis=-1), tf.expand_dims(places, axis=-1)], axis=-1)
        pairs = tf.reshape(pairs, (-1, 2))
        matrix = SparseTensor(pairs, tf.ones([elements], dtype=dy.dtype), (pixels, elements))
        matrix = tf.sparse_slice(matrix, (1, 0), (pixels - 1, elements))
        parts = tf.transpose(tf.reshape(dy, (batch, rows, columns, down, across, channels)), (1, 2, 3, 4, 0, 5))
        total = tf.sparse_tensor_dense_matmul(matrix, tf.reshape(parts, (-1, batch * channels)))
        return tf.transpose(tf.reshape(total, (height, width, batch, channels)), (2, 0, 1, 3))


class ExtractGlimpse(OpDef):
    """A part of each image; what lies outside the image is noise."""

    centered: bool = True
    normalized: bool = True
    uniform_noise: bool = True
    noise: str = "uniform"

    inputs = ("input: float32", "size: int32", "offsets: float32")
    outputs = ("glimpse: float32",)
    static_inputs = (1,)
    gradient = no_gradient

    def shape(self, input, size, offsets):
        batch, _, _, channels = with_rank(input, 4).tuple
        count, axes = with_rank(offsets, 2).tuple
        batch = merge_sizes(batch, count)
        with_size(axes, 2)
        return sized(batch, size, channels)

    def kernel(self, xp, input, size, offsets):
        self._check(input, np.asarray(size), offsets)
        height, width = np.asarray(size).tolist()
        sides = np.array(input.shape[1:3], np.float32)
        at = offsets * sides if self.normalized else np.asarray(offsets)
        if self.centered:
            at = at / np.float32(2) + sides / np.float32(2)
        at = at - np.array([height, width], np.float32) / np.float32(2)
        result = np.empty((len(input), height, width, input.shape[3]), np.float32)
        for image, place, (top, left) in zip(input, result, np.trunc(at).astype(int).tolist()):
            to_rows, from_rows = _common(top, height, image.shape[0])
            to_columns, from_columns = _common(left, width, image.shape[1])
            part = image[from_rows, from_columns]
            if part.shape != place.shape:
                place[...] = self._noise(image, place.shape)
            place[to_rows, to_columns] = part
        return result

    @staticmethod
    def _check(input: Any, size: np.ndarray, offsets: Any) -> None:
        if input.ndim != 4:
            text = "input must be 4-dimensional (batch_size, height, width, depth)"
            raise invalid(f"{text}{brackets(input.shape)}")
        if size.shape != (2,):
            raise invalid(f"input must be a vector of size 2 (height, width){brackets(size.shape)}")
        if offsets.ndim != 2:
            raise invalid(f"input must be a matrix{brackets(offsets.shape)}")
        if len(offsets) != len(input):
            raise invalid(f"first dimension should be batch{brackets(offsets.shape)}")
        if offsets.shape[1] != 2:
            raise invalid(f"second dimension should be of size 2 (y,x){brackets(offsets.shape)}")

    def _noise(self, image: np.ndarray, shape: tuple) -> Any:
        """Return what stands in the place of pixels outside the image; its numbers are not TF1's."""
        generator = np.random.default_rng(math.prod(shape))
        if self.uniform_noise or self.noise == "uniform":
            return generator.uniform(image.min(), image.max(), shape)
        return generator.normal(image.mean(), image.std(), shape) if self.noise == "gaussian" else 0


def _common(start: int, count: int, size: int) -> tuple[slice, slice]:
    """Return which of `count` positions from `start` on lie in an axis of that size, and where in it."""
    first, last = min(max(start, 0), size), max(min(start + count, size), 0)
    last = max(first, last)
    return slice(first - start, last - start) if last > first else slice(0, 0), slice(first, last)


def extract_image_patches(
    images: Any,
    ksizes: Any = None,
    strides: Any = None,
    rates: Any = None,
    padding: str | None = None,
    name: str | None = None,
    sizes: Any = None,
) -> Tensor:
    """Return the windows that move over images, each as one vector.

    Args:
        images: images of numbers, (batch, height, width, channels).
        ksizes: the size of a window, [1, rows, columns, 1].
        strides: the distance of windows, [1, rows, columns, 1].
        rates: the distance of the pixels in a window, [1, rows, columns, 1].
        padding: "SAME" or "VALID".
        name: the name of the node.
        sizes: another name for ksizes.

    Returns:
        A tensor of the same type, (batch, windows down, windows across, rows * columns * channels).

    Raises:
        ValueError: if these are not images, or a stride is not positive.
        UnimplementedError: in a run, for windows across images or channels.

    Example:
        >>> image = tf.reshape(tf.range(9), [1, 3, 3, 1])
        >>> print(tf.image.extract_image_patches(image, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID").eval()[0, 0])
        [[0 1 3 4]
         [1 2 4 5]]
    """
    if ksizes is not None and sizes is not None:
        raise ValueError("Cannot specify both 'ksizes' and 'sizes'")
    given = {"ksizes": ksizes if sizes is None else sizes, "strides": strides, "rates": rates}
    for key, value in given.items():
        if not isinstance(value, (list, tuple)):
            raise TypeError(f"Expected list for '{key}' argument to 'extract_image_patches' Op, not {value!r}.")
        if len(value) < 4:
            text = f"Attr '{key}' of 'ExtractImagePatches' Op passed list of length {len(value)} less than minimum 4."
            raise ValueError(text)
    attributes: Any = [*[tuple(int(n) for n in value) for value in given.values()], padding]
    return apply(ExtractImagePatches(*attributes), images, name=name)


def extract_patches(images: Any, sizes: Any, strides: Any, rates: Any, padding: str, name: str | None = None) -> Tensor:
    """Return the windows that move over images, each as one vector: `extract_image_patches` without old names."""
    return extract_image_patches(images, sizes, strides, rates, padding, name)


def extract_glimpse(
    input: Any,
    size: Any,
    offsets: Any,
    centered: bool = True,
    normalized: bool = True,
    uniform_noise: bool = True,
    name: str | None = None,
) -> Tensor:
    """Take a part of each image, as a glimpse of it.

    Args:
        input: float32 images, (batch, height, width, channels).
        size: the height and width of the glimpses, int32.
        offsets: float32, (batch, 2): a position (y, x) for each image.
        centered: (0, 0) is the center of the image, otherwise its upper left corner. A position is that of the
            glimpse's center.
        normalized: positions are in heights and widths of the image; with `centered` they go from -1 to 1.
        uniform_noise: fill what lies outside the image with uniform noise between the image's least and largest
            number, otherwise too. The numbers differ from TensorFlow's.
        name: the name of the node.

    Returns:
        A float32 tensor, (batch, height, width, channels).

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> image = tf.reshape(tf.range(16.0), [1, 4, 4, 1])
        >>> print(tf.image.extract_glimpse(image, [2, 2], [[0.0, 0.0]]).eval().ravel())
        [ 5.  6.  9. 10.]
    """
    return apply(ExtractGlimpse(centered, normalized, uniform_noise), input, size, offsets, name=name)
