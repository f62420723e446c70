"""`tf.layers.dense`: a matrix product with a bias."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.layers.base import InputSpec, applied
from minigraph.layers.weighted import Weighted
from minigraph.ops.arrays import cast
from minigraph.ops.linalg import matmul_op, tensordot
from minigraph.ops.nn import bias_add
from minigraph.variables.initializers.constant import zeros_initializer

__all__ = ["Dense", "dense"]


class Dense(Weighted):
    """The layer activation(inputs · kernel + bias), along the last axis of the inputs.

    Args:
        units: the size of the output.
        activation: a function such as `tf.nn.relu`, or None.
        use_bias: add a bias.
        kernel_initializer, bias_initializer: the initializers; the kernel's is by default the scope's, else Glorot's.
        kernel_regularizer, bias_regularizer, activity_regularizer: functions that return losses.
        kernel_constraint, bias_constraint: functions applied after each optimizer update.
        trainable: add the variables to the trainable ones.
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
        super().__init__(locals(), **kwargs)
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
            outputs = tensordot.tensordot(inputs, self.kernel, [[ndims - 1], [0]])
            outputs.set_shape(inputs.shape.as_list()[:-1] + [self.units])
        else:
            outputs = apply(matmul_op.MatMul(), cast.cast(inputs, self._dtype), self.kernel)
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
    """Build a `Dense` layer and call it; the arguments are those of `Dense`, and `reuse` to share variables by name.

    Example:
        >>> print(tf.layers.dense(tf.zeros([2, 3]), 4, name="hidden"))
        Tensor("hidden/BiasAdd:0", shape=(2, 4), dtype=float32)
    """
    return applied(Dense, locals())
