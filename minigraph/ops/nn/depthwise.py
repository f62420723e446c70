"""Convolution of each channel by itself."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.recordable import recordable
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import as_sizes, demand, merge_sizes, with_rank
from minigraph.graph.shapes import ShapeError
from minigraph.ops.arrays import shape_ops
from minigraph.ops.nn.conv_family import Windows
from minigraph.ops.nn.convolution import conv2d
from minigraph.ops.nn.dilated import with_space_to_batch
from minigraph.ops.nn.sliding_windows import inner, padded, positions

__all__ = [
    "depthwise_conv2d",
    "depthwise_conv2d_native",
    "depthwise_conv2d_native_backprop_filter",
    "depthwise_conv2d_native_backprop_input",
    "separable_conv2d",
]


class _Depthwise(Windows):
    allowed = {"T": dtypes.NN_FLOATS}

    def check_attributes(self) -> None:
        """Raise ShapeError unless there are four strides."""
        if len(self.strides) != 4:
            raise ShapeError(
                f"DepthwiseConv2D requires the stride attribute to contain 4 values, but got: {len(self.strides)}"
            )

    def check_run(self) -> None:
        """Raise ValueError for strides that TF1 has not."""
        demand(
            len(set(self.spatial(self.strides))) == 1,
            "Current implementation only supports equal length strides in the row and column dimensions.",
        )
        super().check_run()

    def steps(self, sizes: Sequence[int], window: Sequence[int]) -> tuple:
        """Return strides, dilations and padding."""
        return self.spatial(self.strides), self.spatial(self.dilations), self.all_paddings(sizes, window)


class DepthwiseConv2dNative(_Depthwise):
    """Convolve each channel with filters of its own."""

    inputs = ("input: T", "filter: T")

    def shape(self, input, filter):
        x, f = with_rank(input, 4).tuple, with_rank(filter, 4).tuple
        self.check_attributes()
        channels = merge_sizes(x[1 if self.channels_first else -1], f[2])
        after = None if channels is None or f[3] is None else channels * f[3]
        return self.arranged(x[0], self.output_sizes(self.spatial(x), f[:2]), after)

    def kernel(self, xp, input, filter):
        demand(input.ndim == 4, f"input must be 4-dimensional{list(input.shape)}")
        demand(filter.ndim == 4, f"filter must be 4-dimensional: {list(filter.shape)}")
        self.check_run()
        x, window = self.channels_last(input), filter.shape[:2]
        demand(
            x.shape[3] == filter.shape[2],
            f"input and filter must have the same depth: {x.shape[3]} vs {filter.shape[2]}",
        )
        self.check_output(x.shape[1:3], window)
        return self.as_given(_convolved(x, filter, *self.steps(x.shape[1:3], window)))

    def gradient(self, tf, dy, y, input, filter):
        for_input = apply(self.related(1), tf.shape(input), filter, dy)
        return for_input, apply(self.related(2), input, tf.shape(filter), dy)


class DepthwiseConv2dNativeBackpropInput(_Depthwise):
    """The gradient of a depthwise convolution with respect to its input."""

    inputs = ("input_sizes: int32", "filter: T", "out_backprop: T")
    static_inputs = (0,)

    def shape(self, sizes, filter, dy):
        self.check_attributes()
        return with_rank(as_sizes(sizes), 4)

    def kernel(self, xp, sizes, filter, dy):
        self.check_run()
        lengths, window, dy = self.spatial(np.asarray(sizes).tolist()), filter.shape[:2], self.channels_last(dy)
        self.check_gradient(lengths, window, dy)
        return self.as_given(_for_input(dy, filter, lengths, *self.steps(lengths, window)))

    def gradient(self, tf, ddy, y, sizes, filter, dy):
        return None, apply(self.related(2), ddy, tf.shape(filter), dy), apply(self.related(0), ddy, filter)


class DepthwiseConv2dNativeBackpropFilter(_Depthwise):
    """The gradient of a depthwise convolution with respect to its filter."""

    inputs = ("input: T", "filter_sizes: int32", "out_backprop: T")
    static_inputs = (1,)

    def shape(self, input, sizes, dy):
        self.check_attributes()
        return with_rank(as_sizes(sizes), 4)

    def kernel(self, xp, input, sizes, dy):
        self.check_run()
        size = tuple(np.asarray(sizes).tolist())
        x, dy = self.channels_last(input), self.channels_last(dy)
        self.check_gradient(x.shape[1:3], size[:2], dy)
        return _for_filter(x, dy, size, *self.steps(x.shape[1:3], size[:2]))

    def gradient(self, tf, ddy, y, input, sizes, dy):
        return apply(self.related(1), tf.shape(input), ddy, dy), None, apply(self.related(0), input, ddy)


_Depthwise.family = (DepthwiseConv2dNative, DepthwiseConv2dNativeBackpropInput, DepthwiseConv2dNativeBackpropFilter)


@recordable("call")
def _convolved(x: Any, filter: Any, strides: tuple, dilations: tuple, pads: tuple) -> Any:
    """Return the convolution of each channel; there is one product for each element of the filter."""
    *window, depth, each = filter.shape
    whole = padded(x, pads)
    reach = [(k - 1) * d + 1 for k, d in zip(window, dilations)]
    counts = [max((n - k) // s + 1, 0) for n, k, s in zip(whole.shape[1:3], reach, strides)]
    result = np.zeros((len(x), *counts, depth, each), x.dtype)
    for position, key in positions(window, counts, strides, dilations):
        result += whole[key][..., None] * filter[position]
    return result.reshape(len(x), *counts, depth * each)


@recordable("call")
def _for_input(dy: Any, filter: Any, lengths: tuple, strides: tuple, dilations: tuple, pads: tuple) -> Any:
    """Return the images to which each element of the gradient is added at the positions of its window."""
    batch, *counts, _ = dy.shape
    *window, depth, each = filter.shape
    whole = np.zeros((batch, *[b + n + a for n, (b, a) in zip(lengths, pads)], depth), dy.dtype)
    parts = dy.reshape(batch, *counts, depth, each)
    for position, key in positions(window, counts, strides, dilations):
        whole[key] += np.einsum("...ce,ce->...c", parts, filter[position])
    return np.ascontiguousarray(whole[inner(lengths, pads)])


@recordable("call")
def _for_filter(x: Any, dy: Any, size: tuple, strides: tuple, dilations: tuple, pads: tuple) -> Any:
    """Return, for each element of the filter, the sum of the products of images and gradient at its positions."""
    batch, *counts, _ = dy.shape
    *window, depth, each = size
    whole = padded(x, pads)
    parts = dy.reshape(-1, depth, each)
    result = np.empty(size, x.dtype)
    for position, key in positions(window, counts, strides, dilations):
        result[position] = np.einsum("nc,nce->ce", whole[key].reshape(-1, depth), parts)
    return result


def depthwise_conv2d_native(
    input: Any,
    filter: Any,
    strides: Any,
    padding: str,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
) -> Tensor:
    """Convolve each channel with filters of its own, by one node; see `depthwise_conv2d`."""
    op_def = DepthwiseConv2dNative(tuple(strides), padding, data_format or "NHWC", tuple(dilations))
    return apply(op_def, input, filter, name=name)


def depthwise_conv2d_native_backprop_input(
    input_sizes: Any,
    filter: Any,
    out_backprop: Any,
    strides: Any,
    padding: str,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
) -> Tensor:
    """Return the gradient of `depthwise_conv2d_native` with respect to its input, whose shape is `input_sizes`."""
    op_def = DepthwiseConv2dNativeBackpropInput(tuple(strides), padding, data_format, tuple(dilations))
    return apply(op_def, input_sizes, filter, out_backprop, name=name)


def depthwise_conv2d_native_backprop_filter(
    input: Any,
    filter_sizes: Any,
    out_backprop: Any,
    strides: Any,
    padding: str,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
) -> Tensor:
    """Return the gradient of `depthwise_conv2d_native` with respect to its filter, whose shape is `filter_sizes`."""
    op_def = DepthwiseConv2dNativeBackpropFilter(tuple(strides), padding, data_format, tuple(dilations))
    return apply(op_def, input, filter_sizes, out_backprop, name=name)


def depthwise_conv2d(
    input: Any,
    filter: Any,
    strides: Any,
    padding: str,
    rate: Any = None,
    name: str | None = None,
    data_format: str | None = None,
    dilations: Any = None,
) -> Tensor:
    """Convolve each channel of images with filters of its own.

    Args:
        input: images, (batch, height, width, channels), or (batch, channels, height, width) for "NCHW".
        filter: (height, width, channels, multiplier): the result has channels * multiplier channels.
        strides: four numbers, one for each axis; those of height and width are equal.
        padding: "SAME" or "VALID".
        rate: two numbers, the spacing of the filter's elements; only with strides of 1.
        name: the name of the node.
        data_format: "NHWC" or "NCHW".
        dilations: another name of `rate`.

    Raises:
        ValueError: if the shapes do not fit, or an option is unknown.

    Example:
        >>> image, filter = tf.reshape(tf.range(8.0), [1, 2, 2, 2]), tf.ones([2, 2, 2, 1])
        >>> print(tf.nn.depthwise_conv2d(image, filter, [1, 1, 1, 1], "VALID").eval().ravel())
        [12. 16.]
    """
    rate = shape_ops.either("dilations", dilations, "rate", rate)
    with get_default_graph().atomic(), atomic_scope(name, "depthwise", [input, filter]) as scope:
        input = convert_to_tensor(input, name="tensor_in")
        filter = convert_to_tensor(filter, name="filter_in")
        return _dilated(input, filter, strides, padding, rate, data_format, scope)


def _dilated(
    input: Tensor, filter: Tensor, strides: Any, padding: str, rate: Any, data_format: str | None, name: str
) -> Tensor:
    return with_space_to_batch(
        input,
        [1, 1] if rate is None else rate,
        padding,
        lambda images, _, pad: depthwise_conv2d_native(images, filter, strides, pad, data_format or "NHWC", name=name),
        filter_shape=shape_ops.shape(filter),
        data_format=data_format,
    )


def separable_conv2d(
    input: Any,
    depthwise_filter: Any,
    pointwise_filter: Any,
    strides: Any,
    padding: str,
    rate: Any = None,
    name: str | None = None,
    data_format: str | None = None,
    dilations: Any = None,
) -> Tensor:
    """Convolve each channel by itself, and then mix the channels at each position.

    Args:
        input: images.
        depthwise_filter: (height, width, channels, multiplier).
        pointwise_filter: (1, 1, channels * multiplier, channels out).
        strides, padding, rate, data_format, dilations: as for `depthwise_conv2d`.
        name: the name of the node.

    Raises:
        ValueError: if the shapes do not fit, or an option is unknown.

    Example:
        >>> image = tf.ones([1, 4, 4, 3])
        >>> y = tf.nn.separable_conv2d(image, tf.ones([2, 2, 3, 1]), tf.ones([1, 1, 3, 5]), [1, 1, 1, 1], "SAME")
        >>> print(y.shape, y.eval()[0, 0, 0, 0])
        (1, 4, 4, 5) 12.0
    """
    rate = shape_ops.either("dilations", dilations, "rate", rate)
    given = [input, depthwise_filter, pointwise_filter]
    with get_default_graph().atomic(), atomic_scope(name, "separable_conv2d", given) as scope:
        input = convert_to_tensor(input, name="tensor_in")
        depthwise_filter = convert_to_tensor(depthwise_filter, name="depthwise_filter")
        pointwise_filter = convert_to_tensor(pointwise_filter, name="pointwise_filter")
        for size in with_rank(pointwise_filter.shape, 4).tuple[:2]:
            if size not in (1, None):
                raise ValueError(f"Dimensions {size} and 1 are not compatible")
        depthwise = _dilated(input, depthwise_filter, strides, padding, rate, data_format, "depthwise")
        return conv2d(depthwise, pointwise_filter, [1, 1, 1, 1], "VALID", data_format=data_format or "NHWC", name=scope)
