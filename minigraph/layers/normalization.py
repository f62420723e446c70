"""Batch normalisation as a layer: with variables for scale and offset, and moving averages for the test."""
from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.context import colocate_with, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.layers.base import InputSpec, Layer
from minigraph.nn.normalization import batch_normalization as nn_batch_normalization
from minigraph.nn.normalization import fused_batch_norm, moments
from minigraph.ops import array, cast, cond, constants, state
from minigraph.variables.initializers import ones_initializer, zeros_initializer

__all__ = ["BatchNormalization", "batch_normalization"]


class BatchNormalization(Layer):
    """gamma * (x - mean) / sqrt(variance + epsilon) + beta (https://arxiv.org/abs/1502.03167).

    While training, mean and variance are the batch's, and two operations in the collection UPDATE_OPS move the averages
    that are used in the test: let the train op depend on them (`optimize_loss` does).

    Args:
        axis: the axis of the channels, the last by default.
        momentum: of the moving averages.
        epsilon: keeps the variance away from 0.
        center, scale: have a beta, a gamma?
        beta_initializer, gamma_initializer, moving_mean_initializer, moving_variance_initializer: of the variables.
        beta_regularizer, gamma_regularizer: functions that give losses.
        beta_constraint, gamma_constraint: functions applied after each update by an optimizer.
        fused: False keeps images from being normalised in one operation.
        trainable: do beta and gamma belong to the trainable variables?
        name: the name of the scope.

    Raises:
        ValueError: if the axis does not exist or its size is not known.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     y = tf.layers.BatchNormalization()(tf.zeros([4, 3]), training=True)
        ...     print([op.name for op in tf.get_collection(tf.GraphKeys.UPDATE_OPS)])
        ['batch_normalization/AssignMovingAvg', 'batch_normalization/AssignMovingAvg_1']
    """

    def __init__(self, axis: int = -1, momentum: float = 0.99, epsilon: float = 1e-3, center: bool = True,
                 scale: bool = True, beta_initializer: Any = zeros_initializer(),
                 gamma_initializer: Any = ones_initializer(), moving_mean_initializer: Any = zeros_initializer(),
                 moving_variance_initializer: Any = ones_initializer(), beta_regularizer: Any = None,
                 gamma_regularizer: Any = None, beta_constraint: Any = None, gamma_constraint: Any = None,
                 renorm: bool = False, renorm_clipping: Any = None, renorm_momentum: float = 0.99,
                 fused: bool | None = None, trainable: bool = True, virtual_batch_size: Any = None,
                 adjustment: Any = None, name: str | None = None, **kwargs: Any):
        super().__init__(trainable=trainable, name=name, **kwargs)
        for option, value in (("renorm", renorm), ("virtual_batch_size", virtual_batch_size),
                              ("adjustment", adjustment)):
            if value:
                raise ValueError(f"BatchNormalization: {option} is not supported")
        if not isinstance(axis, (int, list)):
            raise TypeError(f"axis must be int or list, type given: {type(axis)}")
        if isinstance(axis, list) and len(axis) != 1:
            raise ValueError("BatchNormalization: more than one axis is not supported")
        self.axis = axis if isinstance(axis, int) else axis[0]
        self.momentum, self.epsilon, self.center, self.scale, self.fused = momentum, epsilon, center, scale, fused
        self._beta = dict(initializer=beta_initializer, regularizer=beta_regularizer, constraint=beta_constraint)
        self._gamma = dict(initializer=gamma_initializer, regularizer=gamma_regularizer, constraint=gamma_constraint)
        self._mean_initializer, self._variance_initializer = moving_mean_initializer, moving_variance_initializer

    def build(self, input_shape: Any) -> None:
        shape = TensorShape(input_shape)
        if shape.ndims is None:
            raise ValueError("Input has undefined rank:", shape)
        axis = self.axis + shape.ndims if self.axis < 0 else self.axis
        if not 0 <= axis < shape.ndims:
            raise ValueError(f"Invalid axis: {axis}")
        self.axis = axis
        size = shape.as_list()[self.axis]
        if size is None:
            raise ValueError("Input has undefined `axis` dimension. Input shape: ", shape)
        self.input_spec = InputSpec(ndim=shape.ndims, axes={self.axis: size})
        self.fused = self.fused is not False and shape.ndims == 4 and self.axis in (1, 3)
        dtype = dtypes.float32 if self._dtype in (dtypes.float16, dtypes.bfloat16) else self._dtype
        self.gamma = self.beta = None
        if self.scale:
            self.gamma = self.add_weight("gamma", [size], dtype, **self._gamma)
        elif self.fused:
            self._gamma_const = constants.constant(1.0, dtype, [size])
        if self.center:
            self.beta = self.add_weight("beta", [size], dtype, **self._beta)
        elif self.fused:
            self._beta_const = constants.constant(0.0, dtype, [size])
        self.moving_mean = self.add_weight("moving_mean", [size], dtype, self._mean_initializer, trainable=False)
        self.moving_variance = self.add_weight("moving_variance", [size], dtype, self._variance_initializer,
                                               trainable=False)
        self.built = True

    def call(self, inputs: Any, training: Any = False) -> Tensor:       # type: ignore[override]
        if self.fused:
            return self._fused(inputs, training)
        shape, ndims = inputs.shape, inputs.shape.ndims
        axes = [i for i in range(ndims) if i != self.axis]
        wide = [shape.as_list()[i] if i == self.axis else 1 for i in range(ndims)]

        def broadcast(v: Any) -> Any:
            return array.reshape(v, wide) if v is not None and axes != list(range(ndims - 1)) else v

        gamma, beta = broadcast(self.gamma), broadcast(self.beta)
        mean, variance = self._mean_and_variance(inputs, axes, training)
        mean, variance = cast.cast(mean, inputs.dtype), cast.cast(variance, inputs.dtype)
        if beta is not None:
            beta = cast.cast(beta, inputs.dtype)
        if gamma is not None:
            gamma = cast.cast(gamma, inputs.dtype)
        outputs = nn_batch_normalization(inputs, broadcast(mean), broadcast(variance), beta, gamma, self.epsilon)
        outputs.set_shape(shape)
        return outputs

    def _mean_and_variance(self, inputs: Any, axes: list, training: Any) -> tuple:
        if cond.smart_constant_value(training) is False:
            return self.moving_mean, self.moving_variance
        batch = moments(cast.cast(inputs, self.moving_mean.dtype.base_dtype), axes)
        averages = self.moving_mean, self.moving_variance
        chosen = [cond.smart_cond(training, lambda v=v: v, lambda a=a: convert_to_tensor(a))
                  for v, a in zip(batch, averages)]
        for average, value in zip(averages, chosen):
            self.add_update(cond.smart_cond(training, lambda a=average, v=value: self._move(a, v, self.momentum),
                                            lambda a=average: a))
        return tuple(chosen)

    def _move(self, variable: Any, value: Any, momentum: Any) -> Tensor:
        with name_scope("AssignMovingAvg") as scope, colocate_with(variable):
            rest = convert_to_tensor(1.0 - momentum, name="decay")
            if rest.dtype.base_dtype != variable.dtype.base_dtype:
                rest = cast.cast(rest, variable.dtype.base_dtype)
            change = (variable - cast.cast(value, variable.dtype.base_dtype)) * rest
            return state.assign_sub(variable, change, name=scope)

    def _fused(self, inputs: Any, training: Any) -> Tensor:
        gamma = self.gamma if self.scale else self._gamma_const
        beta = self.beta if self.center else self._beta_const
        layout = "NHWC" if self.axis == 3 else "NCHW"
        output, mean, variance = cond.smart_cond(
            training, lambda: fused_batch_norm(inputs, gamma, beta, epsilon=self.epsilon, data_format=layout),
            lambda: fused_batch_norm(inputs, gamma, beta, self.moving_mean, self.moving_variance, self.epsilon, layout,
                                     is_training=False))
        known = cond.smart_constant_value(training)
        if known is None:       # in the test the averages stay: they are moved with a momentum of 1
            momentum = cond.smart_cond(training, lambda: self.momentum, lambda: 1.0)
        else:
            momentum = convert_to_tensor(self.momentum)
        if known is not False:
            self.add_update(self._move(self.moving_mean, mean, momentum))
            self.add_update(self._move(self.moving_variance, variance, momentum))
        return output


