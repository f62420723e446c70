"""Batch normalization under its older name, whose moving averages may be updated at once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from minigraph.contrib.framework.arg_scopes import add_arg_scope
from minigraph.contrib.framework.model_variables import model_variable
from minigraph.contrib.layers.utils import (
    add_variable_to_collections,
    checked_data_format,
    constant_value,
    get_variable_collections,
    smart_cond,
    variable_getter,
    with_extras,
)
from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys, add_to_collections
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.graph.shapes import TensorShape
from minigraph.layers.normalization import BatchNormalization
from minigraph.nn.normalization import batch_normalization, fused_batch_norm, moments, weighted_moments
from minigraph.ops.arrays import constant, identity, reshape, shape_ops
from minigraph.train.moving_averages import assign_moving_average
from minigraph.variables.initializers.constant import ones_initializer, zeros_initializer
from minigraph.variables.scope import get_variable_scope
from minigraph.variables.variable_scope import variable_scope

__all__ = ["batch_norm"]

_INITIALIZERS: dict[str, Callable] = {
    "beta": zeros_initializer,
    "gamma": ones_initializer,
    "moving_mean": zeros_initializer,
    "moving_variance": ones_initializer,
}


@dataclass
class _Parameters:
    """What the variables of a normalization are made with."""

    shape: TensorShape
    dtype: Any
    initializers: dict
    regularizers: dict
    collections: Any
    trainable: bool

    def made(self, kind: str, trainable: bool) -> Any:
        """Return the variable of that name."""
        return model_variable(
            kind,
            shape=self.shape,
            dtype=self.dtype,
            initializer=self.initializers.get(kind, _INITIALIZERS[kind]()),
            regularizer=self.regularizers.get(kind),
            collections=get_variable_collections(self.collections, kind),
            trainable=trainable,
        )

    def made_or(self, is_wanted: bool, kind: str, otherwise: Callable) -> Any:
        """Return the trained variable of that name, or else what a function returns."""
        return self.made(kind, self.trainable) if is_wanted else otherwise()

    def moving(self) -> tuple:
        """Return the moving averages."""
        with variable_scope(get_variable_scope()):
            return self.made("moving_mean", False), self.made("moving_variance", False)


@dataclass
class _Averages:
    """The moving averages, and how they follow the batches."""

    mean: Any
    variance: Any
    decay: Any
    zero_debias: bool
    is_training: Any
    collections: Any

    def values(self) -> tuple:
        """Return the averages."""
        return self.mean, self.variance

    def moved(self, mean: Tensor, variance: Tensor) -> tuple:
        """Build the updates by a batch's mean and variance."""
        return (
            assign_moving_average(self.mean, mean, self.decay, zero_debias=self.zero_debias),
            assign_moving_average(self.variance, variance, self.decay, zero_debias=False),
        )

    def move_later(self, mean: Tensor, variance: Tensor) -> None:
        """Build the updates, and add them to the collections."""
        for update in smart_cond(self.is_training, lambda: self.moved(mean, variance), self.values):
            add_to_collections(self.collections, update)


