"""Long short-term memory."""

from __future__ import annotations

from typing import Any, NamedTuple

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.graph.warn import log
from minigraph.layers.named import initializer as named_initializer
from minigraph.ops.arrays import concat, slices, split
from minigraph.ops.arrays.constant import constant
from minigraph.ops.linalg import matmul
from minigraph.ops.math import arithmetic, clip, sigmoid
from minigraph.rnn.cells_base import UnitsCell
from minigraph.rnn.cells_basic import affine
from minigraph.variables.initializers.constant import zeros_initializer

__all__ = ["BasicLSTMCell", "LSTMCell", "LSTMStateTuple"]


class _Pair(NamedTuple):
    c: Any
    h: Any


class LSTMStateTuple(_Pair):
    """The state of an LSTM: the memory `c` and the output `h`; or their sizes.

    Example:
        >>> print(tf.nn.rnn_cell.BasicLSTMCell(4).state_size)
        LSTMStateTuple(c=4, h=4)
    """

    __slots__ = ()

    @property
    def dtype(self) -> Any:
        """The element type of both.

        Raises:
            TypeError: if their types differ.
        """
        if self.c.dtype != self.h.dtype:
            raise TypeError(f"Inconsistent internal state: {self.c.dtype} vs {self.h.dtype}")
        return self.c.dtype


