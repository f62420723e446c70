"""Pooling of images: the maximum or the mean of each window."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import expand_dims, shape_ops
from minigraph.ops.nn.conv_family import for_all_axes
from minigraph.ops.nn.pool_family import AvgPooling, AvgPoolingGrad, MaxPooling, MaxPoolingGrad, MaxPoolingGradGrad

__all__ = ["max_pool", "avg_pool", "max_pool1d", "avg_pool1d", "max_pool2d", "avg_pool2d"]


class MaxPool(MaxPooling):
    """The maximum of each window of images."""


class MaxPoolGrad(MaxPoolingGrad):
    """The gradient of MaxPool."""


class MaxPoolGradGrad(MaxPoolingGradGrad):
    """The gradient of MaxPoolGrad."""


class AvgPool(AvgPooling):
    """The mean of the part of each window inside the image."""


class AvgPoolGrad(AvgPoolingGrad):
    """The gradient of AvgPool."""


MaxPool.family = MaxPoolGrad.family = MaxPoolGradGrad.family = MaxPool, MaxPoolGrad, MaxPoolGradGrad
AvgPool.family = AvgPoolGrad.family = AvgPool, AvgPoolGrad


def pooled(
    op_def: Any,
    default_name: str,
    value: Any,
    ksize: Any,
    strides: Any,
    padding: str,
    data_format: str | None,
    name: str | None,
) -> Tensor:
    """Build a pooling of that type."""
    with atomic_scope(name, default_name, [value]) as scope:
        layout, dims = data_format or op_def.data_format, op_def.dims
        sizes = for_all_axes(ksize, layout, "ksize", dims)
        if 0 in sizes:  # TF1's message for the maximum; there the mean of nothing is NaN
            raise ValueError("ksize cannot be zero.")
        return apply(op_def(sizes, for_all_axes(strides, layout, "strides", dims), padding, layout), value, name=scope)


def max_pool(
    value: Any,
    ksize: Any,
    strides: Any,
    padding: str,
    data_format: str = "NHWC",
    name: str | None = None,
    input: Any = None,
) -> Tensor:
    """Return the maximum of each window.

    Args:
        value: images, (batch, height, width, channels).
        ksize: the size of the windows: a number, two, or four.
        strides: the distance between windows, like `ksize`.
        padding: "SAME" or "VALID".
        data_format: "NHWC" or "NCHW".
        name: the name of the node.
        input: another name of `value`.

    Raises:
        ValueError: if a window is larger than the image, or an option is unknown.

    Example:
        >>> x = tf.reshape(tf.range(16.0), [1, 4, 4, 1])
        >>> print(tf.nn.max_pool(x, 2, 2, "VALID").eval().ravel())
        [ 5.  7. 13. 15.]
    """
    return pooled(
        MaxPool, "MaxPool", shape_ops.either("input", input, "value", value), ksize, strides, padding, data_format, name
    )


def avg_pool(
    value: Any,
    ksize: Any,
    strides: Any,
    padding: str,
    data_format: str = "NHWC",
    name: str | None = None,
    input: Any = None,
) -> Tensor:
    """Return the mean of the part of each window inside the image; the arguments are those of `max_pool`.

    Example:
        >>> x = tf.reshape(tf.range(16.0), [1, 4, 4, 1])
        >>> print(tf.nn.avg_pool(x, 2, 2, "VALID").eval().ravel())
        [ 2.5  4.5 10.5 12.5]
    """
    return pooled(
        AvgPool, "AvgPool", shape_ops.either("input", input, "value", value), ksize, strides, padding, data_format, name
    )


def max_pool2d(
    input: Any, ksize: Any, strides: Any, padding: str, data_format: str = "NHWC", name: str | None = None
) -> Tensor:
    """Return the maximum of each window; the arguments are those of `max_pool`.

    Example:
        >>> print(tf.nn.max_pool2d(tf.zeros([1, 4, 4, 1]), 2, 2, "VALID").name)
        MaxPool2d:0
    """
    return pooled(MaxPool, "MaxPool2d", input, ksize, strides, padding, data_format, name)


avg_pool2d = avg_pool


def _pooled1d(
    op_def: Any, name: str | None, default_name: str, input: Any, ksize: Any, strides: Any, padding: str, layout: Any
) -> Tensor:
    layout = layout or "NWC"
    axis, images = (1, "NHWC") if layout == "NWC" else (2, "NCHW")
    with get_default_graph().atomic(), atomic_scope(name, default_name, [input]) as scope:
        sizes, steps = ((1, *for_all_axes(n, layout, key, 1)) for n, key in ((ksize, "ksize"), (strides, "strides")))
        result = apply(op_def(sizes, steps, padding, images), expand_dims.expand_dims(input, axis), name=scope)
        return expand_dims.squeeze(result, axis)


def max_pool1d(
    input: Any, ksize: Any, strides: Any, padding: str, data_format: str | None = "NWC", name: str | None = None
) -> Tensor:
    """Return the maximum of each window of sequences, (batch, steps, channels) or, for "NCW", (batch, channels, steps).

    Example:
        >>> print(tf.nn.max_pool1d(tf.reshape(tf.range(6.0), [1, 6, 1]), 2, 2, "VALID").eval().ravel())
        [1. 3. 5.]
    """
    return _pooled1d(MaxPool, name, "MaxPool1d", input, ksize, strides, padding, data_format)


def avg_pool1d(
    input: Any, ksize: Any, strides: Any, padding: str, data_format: str | None = "NWC", name: str | None = None
) -> Tensor:
    """Return the mean of each window of sequences; the arguments are those of `max_pool1d`."""
    return _pooled1d(AvgPool, name, "AvgPool1D", input, ksize, strides, padding, data_format)