@add_arg_scope
def batch_norm(
    inputs: Any,
    decay: float = 0.999,
    center: bool = True,
    scale: bool = False,
    epsilon: float = 0.001,
    activation_fn: Any = None,
    param_initializers: Any = None,
    param_regularizers: Any = None,
    updates_collections: Any = GraphKeys.UPDATE_OPS,
    is_training: Any = True,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    batch_weights: Any = None,
    fused: bool | None = None,
    data_format: str = "NHWC",
    zero_debias_moving_mean: bool = False,
    scope: Any = None,
    renorm: bool = False,
    renorm_clipping: Any = None,
    renorm_decay: float = 0.99,
    adjustment: Any = None,
) -> Tensor:
    """Normalize each channel by the mean and variance of the batch, and at inference by their moving averages.

    Args:
        inputs: a tensor with two or more axes.
        decay: the decay of the moving averages.
        center: add a variable "beta".
        scale: multiply by a variable "gamma"; not needed before a relu that a layer with weights follows.
        epsilon: keeps the variance away from 0.
        activation_fn: a function of the result, or None.
        param_initializers, param_regularizers: dicts with some of "beta", "gamma", "moving_mean", "moving_variance".
        updates_collections: the collections of the operations that update the moving averages, on which a train op must
            depend; None to update them whenever the result is computed.
        is_training: a bool or a boolean tensor.
        reuse: share the variables of the scope.
        variables_collections, outputs_collections: names of collections to add to; the first may be a dict with a list
            for each kind of variable.
        trainable: add beta and gamma to the trainable variables.
        batch_weights: a weight for each example.
        fused: False disables the single fused operation.
        data_format: "NHWC" or "NCHW".
        zero_debias_moving_mean: correct the moving mean for its start at zero.
        scope: the name of the scope, by default "BatchNorm".
        renorm, renorm_clipping, renorm_decay, adjustment: as for `tf.layers.BatchNormalization`.

    Raises:
        ValueError: if the number of axes or the size of the channel axis is not known, for another `data_format`, or if
            `renorm` is asked for together with what it does not go with.

    Example:
        >>> y = tf.contrib.layers.batch_norm(tf.zeros([8, 3]), is_training=True)
        >>> print(y.name, [v.name for v in tf.model_variables()][:2])
        BatchNorm/Reshape_1:0 ['BatchNorm/beta:0', 'BatchNorm/moving_mean:0']
    """
    if fused is None:
        fused = True
    with get_default_graph().atomic():
        inputs = convert_to_tensor(inputs)
        layout = checked_data_format(data_format, "NCHW", "NHWC")
        options = dict(renorm=renorm, renorm_clipping=renorm_clipping, renorm_momentum=renorm_decay)
        options |= dict(adjustment=adjustment, fused=fused)
        form = _form(inputs, updates_collections, zero_debias_moving_mean, batch_weights, options)
        getter = None if form is _fused else variable_getter({})
        with variable_scope(scope, "BatchNorm", [inputs], reuse=reuse, custom_getter=getter) as inner:
            parameters = _Parameters(
                TensorShape(None),
                inputs.dtype.base_dtype,
                param_initializers or {},
                {} if form is _composed else param_regularizers or {},
                variables_collections,
                trainable,
            )
            averages = _Averages(None, None, decay, zero_debias_moving_mean, is_training, updates_collections)
            if form is _by_layer:
                options |= dict(name=inner.name, _scope=inner, _reuse=reuse)
            outputs = form(inputs, parameters, averages, center, scale, epsilon, layout, batch_weights, options)
            return with_extras(outputs, inner.name, activation_fn, outputs_collections)


def _form(inputs: Tensor, updates_collections: Any, zero_debias: bool, batch_weights: Any, options: dict) -> Callable:
    """Return the function that normalizes: the layer, unless something is asked for that it lacks.

    Raises:
        ValueError: for `renorm` together with such a thing.
    """
    rank, later = inputs.shape.ndims, updates_collections == GraphKeys.UPDATE_OPS
    is_special = zero_debias or not later
    asks_for_more = any((options["renorm"], options["adjustment"], batch_weights is not None))
    if options["fused"] and not asks_for_more and (rank == 2 or rank == 4 and is_special):
        return _fused
    if batch_weights is None and not is_special:
        return _by_layer
    if options["renorm"]:
        raise ValueError("renorm is not supported with batch_weights, updates_collections or zero_debias_moving_mean")
    return _composed


def _by_layer(
    inputs: Tensor,
    parameters: _Parameters,
    averages: _Averages,
    center: bool,
    scale: bool,
    epsilon: float,
    layout: str,
    batch_weights: None,
    options: dict,
) -> Tensor:
    """Return the inputs normalized by the layer of `tf.layers`."""
    initializers: Any = {
        f"{kind}_initializer": parameters.initializers.get(kind, make()) for kind, make in _INITIALIZERS.items()
    }
    regularizers: Any = {f"{kind}_regularizer": parameters.regularizers.get(kind) for kind in ("beta", "gamma")}
    layer = BatchNormalization(
        1 if layout == "channels_first" else -1,
        averages.decay,
        epsilon,
        center,
        scale,
        **initializers,
        **regularizers,
        trainable=parameters.trainable,
        **options,
    )
    outputs = layer.apply(inputs, training=averages.is_training)
    for kind in ("moving_mean", "moving_variance", "beta", "gamma"):
        if getattr(layer, kind) is not None:
            add_variable_to_collections(getattr(layer, kind), parameters.collections, kind)
    return outputs


def _known_channels(inputs: Tensor, axis: int, words: str) -> TensorShape:
    """Return the shape of the parameters; ValueError if it is not known."""
    shape = inputs.shape[1:2] if axis == 1 else inputs.shape[-1:]
    if not shape.is_fully_defined():
        raise ValueError(f"Inputs {inputs.name} has undefined {words} dimension {shape}.")
    return shape


def _needs_batch(is_training: Any) -> bool:
    """Return False if it is known now that there is no training."""
    known = constant_value(is_training)
    return known is None or bool(known)


