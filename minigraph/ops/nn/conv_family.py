"""What the convolutions have in common, in two or three dimensions: attributes, shapes, kernels and gradients.

Images are (batch, height, width, channels), filters (height, width, channels in, channels out); volumes have one more
axis. A convolution is a matrix product of the windows and the filter, at which BLAS is fastest.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.attributes import attrs_of
from minigraph.graph.opdef import OpDef
from minigraph.graph.shape_rules import as_sizes, with_rank
from minigraph.graph.shapes import ShapeError, TensorShape, brackets
from minigraph.ops.nn.sliding_windows import check_window, columns, images, output_size, paddings

__all__: list[str] = []


class Windows(OpDef, base=True):
    """Base: windows that move over images or volumes, in either layout."""

    strides: tuple = (1, 1, 1, 1)
    padding: str = "VALID"
    data_format: str = "NHWC"
    dilations: tuple = (1, 1, 1, 1)

    choices = {"padding": ("SAME", "VALID"), "data_format": ("NHWC", "NCHW")}
    dims: ClassVar[int] = 2

    @property
    def channels_first(self) -> bool:
        """True if the channels are the second axis."""
        return self.data_format.startswith("NC")

    def spatial(self, numbers: Sequence) -> tuple:
        """Return those for the spatial axes of numbers for all axes."""
        return tuple(numbers[2:] if self.channels_first else numbers[1:-1])

    def check_attributes(self) -> None:
        """Raise ShapeError for attributes that do not go together."""

    def check_run(self) -> None:
        """Raise ValueError for strides that would skip images or channels."""
        for name, numbers in (("strides", self.strides), ("dilations", self.dilations)):
            if np.prod(numbers) != np.prod(self.spatial(numbers)):
                raise ValueError(
                    f"Current implementation does not yet support {name} in the batch and depth dimensions."
                )

    def explicit(self) -> tuple:
        """Return the explicit paddings of the spatial axes."""
        return ((0, 0),) * self.dims

    def along_axes(self, sizes: Sequence, window: Sequence) -> Iterator[tuple]:
        """Return the size, window, stride, dilation and explicit padding of each spatial axis."""
        return zip(sizes, window, self.spatial(self.strides), self.spatial(self.dilations), self.explicit())

    def check_output(self, sizes: Sequence[int], window: Sequence[int]) -> None:
        """Raise ValueError if the window is larger than the padded images."""
        if self.padding == "SAME":
            return
        for n, k, s, d, e in self.along_axes(sizes, window):
            check_window(n + sum(e), (k - 1) * d + 1, s)

    def output_sizes(self, sizes: Sequence, window: Sequence) -> list:
        """Return the output sizes along the spatial axes, None for unknown ones."""
        return [output_size(n, k, s, self.padding, d, e) for n, k, s, d, e in self.along_axes(sizes, window)]

    def check_gradient(self, sizes: Sequence[int], window: Sequence[int], dy: Any) -> None:
        """Raise ValueError if a gradient does not have the size of the convolution's result."""
        for i, (n, k, s, d, e) in enumerate(self.along_axes(sizes, window)):
            size = output_size(n, k, s, self.padding, d, e)
            if dy.shape[1 + i] != size:
                raise ValueError(
                    f"{self.type.replace('Backprop', 'CustomBackprop')}: Size of out_backprop doesn't match computed: "
                    f"actual = {dy.shape[1 + i]}, computed = {size} spatial_dim: {1 + i} input: {n} filter: {k} "
                    f"output: {dy.shape[1 + i]} stride: {s} dilation: {d}"
                )

    def channels_last(self, x: Any) -> Any:
        """Return the array with the channels as the last axis."""
        return np.moveaxis(x, 1, -1) if self.channels_first else x

    def as_given(self, x: Any) -> Any:
        """Return the array in the operation's data format."""
        return np.moveaxis(x, -1, 1) if self.channels_first else x

    def arranged(self, batch: Any, sizes: Sequence, channels: Any) -> TensorShape:
        """Return a shape in the operation's data format."""
        return TensorShape.of((batch, channels, *sizes) if self.channels_first else (batch, *sizes, channels))

    def all_paddings(self, sizes: Sequence[int], window: Sequence[int]) -> tuple:
        """Return the padding of the spatial axes."""
        return tuple(paddings(n, k, s, self.padding, d, e) for n, k, s, d, e in self.along_axes(sizes, window))

    def columns(self, x: Any, window: Sequence[int]) -> Any:
        """Return the windows of channels-last images as a matrix."""
        strides, pads = self.spatial(self.strides), self.all_paddings(x.shape[1:-1], window)
        if set(window) == set(strides) == {1} and not any(map(any, pads)):
            return x.reshape((*x.shape[:-1], *window, x.shape[-1]))
        return columns(x, tuple(window), strides, self.spatial(self.dilations), pads)

    family: ClassVar[tuple] = ()  # the types of the convolution and of its gradients for input and filter

    def related(self, index: int) -> OpDef:
        """Return the definition of the family with the same attributes."""
        return type(self).family[index](*attrs_of(self).values())


