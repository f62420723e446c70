"""Separable convolution layers: each channel convolved by itself, and then the channels mixed."""

from __future__ import annotations

from typing import Any

from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.layers import named
from minigraph.layers.base import InputSpec, applied
from minigraph.layers.convolutional import ConvLayer
from minigraph.ops.arrays import expand_dims, pad
from minigraph.ops.nn import depthwise
from minigraph.ops.nn.conv_family import for_all_axes
from minigraph.variables.initializers.constant import zeros_initializer

__all__ = ["SeparableConv1D", "SeparableConv2D", "separable_conv1d", "separable_conv2d"]


class _Separable(ConvLayer):
    """Base: the two kernels and a bias."""

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = 1,
        padding: str = "valid",
        data_format: str = "channels_last",
        dilation_rate: Any = 1,
        depth_multiplier: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = None,
        pointwise_initializer: Any = None,
        bias_initializer: Any = zeros_initializer(),
        depthwise_regularizer: Any = None,
        pointwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        pointwise_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: str | None = None,
        **kwargs: Any,
    ):
        super().__init__(
            filters,
            kernel_size,
            strides,
            padding,
            data_format,
            dilation_rate,
            activation,
            use_bias,
            bias_initializer=bias_initializer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            bias_constraint=bias_constraint,
            trainable=trainable,
            name=name,
            **kwargs,
        )
        self.depth_multiplier = depth_multiplier
        self.depthwise_initializer = named.initializer(depthwise_initializer)
        self.pointwise_initializer = named.initializer(pointwise_initializer)
        self.depthwise_regularizer = named.regularizer(depthwise_regularizer)
        self.pointwise_regularizer = named.regularizer(pointwise_regularizer)
        self.depthwise_constraint = named.constraint(depthwise_constraint)
        self.pointwise_constraint = named.constraint(pointwise_constraint)

    def build(self, input_shape: Any) -> None:
        channels = TensorShape(input_shape).as_list()[self.channel_axis]
        if channels is None:
            raise ValueError("The channel dimension of the inputs should be defined. Found `None`.")
        self.input_spec = InputSpec(ndim=self.rank + 2, axes={self.channel_axis: channels})
        self.depthwise_kernel = self._added("depthwise", [*self.kernel_size, channels, self.depth_multiplier])
        wide = self.depth_multiplier * channels
        self.pointwise_kernel = self._added("pointwise", [*[1] * self.rank, wide, self.filters])
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                "bias",
                [self.filters],
                self.dtype,
                self.bias_initializer,
                self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        self.built = True

    def _added(self, kind: str, shape: list) -> Any:
        """Return a new kernel, made with the arguments for its kind."""
        initializer, regularizer, constraint = (
            getattr(self, f"{kind}_{name}") for name in ("initializer", "regularizer", "constraint")
        )
        return self.add_weight(f"{kind}_kernel", shape, self.dtype, initializer, regularizer, constraint=constraint)


class SeparableConv2D(_Separable):
    """The layer activation(separable convolution of images + bias).

    Args:
        filters: the number of output channels.
        kernel_size: a number or two: height and width of the depthwise kernel.
        strides: a number or two.
        padding: "valid" or "same".
        data_format: "channels_last" or "channels_first".
        dilation_rate: a number or two: the spacing of the kernel's elements.
        depth_multiplier: the number of results for each input channel before they are mixed.
        depthwise_initializer, pointwise_initializer, bias_initializer, depthwise_regularizer, pointwise_regularizer,
        bias_regularizer, activity_regularizer, depthwise_constraint, pointwise_constraint, bias_constraint, activation,
        use_bias, trainable, name: as for `Dense`.

    Example:
        >>> y = tf.layers.SeparableConv2D(8, 3)(tf.zeros([1, 5, 5, 3]))
        >>> print(y.shape, [v.name for v in tf.trainable_variables()][:2])
        (1, 3, 3, 8) ['separable_conv2d/depthwise_kernel:0', 'separable_conv2d/pointwise_kernel:0']
    """

    def convolve(self, inputs: Any, shape: Any = None) -> Tensor:
        return depthwise.separable_conv2d(
            inputs,
            self.depthwise_kernel,
            self.pointwise_kernel,
            for_all_axes(self.strides, self._layout, "strides"),
            self.padding.upper(),
            self.dilation_rate,
            data_format=self._layout,
        )


class SeparableConv1D(_Separable):
    """The layer activation(separable convolution of sequences + bias); the arguments are those of `SeparableConv2D`.

    Example:
        >>> print(tf.layers.SeparableConv1D(8, 3, padding="causal")(tf.zeros([1, 5, 3])).shape)
        (1, 5, 8)
    """

    rank = 1

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        if self.padding == "causal":
            before = [self.dilation_rate[0] * (self.kernel_size[0] - 1), 0]
            inputs = pad.pad(inputs, self._arranged([0, 0], [before], [0, 0]))
        axis = 1 if self.data_format == "channels_last" else 2
        outputs = depthwise.separable_conv2d(
            expand_dims.expand_dims(inputs, axis),
            expand_dims.expand_dims(self.depthwise_kernel, 0),
            expand_dims.expand_dims(self.pointwise_kernel, 0),
            for_all_axes(self.strides[0], self._layout, "strides"),
            "VALID" if self.padding == "causal" else self.padding.upper(),
            (1, *self.dilation_rate),
            data_format=self._layout,
        )
        if self.use_bias:
            outputs = self.add_bias(outputs)
        return self.activation(expand_dims.squeeze(outputs, [axis]))


def separable_conv1d(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: str = "channels_last",
    dilation_rate: Any = 1,
    depth_multiplier: int = 1,
    activation: Any = None,
    use_bias: bool = True,
    depthwise_initializer: Any = None,
    pointwise_initializer: Any = None,
    bias_initializer: Any = zeros_initializer(),
    depthwise_regularizer: Any = None,
    pointwise_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    depthwise_constraint: Any = None,
    pointwise_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: str | None = None,
    reuse: Any = None,
) -> Tensor:
    """Build a `SeparableConv1D` layer and call it; the arguments are those of the layer."""
    return applied(SeparableConv1D, locals())


def separable_conv2d(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: str = "channels_last",
    dilation_rate: Any = 1,
    depth_multiplier: int = 1,
    activation: Any = None,
    use_bias: bool = True,
    depthwise_initializer: Any = None,
    pointwise_initializer: Any = None,
    bias_initializer: Any = zeros_initializer(),
    depthwise_regularizer: Any = None,
    pointwise_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    depthwise_constraint: Any = None,
    pointwise_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: str | None = None,
    reuse: Any = None,
) -> Tensor:
    """Build a `SeparableConv2D` layer and call it; the arguments are those of the layer."""
    return applied(SeparableConv2D, locals())
