"""`tf.layers.flatten`."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.layers.base import InputSpec, Layer
from minigraph.ops.arrays import reshape, shape_ops, transpose

__all__ = ["Flatten", "flatten"]


class Flatten(Layer):
    """The layer that flattens all axes except the first.

    Args:
        data_format: "channels_last" or "channels_first", which first moves the channels last.
        name: the name of the scope.

    Example:
        >>> print(tf.layers.Flatten()(tf.placeholder(tf.float32, [None, 3, 4])).shape)
        (?, 12)
    """

    def __init__(self, data_format: str = "channels_last", name: str | None = None, **kwargs: Any):
        super().__init__(name=name, **kwargs)
        self.data_format = data_format
        self.input_spec = InputSpec(min_ndim=1)

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        ndims = inputs.shape.ndims
        if self.data_format == "channels_first" and ndims is not None and ndims > 1:
            inputs = transpose.transpose(inputs, [0, *range(2, ndims), 1])
        first = inputs.shape.as_list()[0]
        outputs = reshape.reshape(inputs, (first or shape_ops.shape(inputs)[0], -1))
        outputs.set_shape(self.compute_output_shape(inputs.shape))
        return outputs

    def compute_output_shape(self, input_shape: Any) -> TensorShape:
        sizes = TensorShape(input_shape).as_list()
        return TensorShape([sizes[0], int(np.prod(sizes[1:])) if all(sizes[1:]) else None])


def flatten(inputs: Any, name: str | None = None, data_format: str = "channels_last") -> Tensor:
    """Flatten all axes except the first; see `Flatten`.

    Example:
        >>> print(tf.layers.flatten(tf.zeros([2, 3, 4])).shape)
        (2, 12)
    """
    return Flatten(data_format, name)(inputs)
