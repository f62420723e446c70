"""Convolution of images: windows of the input times the filter.

Images are (batch, height, width, channels), filters (height, width, channels in, channels out). A convolution is a
matrix product of the windows and the filter, at which BLAS is fastest.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.attributes import attrs_of
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import as_sizes, with_rank
from minigraph.graph.shapes import ShapeError, TensorShape, brackets
from minigraph.ops.arrays import shape_ops
from minigraph.ops.nn.sliding_windows import check_window, columns, images, output_size, paddings

__all__ = ["conv2d", "conv2d_backprop_input", "conv2d_backprop_filter"]


class _Conv(OpDef):
    """The attributes shared by a convolution and its gradients."""

    strides: tuple = (1, 1, 1, 1)
    padding: str = "VALID"
    data_format: str = "NHWC"
    dilations: tuple = (1, 1, 1, 1)
    explicit_paddings: tuple = ()
    use_cudnn_on_gpu: bool = True

    choices = {"padding": ("SAME", "VALID", "EXPLICIT"), "data_format": ("NHWC", "NCHW")}

    def spatial(self, four: Sequence) -> tuple:
        """Return those for height and width of four numbers, one per axis."""
        return (four[1], four[2]) if self.data_format == "NHWC" else (four[2], four[3])

    def along_axes(self, sizes: Sequence, window: Sequence) -> Iterator[tuple]:
        """Return the size, window, stride, dilation and explicit padding of height and of width."""
        return zip(sizes, window, self.spatial(self.strides), self.spatial(self.dilations), self.explicit())

    def check_attributes(self) -> None:
        """Raise ShapeError for padding of the batch or channel axis."""
        p = self.explicit_paddings
        if p and any(p[:2] if self.data_format == "NHWC" else p[:4]) or p and self.data_format == "NHWC" and any(p[6:]):
            raise ShapeError("Nonzero explicit padding in the batch or depth dimensions is not supported")

    def check_run(self) -> None:
        """Raise ValueError for strides that would skip images or channels."""
        for name, numbers in (("strides", self.strides), ("dilations", self.dilations)):
            if np.prod(numbers) != np.prod(self.spatial(numbers)):
                raise ValueError(
                    f"Current implementation does not yet support {name} in the batch and depth dimensions."
                )

    def check_output(self, images: Sequence[int], window: Sequence[int]) -> None:
        """Raise ValueError if the window is larger than the padded images."""
        if self.padding == "SAME":
            return
        for n, k, s, d, e in self.along_axes(images, window):
            check_window(n + sum(e), (k - 1) * d + 1, s)

    def check_gradient(self, kernel_name: str, images: Sequence[int], window: Sequence[int], dy: Any) -> None:
        """Raise ValueError if a gradient does not have the size of the convolution's result."""
        for i, (n, k, s, d, e) in enumerate(self.along_axes(images, window)):
            wanted = output_size(n, k, s, self.padding, d, e)
            if dy.shape[1 + i] != wanted:
                raise ValueError(
                    f"{kernel_name}: Size of out_backprop doesn't match computed: actual = "
                    f"{dy.shape[1 + i]}, computed = {wanted} spatial_dim: {1 + i} input: {n} filter: {k} "
                    f"output: {dy.shape[1 + i]} stride: {s} dilation: {d}"
                )

    def explicit(self) -> tuple:
        """Return the explicit paddings of height and width."""
        p = self.explicit_paddings
        if not p:
            return (0, 0), (0, 0)
        at = 2 if self.data_format == "NHWC" else 4
        return (p[at], p[at + 1]), (p[at + 2], p[at + 3])

    def channels_last(self, x: Any) -> Any:
        """Return the array with the channels as the last axis."""
        return x if self.data_format == "NHWC" else np.moveaxis(x, 1, -1)

    def as_given(self, x: Any) -> Any:
        """Return the array in the operation's data format."""
        return x if self.data_format == "NHWC" else np.moveaxis(x, -1, 1)

    def all_paddings(self, height: int, width: int, window: Sequence[int]) -> list:
        """Return the padding of both spatial axes."""
        axes = self.along_axes((height, width), window)
        return [paddings(n, k, s, self.padding, d, e) for n, k, s, d, e in axes]

    def columns(self, x: Any, window: Sequence[int]) -> Any:
        """Return the windows of channels-last images as a matrix."""
        strides, pads = self.spatial(self.strides), self.all_paddings(x.shape[1], x.shape[2], window)
        if tuple(window) == strides == (1, 1) and not any(map(any, pads)):
            return x.reshape((*x.shape[:3], 1, 1, x.shape[3]))
        return columns(x, tuple(window), strides, self.spatial(self.dilations), tuple(pads))


