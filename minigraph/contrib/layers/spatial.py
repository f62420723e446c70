"""Images as sequences and back, pools of any dimension, and the expected position of each channel's maximum."""

from __future__ import annotations

from typing import Any

from minigraph.contrib.framework.arg_scopes import add_arg_scope
from minigraph.contrib.framework.model_variables import model_variable
from minigraph.contrib.layers.utils import (
    checked_data_format,
    collect_named_outputs,
    get_variable_collections,
    n_positive_integers,
)
from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import concat, meshgrid, ranges, reshape, shape_ops, transpose
from minigraph.ops.math import reductions
from minigraph.ops.nn import generic_windows
from minigraph.ops.nn import softmax as softmax_ops
from minigraph.variables.initializers.constant import constant_initializer, ones_initializer
from minigraph.variables.variable_scope import variable_scope

__all__ = ["images_to_sequence", "pool", "sequence_to_images", "spatial_softmax"]


@add_arg_scope
def pool(
    inputs: Any,
    kernel_size: Any,
    pooling_type: str,
    padding: str = "VALID",
    data_format: str | None = None,
    dilation_rate: Any = 1,
    stride: Any = 1,
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """Return the maximum or mean of each window of sequences, images or volumes; see `tf.nn.pool`.

    Args:
        inputs: a tensor with three to five axes.
        kernel_size, dilation_rate, stride: a number for all spatial axes, or one for each.
        pooling_type: "MAX" or "AVG".
        padding: "VALID" or "SAME".
        data_format: "NWC", "NHWC" or "NDHWC", or those with the channels second.
        outputs_collections: names of collections to add to.
        scope: the name of the scope, by default "max_pool" or "avg_pool".

    Raises:
        ValueError: if the number of axes is not known, or too small.

    Example:
        >>> print(tf.contrib.slim.pool(tf.zeros([1, 4, 4, 3]), 2, "MAX"))
        Tensor("max_pool:0", shape=(1, 3, 3, 3), dtype=float32)
    """
    with get_default_graph().atomic(), atomic_scope(scope, f"{pooling_type.lower()}_pool", [inputs]) as inner:
        inputs = convert_to_tensor(inputs)
        rank = inputs.shape.ndims
        if rank is None:
            raise ValueError("Rank of inputs must be known")
        if rank < 3:
            raise ValueError("Rank of inputs must be >= 3")
        outputs = generic_windows.pool(
            inputs,
            n_positive_integers(rank - 2, kernel_size),
            pooling_type,
            padding,
            n_positive_integers(rank - 2, dilation_rate),
            n_positive_integers(rank - 2, stride),
            name=inner,
            data_format=data_format,
        )
        return collect_named_outputs(outputs_collections, inner, outputs)


@add_arg_scope
def images_to_sequence(
    inputs: Any, data_format: str = "NHWC", outputs_collections: Any = None, scope: str | None = None
) -> Tensor:
    """Return images as sequences of their columns: (width, batch * height, channels).

    Example:
        >>> print(tf.contrib.layers.images_to_sequence(tf.zeros([2, 5, 7, 3])).shape)
        (7, 10, 3)
    """
    layout = checked_data_format(data_format, "NCHW", "NHWC")
    with get_default_graph().atomic(), atomic_scope(scope, "ImagesToSequence", [inputs]) as inner:
        inputs = convert_to_tensor(inputs)
        if layout == "channels_first":
            inputs = transpose.transpose(inputs, [0, 2, 3, 1])
        _, _, width, depth = inputs.shape.as_list()
        sizes: Any = shape_ops.shape(inputs)
        batch, height = sizes[0], sizes[1]
        turned = transpose.transpose(inputs, [2, 0, 1, 3])
        outputs = reshape.reshape(turned, [width, batch * height, depth])
        return collect_named_outputs(outputs_collections, inner, outputs)


@add_arg_scope
def sequence_to_images(
    inputs: Any,
    height: int,
    output_data_format: str = "channels_last",
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """Return the images whose columns are sequences: the inverse of `images_to_sequence`.

    Example:
        >>> print(tf.contrib.layers.sequence_to_images(tf.zeros([7, 10, 3]), 5).shape)
        (2, 5, 7, 3)
    """
    with get_default_graph().atomic(), atomic_scope(scope, "SequenceToImages", [inputs]) as inner:
        inputs = convert_to_tensor(inputs)
        width, batches, depth = inputs.shape.as_list()
        count = -1 if batches is None else batches // height
        parts = reshape.reshape(inputs, [width, count, height, depth])
        order = [1, 3, 2, 0] if output_data_format == "channels_first" else [1, 2, 0, 3]
        return collect_named_outputs(outputs_collections, inner, transpose.transpose(parts, order))


@add_arg_scope
def spatial_softmax(
    features: Any,
    temperature: float | None = None,
    name: str | None = None,
    variables_collections: Any = None,
    trainable: bool = True,
    data_format: str = "NHWC",
) -> Tensor:
    """Return the expected position of each channel under the softmax of its image (https://arxiv.org/abs/1509.06113).

    Args:
        features: images with a known number of channels.
        temperature: the first value of the variable by which the features are divided; by default 1.
        name: the name of the scope.
        variables_collections: names of collections for the variable "temperature".
        trainable: add the variable to the trainable ones.
        data_format: "NHWC" or "NCHW".

    Returns:
        (batch, 2 * channels): two coordinates between -1 and 1 for each channel.

    Raises:
        ValueError: if the number of channels is not known, or for another `data_format`.

    Example:
        >>> print(tf.contrib.layers.spatial_softmax(tf.zeros([2, 4, 4, 3])).shape)
        (2, 6)
    """
    with get_default_graph().atomic(), variable_scope(name, "spatial_softmax"):
        sizes: Any = shape_ops.shape(features)
        first = data_format == "NCHW"
        if first:
            channels, height, width = features.shape.as_list()[1], sizes[2], sizes[3]
        else:
            height, width, channels = sizes[1], sizes[2], features.shape.as_list()[3]
        checked_data_format(data_format, "NCHW", "NHWC")
        if channels is None:
            raise ValueError(
                "The num_channels dimension of the inputs to `spatial_softmax` should be defined. Found `None`."
            )
        with atomic_scope("spatial_softmax_op", "spatial_softmax_op", [features]):
            places = meshgrid.meshgrid(
                ranges.lin_space(-1.0, 1.0, num=height), ranges.lin_space(-1.0, 1.0, num=width), indexing="ij"
            )
            x, y = [reshape.reshape(each, [height * width]) for each in places]
            divisor = model_variable(
                "temperature",
                shape=(),
                dtype=dtypes.float32,
                initializer=ones_initializer() if temperature is None else constant_initializer(temperature),
                collections=get_variable_collections(variables_collections, "temperature") if trainable else None,
                trainable=trainable,
            )
            rows = features if first else transpose.transpose(features, [0, 3, 1, 2])
            rows = reshape.reshape(rows, [-1, height * width])
            attention = softmax_ops.softmax(rows / divisor)
            expected = [reductions.reduce_sum(each * attention, [1], keepdims=True) for each in (x, y)]
            points = reshape.reshape(concat.concat(expected, 1), [-1, channels * 2])
            points.set_shape([None, channels * 2])
            return points
