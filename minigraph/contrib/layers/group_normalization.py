"""Normalization of each image by itself: each channel alone, or groups of channels."""

from __future__ import annotations

from typing import Any

from minigraph.contrib.framework.arg_scopes import add_arg_scope
from minigraph.contrib.layers.normalization import scaling_variable
from minigraph.contrib.layers.utils import checked_data_format, with_extras
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.nn.normalization import batch_normalization, moments, normalize_moments, sufficient_statistics
from minigraph.ops.arrays import reshape, shape_ops
from minigraph.ops.math import reciprocal
from minigraph.variables.variable_scope import variable_scope

__all__ = ["group_norm", "instance_norm"]


@add_arg_scope
def instance_norm(
    inputs: Any,
    center: bool = True,
    scale: bool = True,
    epsilon: float = 1e-6,
    activation_fn: Any = None,
    param_initializers: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    data_format: str = "NHWC",
    scope: Any = None,
) -> Tensor:
    """Normalize each channel of each image by its own mean and variance (https://arxiv.org/abs/1607.08022).

    Args:
        inputs: images, or a tensor with three or more axes.
        center: add a variable "beta".
        scale: multiply by a variable "gamma".
        epsilon: keeps the variance away from 0.
        activation_fn: a function of the result, or None.
        param_initializers: a dict with some of "beta", "gamma".
        reuse: share the variables of the scope.
        variables_collections, outputs_collections: names of collections to add to.
        trainable: add the variables to the trainable ones.
        data_format: "NHWC" or "NCHW".
        scope: the name of the scope, by default "InstanceNorm".

    Raises:
        ValueError: if the number of axes or channels is not known, or for another `data_format`.

    Example:
        >>> y = tf.contrib.layers.instance_norm(tf.constant([[[[1.0], [3.0]]]]))
        >>> sess.run(tf.global_variables_initializer())
        >>> print(y.eval().ravel().round(3))
        [-1.  1.]
    """
    with get_default_graph().atomic():
        inputs = convert_to_tensor(inputs)
        rank = inputs.shape.ndims
        if rank is None:
            raise ValueError(f"Inputs {inputs.name} has undefined rank.")
        first = checked_data_format(data_format, "NCHW", "NHWC") == "channels_first"
        with variable_scope(scope, "InstanceNorm", [inputs], reuse=reuse) as inner:
            axis = 1 if first else rank - 1
            shape = inputs.shape[axis : axis + 1]
            if not shape.is_fully_defined():
                raise ValueError(f"Inputs {inputs.name} has undefined channels dimension {shape}.")
            wide = [1, *shape.as_list(), *[1] * (rank - 2)] if first else None
            named = _scaling(inputs, shape, center, scale, param_initializers, variables_collections, trainable, wide)
            axes = [i for i in range(1, rank) if i != axis]
            mean, variance = moments(inputs, axes, keep_dims=True)
            outputs = batch_normalization(
                inputs, mean, variance, named.get("beta"), named.get("gamma"), epsilon, name="instancenorm"
            )
            return with_extras(outputs, inner.name, activation_fn, outputs_collections)


def _scaling(
    inputs: Tensor,
    shape: Any,
    center: bool,
    scale: bool,
    initializers: Any,
    variables_collections: Any,
    trainable: bool,
    wide: list | None,
) -> dict:
    """Return the variables that are asked for, reshaped to `wide` if that is given."""
    named = {}
    for kind, wanted in (("beta", center), ("gamma", scale)):
        if wanted:
            found = scaling_variable(
                kind, shape, inputs.dtype.base_dtype, initializers or {}, variables_collections, trainable
            )
            named[kind] = found if wide is None else reshape.reshape(found, wide)
    return named


