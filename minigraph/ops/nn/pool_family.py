"""What the poolings have in common, of images and of volumes: attributes, shapes, kernels and gradients."""

import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.recordable import recordable
from minigraph.graph.shape_rules import as_sizes, with_rank
from minigraph.graph.shapes import TensorShape
from minigraph.ops.nn.sliding_windows import check_window, output_size, paddings

__all__: list[str] = []


class Pooling(OpDef, base=True):
    """The attributes shared by poolings and their gradients; the windows as slices of the padded images."""

    ksize: tuple = (1, 1, 1, 1)
    strides: tuple = (1, 1, 1, 1)
    padding: str = "VALID"
    data_format: str = "NHWC"

    allowed = {"T": dtypes.NN_FLOATS}
    choices = {"padding": ("SAME", "VALID"), "data_format": ("NHWC", "NCHW")}
    dims: ClassVar[int] = 2

    @property
    def axes(self) -> tuple:
        """The axes along which windows extend: all but the batch axis."""
        return tuple(range(1, self.dims + 2))

    def pooled_shape(self, input: TensorShape) -> TensorShape:
        """Return the shape of the result."""
        count, *sizes = with_rank(input, self.dims + 2).tuple
        sizes = [output_size(n, k, s, self.padding) for n, k, s in zip(sizes, self.ksize[1:], self.strides[1:])]
        return TensorShape.of((count, *sizes))

    def check_run(self, images: Any) -> None:
        """Raise ValueError unless the input is images, UnimplementedError for windows that TF1 does not support."""
        if images.ndim != self.dims + 2:
            raise ValueError(f"tensor_in_shape must have {self.dims} spatial dimensions. {images.ndim} 0")
        if self.ksize[0] != 1 or self.strides[0] != 1:
            raise errors.UnimplementedError(None, None, "Pooling is not yet supported on the batch dimension.")
        last = self.depth_axis
        for axis, (n, k, s) in enumerate(zip(images.shape, self.ksize, self.strides)):
            if k < 1:
                raise ValueError(f"Sliding window ksize for dimension {axis} was zero.")
            if axis not in (0, last) and self.padding == "VALID":
                check_window(n, k, s)
        if self.ksize[last] > 1:
            self.check_depth(images.shape[last], self.ksize[last], self.strides[last])

    @property
    def depth_axis(self) -> int:
        """The axis of the channels."""
        return 1 if self.data_format.startswith("NC") else self.dims + 1

    def check_depth(self, size: int, window: int, stride: int) -> None:
        """Raise UnimplementedError for windows of several channels that do not just divide the channels."""
        if math.prod(self.ksize) != window:
            words = "MaxPooling supports exactly one of pooling across depth or pooling across width/height."
        elif size % window:
            words = "Depthwise max pooling requires the depth window to evenly divide the input depth"
        elif window != stride:
            words = "Depthwise max pooling requires the depth window to equal the depth stride"
        else:
            return
        raise errors.UnimplementedError(None, None, words)

    def refuse_depth(self, words: str) -> None:
        """Raise UnimplementedError with these words for windows of several channels."""
        if self.ksize[self.depth_axis] > 1:
            raise errors.UnimplementedError(None, None, words)

    def pads(self, shape: Sequence[int]) -> list:
        """Return the padding of all axes."""
        return [
            paddings(n, k, s, self.padding) if axis in self.axes else (0, 0)
            for axis, (n, k, s) in enumerate(zip(shape, self.ksize, self.strides))
        ]

    def parts(self, padded: Any, shape: Sequence[int]) -> list:
        """Return, for each position in the window, the elements of all windows there, as views of the padded images."""
        sizes = [
            n if k == s == 1 else output_size(n, k, s, self.padding) for n, k, s in zip(shape, self.ksize, self.strides)
        ]
        found = []
        for firsts in itertools.product(*[range(self.ksize[axis]) for axis in self.axes]):
            key: list = [slice(None)] * (self.dims + 2)
            for axis, first in zip(self.axes, firsts):
                stride = self.strides[axis]
                key[axis] = slice(first, first + (sizes[axis] - 1) * stride + 1, stride)
            found.append(padded[tuple(key)])
        return found

    def padded(self, images: Any, value: Any = 0) -> Any:
        """Return the images padded with `value` where windows extend beyond them."""
        pads = self.pads(images.shape)
        return np.pad(images, pads, constant_values=value) if any(map(any, pads)) else images

    def inner(self, padded: Any, shape: Sequence[int]) -> Any:
        """Return the images without the padding."""
        return padded[tuple(slice(before, before + n) for (before, _), n in zip(self.pads(shape), shape))]

    family: ClassVar[tuple] = ()  # the types of the pooling and of its gradients

    def related(self, index: int) -> OpDef:
        """Return the definition of the family with the same attributes."""
        return type(self).family[index](self.ksize, self.strides, self.padding, self.data_format)

    def chosen(self, images: Any, best: Any, first: bool) -> list:
        """Return a mask for each position in the window, True where its element is the window's maximum `best`.

        Of equal elements the first one is chosen. With `first`, a window without a maximum (all NaN or minus infinity)
        has its first element chosen, or the first NaN after such elements, as in TF1's search for the maximum.
        """
        parts = self.parts(self.padded(images, _least(images.dtype)), images.shape)
        if first and images.dtype.kind == "f" and not np.isfinite(images).all():
            return self.searched(images, parts)
        found, taken = [], np.zeros(parts[0].shape, bool)
        for part in parts:
            here = part == best
            np.greater(here, taken, out=here)  # and not already taken
            np.logical_or(taken, here, out=taken)
            found.append(here)
        return found

    def searched(self, images: Any, parts: list) -> list:
        """Return the masks of `chosen` for images with non-finite elements, by searching element by element."""
        best, at = parts[0].copy(), np.full(parts[0].shape, -1)
        inside = self.parts(self.padded(np.ones(images.shape, bool)), images.shape)
        for i, (part, there) in enumerate(zip(parts, inside)):
            here = there & ((best < part) | (at < 0))
            np.copyto(best, part, where=here)
            np.copyto(at, i, where=here)
        return [at == i for i in range(len(parts))]

    @recordable("call")
    def unpooled(self, images: Any, best: Any, grad: Any) -> Any:
        """Return images with each element of `grad` at the position of its window's maximum; zero elsewhere."""
        pads = self.pads(images.shape)
        total = np.zeros([before + n + after for n, (before, after) in zip(images.shape, pads)], grad.dtype)
        kept = _mask_of(grad)
        for part, here in zip(self.parts(total, images.shape), self.chosen(images, best, True)):
            part += kept(here, grad)
        return np.ascontiguousarray(self.inner(total, images.shape))

    @recordable("call")
    def picked(self, images: Any, best: Any, grad: Any) -> Any:
        """Return from each window the element of `grad` at the position of the images' maximum."""
        total, kept = np.zeros(best.shape, grad.dtype), _mask_of(grad)
        for part, here in zip(self.parts(self.padded(grad), images.shape), self.chosen(images, best, False)):
            total += kept(here, part)
        return total