def _fused(
    inputs: Tensor,
    parameters: _Parameters,
    averages: _Averages,
    center: bool,
    scale: bool,
    epsilon: float,
    layout: str,
    batch_weights: None,
    options: dict,
) -> Tensor:
    """Return images or rows normalized by one operation."""
    given, channels_first = inputs, layout == "channels_first"
    if given.shape.ndims == 2:
        channels = given.shape.as_list()[-1]
        if channels is None:
            raise ValueError("`C` dimension must be known but is None")
        inputs = reshape.reshape(inputs, [-1, channels, 1, 1] if channels_first else [-1, 1, 1, channels])
    shape = parameters.shape = _known_channels(inputs, 1 if channels_first else -1, "`C`")
    parameters.dtype = dtypes.float32
    beta = parameters.made_or(center, "beta", lambda: constant.constant(0.0, dtypes.float32, shape))
    gamma = parameters.made_or(scale, "gamma", lambda: constant.constant(1.0, dtypes.float32, shape))
    averages.mean, averages.variance = parameters.moving()
    normalize: Any = functools.partial(
        fused_batch_norm, inputs, gamma, beta, epsilon=epsilon, data_format="NCHW" if channels_first else "NHWC"
    )
    outputs, mean, variance = smart_cond(
        averages.is_training,
        normalize,
        lambda: normalize(mean=averages.mean, variance=averages.variance, is_training=False),
    )
    if _needs_batch(averages.is_training):
        if averages.collections is None:

            def after_updates() -> Tensor:
                with control_dependencies(list(averages.moved(mean, variance))):
                    return identity.identity(computed)

            computed = outputs
            outputs = smart_cond(averages.is_training, after_updates, lambda: computed)
        else:
            averages.move_later(mean, variance)
    outputs.set_shape(inputs.shape)
    return reshape.reshape(outputs, shape_ops.shape(given)) if given.shape.ndims == 2 else outputs


def _composed(
    inputs: Tensor,
    parameters: _Parameters,
    averages: _Averages,
    center: bool,
    scale: bool,
    epsilon: float,
    layout: str,
    batch_weights: Any,
    options: dict,
) -> Tensor:
    """Return the inputs normalized by operations for each step, which can weigh examples."""
    rank = inputs.shape.ndims
    if rank is None:
        raise ValueError(f"Inputs {inputs.name} has undefined rank.")
    if batch_weights is not None:
        batch_weights = convert_to_tensor(batch_weights)
        inputs.shape[0:1].assert_is_compatible_with(batch_weights.shape)
        batch_weights = reshape.reshape(batch_weights, [-1] + [1] * (rank - 1))
    channels_first = layout == "channels_first"
    parameters.shape = _known_channels(inputs, 1 if channels_first else -1, "channels")
    beta = parameters.made_or(center, "beta", lambda: None)
    gamma = parameters.made_or(scale, "gamma", lambda: None)
    averages.mean, averages.variance = parameters.moving()
    mean, variance = _moments(inputs, averages, channels_first, batch_weights)
    if channels_first:
        wide = [1, parameters.shape.as_list()[0]] + [1] * (rank - 2)
        mean, variance = reshape.reshape(mean, wide), reshape.reshape(variance, wide)
        beta = None if beta is None else reshape.reshape(beta, wide)
        gamma = None if gamma is None else reshape.reshape(gamma, wide)
    outputs = batch_normalization(inputs, mean, variance, beta, gamma, epsilon)
    outputs.set_shape(inputs.shape)
    return outputs


def _moments(inputs: Tensor, averages: _Averages, channels_first: bool, batch_weights: Any) -> tuple:
    """Return the mean and variance to normalize by: the batch's in training, else the moving averages."""
    if not _needs_batch(averages.is_training):
        return averages.values()
    rank = len(inputs.shape.as_list())
    axes = [0, *range(2, rank)] if channels_first else list(range(rank - 1))
    if batch_weights is None:
        mean, variance = moments(inputs, axes, keep_dims=True) if channels_first else moments(inputs, axes)
    else:
        mean, variance = weighted_moments(inputs, axes, batch_weights, keep_dims=channels_first)
    if channels_first:
        mean, variance = reshape.reshape(mean, [-1]), reshape.reshape(variance, [-1])
    if averages.collections is None:

        def after_updates() -> tuple:
            with control_dependencies(list(averages.moved(mean, variance))):
                return identity.identity(mean), identity.identity(variance)

        return smart_cond(averages.is_training, after_updates, averages.values)
    averages.move_later(mean, variance)
    return smart_cond(averages.is_training, lambda: (mean, variance), averages.values)
