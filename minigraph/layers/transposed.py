"""Transposed convolution layers, which upsample."""

from __future__ import annotations

from typing import Any

from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.layers.base import applied
from minigraph.layers.convolutional import ConvLayer
from minigraph.ops.arrays import shape_ops, stack
from minigraph.ops.nn import conv_variants, convolution3d
from minigraph.variables.initializers.constant import zeros_initializer

__all__ = ["Conv2DTranspose", "conv2d_transpose", "Conv3DTranspose", "conv3d_transpose"]


class Conv2DTranspose(ConvLayer):
    """The layer activation(transposed convolution of images + bias), which upsamples by its strides.

    The arguments are those of `Conv2D`.

    Example:
        >>> print(tf.layers.Conv2DTranspose(8, 3, strides=2, padding="same")(tf.zeros([1, 5, 5, 3])).shape)
        (1, 10, 10, 8)
    """

    def kernel_shape(self, channels: int) -> list:
        return [*self.kernel_size, self.filters, channels]

    def prepare(self) -> None:
        """Do nothing: there are no dilations here."""

    def convolve(self, inputs: Any, shape: Any = None) -> Tensor:
        found: Any = shape_ops.shape(inputs)
        first = 1 if self.data_format == "channels_last" else 2
        batch, *sizes = [found[axis] for axis in (0, *range(first, first + self.rank))]
        grown = map(self._grown, sizes, self.strides, self.kernel_size)
        outputs = self.transposed(inputs, stack.stack(self._arranged(batch, grown, self.filters)))
        outputs.set_shape(self.compute_output_shape(inputs.shape))
        return outputs

    def transposed(self, inputs: Any, whole: Any) -> Tensor:
        """Build the transposed convolution with results of the shape `whole`."""
        whole[0]  # TF1 reads the batch size once more
        return conv_variants.conv2d_transpose(
            inputs, self.kernel, whole, self.strides, self.padding.upper(), self._layout
        )

    def compute_output_shape(self, input_shape: Any) -> TensorShape:
        batch, sizes, _ = self._split(input_shape)
        return TensorShape(self._arranged(batch, map(self._grown, sizes, self.strides, self.kernel_size), self.filters))

    def _grown(self, size: Any, stride: int, window: int) -> Any:
        """Return the output size along an axis, for a number, a tensor or None."""
        if size is None:
            return None
        return size * stride + max(window - stride, 0) if self.padding == "valid" else size * stride


class Conv3DTranspose(Conv2DTranspose):
    """The layer activation(transposed convolution of volumes + bias); arguments as for `Conv3D`.

    Example:
        >>> print(tf.layers.Conv3DTranspose(8, 3, strides=2, padding="same")(tf.zeros([1, 5, 5, 5, 3])).shape)
        (1, 10, 10, 10, 8)
    """

    rank = 3

    def transposed(self, inputs: Any, whole: Any) -> Tensor:
        layout = "NDHWC" if self.data_format == "channels_last" else "NCDHW"
        return convolution3d.conv3d_transpose(inputs, self.kernel, whole, self.strides, self.padding.upper(), layout)


def conv2d_transpose(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: str = "channels_last",
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
    """Build a `Conv2DTranspose` layer and call it; the arguments are those of the layer."""
    return applied(Conv2DTranspose, locals())


def conv3d_transpose(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: str = "channels_last",
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
    """Build a `Conv3DTranspose` layer and call it; the arguments are those of the layer."""
    return applied(Conv3DTranspose, locals())
