"""`dynamic_decode`: a decoder's steps in one loop, until all sequences have ended."""

from __future__ import annotations

import abc
from typing import Any

from minigraph.graph import dtypes, nest, same_structure
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import constant, fill, filled_like, shape_ops, where
from minigraph.ops.control import while_loop
from minigraph.ops.lists.tensor_array import TensorArray
from minigraph.ops.math import comparison, reduce_max_min
from minigraph.rnn.dynamic_rnn import transposed
from minigraph.rnn.network_scopes import network_scope
from minigraph.rnn.sizes import zero_tensors

__all__ = ["Decoder", "dynamic_decode"]


class Decoder(abc.ABC):
    """The base of decoders: a first state, and a step to the next one.

    Example:
        >>> class Countdown(tf.contrib.seq2seq.Decoder):
        ...     batch_size, output_size, output_dtype = 2, tf.TensorShape([]), tf.int32
        ...     def initialize(self, name=None):
        ...         return tf.constant([False, False]), tf.constant([3, 5]), tf.constant(0)
        ...     def step(self, time, inputs, state, name=None):
        ...         return inputs, state, inputs - 1, inputs <= 1
        >>> outputs, _, lengths = tf.contrib.seq2seq.dynamic_decode(Countdown(), impute_finished=True)
        >>> print(sess.run(outputs).tolist(), sess.run(lengths))
        [[3, 2, 1, 0, 0], [5, 4, 3, 2, 1]] [3 5]
    """

    @property
    def batch_size(self) -> Any:
        """The number of sequences."""
        raise NotImplementedError

    @property
    def output_size(self) -> Any:
        """The shape of the outputs of a step, without the batch: a nested structure."""
        raise NotImplementedError

    @property
    def output_dtype(self) -> Any:
        """The element types of the outputs, nested like `output_size`."""
        raise NotImplementedError

    @abc.abstractmethod
    def initialize(self, name: str | None = None) -> tuple:
        """Return which sequences are finished from the start, the first inputs and the first state."""

    @abc.abstractmethod
    def step(self, time: Any, inputs: Any, state: Any, name: str | None = None) -> tuple:
        """Return the outputs of a step, the next state, the next inputs, and which sequences end."""

    def finalize(self, outputs: Any, final_state: Any, sequence_lengths: Any) -> tuple:
        """Return other outputs and another state after the loop, if the decoder has any."""
        raise NotImplementedError

    @property
    def tracks_own_finished(self) -> bool:
        """True if `step` says of all sequences whether they are finished, not only which end."""
        return False


def dynamic_decode(
    decoder: Any,
    output_time_major: bool = False,
    impute_finished: bool = False,
    maximum_iterations: Any = None,
    parallel_iterations: int = 32,
    swap_memory: bool = False,
    scope: Any = None,
) -> tuple:
    """Repeat a decoder's step until all sequences have ended.

    Args:
        decoder: the decoder.
        output_time_major: return outputs of shape [time, batch, ...].
        impute_finished: return zeros for the steps after the end of a sequence, and keep its state.
        maximum_iterations: the greatest number of steps, an int or a scalar, or None.
        parallel_iterations, swap_memory: accepted, as in TF1.
        scope: the variable scope, by default "decoder", made unique.

    Returns:
        The outputs, of shape [batch, time, ...], nested as those of a step; the last state; the number of steps of
        each sequence.

    Raises:
        TypeError: if `decoder` is not a `Decoder`.
        ValueError: if `maximum_iterations` is not a scalar, or a step's results are nested differently.

    Example:
        >>> cell, helper = tf.nn.rnn_cell.GRUCell(4), tf.contrib.seq2seq.TrainingHelper(tf.ones([2, 5, 3]), [4, 5])
        >>> decoder = tf.contrib.seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32))
        >>> outputs, state, lengths = tf.contrib.seq2seq.dynamic_decode(decoder)
        >>> print(state.shape, tf.trainable_variables()[0].name)
        (2, 4) decoder/gru_cell/gates/kernel:0
    """
    if not isinstance(decoder, Decoder):
        raise TypeError(f"Expected decoder to be type Decoder, but saw: {type(decoder)}")
    with get_default_graph().atomic(), network_scope(scope, "decoder"):
        limit = None if maximum_iterations is None else _limit(maximum_iterations)
        loop = _Decoding(decoder, impute_finished, limit)
        outputs, state, lengths = loop.build(parallel_iterations, swap_memory)
        try:
            outputs, state = decoder.finalize(outputs, state, lengths)
        except NotImplementedError:
            pass
        return outputs if output_time_major else nest.map_structure(transposed, outputs), state, lengths


