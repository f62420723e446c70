"""Separable convolutions under their older names, and one filter for every channel."""

from __future__ import annotations

from typing import Any

from minigraph.contrib.framework.arg_scopes import add_arg_scope
from minigraph.contrib.framework.model_variables import model_variable
from minigraph.contrib.layers.initializers import xavier_initializer
from minigraph.contrib.layers.utils import (
    add_variable_to_collections,
    channel_dimension,
    checked_data_format,
    get_variable_collections,
    last_dimension,
    two_element_tuple,
    variable_getter,
    with_extras,
)
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.layers.separable import SeparableConv2D
from minigraph.ops.arrays import tile
from minigraph.ops.nn import bias_add, depthwise
from minigraph.ops.nn.activations import relu
from minigraph.ops.nn.conv_family import for_all_axes
from minigraph.variables.initializers.constant import zeros_initializer
from minigraph.variables.variable_scope import variable_scope

__all__ = ["convolution2d_in_plane", "separable_convolution2d"]


@add_arg_scope
def separable_convolution2d(
    inputs: Any,
    num_outputs: int | None,
    kernel_size: Any,
    depth_multiplier: int = 1,
    stride: Any = 1,
    padding: str = "SAME",
    data_format: str = "NHWC",
    rate: Any = 1,
    activation_fn: Any = relu,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),
    pointwise_initializer: Any = None,
    weights_regularizer: Any = None,
    biases_initializer: Any = zeros_initializer(),
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """Convolve each channel of images by itself, and then mix the channels at each position.

    Args:
        inputs: images.
        num_outputs: the number of output channels; None leaves out the mixing.
        kernel_size: a number or two: height and width of the depthwise kernel.
        depth_multiplier: the number of results for each input channel before they are mixed.
        pointwise_initializer: the initializer of the kernel that mixes; by default `weights_initializer`.
        stride, padding, data_format, rate, activation_fn, normalizer_fn, normalizer_params, weights_initializer,
            weights_regularizer, biases_initializer, biases_regularizer, reuse, variables_collections,
            outputs_collections, trainable: as for `convolution`.
        scope: the name of the scope, by default "SeparableConv2d".

    Raises:
        ValueError: for another `data_format`, or an unknown number of channels.

    Example:
        >>> y = tf.contrib.layers.separable_conv2d(tf.zeros([1, 4, 4, 3]), 8, 3)
        >>> print(y.shape, [v.name for v in tf.model_variables()][1])
        (1, 4, 4, 8) SeparableConv2d/pointwise_weights:0
    """
    layout = checked_data_format(data_format, "NCHW", "NHWC")
    getter = variable_getter(
        {"bias": "biases", "depthwise_kernel": "depthwise_weights", "pointwise_kernel": "pointwise_weights"}
    )
    with (
        get_default_graph().atomic(),
        variable_scope(scope, "SeparableConv2d", [inputs], reuse=reuse, custom_getter=getter) as inner,
    ):
        inputs = convert_to_tensor(inputs)
        if num_outputs is None:
            sizes = two_element_tuple(kernel_size)
            weights = model_variable(
                "depthwise_weights",
                shape=[*sizes, channel_dimension(inputs.shape, layout, min_rank=4), depth_multiplier],
                dtype=inputs.dtype.base_dtype,
                initializer=weights_initializer,
                regularizer=weights_regularizer,
                trainable=trainable,
                collections=get_variable_collections(variables_collections, "weights"),
            )
            steps = for_all_axes(two_element_tuple(stride), data_format, "stride")
            outputs = depthwise.depthwise_conv2d(
                inputs, weights, steps, padding, rate=two_element_tuple(rate), data_format=data_format
            )
            if normalizer_fn is None:
                outputs = _biased(
                    outputs, layout, biases_initializer, biases_regularizer, variables_collections, trainable
                )
        else:
            layer = SeparableConv2D(
                num_outputs,
                kernel_size,
                stride,
                padding,
                layout,
                two_element_tuple(rate),
                depth_multiplier,
                use_bias=bool(not normalizer_fn and biases_initializer),
                depthwise_initializer=weights_initializer,
                pointwise_initializer=pointwise_initializer or weights_initializer,
                bias_initializer=biases_initializer,
                depthwise_regularizer=weights_regularizer,
                pointwise_regularizer=weights_regularizer,
                bias_regularizer=biases_regularizer,
                trainable=trainable,
                name=inner.name,
                dtype=inputs.dtype.base_dtype,
                _scope=inner,
                _reuse=reuse,
            )
            outputs = layer.apply(inputs)
            kinds = ("weights", "weights", "biases")
            for kind, variable in zip(kinds, (layer.depthwise_kernel, layer.pointwise_kernel, layer.bias)):
                if variable is not None:
                    add_variable_to_collections(variable, variables_collections, kind)
        return with_extras(outputs, inner.name, activation_fn, outputs_collections, normalizer_fn, normalizer_params)


def _biased(
    outputs: Tensor, layout: str, initializer: Any, regularizer: Any, variables_collections: Any, trainable: bool
) -> Tensor:
    """Add a variable for each channel, unless there is no initializer."""
    if initializer is None:
        return outputs
    biases = model_variable(
        "biases",
        shape=[channel_dimension(outputs.shape, layout)],
        dtype=outputs.dtype.base_dtype,
        initializer=initializer,
        regularizer=regularizer,
        trainable=trainable,
        collections=get_variable_collections(variables_collections, "biases"),
    )
    return bias_add.bias_add(outputs, biases, data_format="NCHW" if layout == "channels_first" else "NHWC")


@add_arg_scope
def convolution2d_in_plane(
    inputs: Any,
    kernel_size: Any,
    stride: Any = 1,
    padding: str = "SAME",
    activation_fn: Any = relu,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),
    weights_regularizer: Any = None,
    biases_initializer: Any = zeros_initializer(),
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """Convolve each channel of images with the same filter.

    The arguments are those of `convolution`; the scope is called "ConvInPlane" by default.

    Example:
        >>> y = tf.contrib.layers.conv2d_in_plane(tf.zeros([1, 4, 4, 3]), [1, 2])
        >>> print(y.shape, tf.model_variables()[0])
        (1, 4, 4, 3) <tf.Variable 'ConvInPlane/weights:0' shape=(1, 2, 1, 1) dtype=float32_ref>
    """
    with get_default_graph().atomic(), variable_scope(scope, "ConvInPlane", [inputs], reuse=reuse) as inner:
        inputs = convert_to_tensor(inputs)
        channels = last_dimension(inputs.shape, min_rank=4)
        weights = model_variable(
            "weights",
            shape=[*two_element_tuple(kernel_size), 1, 1],
            dtype=inputs.dtype.base_dtype,
            initializer=weights_initializer,
            regularizer=weights_regularizer,
            collections=get_variable_collections(variables_collections, "weights"),
            trainable=trainable,
        )
        steps = for_all_axes(two_element_tuple(stride), "NHWC", "stride")
        outputs = depthwise.depthwise_conv2d(inputs, tile.tile(weights, [1, 1, channels, 1]), steps, padding)
        if normalizer_fn is None:
            outputs = _biased(
                outputs, "channels_last", biases_initializer, biases_regularizer, variables_collections, trainable
            )
        return with_extras(outputs, inner.name, activation_fn, outputs_collections, normalizer_fn, normalizer_params)
