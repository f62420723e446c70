"""Convolutions built from `Conv2D` and its gradients: transposed ones, and those of sequences."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value_as_shape
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import concat, expand_dims, shape_ops
from minigraph.ops.nn.conv_family import for_all_axes
from minigraph.ops.nn.convolution import Conv2DBackpropInput, conv2d

__all__ = ["conv1d", "conv1d_transpose", "conv2d_transpose"]


def conv2d_transpose(
    value: Any = None,
    filter: Any = None,
    output_shape: Any = None,
    strides: Any = None,
    padding: str = "SAME",
    data_format: str = "NHWC",
    name: str | None = None,
    input: Any = None,
    filters: Any = None,
    dilations: Any = None,
) -> Tensor:
    """Return the transpose of `conv2d`: the gradient of a convolution as an independent operation.

    Args:
        value: images.
        filter: (height, width, channels out, channels in).
        output_shape: the four sizes of the result.
        strides, padding, data_format, dilations: those of the convolution whose gradient this is.
        name: the name of the node.
        input, filters: other names of `value` and `filter`.

    Example:
        >>> print(tf.nn.conv2d_transpose(tf.ones([1, 2, 2, 3]), tf.ones([3, 3, 5, 3]), [1, 4, 4, 5], 2).shape)
        (1, 4, 4, 5)
    """
    value, filter = (
        shape_ops.either("input", input, "value", value),
        shape_ops.either("filters", filters, "filter", filter),
    )
    with atomic_scope(name, "conv2d_transpose", [value, filter, output_shape]) as scope:
        op_def = Conv2DBackpropInput(
            for_all_axes(strides, data_format, "strides"),
            padding,
            data_format,
            for_all_axes(dilations, data_format, "dilations"),
        )
        sizes = convert_to_tensor(output_shape, dtypes.int32, name="input_sizes")
        result = apply(op_def, sizes, filter, value, name=scope)
        result.set_shape(constant_value_as_shape(result.op.inputs[0]))
        return result


def conv1d(
    value: Any = None,
    filters: Any = None,
    stride: Any = None,
    padding: Any = None,
    use_cudnn_on_gpu: bool | None = None,
    data_format: str | None = None,
    name: str | None = None,
    input: Any = None,
    dilations: Any = None,
) -> Tensor:
    """Convolve sequences with a filter, as `conv2d` of images that are one pixel high.

    Args:
        value: (batch, steps, channels).
        filters: (steps, channels in, channels out).
        stride: a number.
        padding: "SAME" or "VALID".
        use_cudnn_on_gpu: accepted, as in TF1.
        data_format: "NWC" or "NCW".
        name: the name scope.
        input: another name of `value`.
        dilations: a number.

    Example:
        >>> print(tf.nn.conv1d(tf.ones([1, 4, 1]), tf.ones([2, 1, 1]), 1, "VALID").eval().ravel())
        [2. 2. 2.]
    """
    value = shape_ops.either("input", input, "value", value)
    with get_default_graph().atomic(), atomic_scope(name, "conv1d", [value, filters]) as scope:
        if data_format not in (None, "NWC", "NCW", "NHWC", "NCHW"):
            raise ValueError('data_format must be "NWC" or "NCW".')
        layout = "NCHW" if data_format in ("NCW", "NCHW") else "NHWC"
        axis = 2 if layout == "NCHW" else 1
        images, filters = expand_dims.expand_dims(value, axis), expand_dims.expand_dims(filters, 0)
        wide = [1, stride] if isinstance(stride, int) else [1, *stride]
        step = 1 if dilations is None else dilations if isinstance(dilations, int) else dilations[0]
        result = conv2d(
            images, filters, strides=wide, padding=padding, data_format=layout, dilations=[1, step], name=scope
        )
        return expand_dims.squeeze(result, [axis])


def conv1d_transpose(
    input: Any,
    filters: Any,
    output_shape: Any,
    strides: Any,
    padding: str = "SAME",
    data_format: str | None = "NWC",
    dilations: Any = None,
    name: str | None = None,
) -> Tensor:
    """Return the transpose of `conv1d`: the gradient of a convolution as an independent operation.

    Args:
        input: (batch, steps, channels).
        filters: (steps, channels out, channels in).
        output_shape: the three sizes of the result.
        strides, padding, data_format, dilations: those of the convolution whose gradient this is.
        name: the name of the node.

    Raises:
        ValueError: for another `data_format` than "NWC" and "NCW".

    Example:
        >>> print(tf.nn.conv1d_transpose(tf.ones([1, 2, 3]), tf.ones([3, 5, 3]), [1, 4, 5], 2).shape)
        (1, 4, 5)
    """
    with get_default_graph().atomic(), atomic_scope(name, "conv1d_transpose", [input, filters, output_shape]) as scope:
        layout = data_format or "NWC"
        if layout not in ("NWC", "NCW"):
            raise ValueError('data_format must be "NWC" or "NCW".')
        axis, images = (1, "NHWC") if layout == "NWC" else (2, "NCHW")
        steps, gaps = (
            (1, *for_all_axes(n, layout, key, 1)) for n, key in ((strides, "stride"), (dilations, "dilations"))
        )
        wide, filters = expand_dims.expand_dims(input, axis), expand_dims.expand_dims(filters, 0)
        sizes = output_shape if isinstance(output_shape, Tensor) else list(output_shape)
        sizes = concat.concat([sizes[:axis], [1], sizes[axis:]], 0)
        result = apply(Conv2DBackpropInput(steps, padding, images, gaps), sizes, filters, wide, name=scope)
        return expand_dims.squeeze(result, axis)
