"""Pooling layers under their older names."""

from __future__ import annotations

from typing import Any

from minigraph.contrib.framework.arg_scopes import add_arg_scope
from minigraph.contrib.layers.utils import checked_data_format, collect_named_outputs
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.layers.pooling import AveragePooling2D, MaxPooling2D

__all__ = ["avg_pool2d", "max_pool2d"]


def _pooled(
    layer: type,
    name: str,
    formats: tuple,
    inputs: Any,
    kernel_size: Any,
    stride: Any,
    padding: str,
    data_format: str,
    outputs_collections: Any,
    scope: str | None,
) -> Tensor:
    layout = checked_data_format(data_format, *formats)
    with get_default_graph().atomic(), atomic_scope(scope, name, [inputs]) as inner:
        inputs = convert_to_tensor(inputs)
        outputs = layer(kernel_size, stride, padding, layout, _scope=inner).apply(inputs)
        return collect_named_outputs(outputs_collections, inner, outputs)


@add_arg_scope
def max_pool2d(
    inputs: Any,
    kernel_size: Any,
    stride: Any = 2,
    padding: str = "VALID",
    data_format: str = "NHWC",
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """Return the maximum of each window of images.

    Args:
        inputs: images.
        kernel_size: the size of the windows: a number or two.
        stride: the distance between windows: a number or two.
        padding: "VALID" or "SAME".
        data_format: "NHWC" or "NCHW".
        outputs_collections: names of collections to add to.
        scope: the name of the scope, by default "MaxPool2D".

    Raises:
        ValueError: for another `data_format`.

    Example:
        >>> print(tf.contrib.layers.max_pool2d(tf.zeros([1, 4, 4, 3]), 2))
        Tensor("MaxPool2D/MaxPool:0", shape=(1, 2, 2, 3), dtype=float32)
    """
    formats = ("NCHW", "NHWC")
    return _pooled(
        MaxPooling2D,
        "MaxPool2D",
        formats,
        inputs,
        kernel_size,
        stride,
        padding,
        data_format,
        outputs_collections,
        scope,
    )


@add_arg_scope
def avg_pool2d(
    inputs: Any,
    kernel_size: Any,
    stride: Any = 2,
    padding: str = "VALID",
    data_format: str = "NHWC",
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """Return the mean of each window of images; the arguments are those of `max_pool2d`.

    Example:
        >>> print(tf.contrib.layers.avg_pool2d(tf.zeros([1, 4, 4, 3]), 2))
        Tensor("AvgPool2D/AvgPool:0", shape=(1, 2, 2, 3), dtype=float32)
    """
    formats = ("NCHW", "NHWC")
    return _pooled(
        AveragePooling2D,
        "AvgPool2D",
        formats,
        inputs,
        kernel_size,
        stride,
        padding,
        data_format,
        outputs_collections,
        scope,
    )
