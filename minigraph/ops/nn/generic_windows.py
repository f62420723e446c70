"""Convolution and pooling of sequences, images or volumes, after the number of their axes."""

from typing import Any

import numpy as np

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import with_rank
from minigraph.ops.arrays import expand_dims, shape_ops
from minigraph.ops.nn.conv_family import for_all_axes
from minigraph.ops.nn.conv_variants import conv1d
from minigraph.ops.nn.convolution import conv2d
from minigraph.ops.nn.convolution3d import conv3d
from minigraph.ops.nn.dilated import with_space_to_batch
from minigraph.ops.nn.pool import avg_pool, max_pool
from minigraph.ops.nn.pool3d import avg_pool3d, max_pool3d

__all__ = ["atrous_conv2d", "convolution", "pool"]

_POOLS: dict[tuple, Any] = {
    ("MAX", 1): max_pool,
    ("MAX", 2): max_pool,
    ("MAX", 3): max_pool3d,
    ("AVG", 1): avg_pool,
    ("AVG", 2): avg_pool,
    ("AVG", 3): avg_pool3d,
}


def convolution(
    input: Any,
    filter: Any,
    padding: str,
    strides: Any = None,
    dilation_rate: Any = None,
    name: str | None = None,
    data_format: str | None = None,
    filters: Any = None,
    dilations: Any = None,
) -> Tensor:
    """Convolve sequences, images or volumes with a filter.

    Args:
        input: (batch, sizes…, channels), or with the channels second for a `data_format` that begins with "NC".
        filter: (sizes…, channels in, channels out).
        padding: "SAME" or "VALID".
        strides: a number for all axes, or one for each spatial axis.
        dilation_rate: the spacing of the filter's elements; not together with strides.
        name: the name of the node.
        data_format: "NWC", "NHWC", "NDHWC", or those with the channels second.
        filters, dilations: other names of `filter` and `dilation_rate`.

    Raises:
        ValueError: if the number of axes is not 3 to 5, the shapes do not fit, or an option is unknown.

    Example:
        >>> print(tf.nn.convolution(tf.ones([1, 5, 1]), tf.ones([2, 1, 1]), "VALID", dilation_rate=[3]).eval().ravel())
        [2. 2.]
    """
    filter = shape_ops.either("filters", filters, "filter", filter)
    dilation_rate = shape_ops.either("dilations", dilations, "dilation_rate", dilation_rate)
    input = input if hasattr(input, "shape") else convert_to_tensor(input)
    filter = filter if hasattr(filter, "shape") else convert_to_tensor(filter)
    dims = _spatial_dims(input, filter)
    layout = data_format or ("NWC", "NHWC", "NDHWC")[dims - 1]
    steps = for_all_axes(strides, layout, "strides", dims)
    rates = for_all_axes(None if dilation_rate is None else np.ravel(dilation_rate), layout, "dilations", dims)
    with get_default_graph().atomic(), atomic_scope(name, "convolution", [input, filter]) as scope:
        if set(rates) == {1}:
            return _convolved(input, filter, steps, padding, layout, scope)
        _check_dilated(input, filter, steps, rates, layout)
        return with_space_to_batch(
            input,
            np.array(rates[2:] if layout.startswith("NC") else rates[1:-1], np.int32),
            padding,
            lambda images, _, pad: _convolved(images, filter, steps, pad, layout, scope),
            filter_shape=filter.shape,
            data_format=layout,
        )


def _spatial_dims(input: Any, filter: Any) -> int:
    """Return the number of spatial axes; ValueError if it is not known, or not 1 to 3."""
    ranks = [len(each.shape) for each in (input, filter) if getattr(each.shape, "ndims", 0) is not None]
    if not ranks:
        raise ValueError("rank of input or filter must be known")
    if not 3 <= ranks[0] <= 5:
        raise ValueError(f"Input tensor must be of rank 3, 4 or 5 but was {ranks[0]}.")
    return ranks[0] - 2


def _check_dilated(input: Any, filter: Any, steps: tuple, rates: tuple, layout: str) -> None:
    """Raise ValueError for channels that do not fit, or what does not go together with holes."""
    sizes, filter_sizes = (convert_to_tensor(each).shape.as_list() for each in (input, filter))
    channels, wanted = sizes[1 if layout.startswith("NC") else -1], filter_sizes[-2]
    if None not in (channels, wanted) and channels != wanted:
        raise ValueError(
            f"number of input channels does not match corresponding dimension of filter, {channels} != {wanted}"
        )
    if min(rates) < 1:
        raise ValueError("all values of dilation_rate must be positive")
    if min(steps) < 1:
        raise ValueError("all values of strides must be positive")
    if max(steps) > 1:
        raise ValueError("strides > 1 not supported in conjunction with dilation_rate > 1")