def _mask_of(grad: Any) -> Callable:
    """Return a function that selects the parts of `grad` under a mask, and zeros elsewhere.

    It is a product if all are finite, which is faster; non-finite values would spread.
    """
    if np.isfinite(grad).all():
        return np.multiply
    return lambda here, values: np.where(here, values, values.dtype.type(0))


class MaxPooling(Pooling, base=True):
    """The maximum of each window."""

    inputs = ("input",)
    allowed = {
        "T": (*dtypes.NN_FLOATS, dtypes.int32, dtypes.int64, dtypes.uint8, dtypes.int16, dtypes.int8, dtypes.uint16)
    }

    def shape(self, input):
        return self.pooled_shape(input)

    def kernel(self, xp, input):
        self.check_run(input)
        best = least = _least(input.dtype)
        for part in self.parts(self.padded(input, least), input.shape):
            best = xp.fmax(part, best)  # which skips NaN
        return xp.ascontiguousarray(best)

    def gradient(self, tf, dy, y, input):
        return apply(self.related(1), input, y, dy)


class MaxPoolingGrad(Pooling, base=True):
    """The gradient of MaxPool, which flows to the maximum of each window."""

    inputs = ("orig_input", "orig_output", "grad")

    def shape(self, x, y, grad):
        return with_rank(x, self.dims + 2)

    def kernel(self, xp, x, y, grad):
        self.refuse_depth("MaxPoolingGrad is not yet supported on the depth dimension.")
        return self.unpooled(x, y, grad)

    def gradient(self, tf, ddy, out, x, y, grad):
        nothing = (tf.zeros(tf.shape(t), dtype=t.dtype) for t in (x, y))
        return *nothing, apply(self.related(2), x, y, ddy)


class MaxPoolingGradGrad(Pooling, base=True):
    """From each window the element of `grad` at the position of the input's maximum."""

    inputs = ("orig_input", "orig_output", "grad")

    def shape(self, x, y, grad):
        return y

    def kernel(self, xp, x, y, grad):
        self.refuse_depth("MaxPoolingGradGrad is not yet supported on the depth dimension.")
        return self.picked(x, y, grad)

    def gradient(self, tf, ddy, out, x, y, grad):
        nothing = (tf.zeros(tf.shape(t), dtype=t.dtype) for t in (x, y))
        return *nothing, apply(self.related(1), x, y, ddy)


class _Average(Pooling):
    def counts(self, shape: Sequence[int], dtype: Any) -> Any:
        """Return the number of elements of each window inside the image."""
        if self.padding == "VALID":
            return dtype.type(math.prod(self.ksize))
        flat = [1 if axis not in self.axes else n for axis, n in enumerate(shape)]
        return sum(self.parts(np.pad(np.ones(flat, dtype), self.pads(shape)), flat))


class AvgPooling(_Average, base=True):
    """The mean of the part of each window inside the image."""

    inputs = ("value",)

    def shape(self, value):
        return self.pooled_shape(value)

    def kernel(self, xp, value):
        self.check_run(value)
        self.refuse_depth("Non-spatial pooling is not yet supported. Volunteers? :)")
        total, *others = self.parts(self.padded(value), value.shape)
        for part in others:
            total = total + part
        return total / self.counts(value.shape, value.dtype)

    def gradient(self, tf, dy, y, value):
        return apply(self.related(1), tf.shape(value), dy)


class AvgPoolingGrad(_Average, base=True):
    """The gradient of AvgPool, split evenly among the elements of each window."""

    inputs = ("orig_input_shape: int32", "grad: T")
    static_inputs = (0,)

    def shape(self, shape, grad):
        return with_rank(as_sizes(shape), self.dims + 2)

    def kernel(self, xp, shape, grad):
        size = np.asarray(shape).tolist()
        total = np.pad(np.zeros(size, grad.dtype), self.pads(size))
        each = grad / self.counts(size, grad.dtype)
        for part in self.parts(total, size):
            part += each
        return np.ascontiguousarray(self.inner(total, size))

    def gradient(self, tf, ddy, y, shape, grad):
        return tf.stop_gradient(shape), apply(self.related(0), ddy)


def _least(dtype: Any) -> Any:
    """Return the smallest finite number, with which TF1's search for the maximum begins."""
    return dtype.type(np.finfo(dtype).min if dtype.kind == "f" else np.iinfo(dtype).min)
