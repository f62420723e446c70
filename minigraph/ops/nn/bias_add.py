"""Biases, one for each channel."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, merge_sizes, with_rank, with_rank_at_least
from minigraph.graph.shapes import TensorShape, brackets

__all__ = ["bias_add"]


class _Channels(OpDef):
    data_format: str = "NHWC"

    allowed = {"T": dtypes.NUMBERS}

    def channel_axis(self, ndims: int) -> int:
        """Return the axis of the channels: the last, or the second for NCHW."""
        return 1 if self.data_format == "NCHW" else ndims - 1


class BiasAdd(_Channels):
    """Add a vector along the channel axis: the last, or the second for NCHW."""

    inputs = ("value", "bias")

    def shape(self, value, bias):
        value, bias = with_rank_at_least(value, 3 if self.data_format == "NCHW" else 2), with_rank(bias, 1)
        if value.ndims is None:
            return value
        axis = self.channel_axis(value.ndims)
        size = merge_sizes(value.tuple[axis], bias.tuple[0])
        return TensorShape.of((*value.tuple[:axis], size, *value.tuple[axis + 1 :]))

    def kernel(self, xp, value, bias):
        if value.ndim < 2:
            raise ValueError(f"Input tensor must be at least 2D: {brackets(value.shape)}")
        demand(np.ndim(bias) == 1, f"Biases must be 1D: {brackets(np.shape(bias))}")
        axis = self.channel_axis(value.ndim)
        if value.shape[axis] != len(bias):
            both = f"{brackets(bias.shape)} vs. {brackets(value.shape)}"
            raise ValueError(f"Must provide as many biases as the last dimension of the input tensor: {both}")
        return value + (bias if axis == value.ndim - 1 else bias.reshape((-1,) + (1,) * (value.ndim - 2)))

    def gradient(self, tf, dy, y, value, bias):
        return dy, apply(BiasAddGrad(self.data_format), dy)


class BiasAddGrad(_Channels):
    """The sum over all axes but the channels'."""

    inputs = ("out_backprop",)

    def shape(self, dy):
        return TensorShape.of((None if dy.ndims is None else dy.tuple[self.channel_axis(dy.ndims)],))

    def kernel(self, xp, dy):
        channel = self.channel_axis(dy.ndim)
        return xp.sum(dy, axis=tuple(i for i in range(dy.ndim) if i != channel), dtype=dy.dtype)

    def gradient(self, tf, ddy, y, dy):
        shape, count = tf.shape(dy), tf.shape(ddy)
        parts = [slice(0, 1), slice(2, None)] if self.data_format == "NCHW" else [slice(None, -1)]
        before, *after = [tf.ones_like(shape[part]) for part in parts]
        expanded = tf.concat([before, count, *after], 0)
        before, *after = [shape[part] for part in parts]
        repeats = tf.concat([before, [1], *after], 0)
        return tf.tile(tf.reshape(ddy, expanded), repeats)


def bias_add(value: Any, bias: Any, data_format: str | None = None, name: str | None = None) -> Tensor:
    """Add a vector along the channel axis.

    Args:
        value: a tensor with two or more axes.
        bias: a vector with an element for each channel.
        data_format: "N...C" (by default) or "NC...".
        name: the name of the node.

    Raises:
        ValueError: if the sizes differ, or for another format.

    Example:
        >>> print(tf.nn.bias_add([[1.0, 2.0]], [10.0, 20.0]).eval())
        [[11. 22.]]
    """
    with atomic_scope(name, "BiasAdd", [value, bias]) as scope:
        layout = "NHWC"
        if data_format is not None:
            if data_format.startswith("NC"):
                layout = "NCHW"
            elif not (data_format.startswith("N") and data_format.endswith("C")):
                raise ValueError("data_format must be of the form `N...C` or `NC...`")
        value = convert_to_tensor(value, name="input")
        bias = convert_to_tensor(bias, dtype=value.dtype.base_dtype, name="bias")
        return apply(BiasAdd(layout), value, bias, name=scope)