class Forward(Windows, base=True):
    """Convolve images or volumes with a filter."""

    inputs = ("input: T", "filter: T")
    allowed = {"T": dtypes.NN_FLOATS}

    def shape(self, input, filter):
        x, f = with_rank(input, self.dims + 2).tuple, with_rank(filter, self.dims + 2).tuple
        self.check_attributes()
        check_depths(x[1 if self.channels_first else -1], f[-2], f[-1])
        return self.arranged(x[0], self.output_sizes(self.spatial(x), f[:-2]), f[-1])

    def kernel(self, xp, input, filter):
        for name, given in (("input", input), ("filter", filter)):
            if given.ndim != self.dims + 2:
                colon = "" if name == "input" else ": "
                raise ValueError(f"{name} must be {self.dims + 2}-dimensional{colon}{brackets(given.shape)}")
        self.check_run()
        x, (*window, depth, after) = self.channels_last(input), filter.shape
        if x.shape[-1] != depth and (not depth or x.shape[-1] % depth):
            raise ValueError(f"{self.depth_words}: {x.shape[-1]} vs {depth}")
        self.check_output(x.shape[1:-1], window)
        groups = x.shape[-1] // depth if depth else 1
        if groups and after % groups:
            raise ValueError(f"Depth of output ({after}) is not a multiple of the number of groups ({groups})")
        return self.as_given(in_groups(xp, groups, self.convolved, x, filter))

    depth_words: ClassVar[str] = "input depth must be evenly divisible by filter depth"

    def convolved(self, x, filter):
        """Convolve channels-last images with all channels together."""
        found = self.columns(x, filter.shape[:-2])
        places, before, after = found.shape[: self.dims + 1], math.prod(filter.shape[:-1]), filter.shape[-1]
        result = np.matmul(found.reshape((math.prod(places), before)), filter.reshape((before, after)))
        return result.reshape((*places, after))

    def gradient(self, tf, dy, y, input, filter):
        shapes = tf.shape_n([input, filter]) if self.dims == 2 else [tf.shape(input), None]
        for_input = apply(self.related(1), shapes[0], filter, dy)
        size = shapes[1] if self.dims == 2 else tf.shape(filter)
        return for_input, apply(self.related(2), input, size, dy)


class BackpropInput(Windows, base=True):
    """The gradient of a convolution with respect to its input."""

    inputs = ("input_sizes: int32", "filter: T", "out_backprop: T")
    allowed = {"T": dtypes.NN_FLOATS}
    static_inputs = (0,)

    def shape(self, sizes, filter, dy):
        self.check_attributes()
        return with_rank(as_sizes(sizes), self.dims + 2)

    def kernel(self, xp, sizes, filter, dy):
        size = np.asarray(sizes).tolist()
        dy = self.channels_last(dy)
        window, lengths = filter.shape[:-2], self.spatial(size)
        self.check_gradient(lengths, window, dy)
        pads = self.all_paddings(lengths, window)

        def spread(dy, filter):
            return images(dy, filter, lengths, self.spatial(self.strides), self.spatial(self.dilations), pads)

        channels, depth = size[1 if self.channels_first else -1], filter.shape[-2]
        return self.as_given(in_groups(xp, channels // depth if depth else 1, spread, dy, filter))

    def gradient(self, tf, ddy, y, sizes, filter, dy):
        return None, apply(self.related(2), ddy, tf.shape(filter), dy), apply(self.related(0), ddy, filter)


class BackpropFilter(Windows, base=True):
    """The gradient of a convolution with respect to its filter."""

    inputs = ("input: T", "filter_sizes: int32", "out_backprop: T")
    allowed = {"T": dtypes.NN_FLOATS}
    static_inputs = (1,)

    def shape(self, input, sizes, dy):
        self.check_attributes()
        return with_rank(as_sizes(sizes), self.dims + 2)

    def kernel(self, xp, input, sizes, dy):
        *window, depth, _ = size = np.asarray(sizes).tolist()
        x, dy = self.channels_last(input), self.channels_last(dy)
        self.check_gradient(x.shape[1:-1], window, dy)

        def product(x, dy):
            rows, before = math.prod(dy.shape[:-1]), math.prod(size[:-1])
            matrix = self.columns(x, window).reshape((rows, before))
            return np.matmul(matrix.T, dy.reshape((rows, dy.shape[-1]))).reshape((*size[:-1], dy.shape[-1]))

        return in_groups(xp, x.shape[-1] // depth if depth else 1, product, x, dy)

    def gradient(self, tf, ddy, y, input, sizes, dy):
        return apply(self.related(1), tf.shape(input), ddy, dy), None, apply(self.related(0), input, ddy)


def check_depths(channels: int | None, depth: int | None, filters: int | None) -> None:
    """Raise ShapeError if images and filter do not make whole groups: channels of the image by depth of the filter."""
    if channels is None or depth is None:
        return
    if channels != depth and (not depth or channels % depth):
        raise ShapeError(f"Depth of input ({channels}) is not a multiple of input depth of filter ({depth})")
    groups = channels // depth if depth else 1
    if filters is not None and groups and filters % groups:
        raise ShapeError(f"Depth of output ({filters}) is not a multiple of the number of groups ({groups})")


def in_groups(xp: Any, groups: int, function: Callable, a: Any, b: Any) -> Any:
    """Apply a function of two arrays with corresponding last axes to each group of channels separately."""
    if groups <= 1:
        return function(a, b)
    m, n = a.shape[-1] // groups, b.shape[-1] // groups
    return xp.concatenate(
        [function(a[..., i * m : (i + 1) * m], b[..., i * n : (i + 1) * n]) for i in range(groups)], axis=-1
    )


def for_all_axes(value: Any, data_format: str, name: str, dims: int = 2) -> tuple:
    """Expand one number, one for each spatial axis, or one for each axis to one for each axis."""
    value = [1] if value is None else [value] if isinstance(value, (int, np.integer)) else list(value)
    if len(value) == dims + 2:
        return tuple(value)
    if len(value) not in (1, dims):
        raise ValueError(f"{name} should be of length 1, {dims} or {dims + 2} but was {len(value)}")
    spatial = value * dims if len(value) == 1 else value
    return (1, 1, *spatial) if data_format.startswith("NC") else (1, *spatial, 1)
