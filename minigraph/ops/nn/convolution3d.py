"""Convolution of volumes, and its transpose."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value_as_shape
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import shape_ops
from minigraph.ops.nn.conv_family import BackpropFilter, BackpropInput, Forward, Windows, for_all_axes

__all__ = ["conv3d", "conv3d_transpose"]


class _Conv3D(Windows):
    """The attributes of convolutions of volumes."""

    strides: tuple = (1, 1, 1, 1, 1)
    data_format: str = "NDHWC"
    dilations: tuple = (1, 1, 1, 1, 1)

    choices = {**Windows.choices, "data_format": ("NDHWC", "NCDHW")}
    dims = 3


class Conv3D(_Conv3D, Forward):
    """Convolve volumes with a filter."""

    depth_words = "Input depth must be evenly divisible by filter depth"


class Conv3DBackpropInputV2(_Conv3D, BackpropInput):
    """The gradient of a convolution of volumes with respect to its input."""

    inputs = ("input_sizes: Tshape", "filter: T", "out_backprop: T")
    allowed = {"T": dtypes.NN_FLOATS, "Tshape": dtypes.INDICES}
    type_defaults = {"Tshape": dtypes.int32}


class Conv3DBackpropFilterV2(_Conv3D, BackpropFilter):
    """The gradient of a convolution of volumes with respect to its filter."""


_Conv3D.family = Conv3D, Conv3DBackpropInputV2, Conv3DBackpropFilterV2


def conv3d(
    input: Any,
    filter: Any = None,
    strides: Any = None,
    padding: Any = None,
    data_format: str = "NDHWC",
    dilations: Any = (1, 1, 1, 1, 1),
    name: str | None = None,
    filters: Any = None,
) -> Tensor:
    """Convolve volumes with a filter.

    Args:
        input: volumes, (batch, depth, height, width, channels), or with the channels second for "NCDHW".
        filter: (depth, height, width, channels in, channels out).
        strides: five numbers, one for each axis.
        padding: "SAME" (zeros, so that stride 1 keeps the size) or "VALID" (none).
        data_format: "NDHWC" or "NCDHW".
        dilations: the spacing of the filter's elements, like `strides`.
        name: the name of the node.
        filters: another name of `filter`.

    Raises:
        ValueError: if the shapes do not fit, or an option is unknown.

    Example:
        >>> print(tf.nn.conv3d(tf.ones([1, 3, 3, 3, 1]), tf.ones([2, 2, 2, 1, 1]), [1] * 5, "VALID").eval().ravel())
        [8. 8. 8. 8. 8. 8. 8. 8.]
    """
    filter = shape_ops.either("filters", filters, "filter", filter)
    steps = tuple(np.ravel(strides).tolist())
    if len(steps) < 5:
        raise ValueError(f"Attr 'strides' of 'Conv3D' Op passed list of length {len(steps)} less than minimum 5.")
    op_def = Conv3D(steps, padding, data_format or "NDHWC", tuple(np.ravel(dilations).tolist()))
    return apply(op_def, input, filter, name=name)


def conv3d_transpose(
    value: Any = None,
    filter: Any = None,
    output_shape: Any = None,
    strides: Any = None,
    padding: str = "SAME",
    data_format: str = "NDHWC",
    name: str | None = None,
    input: Any = None,
    filters: Any = None,
    dilations: Any = None,
) -> Tensor:
    """Return the transpose of `conv3d`: the gradient of a convolution as an independent operation.

    Args:
        value: volumes.
        filter: (depth, height, width, channels out, channels in).
        output_shape: the five sizes of the result.
        strides, padding, data_format, dilations: those of the convolution whose gradient this is; the numbers for all
            axes, for three, or one for all three.
        name: the name of the node.
        input, filters: other names of `value` and `filter`.

    Example:
        >>> ones = tf.ones([1, 2, 2, 2, 3])
        >>> print(tf.nn.conv3d_transpose(ones, tf.ones([3, 3, 3, 5, 3]), [1, 4, 4, 4, 5], 2).shape)
        (1, 4, 4, 4, 5)
    """
    value = shape_ops.either("input", input, "value", value)
    filter = shape_ops.either("filters", filters, "filter", filter)
    with atomic_scope(name, "conv3d_transpose", [value, filter, output_shape]) as scope:
        layout = data_format or "NDHWC"
        steps = [for_all_axes(n, layout, key, 3) for n, key in ((strides, "strides"), (dilations, "dilations"))]
        op_def = Conv3DBackpropInputV2(steps[0], padding, layout, steps[1])
        sizes = (
            output_shape
            if isinstance(output_shape, Tensor)
            else convert_to_tensor(output_shape, dtypes.int32, name="input_sizes")
        )
        result = apply(op_def, sizes, filter, value, name=scope)
        result.set_shape(constant_value_as_shape(result.op.inputs[0]))
        return result