def _check_depths(channels: int | None, depth: int | None, filters: int | None) -> None:
    """Raise ShapeError if images and filter do not make whole groups: channels of the image by depth of the filter."""
    if channels is None or depth is None:
        return
    if channels != depth and (not depth or channels % depth):
        raise ShapeError(f"Depth of input ({channels}) is not a multiple of input depth of filter ({depth})")
    groups = channels // depth if depth else 1
    if filters is not None and groups and filters % groups:
        raise ShapeError(f"Depth of output ({filters}) is not a multiple of the number of groups ({groups})")


class Conv2D(_Conv):
    """Convolve images with a filter."""

    inputs = ("input: T", "filter: T")
    allowed = {"T": dtypes.NN_FLOATS}

    def shape(self, input, filter):
        x, f = with_rank(input, 4).tuple, with_rank(filter, 4).tuple
        self.check_attributes()
        _check_depths(x[3] if self.data_format == "NHWC" else x[1], f[2], f[3])
        axes = self.along_axes(self.spatial(x), f[:2])
        sizes = [output_size(n, k, s, self.padding, d, e) for n, k, s, d, e in axes]
        return TensorShape.of((x[0], *sizes, f[3]) if self.data_format == "NHWC" else (x[0], f[3], *sizes))

    def kernel(self, xp, input, filter):
        for name, given in (("input", input), ("filter", filter)):
            if given.ndim != 4:
                colon = "" if name == "input" else ": "
                raise ValueError(f"{name} must be 4-dimensional{colon}{brackets(given.shape)}")
        self.check_run()
        x, depth = self.channels_last(input), filter.shape[2]
        if x.shape[3] != depth and (not depth or x.shape[3] % depth):
            raise ValueError(f"input depth must be evenly divisible by filter depth: {x.shape[3]} vs {depth}")
        self.check_output(x.shape[1:3], filter.shape[:2])
        groups = x.shape[3] // depth if depth else 1
        if groups and filter.shape[3] % groups:
            raise ValueError(
                f"Depth of output ({filter.shape[3]}) is not a multiple of the number of groups ({groups})"
            )
        return self.as_given(in_groups(xp, groups, self.convolved, x, filter))

    def convolved(self, x, filter):
        """Convolve channels-last images with all channels together."""
        found = self.columns(x, filter.shape[:2])
        rows, before, after = math.prod(found.shape[:3]), math.prod(filter.shape[:3]), filter.shape[3]
        result = np.matmul(found.reshape((rows, before)), filter.reshape((before, after)))
        return result.reshape((*found.shape[:3], after))

    def gradient(self, tf, dy, y, input, filter):
        shapes = tf.shape_n([input, filter])
        attributes = attrs_of(self).values()
        return (
            apply(Conv2DBackpropInput(*attributes), shapes[0], filter, dy),
            apply(Conv2DBackpropFilter(*attributes), input, shapes[1], dy),
        )


