"""Windows with holes, made of plain ones by way of SpaceToBatchND."""

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays import space_to_batch, stack

__all__ = ["with_space_to_batch"]


def with_space_to_batch(
    input: Any,
    dilation_rate: Any,
    padding: str,
    op: Callable,
    filter_shape: Any = None,
    spatial_dims: Any = None,
    data_format: str | None = None,
) -> Tensor:
    """Apply an operation that moves windows over images, with windows whose elements are spaced apart.

    Args:
        input: (batch, sizes…, channels), or with the channels second for a `data_format` that begins with "NC".
        dilation_rate: the spacing along each spatial axis.
        padding: "SAME" or "VALID".
        op: a function (images, number of spatial axes, padding) that applies windows without holes.
        filter_shape: the sizes of a window; needed for "SAME" padding.
        spatial_dims: the spatial axes; by default those of the format.
        data_format: "NHWC", "NCHW" or the like.

    Raises:
        ValueError: if the rates are not positive, or the padding is unknown or goes without `filter_shape`.

    Example:
        >>> x = tf.reshape(tf.range(6.0), [1, 6, 1])
        >>> halves = lambda x, dims, padding: tf.nn.pool(x, [2], "AVG", padding)
        >>> print(tf.nn.with_space_to_batch(x, [2], "VALID", halves).eval().ravel())
        [1. 2. 3. 4.]
    """
    with get_default_graph().atomic():
        input = convert_to_tensor(input, name="input")
        rate = convert_to_tensor(dilation_rate, dtypes.int32, name="dilation_rate")
        if rate.shape.ndims != 1:
            raise ValueError("rate must be rank 1")
        known = constant_value(rate)
        if known is None:
            raise ValueError("The spacing of windows must be a constant.")
        count = len(known)
        first = 2 if data_format and data_format.startswith("NC") else 1
        axes = tuple(range(first, first + count)) if spatial_dims is None else tuple(spatial_dims)
        if (known < 1).any():
            raise ValueError("dilation_rate must be positive")
        if (known == 1).all():
            return op(input, count, padding)
        edges = _edges(padding, filter_shape, known)
        return space_to_batch.with_holes(lambda images: op(images, count, "VALID"), input, rate, edges, axes)


def _edges(padding: str, filter_shape: Any, rate: np.ndarray) -> Any:
    """Return the zeros around the images with which windows without padding do what was asked for."""
    if padding == "VALID":
        return np.zeros([len(rate), 2], np.int32)
    if padding != "SAME":
        raise ValueError(f"Invalid padding method {padding!r}")
    if filter_shape is None:
        raise ValueError("filter_shape must be specified for SAME padding")
    shape: Any = convert_to_tensor(filter_shape, name="filter_shape")
    known = constant_value(shape)
    wide = ((shape if known is None else known)[: len(rate)] - 1) * rate
    start = wide // 2
    end = wide - start
    return stack.stack([[start[i], end[i]] for i in range(len(rate))])
