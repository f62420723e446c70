"""Pooling layers under their older names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.contrib.framework.arg_scopes import add_arg_scope
from minigraph.contrib.layers.utils import checked_data_format, collect_named_outputs
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.layers.pooling import AveragePooling2D, AveragePooling3D, MaxPooling2D, MaxPooling3D

__all__ = ["avg_pool2d", "avg_pool3d", "max_pool2d", "max_pool3d"]


def _pooling(layer: type, default: str, name: str, formats: tuple, doc: str) -> Callable:
    @add_arg_scope
    def function(
        inputs: Any,
        kernel_size: Any,
        stride: Any = 2,
        padding: str = "VALID",
        data_format: str = formats[-1],
        outputs_collections: Any = None,
        scope: str | None = None,
    ) -> Tensor:
        layout = checked_data_format(data_format, *formats)
        with get_default_graph().atomic(), atomic_scope(scope, default, [inputs]) as inner:
            given = convert_to_tensor(inputs)
            outputs = layer(kernel_size, stride, padding, layout, _scope=inner).apply(given)
            return collect_named_outputs(outputs_collections, inner, outputs)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    return function


_IMAGES, _VOLUMES = ("NCHW", "NHWC"), ("NCDHW", "NDHWC")
max_pool2d = _pooling(
    MaxPooling2D,
    "MaxPool2D",
    "max_pool2d",
    _IMAGES,
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
    """,
)
avg_pool2d = _pooling(
    AveragePooling2D,
    "AvgPool2D",
    "avg_pool2d",
    _IMAGES,
    """Return the mean of each window of images; the arguments are those of `max_pool2d`.

    Example:
        >>> print(tf.contrib.layers.avg_pool2d(tf.zeros([1, 4, 4, 3]), 2))
        Tensor("AvgPool2D/AvgPool:0", shape=(1, 2, 2, 3), dtype=float32)
    """,
)
max_pool3d = _pooling(
    MaxPooling3D,
    "MaxPool3D",
    "max_pool3d",
    _VOLUMES,
    """Return the maximum of each window of volumes; the arguments are those of `max_pool2d`.

    Example:
        >>> print(tf.contrib.layers.max_pool3d(tf.zeros([1, 4, 4, 4, 3]), 2))
        Tensor("MaxPool3D/MaxPool3D:0", shape=(1, 2, 2, 2, 3), dtype=float32)
    """,
)
avg_pool3d = _pooling(
    AveragePooling3D,
    "AvgPool3D",
    "avg_pool3d",
    _VOLUMES,
    """Return the mean of each window of volumes; the arguments are those of `max_pool2d`.""",
)
