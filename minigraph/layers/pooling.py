"""Pooling layers of sequences, images and volumes."""

from __future__ import annotations

from typing import Any

from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.layers.base import InputSpec
from minigraph.layers.images import Images, checked_data_format, checked_padding, integers, length
from minigraph.ops.arrays import expand_dims, transpose
from minigraph.ops.nn import pool, pool3d

__all__ = [
    "AveragePooling1D",
    "AveragePooling2D",
    "AveragePooling3D",
    "MaxPooling1D",
    "MaxPooling2D",
    "MaxPooling3D",
    "average_pooling1d",
    "average_pooling2d",
    "average_pooling3d",
    "max_pooling1d",
    "max_pooling2d",
    "max_pooling3d",
]


class _Pooling(Images):
    """Base: windows of sequences, images or volumes."""

    function: Any = None
    rank = 2

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
        self.pool_size, self.strides = (
            integers(pool_size, self.rank, "pool_size"),
            integers(strides, self.rank, "strides"),
        )
        self.padding, self.data_format = checked_padding(padding), checked_data_format(data_format)
        self.input_spec = InputSpec(ndim=self.rank + 2)

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


class _Pooling1D(_Pooling):
    """Base: windows of sequences, pooled as images that are one pixel wide."""

    rank = 1

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        last = self.data_format == "channels_last"
        axis = 2 if last else 3
        wide = expand_dims.expand_dims(inputs, axis)
        if not last:
            wide = transpose.transpose(wide, (0, 2, 3, 1))
        sizes, strides = (*self.pool_size, 1), (*self.strides, 1)
        outputs = type(self).function(wide, sizes, strides, self.padding.upper(), "NHWC")
        if not last:
            outputs = transpose.transpose(outputs, (0, 3, 1, 2))
        return expand_dims.squeeze(outputs, axis)


class _Pooling3D(_Pooling):
    """Base: windows of volumes, whose channels are moved last."""

    rank = 3

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        first = self.data_format == "channels_first"
        if first:
            inputs = transpose.transpose(inputs, (0, 2, 3, 4, 1))
        outputs = type(self).function(inputs, self.pool_size, self.strides, self.padding.upper())
        return transpose.transpose(outputs, (0, 4, 1, 2, 3)) if first else outputs


class MaxPooling1D(_Pooling1D):
    """The layer that takes the maximum of each window of sequences; the arguments are those of `MaxPooling2D`.

    Example:
        >>> print(tf.layers.MaxPooling1D(2, 2)(tf.zeros([1, 6, 3])).shape)
        (1, 3, 3)
    """

    function = staticmethod(pool.max_pool)


class AveragePooling1D(_Pooling1D):
    """The layer that takes the mean of each window of sequences; the arguments are those of `MaxPooling2D`."""

    function = staticmethod(pool.avg_pool)


class MaxPooling3D(_Pooling3D):
    """The layer that takes the maximum of each window of volumes; the arguments are those of `MaxPooling2D`.

    Example:
        >>> print(tf.layers.MaxPooling3D(2, 2)(tf.zeros([1, 6, 6, 6, 3])).shape)
        (1, 3, 3, 3, 3)
    """

    function = staticmethod(pool3d.max_pool3d)


class AveragePooling3D(_Pooling3D):
    """The layer that takes the mean of each window of volumes; the arguments are those of `MaxPooling2D`."""

    function = staticmethod(pool3d.avg_pool3d)


def _pooling(layer: type, name: str, what: str) -> Any:
    def function(
        inputs: Any,
        pool_size: Any,
        strides: Any,
        padding: str = "valid",
        data_format: str = "channels_last",
        name: str | None = None,
    ) -> Tensor:
        return layer(pool_size, strides, padding, data_format, name)(inputs)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"Return the {what} of each window; see `{layer.__name__}`."
    return function


max_pooling1d = _pooling(MaxPooling1D, "max_pooling1d", "maximum")
max_pooling2d = _pooling(MaxPooling2D, "max_pooling2d", "maximum")
max_pooling3d = _pooling(MaxPooling3D, "max_pooling3d", "maximum")
average_pooling1d = _pooling(AveragePooling1D, "average_pooling1d", "mean")
average_pooling2d = _pooling(AveragePooling2D, "average_pooling2d", "mean")
average_pooling3d = _pooling(AveragePooling3D, "average_pooling3d", "mean")