class _Memory(UnitsCell):
    """Base of the cells with a memory and an output."""

    def __init__(self, sizes: tuple, state_is_tuple: bool, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._state_is_tuple = state_is_tuple
        self._state_size = LSTMStateTuple(*sizes) if state_is_tuple else sum(sizes)
        self._output_size = sizes[1]
        if not state_is_tuple:
            log(
                "warning",
                f"{self}: Using a concatenated state is slower and will soon be deprecated.  Use state_is_tuple=True.",
            )

    @property
    def state_size(self) -> Any:
        return self._state_size

    @property
    def output_size(self) -> Any:
        return self._output_size

    def _new_state(self, c: Tensor, h: Tensor) -> Any:
        return LSTMStateTuple(c, h) if self._state_is_tuple else concat.concat([c, h], 1)


class BasicLSTMCell(_Memory):
    """The LSTM cell without peepholes, projection and clipping.

    Source: Zaremba et al., Recurrent neural network regularization (2014).

    Args:
        num_units: the size of memory and output.
        forget_bias: added to the forget gate, so that training begins with remembering.
        state_is_tuple: False joins memory and output into one state of size 2 · `num_units`.
        activation: a function or Keras's name of one; by default tanh.
        reuse: share the variables of the scope.
        name: the name of the scope, by default "basic_lstm_cell".
        dtype: the element type, by default that of the inputs.

    Raises:
        ValueError: if the inputs are not of floats, or their last size is not known.

    Example:
        >>> cell = tf.nn.rnn_cell.BasicLSTMCell(4)
        >>> output, (c, h) = cell(tf.zeros([2, 3]), cell.zero_state(2, tf.float32))
        >>> print(output is h, [(v.name, v.shape.as_list()) for v in cell.variables])
        True [('basic_lstm_cell/kernel:0', [7, 16]), ('basic_lstm_cell/bias:0', [16])]
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        activation: Any = None,
        reuse: Any = None,
        name: Any = None,
        dtype: Any = None,
        **kwargs: Any,
    ):
        sizes = num_units, num_units
        super().__init__(sizes, state_is_tuple, num_units, activation, reuse, name, dtype, **kwargs)
        self._forget_bias = forget_bias

    def _add_variables(self, depth: int) -> None:
        size = 4 * self._num_units
        self._kernel = self.add_weight("kernel", [depth + self._num_units, size])
        self._bias = self.add_weight("bias", [size], initializer=zeros_initializer())

    def _step(self, inputs: Any, state: Any) -> tuple:
        one = constant(1, dtypes.int32)
        c, h = state if self._state_is_tuple else split.split(state, 2, one)
        gates = affine([inputs, h], self._kernel, self._bias)
        write, new, forget, read = split.split(gates, 4, one)
        bias = constant(self._forget_bias, forget.dtype)
        kept = arithmetic.multiply(c, sigmoid.sigmoid(arithmetic.add(forget, bias)))
        c = arithmetic.add(kept, arithmetic.multiply(sigmoid.sigmoid(write), self._activation(new)))
        h = arithmetic.multiply(self._activation(c), sigmoid.sigmoid(read))
        return h, self._new_state(c, h)


class LSTMCell(_Memory):
    """The LSTM cell, with peepholes, a projection of the output and clipping where they are asked for.

    Source: Hochreiter and Schmidhuber, Long short-term memory (1997); for peepholes and projection Sak et al., Long
    short-term memory recurrent neural network architectures for large scale acoustic modeling (2014).

    Args:
        num_units: the size of the memory.
        use_peepholes: let the gates see the memory.
        cell_clip: the largest absolute value of the memory, or None.
        initializer: of the kernels and peepholes, by default that of the scope.
        num_proj: the size to which the output is projected, or None.
        proj_clip: the largest absolute value of a projected output, or None.
        num_unit_shards, num_proj_shards: must be None, since MiniGraph has no partitioned variables.
        forget_bias: added to the forget gate, so that training begins with remembering.
        state_is_tuple: False joins memory and output into one state.
        activation: a function or Keras's name of one; by default tanh.
        reuse: share the variables of the scope.
        name: the name of the scope, by default "lstm_cell".
        dtype: the element type, by default that of the inputs.

    Raises:
        ValueError: if the inputs are not of floats, or their last size is not known.

    Example:
        >>> cell = tf.nn.rnn_cell.LSTMCell(4, num_proj=2)
        >>> output, state = cell(tf.zeros([5, 3]), cell.zero_state(5, tf.float32))
        >>> print(output.shape, state.c.shape, *[v.op.name for v in cell.variables])
        (5, 2) (5, 4) lstm_cell/kernel lstm_cell/bias lstm_cell/projection/kernel
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_proj: int | None = None,
        proj_clip: float | None = None,
        num_unit_shards: int | None = None,
        num_proj_shards: int | None = None,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        activation: Any = None,
        reuse: Any = None,
        name: Any = None,
        dtype: Any = None,
        **kwargs: Any,
    ):
        sizes = num_units, num_proj or num_units
        super().__init__(sizes, state_is_tuple, num_units, activation, reuse, name, dtype, **kwargs)
        if num_unit_shards is not None or num_proj_shards is not None:
            raise ValueError(
                f"{self.name}: MiniGraph has no partitioned variables; leave out `num_unit_shards` and "
                "`num_proj_shards`"
            )
        self._use_peepholes, self._cell_clip = use_peepholes, cell_clip
        self._num_proj, self._proj_clip = num_proj, proj_clip
        self._initializer, self._forget_bias = named_initializer(initializer), forget_bias

    def _add_variables(self, depth: int) -> None:
        size = self._num_units
        output = size if self._num_proj is None else self._num_proj
        self._kernel = self._weight("kernel", [depth + output, 4 * size])
        self._bias = self.add_weight("bias", [4 * size], initializer=zeros_initializer())
        if self._use_peepholes:
            self._w_f_diag, self._w_i_diag, self._w_o_diag = (
                self._weight(f"w_{gate}_diag", [size]) for gate in ("f", "i", "o")
            )
        if self._num_proj is not None:
            self._proj_kernel = self._weight("projection/kernel", [size, self._num_proj])

    def _weight(self, name: str, shape: list) -> Any:
        return self.add_weight(name, shape, initializer=self._initializer)

    def _step(self, inputs: Any, state: Any) -> tuple:
        c, h = state if self._state_is_tuple else self._parts(state)
        gates = affine([inputs, h], self._kernel, self._bias)
        write, new, forget, read = split.split(gates, 4, 1)
        c = self._new_memory(c, write, new, forget)
        if self._use_peepholes:
            read = read + self._w_o_diag * c
        h = self._projected(sigmoid.sigmoid(read) * self._activation(c))
        return h, self._new_state(c, h)

    def _parts(self, state: Tensor) -> tuple:
        size = self._num_units
        return slices.slice(state, [0, 0], [-1, size]), slices.slice(state, [0, size], [-1, self._output_size])

    def _new_memory(self, c: Any, write: Any, new: Any, forget: Any) -> Tensor:
        forget = forget + self._forget_bias
        if self._use_peepholes:
            kept = sigmoid.sigmoid(forget + self._w_f_diag * c) * c
            written = sigmoid.sigmoid(write + self._w_i_diag * c) * self._activation(new)
        else:
            kept = sigmoid.sigmoid(forget) * c
            written = sigmoid.sigmoid(write) * self._activation(new)
        return _clipped(kept + written, self._cell_clip)

    def _projected(self, h: Any) -> Tensor:
        if self._num_proj is None:
            return h
        return _clipped(matmul.matmul(h, self._proj_kernel), self._proj_clip)


def _clipped(x: Any, limit: Any) -> Any:
    return x if limit is None else clip.clip_by_value(x, -limit, limit)
