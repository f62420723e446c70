"""Convolution layers of sequences, images and volumes."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.layers.base import InputSpec, applied
from minigraph.layers.images import Images, checked_data_format, checked_padding, integers, length
from minigraph.layers.weighted import Weighted
from minigraph.ops.arrays import pad, reshape, space_to_batch, stack
from minigraph.ops.nn import bias_add, conv_variants, convolution, convolution3d
from minigraph.ops.nn.conv_family import for_all_axes
from minigraph.variables.initializers.constant import zeros_initializer

__all__ = ["ConvLayer", "Conv1D", "conv1d", "Conv2D", "conv2d", "Conv3D", "conv3d"]


class ConvLayer(Weighted, Images):
    """Base: a kernel and a bias."""

    rank = 2

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = 1,
        padding: str = "valid",
        data_format: str = "channels_last",
        dilation_rate: Any = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = None,
        bias_initializer: Any = zeros_initializer(),
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: str | None = None,
        **kwargs: Any,
    ):
        super().__init__(locals(), **kwargs)
        self.filters = filters
        self.kernel_size = integers(kernel_size, self.rank, "kernel_size")
        self.strides = integers(strides, self.rank, "strides")
        self.padding, self.data_format = checked_padding(padding, self.rank == 1), checked_data_format(data_format)
        self.dilation_rate = integers(dilation_rate, self.rank, "dilation_rate")
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def kernel_shape(self, channels: int) -> list:
        """Return the shape of the kernel."""
        return [*self.kernel_size, channels, self.filters]

    def build(self, input_shape: Any) -> None:
        channels = TensorShape(input_shape).as_list()[self.channel_axis]
        if channels is None:
            raise ValueError("The channel dimension of the inputs should be defined. Found `None`.")
        self.input_spec = InputSpec(ndim=self.rank + 2, axes={self.channel_axis: channels})
        self.add_kernel_and_bias(self.kernel_shape(channels), self.filters)
        self.prepare()
        self.built = True

    def check_steps(self) -> None:
        """Raise ValueError for invalid strides and dilations."""
        for name, values in (("strides", self.strides), ("dilation_rate", self.dilation_rate)):
            if min(values) < 1:
                raise ValueError(f"all values of {name} must be positive")
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError("strides > 1 not supported in conjunction with dilation_rate > 1")

    def prepare(self) -> None:
        """Build the nodes for the dilations, which TF1 makes together with the variables."""
        self.check_steps()
        self._rate = convert_to_tensor(list(self.dilation_rate), dtypes.int32, name="dilation_rate")
        self._edges: Any = np.zeros([len(self.dilation_rate), 2], np.int32)
        if max(self.dilation_rate) > 1 and self.padding == "same":
            convert_to_tensor(self.kernel.shape.as_list(), dtypes.int32, name="filter_shape")
            wide = [(size - 1) * step for size, step in zip(self.kernel_size, self.dilation_rate)]
            self._edges = stack.stack([[n // 2, n - n // 2] for n in wide])

    def convolve(self, inputs: Any, shape: Any = None) -> Tensor:
        """Build the convolution; a dilated one consists of plain ones, depending on `shape` (that of the inputs)."""
        if max(self.dilation_rate) == 1:
            return self.plain(inputs, "VALID" if self.padding == "causal" else self.padding.upper())
        first = 1 if self.data_format == "channels_last" else 2
        return space_to_batch.with_holes(
            lambda x: self.plain(x, "VALID"),
            inputs,
            self._rate,
            self._edges,
            tuple(range(first, first + self.rank)),
            shape,
        )

    def plain(self, inputs: Any, padding: str) -> Tensor:
        """Build the convolution with an undilated kernel."""
        return convolution.conv2d(inputs, self.kernel, self.strides, padding, data_format=self._layout)

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        outputs = self.convolve(inputs)
        if self.use_bias:
            outputs = self.add_bias(outputs)
        return self.activation(outputs)

    def add_bias(self, outputs: Any) -> Tensor:
        """Add the bias of each channel."""
        return bias_add.bias_add(outputs, self.bias, data_format=self._layout)

    def compute_output_shape(self, input_shape: Any) -> TensorShape:
        batch, sizes, _ = self._split(input_shape)
        found = [
            length(n, window, self.padding, stride, step)
            for n, window, stride, step in zip(sizes, self.kernel_size, self.strides, self.dilation_rate)
        ]
        return TensorShape(self._arranged(batch, found, self.filters))


class Conv2D(ConvLayer):
    """The layer activation(convolution of images with a kernel + bias).

    Args:
        filters: the number of output channels.
        kernel_size: a number or two: height and width of the kernel.
        strides: a number or two.
        padding: "valid" or "same".
        data_format: "channels_last" or "channels_first".
        dilation_rate: a number or two: the spacing of the kernel's elements.
        activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer,
        activity_regularizer, kernel_constraint, bias_constraint, trainable, name: as for `Dense`.

    Example:
        >>> print(tf.layers.Conv2D(8, 3, padding="same")(tf.zeros([1, 5, 5, 3])).shape)
        (1, 5, 5, 8)
    """


class Conv1D(ConvLayer):
    """The layer activation(convolution of sequences with a kernel + bias); arguments as for `Conv2D`, one number each.

    Example:
        >>> print(tf.layers.Conv1D(8, 3)(tf.zeros([1, 5, 2])).shape)
        (1, 3, 8)
    """

    rank = 1

    def convolve(self, inputs: Any, shape: Any = None) -> Tensor:
        """Build the convolution; with the padding "causal" only the start of the sequence is padded."""
        shape = inputs.shape
        if self.padding == "causal":
            before = [self.dilation_rate[0] * (self.kernel_size[0] - 1), 0]
            inputs = pad.pad(inputs, self._arranged([0, 0], [before], [0, 0]))
        return super().convolve(inputs, shape)

    def add_bias(self, outputs: Any) -> Tensor:
        if self.data_format == "channels_last":
            return super().add_bias(outputs)
        return outputs + reshape.reshape(self.bias, (1, self.filters, 1))

    def plain(self, inputs: Any, padding: str) -> Tensor:
        return conv_variants.conv1d(inputs, self.kernel, self.strides[0], padding, data_format=self._layout)


class Conv3D(ConvLayer):
    """The layer activation(convolution of volumes with a kernel + bias); arguments as for `Conv2D`, three numbers each.

    Example:
        >>> print(tf.layers.Conv3D(8, 2)(tf.zeros([1, 5, 5, 5, 2])).shape)
        (1, 4, 4, 4, 8)
    """

    rank = 3

    def plain(self, inputs: Any, padding: str) -> Tensor:
        layout = "NDHWC" if self.data_format == "channels_last" else "NCDHW"
        strides = for_all_axes(self.strides, layout, "strides", 3)
        return convolution3d.conv3d(inputs, self.kernel, strides, padding, layout)


def conv1d(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: str = "channels_last",
    dilation_rate: Any = 1,
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = None,
    bias_initializer: Any = zeros_initializer(),
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: str | None = None,
    reuse: Any = None,
) -> Tensor:
    """Build a `Conv1D` layer and call it; the arguments are those of `Conv1D`."""
    return applied(Conv1D, locals())


def conv2d(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: str = "channels_last",
    dilation_rate: Any = 1,
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = None,
    bias_initializer: Any = zeros_initializer(),
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: str | None = None,
    reuse: Any = None,
) -> Tensor:
    """Build a `Conv2D` layer and call it; the arguments are those of `Conv2D`."""
    return applied(Conv2D, locals())


def conv3d(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: str = "channels_last",
    dilation_rate: Any = 1,
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = None,
    bias_initializer: Any = zeros_initializer(),
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: str | None = None,
    reuse: Any = None,
) -> Tensor:
    """Build a `Conv3D` layer and call it; the arguments are those of `Conv3D`."""
    return applied(Conv3D, locals())
