"""`LayerNormBasicLSTMCell`: an LSTM whose gates and memory are normalized."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.nn.dropouts import dropout
from minigraph.nn.normalization import batch_normalization, moments
from minigraph.ops.arrays import concat, split
from minigraph.ops.linalg import matmul
from minigraph.ops.math import hyperbolic, sigmoid
from minigraph.ops.nn import bias_add
from minigraph.rnn.cells_base import RNNCell
from minigraph.rnn.cells_lstm import LSTMStateTuple
from minigraph.variables.get_variable import get_variable
from minigraph.variables.initializers.constant import constant_initializer
from minigraph.variables.variable_scope import variable_scope

__all__ = ["LayerNormBasicLSTMCell"]


class LayerNormBasicLSTMCell(RNNCell):
    """An LSTM with layer normalization and dropout of what is written into the memory.

    Sources: Ba et al., Layer normalization (2016); Semeniuta et al., Recurrent dropout without memory loss (2016).

    Args:
        num_units: the size of memory and output.
        forget_bias: added to the forget gate.
        input_size: accepted and ignored, as in TF1.
        activation: a function.
        layer_norm: False leaves the normalization out, and adds a bias.
        norm_gain, norm_shift: the initial scale and offset of the normalized values.
        dropout_keep_prob: the probability of keeping an element, a number or a scalar tensor; no dropout where it is 1.
        dropout_prob_seed: the seed of the choices.
        reuse: share the variables of the scope.

    Example:
        >>> cell = tf.contrib.rnn.LayerNormBasicLSTMCell(4)
        >>> output, state = cell(tf.ones([2, 3]), cell.zero_state(2, tf.float32))
        >>> print(len(cell.variables), *[v.op.name for v in cell.variables[:2]])
        11 layer_norm_basic_lstm_cell/kernel layer_norm_basic_lstm_cell/input/gamma
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        input_size: Any = None,
        activation: Callable = hyperbolic.tanh,
        layer_norm: bool = True,
        norm_gain: float = 1.0,
        norm_shift: float = 0.0,
        dropout_keep_prob: Any = 1.0,
        dropout_prob_seed: int | None = None,
        reuse: Any = None,
    ):
        super().__init__(_reuse=reuse)
        self._num_units, self._forget_bias, self._activation = num_units, forget_bias, activation
        self._layer_norm, self._norm_gain, self._norm_shift = layer_norm, norm_gain, norm_shift
        self._keep_prob, self._seed = dropout_keep_prob, dropout_prob_seed

    @property
    def state_size(self) -> Any:
        return LSTMStateTuple(self._num_units, self._num_units)

    @property
    def output_size(self) -> Any:
        return self._num_units

    def call(self, inputs: Any, state: Any) -> tuple:  # type: ignore[override]
        c, h = state
        joined = self._product(concat.concat([inputs, h], 1))
        parts = zip(("input", "transform", "forget", "output"), split.split(joined, 4, 1))
        write, new, forget, read = [self._normalized(part, name) for name, part in list(parts)]
        new = self._activation(new)
        if not isinstance(self._keep_prob, float) or self._keep_prob < 1:
            new = dropout(new, self._keep_prob, seed=self._seed)
        c = c * sigmoid.sigmoid(forget + self._forget_bias) + sigmoid.sigmoid(write) * new
        c = self._normalized(c, "state")
        h = self._activation(c) * sigmoid.sigmoid(read)
        return h, LSTMStateTuple(c, h)

    def _product(self, inputs: Any) -> Tensor:
        size = 4 * self._num_units
        product = matmul.matmul(inputs, get_variable("kernel", [inputs.shape[-1], size], dtype=inputs.dtype))
        if self._layer_norm:
            return product
        return bias_add.bias_add(product, get_variable("bias", [size], dtype=inputs.dtype))

    def _normalized(self, x: Any, name: str) -> Any:
        """Normalize each row of x, with a scale and an offset in a scope of that name."""
        if not self._layer_norm:
            return x
        with variable_scope(name):
            gamma, beta = (
                get_variable(each, x.shape[-1:], x.dtype, constant_initializer(value))
                for each, value in (("gamma", self._norm_gain), ("beta", self._norm_shift))
            )
        with variable_scope(name, reuse=True):
            mean, variance = moments(x, [x.shape.ndims - 1], keep_dims=True)
            epsilon = 1e-3 if x.dtype.base_dtype is dtypes.float16 else 1e-12
            found = batch_normalization(x, mean, variance, beta, gamma, epsilon)
        found.set_shape(x.shape)
        return found
