"""Dense layers, dropout and flattening."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.layers.base import InputSpec, Layer
from minigraph.layers.weighted import Weighted
from minigraph.nn.dropouts import dropout as nn_dropout
from minigraph.ops.arrays import cast, identity, reshape, shape_ops, transpose
from minigraph.ops.control import smart_cond
from minigraph.ops.linalg import matmul
from minigraph.ops.nn import bias_add
from minigraph.variables.initializers.constant import zeros_initializer

__all__ = ["Dense", "dense", "Dropout", "dropout", "Flatten", "flatten"]


class Dense(Weighted):
    """activation(inputs · kernel + bias), along the last axis of the inputs.

    Args:
        units: the size of the output.
        activation: a function such as `tf.nn.relu`, or None.
        use_bias: add a bias?
        kernel_initializer, bias_initializer: of the variables; the kernel's by default the scope's, else Glorot's.
        kernel_regularizer, bias_regularizer, activity_regularizer: functions that give losses.
        kernel_constraint, bias_constraint: functions applied after each update by an optimizer.
        trainable: do the variables belong to the trainable ones?
        name: the name of the scope.

    Raises:
        ValueError: if the size of the input is not known.

    Example:
        >>> layer = tf.layers.Dense(4, activation=tf.nn.relu)
        >>> print(layer(tf.zeros([2, 3])), [v.name for v in layer.weights])
        Tensor("dense/Relu:0", shape=(2, 4), dtype=float32) ['dense/kernel:0', 'dense/bias:0']
    """

    def __init__(
        self,
        units: int,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = None,
        bias_initializer: Any = zeros_initializer(),
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: str | None = None,
        **kwargs: Any,
    ):
        super().__init__(
            activation,
            use_bias,
            kernel_initializer,
            bias_initializer,
            kernel_regularizer,
            bias_regularizer,
            activity_regularizer,
            kernel_constraint,
            bias_constraint,
            trainable,
            name,
            **kwargs,
        )
        self.units = int(units)
        self.supports_masking = True
        self.input_spec = InputSpec(min_ndim=2)

    def build(self, input_shape: Any) -> None:
        if self._dtype is not None and not (self._dtype.is_floating or self._dtype.is_complex):
            raise TypeError(f"Unable to build `Dense` layer with non-floating point dtype {self._dtype}")
        size = TensorShape(input_shape).as_list()[-1]
        if size is None:
            raise ValueError("The last dimension of the inputs to `Dense` should be defined. Found `None`.")
        self.input_spec = InputSpec(min_ndim=2, axes={-1: size})
        self.add_kernel_and_bias([size, self.units], self.units)
        self.built = True

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        ndims = inputs.shape.ndims
        if ndims > 2:
            outputs = matmul.tensordot(inputs, self.kernel, [[ndims - 1], [0]])
            outputs.set_shape(inputs.shape.as_list()[:-1] + [self.units])
        else:
            outputs = apply(matmul.MatMul(), cast.cast(inputs, self._dtype), self.kernel)
        if self.use_bias:
            outputs = bias_add.bias_add(outputs, self.bias)
        return self.activation(outputs)

    def compute_output_shape(self, input_shape: Any) -> TensorShape:
        shape = TensorShape(input_shape)
        if shape.ndims is not None and shape.ndims < 2:
            raise ValueError(f"Shape {shape} must have rank at least 2")
        if shape.as_list()[-1] is None:
            raise ValueError(f"The innermost dimension of input_shape must be defined, but saw: {shape}")
        return shape[:-1].concatenate([self.units])


def dense(
    inputs: Any,
    units: int,
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = None,
    bias_initializer: Any = zeros_initializer(),
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: str | None = None,
    reuse: Any = None,
) -> Tensor:
    """Make a `Dense` layer and call it; the arguments are those of `Dense`, `reuse` shares the variables of a name.

    Example:
        >>> print(tf.layers.dense(tf.zeros([2, 3]), 4, name="hidden"))
        Tensor("hidden/BiasAdd:0", shape=(2, 4), dtype=float32)
    """
    return Dense(
        units,
        activation,
        use_bias,
        kernel_initializer,
        bias_initializer,
        kernel_regularizer,
        bias_regularizer,
        activity_regularizer,
        kernel_constraint,
        bias_constraint,
        trainable,
        name,
        _scope=name,
        _reuse=reuse,
    )(inputs)


class Dropout(Layer):
    """Set elements to zero at random while training, see `tf.nn.dropout`.

    Args:
        rate: the chance that an element is dropped.
        noise_shape: the shape of the random choices.
        seed: of the choices.
        name: the name of the scope.

    Example:
        >>> layer = tf.layers.Dropout(0.5)
        >>> dropped = sess.run(layer(tf.ones([99]), training=True))
        >>> print(sess.run(layer(tf.ones([3]))), sorted(set(dropped.tolist())))
        [1. 1. 1.] [0.0, 2.0]
    """

    def __init__(
        self, rate: Any = 0.5, noise_shape: Any = None, seed: int | None = None, name: str | None = None, **kwargs: Any
    ):
        super().__init__(name=name, **kwargs)
        self.rate, self.noise_shape, self.seed = rate, noise_shape, seed
        self.supports_masking = True

    def call(self, inputs: Any, training: Any = False) -> Tensor:  # type: ignore[override]
        return smart_cond.smart_cond(
            training,
            lambda: nn_dropout(inputs, noise_shape=self._choices(inputs), seed=self.seed, rate=self.rate),
            lambda: identity.identity(inputs),
        )

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def _choices(self, inputs: Any) -> Any:
        """Return the shape of the random choices; a None in it is the size that the input has when it runs."""
        if self.noise_shape is None:
            return None
        sizes = shape_ops.shape(inputs)
        return convert_to_tensor([sizes[i] if n is None else n for i, n in enumerate(self.noise_shape)])


def dropout(
    inputs: Any,
    rate: Any = 0.5,
    noise_shape: Any = None,
    seed: int | None = None,
    training: Any = False,
    name: str | None = None,
) -> Tensor:
    """Set elements to zero at random while training; `training` is a bool or a boolean tensor.

    Example:
        >>> print(tf.layers.dropout(tf.ones([3]), training=False).eval())
        [1. 1. 1.]
    """
    return Dropout(rate, noise_shape, seed, name)(inputs, training=training)


class Flatten(Layer):
    """Make all axes but the first one.

    Args:
        data_format: "channels_last" or "channels_first", which puts the channels last before.
        name: the name of the scope.

    Example:
        >>> print(tf.layers.Flatten()(tf.placeholder(tf.float32, [None, 3, 4])).shape)
        (?, 12)
    """

    def __init__(self, data_format: str = "channels_last", name: str | None = None, **kwargs: Any):
        super().__init__(name=name, **kwargs)
        self.data_format = data_format
        self.input_spec = InputSpec(min_ndim=1)

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        ndims = inputs.shape.ndims
        if self.data_format == "channels_first" and ndims is not None and ndims > 1:
            inputs = transpose.transpose(inputs, [0, *range(2, ndims), 1])
        first = inputs.shape.as_list()[0]
        outputs = reshape.reshape(inputs, (first or shape_ops.shape(inputs)[0], -1))
        outputs.set_shape(self.compute_output_shape(inputs.shape))
        return outputs

    def compute_output_shape(self, input_shape: Any) -> TensorShape:
        sizes = TensorShape(input_shape).as_list()
        return TensorShape([sizes[0], int(np.prod(sizes[1:])) if all(sizes[1:]) else None])


def flatten(inputs: Any, name: str | None = None, data_format: str = "channels_last") -> Tensor:
    """Make all axes but the first one, see `Flatten`.

    Example:
        >>> print(tf.layers.flatten(tf.zeros([2, 3, 4])).shape)
        (2, 12)
    """
    return Flatten(data_format, name)(inputs)