def _limit(maximum_iterations: Any) -> Any:
    limit = convert_to_tensor(maximum_iterations, dtypes.int32, "maximum_iterations")
    if limit.shape.ndims != 0:
        raise ValueError("maximum_iterations must be a scalar")
    return limit


class _Decoding:
    """The loop of a decoder."""

    def __init__(self, decoder: Decoder, impute: bool, limit: Any):
        self._decoder, self._impute, self._limit = decoder, impute, limit
        finished, inputs, state = decoder.initialize()
        sizes, kinds = decoder.output_size, decoder.output_dtype
        self._zeros = nest.map_structure(lambda s, d: zero_tensors(s, decoder.batch_size, d), sizes, kinds)
        if limit is not None:
            finished = comparison.logical_or(finished, 0 >= limit)
        lengths = filled_like.zeros_like(finished, dtypes.int32)
        time = constant.constant(0, dtypes.int32)
        arrays = nest.map_structure(self._array, sizes, kinds)
        self._start = time, arrays, state, inputs, finished, lengths

    def _array(self, size: Any, dtype: Any) -> TensorArray:
        shape = None
        if isinstance(size, TensorShape) and size.ndims != 0:
            batch = constant_value(convert_to_tensor(self._decoder.batch_size, name="batch_size"))
            shape = TensorShape([batch]).concatenate(size)
        return TensorArray(dtype, size=0, dynamic_size=True, element_shape=shape)

    def build(self, parallel_iterations: int, swap_memory: bool) -> tuple:
        """Return the outputs, time-major, the last state, and the lengths of the sequences."""
        _, arrays, state, _, _, lengths = while_loop.while_loop(
            lambda *loop: comparison.logical_not(reduce_max_min.reduce_all(loop[4])),
            self._step,
            self._start,
            parallel_iterations=parallel_iterations,
            maximum_iterations=self._limit,
            swap_memory=swap_memory,
        )
        return nest.map_structure(lambda array: array.stack(), arrays), state, lengths

    def _step(self, time: Any, arrays: Any, state: Any, inputs: Any, finished: Any, lengths: Any) -> tuple:
        outputs, new_state, new_inputs, ended = self._decoder.step(time, inputs, state)
        if not self._decoder.tracks_own_finished:
            ended = comparison.logical_or(ended, finished)
        now = fill.fill(shape_ops.shape(lengths), time + 1)
        lengths = where.where(comparison.logical_not(finished), now, lengths)
        for before, after in ((state, new_state), (arrays, outputs), (inputs, new_inputs)):
            same_structure.assert_same_structure(before, after)

        def kept(new: Any, old: Any) -> Any:
            if isinstance(old, TensorArray):
                return new
            new.set_shape(old.shape)
            return new if new.shape.ndims == 0 else where.where(finished, old, new)

        if self._impute:
            outputs = nest.map_structure(lambda new, zero: where.where(finished, zero, new), outputs, self._zeros)
            new_state = nest.map_structure(kept, new_state, state)
        arrays = nest.map_structure(lambda array, value: array.write(time, value), arrays, outputs)
        return time + 1, arrays, new_state, new_inputs, ended, lengths