def batch_normalization(inputs: Any, axis: int = -1, momentum: float = 0.99, epsilon: float = 1e-3, center: bool = True,
                        scale: bool = True, beta_initializer: Any = zeros_initializer(),
                        gamma_initializer: Any = ones_initializer(), moving_mean_initializer: Any = zeros_initializer(),
                        moving_variance_initializer: Any = ones_initializer(), beta_regularizer: Any = None,
                        gamma_regularizer: Any = None, beta_constraint: Any = None, gamma_constraint: Any = None,
                        training: Any = False, trainable: bool = True, name: str | None = None, reuse: Any = None,
                        renorm: bool = False, renorm_clipping: Any = None, renorm_momentum: float = 0.99,
                        fused: bool | None = None, virtual_batch_size: Any = None, adjustment: Any = None) -> Tensor:
    """Makes a `BatchNormalization` layer and calls it; `training` is a bool or a boolean tensor.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     print(tf.layers.batch_normalization(tf.zeros([4, 3]), name="norm"))
        Tensor("norm/batchnorm/add_1:0", shape=(4, 3), dtype=float32)
    """
    layer = BatchNormalization(
        axis, momentum, epsilon, center, scale, beta_initializer, gamma_initializer, moving_mean_initializer,
        moving_variance_initializer, beta_regularizer, gamma_regularizer, beta_constraint, gamma_constraint, renorm,
        renorm_clipping, renorm_momentum, fused, trainable, virtual_batch_size, adjustment, name, _reuse=reuse,
        _scope=name)
    return layer(inputs, training=training)
