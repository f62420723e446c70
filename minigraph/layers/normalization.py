"""Batch normalization as a layer, with variables for scale and offset and moving averages for inference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.graph.shapes import TensorShape
from minigraph.layers import named
from minigraph.layers.base import InputSpec, Layer, applied
from minigraph.layers.renormalization import composed, correction, moved
from minigraph.nn.normalization import batch_normalization as nn_batch_normalization
from minigraph.nn.normalization import fused_batch_norm, moments
from minigraph.ops.arrays import cast, constant, filled_like, reshape, shape_ops, stop_gradient
from minigraph.ops.control import smart_cond
from minigraph.ops.math import powers, reductions
from minigraph.ops.nn import activations
from minigraph.ops.variables import assign
from minigraph.variables.initializers.constant import ones_initializer, zeros_initializer
from minigraph.variables.modes import VariableAggregation, VariableSynchronization

__all__ = ["BatchNormalization", "batch_normalization"]


class BatchNormalization(Layer):
    """gamma * (x - mean) / sqrt(variance + epsilon) + beta (https://arxiv.org/abs/1502.03167).

    In training, mean and variance are those of the batch, and two operations in the collection UPDATE_OPS update the
    moving averages used for inference: make the train op depend on them (`optimize_loss` does).

    Args:
        axis: the channel axis, by default the last, or a list of axes that have parameters.
        momentum: the momentum of the moving averages.
        epsilon: keeps the variance away from 0.
        center, scale: use a beta, a gamma.
        beta_initializer, gamma_initializer, moving_mean_initializer, moving_variance_initializer: the initializers.
        beta_regularizer, gamma_regularizer: functions that return losses.
        beta_constraint, gamma_constraint: functions applied after each optimizer update.
        renorm: normalize a batch in training as the averages would, as far as clipping allows
            (https://arxiv.org/abs/1702.03275).
        renorm_clipping: a dict with some of "rmax", "rmin" (of the ratio of the deviations) and "dmax" (of the
            difference of the means).
        renorm_momentum: the momentum of the averages that renorm compares with.
        fused: False disables the single fused operation for images.
        trainable: add beta and gamma to the trainable variables.
        virtual_batch_size: normalize groups of this many examples separately; it divides the batch size.
        adjustment: a function of the shape of the inputs that returns a scale and an offset, used in training only.
        name: the name of the scope.

    Raises:
        ValueError: if the axis is out of range or its size is not known.

    Example:
        >>> y = tf.layers.BatchNormalization()(tf.zeros([4, 3]), training=True)
        >>> print([op.name for op in tf.get_collection(tf.GraphKeys.UPDATE_OPS)])
        ['batch_normalization/AssignMovingAvg', 'batch_normalization/AssignMovingAvg_1']
    """

    def __init__(
        self,
        axis: Any = -1,
        momentum: float = 0.99,
        epsilon: float = 1e-3,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = zeros_initializer(),
        gamma_initializer: Any = ones_initializer(),
        moving_mean_initializer: Any = zeros_initializer(),
        moving_variance_initializer: Any = ones_initializer(),
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        beta_constraint: Any = None,
        gamma_constraint: Any = None,
        renorm: bool = False,
        renorm_clipping: Any = None,
        renorm_momentum: float = 0.99,
        fused: bool | None = None,
        trainable: bool = True,
        virtual_batch_size: int | None = None,
        adjustment: Callable | None = None,
        name: str | None = None,
        **kwargs: Any,
    ):
        super().__init__(trainable=trainable, name=name, **kwargs)
        if not isinstance(axis, (int, list)):
            raise TypeError(f"axis must be int or list, type given: {type(axis)}")
        self.axis: Any = axis[:] if isinstance(axis, list) else axis
        self.momentum, self.epsilon, self.center, self.scale = momentum, epsilon, center, scale
        self.beta_initializer, self.gamma_initializer = map(named.initializer, (beta_initializer, gamma_initializer))
        self.moving_mean_initializer = named.initializer(moving_mean_initializer)
        self.moving_variance_initializer = named.initializer(moving_variance_initializer)
        self.beta_regularizer, self.gamma_regularizer = map(named.regularizer, (beta_regularizer, gamma_regularizer))
        self.beta_constraint, self.gamma_constraint = map(named.constraint, (beta_constraint, gamma_constraint))
        self.renorm, self.virtual_batch_size, self.adjustment = renorm, virtual_batch_size, adjustment
        self.fused, self.supports_masking = True if fused is None else fused, True
        if renorm:
            self.renorm_clipping, self.renorm_momentum = renorm_clipping or {}, renorm_momentum
            keys = ["rmax", "rmin", "dmax"]
            if set(self.renorm_clipping) - set(keys):
                raise ValueError(f"renorm_clipping {renorm_clipping} contains keys not in {keys}")

    # Building

    def build(self, input_shape: Any) -> None:
        shape = TensorShape(input_shape)
        if not shape.ndims:
            raise ValueError("Input has undefined rank:", shape)
        self._check_axes(shape.ndims)
        one = len(self.axis) == 1
        self.fused = bool(self.fused) and self._can_be_fused(shape.ndims)
        sizes = {x: shape.as_list()[x] for x in self.axis}
        if None in sizes.values():
            raise ValueError("Input has undefined `axis` dimension. Input shape: ", shape)
        self.input_spec = InputSpec(ndim=shape.ndims, axes=sizes)
        if one and self.virtual_batch_size is None:
            self._add_variables(list(sizes.values()))
        else:
            wide = [sizes.get(i, 1) for i in range(shape.ndims)]
            if self.virtual_batch_size is not None:  # the axis of the virtual batches follows the first
                wide.insert(1, 1)
                self.axis = [x + 1 for x in self.axis]
            self._add_variables(wide)
        self.built = True

    def _can_be_fused(self, ndims: int) -> bool:
        """Return True for images whose channels are normalized, if no argument asks for more than that."""
        more = self.renorm or self.virtual_batch_size is not None or self.adjustment is not None
        return ndims == 4 and self.axis in ([1], [3]) and not more

    def _check_axes(self, ndims: int) -> None:
        given = [self.axis] if isinstance(self.axis, int) else self.axis
        self.axis = [ndims + x if x < 0 else x for x in given]
        for x in self.axis:
            if not 0 <= x < ndims:
                raise ValueError(f"Invalid axis: {x}")
        if len(self.axis) != len(set(self.axis)):
            raise ValueError(f"Duplicate axis: {self.axis}")
        if self.virtual_batch_size is not None:
            self._check_virtual_batches(self.virtual_batch_size)

    def _check_virtual_batches(self, size: int) -> None:
        if size <= 0:
            raise ValueError(
                "virtual_batch_size must be a positive integer that divides the true batch size of the input Tensor"
            )
        if 0 in self.axis:
            raise ValueError(
                "When using virtual_batch_size, the batch dimension must be 0 and thus axis cannot include 0"
            )
        if self.adjustment is not None:
            raise ValueError("When using virtual_batch_size, adjustment cannot be specified")

    @property
    def _param_dtype(self) -> Any:
        """The type of the variables: half precision is not enough for averages."""
        small = self._dtype in (dtypes.float16, dtypes.bfloat16)
        return dtypes.float32 if small or self._dtype is None else self._dtype

    def _add_variables(self, shape: list) -> None:
        kind, self.gamma, self.beta = self._param_dtype, None, None
        if self.scale:
            given = self.gamma_initializer, self.gamma_regularizer
            self.gamma = self.add_weight("gamma", shape, kind, *given, constraint=self.gamma_constraint)
        elif self.fused:
            self._gamma_const = constant.constant(1.0, kind, shape)
        if self.center:
            given = self.beta_initializer, self.beta_regularizer
            self.beta = self.add_weight("beta", shape, kind, *given, constraint=self.beta_constraint)
        elif self.fused:
            self._beta_const = constant.constant(0.0, kind, shape)
        self.moving_mean = self._add_average("moving_mean", shape, self.moving_mean_initializer)
        self.moving_variance = self._add_average("moving_variance", shape, self.moving_variance_initializer)
        if self.renorm:
            with colocate_with(self.moving_variance):
                self.moving_stddev = self._add_average("moving_stddev", shape, self._initial_deviation)
            with colocate_with(self.moving_mean):
                self.renorm_mean = self._add_average("renorm_mean", shape, self.moving_mean_initializer)
            with colocate_with(self.moving_stddev):
                self.renorm_stddev = self._add_average("renorm_stddev", shape, self._initial_deviation)

    def _add_average(self, name: str, shape: list, initializer: Any) -> Any:
        return self.add_weight(
            name,
            shape,
            self._param_dtype,
            initializer,
            trainable=False,
            synchronization=VariableSynchronization.ON_READ,
            aggregation=VariableAggregation.MEAN,
        )

    def _initial_deviation(self, *args: Any, **kwargs: Any) -> Tensor:
        return powers.sqrt(self.moving_variance_initializer(*args, **kwargs))

    # Calling

    def call(self, inputs: Any, training: Any = False) -> Tensor:  # type: ignore[override]
        if self.virtual_batch_size is None:
            return self._fused(inputs, training) if self.fused else self._normalized(inputs, training)
        whole = [-1, *inputs.shape.as_list()[1:]]
        parts = reshape.reshape(inputs, [self.virtual_batch_size, *whole])
        return reshape.reshape(self._normalized(parts, training), whole)

    def _normalized(self, inputs: Any, training: Any) -> Tensor:
        shape, ndims = inputs.shape, inputs.shape.ndims
        axes = [i for i in range(ndims) if i not in self.axis]
        if self.virtual_batch_size is not None:
            del axes[1]
        wide = [shape.as_list()[i] if i == self.axis[0] else 1 for i in range(ndims)]

        def broadcast(v: Any) -> Any:
            is_narrow = v is not None and v.shape.ndims != ndims
            return reshape.reshape(v, wide) if is_narrow and axes != list(range(ndims - 1)) else v

        scale, offset = broadcast(self.gamma), broadcast(self.beta)
        if smart_cond.smart_constant_value(training) is False:
            mean, variance = self.moving_mean, self.moving_variance
        else:
            if self.adjustment is not None:
                more, added = self._adjusted(inputs, training)
                scale, offset = composed(more, added, scale, offset)
            mean, variance = self._mean_and_variance(inputs, axes, training)
            new_mean, new_variance = self._of_whole_batch(mean), self._of_whole_batch(variance)
            if self.renorm:
                ratio, shift, new_mean, new_variance = correction(self, new_mean, new_variance, training)
                ratio = broadcast(stop_gradient.stop_gradient(ratio, name="renorm_r"))
                shift = broadcast(stop_gradient.stop_gradient(shift, name="renorm_d"))
                scale, offset = composed(ratio, shift, scale, offset)
            self._add_updates(new_mean, new_variance, training)
        mean, variance, offset, scale = (
            None if v is None else cast.cast(v, inputs.dtype) for v in (mean, variance, offset, scale)
        )
        outputs = nn_batch_normalization(inputs, broadcast(mean), broadcast(variance), offset, scale, self.epsilon)
        outputs.set_shape(shape)
        return outputs

    def _adjusted(self, inputs: Any, training: Any) -> tuple:
        scale, offset = self.adjustment(shape_ops.shape(inputs))  # type: ignore[misc]
        return (
            smart_cond.smart_cond(training, lambda: scale, lambda: filled_like.ones_like(scale)),
            smart_cond.smart_cond(training, lambda: offset, lambda: filled_like.zeros_like(offset)),
        )

    def _mean_and_variance(self, inputs: Any, axes: list, training: Any) -> tuple:
        keep = self.virtual_batch_size is not None or len(self.axis) > 1
        batch = moments(cast.cast(inputs, self._param_dtype), axes, keep_dims=keep)
        averages = self.moving_mean, self.moving_variance
        mean, variance = (
            smart_cond.smart_cond(training, lambda v=v: v, lambda a=a: convert_to_tensor(a))
            for v, a in zip(batch, averages)
        )
        return mean, variance

    def _of_whole_batch(self, value: Any) -> Any:
        """Return the new target of the averages: with virtual batches the mean over these."""
        return value if self.virtual_batch_size is None else reductions.reduce_mean(value, axis=1, keepdims=True)

    def _add_updates(self, mean: Any, variance: Any, training: Any) -> None:
        self.add_update(
            smart_cond.smart_cond(
                training, lambda: moved(self.moving_mean, mean, self.momentum), lambda: self.moving_mean
            )
        )
        self.add_update(
            smart_cond.smart_cond(training, lambda: self._moved_variance(variance), lambda: self.moving_variance)
        )

    def _moved_variance(self, variance: Any) -> Tensor:
        if not self.renorm:
            return moved(self.moving_variance, variance, self.momentum)
        deviation: Any = moved(self.moving_stddev, powers.sqrt(variance + self.epsilon), self.momentum)
        value = activations.relu(deviation * deviation - self.epsilon)
        with atomic_scope("AssignNewValue") as scope, colocate_with(self.moving_variance):
            return assign.assign(self.moving_variance, value, name=scope)

    def _fused(self, inputs: Any, training: Any) -> Tensor:
        gamma = self.gamma if self.scale else self._gamma_const
        beta = self.beta if self.center else self._beta_const
        layout = "NHWC" if self.axis == [3] else "NCHW"
        output, mean, variance = smart_cond.smart_cond(
            training,
            lambda: fused_batch_norm(inputs, gamma, beta, epsilon=self.epsilon, data_format=layout),
            lambda: fused_batch_norm(
                inputs, gamma, beta, self.moving_mean, self.moving_variance, self.epsilon, layout, is_training=False
            ),
        )
        known = smart_cond.smart_constant_value(training)
        if known is None:  # in inference the averages stay: they are updated with a momentum of 1
            momentum = smart_cond.smart_cond(training, lambda: self.momentum, lambda: 1.0)
        else:
            momentum = convert_to_tensor(self.momentum)
        if known is not False:
            self.add_update(moved(self.moving_mean, mean, momentum))
            self.add_update(moved(self.moving_variance, variance, momentum))
        return output

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape


def batch_normalization(
    inputs: Any,
    axis: int = -1,
    momentum: float = 0.99,
    epsilon: float = 1e-3,
    center: bool = True,
    scale: bool = True,
    beta_initializer: Any = zeros_initializer(),
    gamma_initializer: Any = ones_initializer(),
    moving_mean_initializer: Any = zeros_initializer(),
    moving_variance_initializer: Any = ones_initializer(),
    beta_regularizer: Any = None,
    gamma_regularizer: Any = None,
    beta_constraint: Any = None,
    gamma_constraint: Any = None,
    training: Any = False,
    trainable: bool = True,
    name: str | None = None,
    reuse: Any = None,
    renorm: bool = False,
    renorm_clipping: Any = None,
    renorm_momentum: float = 0.99,
    fused: bool | None = None,
    virtual_batch_size: Any = None,
    adjustment: Any = None,
) -> Tensor:
    """Build a `BatchNormalization` layer and call it; `training` is a bool or a boolean tensor.

    Example:
        >>> print(tf.layers.batch_normalization(tf.zeros([4, 3]), name="norm"))
        Tensor("norm/batchnorm/add_1:0", shape=(4, 3), dtype=float32)
    """
    return applied(BatchNormalization, locals(), "training")