def _convolved(input: Any, filter: Any, strides: tuple, padding: str, layout: str, name: str) -> Tensor:
    if len(strides) == 3:
        return conv1d(input, filter, list(strides), padding, data_format=layout, name=name)
    return (conv2d if len(strides) == 4 else conv3d)(input, filter, strides, padding, data_format=layout, name=name)


def atrous_conv2d(value: Any, filters: Any, rate: Any, padding: str, name: str | None = None) -> Tensor:
    """Convolve images with a filter whose elements are `rate` apart; see `convolution`.

    Example:
        >>> print(tf.nn.atrous_conv2d(tf.ones([1, 5, 5, 1]), tf.ones([2, 2, 1, 1]), 2, "VALID").shape)
        (1, 3, 3, 1)
    """
    return convolution(value, filters, padding, dilation_rate=np.broadcast_to(rate, (2,)), name=name)


def pool(
    input: Any,
    window_shape: Any,
    pooling_type: str,
    padding: str,
    dilation_rate: Any = None,
    strides: Any = None,
    name: str | None = None,
    data_format: str | None = None,
    dilations: Any = None,
) -> Tensor:
    """Return the maximum or mean of each window of sequences, images or volumes.

    Args:
        input: (batch, sizes…, channels), or with the channels second for a `data_format` that begins with "NC".
        window_shape: the sizes of a window, one for each spatial axis.
        pooling_type: "MAX" or "AVG".
        padding: "SAME" or "VALID".
        dilation_rate: the spacing of a window's elements, one for each spatial axis.
        strides: the distance between windows, one for each spatial axis.
        name: the name of the node.
        data_format: "NWC", "NHWC", "NDHWC", or those with the channels second.
        dilations: another name of `dilation_rate`.

    Raises:
        ValueError: for what is not supported.

    Example:
        >>> print(tf.nn.pool(tf.reshape(tf.range(6.0), [1, 6, 1]), [2], "MAX", "VALID", strides=[2]).eval().ravel())
        [1. 3. 5.]
    """
    dilation_rate = shape_ops.either("dilations", dilations, "dilation_rate", dilation_rate)
    with get_default_graph().atomic(), atomic_scope(name, f"{pooling_type.lower()}_pool", [input]) as scope:
        input = convert_to_tensor(input, name="input")
        dims = len(window_shape)
        if not 1 <= dims <= 3:
            raise ValueError("It is required that 1 <= num_spatial_dims <= 3.")
        with_rank(input.shape, dims + 2)
        steps, rates = _positive("strides", strides, dims), _positive("dilation_rate", dilation_rate, dims)
        _check_pool(steps, rates, window_shape, padding)
        function = _POOLS.get((pooling_type, dims))
        if function is None:
            raise ValueError(f"{dims}-D {pooling_type} pooling is not supported.")
        if dims == 1 and data_format not in (None, "NWC", "NCW"):
            raise ValueError('data_format must be either "NWC" or "NCW".')
        first = data_format is not None and data_format.startswith("NC")
        layout = {1: "NCHW" if first else "NHWC"}.get(dims, data_format)
        extra = [1] * (dims == 1)
        sizes, distances = ([1, 1, *extra, *n] if first else [1, *extra, *n, 1] for n in (window_shape, steps.tolist()))
        axis = 2 if first else 1

        def pooled(images: Tensor, _: int, pad: str) -> Tensor:
            images = expand_dims.expand_dims(images, axis) if dims == 1 else images
            result = function(images, sizes, distances, pad, name=scope, data_format=layout)
            return expand_dims.squeeze(result, [axis]) if dims == 1 else result

        axes = range(axis, axis + dims)
        return with_space_to_batch(input, rates, padding, pooled, filter_shape=window_shape, spatial_dims=axes)


def _positive(name: str, given: Any, count: int) -> np.ndarray:
    """Return numbers for the spatial axes, by default ones; ValueError if there are others than positive ones."""
    numbers = [1] * count if given is None else list(given)
    if len(numbers) != count:
        raise ValueError(f"len({name})={len(numbers)} but should be {count}")
    found = np.array(numbers, np.int32)
    if (found < 1).any():
        raise ValueError(f"all values of {name} must be positive")
    return found


def _check_pool(steps: np.ndarray, rates: np.ndarray, window: Any, padding: str) -> None:
    if steps.max() > 1 and rates.max() > 1:
        raise ValueError("strides > 1 not supported in conjunction with dilation_rate > 1")
    if padding == "SAME" and rates.max() > 1:
        raise ValueError("pooling with SAME padding is not implemented for dilation_rate > 1")
    if (steps > np.array(window)).any():
        raise ValueError(
            "strides > window_shape not supported due to inconsistency between CPU and GPU implementations"
        )