class Conv2DBackpropInput(_Conv):
    """The gradient of a convolution with respect to its input."""

    inputs = ("input_sizes: int32", "filter: T", "out_backprop: T")
    allowed = {"T": dtypes.NN_FLOATS}
    static_inputs = (0,)

    def shape(self, sizes, filter, dy):
        self.check_attributes()
        return with_rank(as_sizes(sizes), 4)

    def kernel(self, xp, sizes, filter, dy):
        size = np.asarray(sizes).tolist()
        dy = self.channels_last(dy)
        kh, kw = filter.shape[:2]
        height, width = self.spatial(size)
        self.check_gradient("Conv2DCustomBackpropInput", (height, width), (kh, kw), dy)
        pads = self.all_paddings(height, width, (kh, kw))

        def spread(dy, filter):
            return images(
                dy, filter, (height, width), self.spatial(self.strides), self.spatial(self.dilations), tuple(pads)
            )

        channels = size[3] if self.data_format == "NHWC" else size[1]
        return self.as_given(in_groups(xp, channels // filter.shape[2] if filter.shape[2] else 1, spread, dy, filter))

    def gradient(self, tf, ddy, y, sizes, filter, dy):
        attributes = attrs_of(self).values()
        return (
            None,
            apply(Conv2DBackpropFilter(*attributes), ddy, tf.shape(filter), dy),
            apply(Conv2D(*attributes), ddy, filter),
        )


class Conv2DBackpropFilter(_Conv):
    """The gradient of a convolution with respect to its filter."""

    inputs = ("input: T", "filter_sizes: int32", "out_backprop: T")
    allowed = {"T": dtypes.NN_FLOATS}
    static_inputs = (1,)

    def shape(self, input, sizes, dy):
        self.check_attributes()
        return with_rank(as_sizes(sizes), 4)

    def kernel(self, xp, input, sizes, dy):
        size = np.asarray(sizes).tolist()
        x, dy = self.channels_last(input), self.channels_last(dy)
        self.check_gradient("Conv2DCustomBackpropFilter", x.shape[1:3], size[:2], dy)

        def product(x, dy):
            rows, before = math.prod(dy.shape[:3]), math.prod(size[:3])
            matrix = self.columns(x, size[:2]).reshape((rows, before))
            return np.matmul(matrix.T, dy.reshape((rows, dy.shape[3]))).reshape((*size[:3], dy.shape[3]))

        return in_groups(xp, x.shape[3] // size[2] if size[2] else 1, product, x, dy)

    def gradient(self, tf, ddy, y, input, sizes, dy):
        attributes = attrs_of(self).values()
        return (
            apply(Conv2DBackpropInput(*attributes), tf.shape(input), ddy, dy),
            None,
            apply(Conv2D(*attributes), input, ddy),
        )


def in_groups(xp: Any, groups: int, function: Callable, a: Any, b: Any) -> Any:
    """Apply a function of two arrays with corresponding last axes to each group of channels separately."""
    if groups <= 1:
        return function(a, b)
    m, n = a.shape[-1] // groups, b.shape[-1] // groups
    return xp.concatenate(
        [function(a[..., i * m : (i + 1) * m], b[..., i * n : (i + 1) * n]) for i in range(groups)], axis=-1
    )


def four(value: Any, data_format: str, name: str) -> tuple:
    """Expand one number, two, or four to one for each axis of images."""
    value = [1] if value is None else [value] if isinstance(value, (int, np.integer)) else list(value)
    if len(value) == 4:
        return tuple(value)
    if len(value) not in (1, 2):
        raise ValueError(f"{name} should be of length 1, 2 or 4 but was {len(value)}")
    height, width = value * 2 if len(value) == 1 else value
    return (1, height, width, 1) if data_format == "NHWC" else (1, 1, height, width)


def _padding(padding: Any) -> tuple[str, tuple]:
    """Return the name of the padding and the explicit paddings, for a name or four pairs."""
    if not isinstance(padding, (list, tuple)):
        if padding == "EXPLICIT":
            raise ValueError(
                '"EXPLICIT" is not a valid value for the padding parameter. To use explicit padding, the '
                "padding parameter must be a list."
            )
        return padding, ()
    for i, pair in enumerate(padding):
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            found = f"has size {len(pair)}" if isinstance(pair, (list, tuple)) else "is not a list or tuple"
            raise ValueError(
                "When padding is a list, each element of padding must be a list/tuple of size 2. Element "
                f"with index {i} of padding {found}"
            )
    if len(padding) != 4:
        raise ValueError(f"When padding is a list, it must be of size 4. Got padding of size: {len(padding)}")
    return "EXPLICIT", tuple(n for pair in padding for n in pair)


def conv2d(
    input: Any,
    filter: Any = None,
    strides: Any = None,
    padding: Any = None,
    use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
    filters: Any = None,
) -> Tensor:
    """Convolve images with a filter.

    Args:
        input: images, (batch, height, width, channels), or (batch, channels, height, width) for "NCHW".
        filter: (height, width, channels in, channels out).
        strides: a number for all directions, two for height and width, or four for all axes.
        padding: "SAME" (zeros, so that stride 1 keeps the size), "VALID" (none), or four pairs of numbers.
        use_cudnn_on_gpu: accepted, as in TF1.
        data_format: "NHWC" or "NCHW".
        dilations: the spacing of the filter's elements, like `strides`.
        name: the name of the node.
        filters: another name of `filter`.

    Raises:
        ValueError: if the shapes do not fit, or an option is unknown.

    Example:
        >>> image, ones = tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1])
        >>> print(tf.nn.conv2d(image, ones, [1, 1, 1, 1], "VALID").eval().ravel())
        [4. 4. 4. 4.]
    """
    filter = shape_ops.either("filters", filters, "filter", filter)
    data_format = data_format or "NHWC"
    padding, explicit = _padding(padding)
    op_def = Conv2D(
        four(strides, data_format, "strides"),
        padding,
        data_format,
        four(dilations, data_format, "dilations"),
        explicit,
        use_cudnn_on_gpu,
    )
    return apply(op_def, input, filter, name=name)


def conv2d_backprop_input(
    input_sizes: Any,
    filter: Any = None,
    out_backprop: Any = None,
    strides: Any = None,
    padding: Any = None,
    use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
    filters: Any = None,
) -> Tensor:
    """Return the gradient of `conv2d` with respect to its input, whose shape is `input_sizes`."""
    filter = shape_ops.either("filters", filters, "filter", filter)
    padding, explicit = _padding(padding)
    op_def = Conv2DBackpropInput(tuple(strides), padding, data_format, tuple(dilations), explicit, use_cudnn_on_gpu)
    return apply(op_def, input_sizes, filter, out_backprop, name=name)


def conv2d_backprop_filter(
    input: Any,
    filter_sizes: Any,
    out_backprop: Any,
    strides: Any = None,
    padding: Any = None,
    use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
) -> Tensor:
    """Return the gradient of `conv2d` with respect to its filter, whose shape is `filter_sizes`."""
    padding, explicit = _padding(padding)
    op_def = Conv2DBackpropFilter(tuple(strides), padding, data_format, tuple(dilations), explicit, use_cudnn_on_gpu)
    return apply(op_def, input, filter_sizes, out_backprop, name=name)
