"""Pooling layers."""

from __future__ import annotations

from typing import Any

from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.layers.base import InputSpec
from minigraph.layers.images import Images, checked_data_format, checked_padding, integers, length
from minigraph.ops.nn import pool

__all__ = ["AveragePooling2D", "MaxPooling2D", "average_pooling2d", "max_pooling2d"]


class _Pooling(Images):
    """Base: windows of images."""

    function: Any = None

    def __init__(
        self,
        pool_size: Any,
        strides: Any,
        padding: str = "valid",
        data_format: str = "channels_last",
        name: str | None = None,
        **kwargs: Any,
    ):
        if strides is None:
            raise ValueError("Argument `strides` must not be None.")
        super().__init__(name=name, **kwargs)
        self.pool_size, self.strides = integers(pool_size, 2, "pool_size"), integers(strides, 2, "strides")
        self.padding, self.data_format = checked_padding(padding), checked_data_format(data_format)
        self.input_spec = InputSpec(ndim=4)

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        return type(self).function(inputs, self.pool_size, self.strides, self.padding.upper(), self._layout)

    def compute_output_shape(self, input_shape: Any) -> TensorShape:
        batch, sizes, channels = self._split(input_shape)
        found = [
            length(n, window, self.padding, stride) for n, window, stride in zip(sizes, self.pool_size, self.strides)
        ]
        return TensorShape(self._arranged(batch, found, channels))


class MaxPooling2D(_Pooling):
    """The layer that takes the maximum of each window.

    Args:
        pool_size: a number or two: the size of the windows.
        strides: a number or two: the distance between windows.
        padding: "valid" or "same".
        data_format: "channels_last" or "channels_first".
        name: the name of the scope.

    Example:
        >>> print(tf.layers.MaxPooling2D(2, 2)(tf.zeros([1, 6, 6, 3])).shape)
        (1, 3, 3, 3)
    """

    function = staticmethod(pool.max_pool)


class AveragePooling2D(_Pooling):
    """The layer that takes the mean of each window; the arguments are those of `MaxPooling2D`."""

    function = staticmethod(pool.avg_pool)


def max_pooling2d(
    inputs: Any,
    pool_size: Any,
    strides: Any,
    padding: str = "valid",
    data_format: str = "channels_last",
    name: str | None = None,
) -> Tensor:
    """Return the maximum of each window; see `MaxPooling2D`.

    Example:
        >>> print(tf.layers.max_pooling2d(tf.zeros([1, 6, 6, 3]), 2, 2))
        Tensor("max_pooling2d/MaxPool:0", shape=(1, 3, 3, 3), dtype=float32)
    """
    return MaxPooling2D(pool_size, strides, padding, data_format, name)(inputs)


def average_pooling2d(
    inputs: Any,
    pool_size: Any,
    strides: Any,
    padding: str = "valid",
    data_format: str = "channels_last",
    name: str | None = None,
) -> Tensor:
    """Return the mean of each window; see `MaxPooling2D`."""
    return AveragePooling2D(pool_size, strides, padding, data_format, name)(inputs)