@add_arg_scope
def group_norm(
    inputs: Any,
    groups: int = 32,
    channels_axis: int = -1,
    reduction_axes: Any = (-3, -2),
    center: bool = True,
    scale: bool = True,
    epsilon: float = 1e-6,
    activation_fn: Any = None,
    param_initializers: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
    mean_close_to_zero: bool = False,
) -> Tensor:
    """Normalize groups of channels of each image by their own mean and variance (https://arxiv.org/abs/1803.08494).

    Args:
        inputs: images.
        groups: the number of groups, which divides the number of channels.
        channels_axis: the axis of the channels.
        reduction_axes: the axes over which mean and variance are taken, beside the channels of a group.
        mean_close_to_zero: compute the variance in one pass.
        center, scale, epsilon, activation_fn, param_initializers, reuse, variables_collections, outputs_collections,
            trainable: as for `instance_norm`.
        scope: the name of the scope, by default "GroupNorm".

    Raises:
        ValueError: if the axes or the number of groups do not fit.

    Example:
        >>> print(tf.contrib.layers.group_norm(tf.zeros([2, 4, 4, 6]), groups=3).shape)
        (2, 4, 4, 6)
    """
    with get_default_graph().atomic():
        inputs = convert_to_tensor(inputs)
        rank = inputs.shape.ndims
        if rank is None:
            raise ValueError(f"Inputs {inputs.name} has undefined rank.")
        if channels_axis > rank - 1:
            raise ValueError("Axis is out of bounds.")
        found: Any = shape_ops.shape(inputs)
        sizes = [found[i] if n is None else n for i, n in enumerate(inputs.shape.as_list())]
        channel = channels_axis % rank
        axes = [axis + rank if axis < 0 else axis for axis in reduction_axes]
        channels = _checked_groups(inputs, groups, channel, axes)
        parts = [groups, channels // groups]
        before, after = sizes[:channel], sizes[channel + 1 :]
        inputs = reshape.reshape(inputs, [*before, *parts, *after])
        with variable_scope(scope, "GroupNorm", [inputs], reuse=reuse) as inner:
            wide = [*[1] * len(before), *parts, *[1] * len(after)]
            named = _scaling(
                inputs, [channels], center, scale, param_initializers, variables_collections, trainable, wide
            )
            over = [channel + 1, *[axis + 1 if axis > channel else axis for axis in axes]]
            if mean_close_to_zero:
                counts, sums, squares, _ = sufficient_statistics(inputs, over, keep_dims=True)
                mean, variance = normalize_moments(counts, sums, squares, shift=None)
            else:
                mean, variance = moments(inputs, over, keep_dims=True)
            outputs = _scaled(inputs, mean, variance, epsilon, named)
            outputs = reshape.reshape(outputs, sizes)
            return with_extras(outputs, inner.name, activation_fn, outputs_collections)


def _scaled(inputs: Any, mean: Any, variance: Any, epsilon: float, named: dict) -> Any:
    gain: Any = reciprocal.rsqrt(variance + epsilon)
    offset = -mean * gain
    if "gamma" in named:
        gain *= named["gamma"]
        offset *= named["gamma"]
    if "beta" in named:
        offset += named["beta"]
    return inputs * gain + offset


def _checked_groups(inputs: Tensor, groups: int, channel: int, axes: list) -> int:
    """Return the number of channels; ValueError if the axes or the groups do not fit."""
    sizes = inputs.shape.as_list()
    channels = sizes[channel]
    if channels is None:
        raise ValueError(f"Inputs {inputs.name} has undefined channel dimension: {channel}.")
    for axis in axes:
        if axis >= len(sizes):
            raise ValueError("Axis is out of bounds.")
        if sizes[axis] is None:
            raise ValueError(f"Inputs {inputs.name} has undefined dimensions {axis}.")
        if axis == channel:
            raise ValueError("reduction_axis must be mutually exclusive with channels_axis")
    if groups > channels:
        raise ValueError(f"Invalid groups {groups} for {channels} channels.")
    if channels % groups:
        raise ValueError(f"{channels} channels is not commensurate with {groups} groups.")
    return channels
