"""Convolution layers under their older names, with `weights` and `biases`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.contrib.framework.arg_scopes import add_arg_scope
from minigraph.contrib.layers.initializers import xavier_initializer
from minigraph.contrib.layers.utils import (
    add_variable_to_collections,
    checked_data_format,
    variable_getter,
    with_extras,
)
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.layers.convolutional import Conv1D, Conv2D, Conv3D
from minigraph.layers.transposed import Conv2DTranspose, Conv3DTranspose
from minigraph.ops.nn.activations import relu
from minigraph.variables.initializers.constant import zeros_initializer
from minigraph.variables.variable_scope import variable_scope

__all__ = [
    "convolution",
    "convolution1d",
    "convolution2d",
    "convolution3d",
    "convolution2d_transpose",
    "convolution3d_transpose",
]

_LAYERS: dict[Any, type] = {3: Conv1D, 4: Conv2D, 5: Conv3D}
_FORMATS = (None, "NWC", "NCW", "NHWC", "NCHW", "NDHWC", "NCDHW")


@add_arg_scope
def convolution(
    inputs: Any,
    num_outputs: int,
    kernel_size: Any,
    stride: Any = 1,
    padding: str = "SAME",
    data_format: str | None = None,
    rate: Any = 1,
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
    conv_dims: int | None = None,
) -> Tensor:
    """Convolve sequences, images or volumes with a kernel, add biases or normalize, and activate.

    Args:
        inputs: (batch, sizes…, channels), or (batch, channels, sizes…) for a `data_format` that begins with "NC".
        num_outputs: the number of output channels.
        kernel_size: a number for all axes, or one for each.
        stride: a number for all axes, or one for each.
        padding: "SAME" or "VALID".
        data_format: "NWC", "NHWC" or "NDHWC", the default; or "NCW", "NCHW" or "NCDHW".
        rate: the spacing of the kernel's elements; not together with a stride.
        activation_fn: by default relu; None for none.
        normalizer_fn, normalizer_params: a function such as batch normalization that replaces the biases, and its
            arguments.
        weights_initializer, weights_regularizer, biases_initializer, biases_regularizer: of the variables "weights" and
            "biases"; no biases if the initializer is None.
        reuse: share the variables of the scope.
        variables_collections, outputs_collections: names of collections to add to; the first may be a dict with a list
            for "weights" and one for "biases".
        trainable: add the variables to the trainable ones.
        scope: the name of the scope, by default "Conv".
        conv_dims: the number of axes that the inputs must have beside batch and channels.

    Raises:
        ValueError: if the inputs have another number of axes, or an argument is not a possible one.

    Example:
        >>> y = tf.contrib.layers.conv2d(tf.zeros([1, 8, 8, 3]), 16, [3, 3], stride=2)
        >>> print(y.name, y.shape, [v.name for v in tf.model_variables()])
        Conv/Relu:0 (1, 4, 4, 16) ['Conv/weights:0', 'Conv/biases:0']
    """
    if data_format not in _FORMATS:
        raise ValueError(f"Invalid data_format: {data_format!r}")
    with (
        get_default_graph().atomic(),
        variable_scope(scope, "Conv", [inputs], reuse=reuse, custom_getter=variable_getter()) as inner,
    ):
        inputs = convert_to_tensor(inputs)
        rank = inputs.shape.ndims
        if conv_dims is not None and conv_dims + 2 != rank:
            raise ValueError(f"Convolution expects input with rank {conv_dims + 2}, got {rank}")
        if rank not in _LAYERS:
            raise ValueError("Convolution not supported for input with rank", rank)
        layer = _LAYERS[rank](
            num_outputs,
            kernel_size,
            stride,
            padding,
            "channels_first" if data_format and data_format.startswith("NC") else "channels_last",
            rate,
            use_bias=bool(not normalizer_fn and biases_initializer),
            kernel_initializer=weights_initializer,
            bias_initializer=biases_initializer,
            kernel_regularizer=weights_regularizer,
            bias_regularizer=biases_regularizer,
            trainable=trainable,
            name=inner.name,
            dtype=inputs.dtype.base_dtype,
            _scope=inner,
            _reuse=reuse,
        )
        outputs = _applied(layer, inputs, variables_collections)
        return with_extras(outputs, inner.name, activation_fn, outputs_collections, normalizer_fn, normalizer_params)


def _applied(layer: Any, inputs: Tensor, variables_collections: Any) -> Tensor:
    """Return the outputs of a layer, and add its variables to their collections."""
    outputs = layer.apply(inputs)
    add_variable_to_collections(layer.kernel, variables_collections, "weights")
    if layer.bias is not None:
        add_variable_to_collections(layer.bias, variables_collections, "biases")
    return outputs


def _of_rank(dims: int, things: str, name: str) -> Callable:
    @add_arg_scope
    def function(
        inputs: Any,
        num_outputs: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: str = "SAME",
        data_format: str | None = None,
        rate: Any = 1,
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
        return convolution(
            inputs,
            num_outputs,
            kernel_size,
            stride,
            padding,
            data_format,
            rate,
            activation_fn,
            normalizer_fn,
            normalizer_params,
            weights_initializer,
            weights_regularizer,
            biases_initializer,
            biases_regularizer,
            reuse,
            variables_collections,
            outputs_collections,
            trainable,
            scope,
            conv_dims=dims,
        )

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"Convolve {things}; the arguments are those of `convolution`."
    return function


convolution1d = _of_rank(1, "sequences", "convolution1d")
convolution2d = _of_rank(2, "images", "convolution2d")
convolution3d = _of_rank(3, "volumes", "convolution3d")


def _transposed(make: Callable, default: str, name: str, formats: tuple, doc: str) -> Callable:
    @add_arg_scope
    def function(
        inputs: Any,
        num_outputs: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: str = "SAME",
        data_format: str = formats[-1],
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
        with (
            get_default_graph().atomic(),
            variable_scope(scope, default, [inputs], reuse=reuse, custom_getter=variable_getter()) as inner,
        ):
            layout = checked_data_format(data_format, *formats)
            given = convert_to_tensor(inputs)
            layer = make(
                num_outputs,
                kernel_size,
                stride,
                padding,
                layout,
                use_bias=bool(not normalizer_fn and biases_initializer),
                kernel_initializer=weights_initializer,
                bias_initializer=biases_initializer,
                kernel_regularizer=weights_regularizer,
                bias_regularizer=biases_regularizer,
                trainable=trainable,
                name=inner.name,
                dtype=given.dtype.base_dtype,
                _scope=inner,
                _reuse=reuse,
            )
            outputs = _applied(layer, given, variables_collections)
            return with_extras(
                outputs, inner.name, activation_fn, outputs_collections, normalizer_fn, normalizer_params
            )

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    return function


convolution2d_transpose = _transposed(
    Conv2DTranspose,
    "Conv2d_transpose",
    "convolution2d_transpose",
    ("NCHW", "NHWC"),
    """Apply a transposed convolution, which upsamples images by its strides.

    The arguments are those of `convolution`; the scope is called "Conv2d_transpose" by default.

    Example:
        >>> print(tf.contrib.layers.conv2d_transpose(tf.zeros([1, 4, 4, 8]), 3, 3, stride=2))
        Tensor("Conv2d_transpose/Relu:0", shape=(1, 8, 8, 3), dtype=float32)
    """,
)
convolution3d_transpose = _transposed(
    Conv3DTranspose,
    "Conv3d_transpose",
    "convolution3d_transpose",
    ("NCDHW", "NDHWC"),
    """Apply a transposed convolution, which upsamples volumes by its strides.

    The arguments are those of `convolution`; the scope is called "Conv3d_transpose" by default.

    Example:
        >>> print(tf.contrib.layers.conv3d_transpose(tf.zeros([1, 2, 2, 2, 8]), 3, 3, stride=2).shape)
        (1, 4, 4, 4, 3)
    """,
)
