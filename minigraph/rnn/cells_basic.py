"""The simplest cell, and the gated recurrent unit."""

from __future__ import annotations

from typing import Any

from minigraph.graph.operation import Tensor
from minigraph.layers.named import initializer as named_initializer
from minigraph.ops.arrays import concat, split
from minigraph.ops.linalg import matmul
from minigraph.ops.math import sigmoid
from minigraph.ops.nn import bias_add
from minigraph.rnn.cells_base import UnitsCell
from minigraph.variables.initializers.constant import constant_initializer, zeros_initializer

__all__ = ["BasicRNNCell", "GRUCell", "affine"]


def affine(values: list, kernel: Any, bias: Any) -> Tensor:
    """Return the tensors, joined along axis 1, times the kernel, plus the bias."""
    return bias_add.bias_add(matmul.matmul(concat.concat(values, 1), kernel), bias)


class BasicRNNCell(UnitsCell):
    """The cell output = state = activation([input, state] · kernel + bias).

    Args:
        num_units: the size of state and output.
        activation: a function or Keras's name of one; by default tanh.
        reuse: share the variables of the scope.
        name: the name of the scope, by default "basic_rnn_cell".
        dtype: the element type, by default that of the inputs.

    Raises:
        ValueError: if the inputs are not of floats, or their last size is not known.

    Example:
        >>> cell = tf.nn.rnn_cell.BasicRNNCell(4)
        >>> output, state = cell(tf.zeros([2, 3]), cell.zero_state(2, tf.float32))
        >>> print(output.shape, [(v.name, v.shape.as_list()) for v in cell.variables])
        (2, 4) [('basic_rnn_cell/kernel:0', [7, 4]), ('basic_rnn_cell/bias:0', [4])]
    """

    def __init__(
        self,
        num_units: int,
        activation: Any = None,
        reuse: Any = None,
        name: Any = None,
        dtype: Any = None,
        **kwargs: Any,
    ):
        super().__init__(num_units, activation, reuse, name, dtype, **kwargs)

    def _add_variables(self, depth: int) -> None:
        self._kernel = self.add_weight("kernel", [depth + self._num_units, self._num_units])
        self._bias = self.add_weight("bias", [self._num_units], initializer=zeros_initializer())

    def _step(self, inputs: Any, state: Any) -> tuple:
        output = self._activation(affine([inputs, state], self._kernel, self._bias))
        return output, output


class GRUCell(UnitsCell):
    """The gated recurrent unit.

    Source: Cho et al., Learning phrase representations using RNN encoder-decoder (2014).

    Args:
        num_units: the size of state and output.
        activation: a function or Keras's name of one, for the candidate; by default tanh.
        reuse: share the variables of the scope.
        kernel_initializer: by default that of the scope.
        bias_initializer: by default ones for the gates, and zeros for the candidate.
        name: the name of the scope, by default "gru_cell".
        dtype: the element type, by default that of the inputs.

    Raises:
        ValueError: if the inputs are not of floats, or their last size is not known.

    Example:
        >>> cell = tf.nn.rnn_cell.GRUCell(4)
        >>> output, state = cell(tf.zeros([2, 3]), cell.zero_state(2, tf.float32))
        >>> print(*[v.op.name for v in cell.variables], sep="  ")
        gru_cell/gates/kernel  gru_cell/gates/bias  gru_cell/candidate/kernel  gru_cell/candidate/bias
    """

    def __init__(
        self,
        num_units: int,
        activation: Any = None,
        reuse: Any = None,
        kernel_initializer: Any = None,
        bias_initializer: Any = None,
        name: Any = None,
        dtype: Any = None,
        **kwargs: Any,
    ):
        super().__init__(num_units, activation, reuse, name, dtype, **kwargs)
        self._kernel_initializer = named_initializer(kernel_initializer)
        self._bias_initializer = named_initializer(bias_initializer)

    def _add_variables(self, depth: int) -> None:
        size = self._num_units
        self._gate_kernel, self._gate_bias = self._kernel_and_bias(
            "gates", depth, 2 * size, constant_initializer(1.0, self._dtype)
        )
        self._candidate_kernel, self._candidate_bias = self._kernel_and_bias(
            "candidate", depth, size, zeros_initializer()
        )

    def _kernel_and_bias(self, name: str, depth: int, size: int, bias_initializer: Any) -> tuple:
        kernel = self.add_weight(
            f"{name}/kernel", [depth + self._num_units, size], initializer=self._kernel_initializer
        )
        return kernel, self.add_weight(f"{name}/bias", [size], initializer=self._bias_initializer or bias_initializer)

    def _step(self, inputs: Any, state: Any) -> tuple:
        gates = sigmoid.sigmoid(affine([inputs, state], self._gate_kernel, self._gate_bias))
        reset, update = split.split(gates, 2, 1)
        candidate: Any = affine([inputs, reset * state], self._candidate_kernel, self._candidate_bias)
        candidate = self._activation(candidate)
        output = update * state + (1 - update) * candidate
        return output, output
