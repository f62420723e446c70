"""Helpers: what a decoder takes as its next input, and when a sequence ends."""

from __future__ import annotations

import abc
from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import cast, filled_like, shape_ops, size_ops, tile
from minigraph.ops.control.cond import cond
from minigraph.ops.lists.tensor_array import TensorArray
from minigraph.ops.math import comparison, reduce_max_min
from minigraph.rnn.dynamic_rnn import transposed

__all__ = ["CustomHelper", "Helper", "IdsHelper", "InferenceHelper", "TrainingHelper"]


class Helper(abc.ABC):
    """The base of helpers; each is asked in every step of a decoder.

    Example:
        >>> helper = tf.contrib.seq2seq.TrainingHelper(tf.ones([2, 5, 3]), [4, 5])
        >>> finished, inputs = helper.initialize()
        >>> print(finished.shape, inputs.shape)
        (2,) (2, 3)
    """

    @property
    @abc.abstractmethod
    def batch_size(self) -> Any:
        """The number of sequences, an integer scalar."""

    @property
    @abc.abstractmethod
    def sample_ids_shape(self) -> TensorShape:
        """The shape of what is sampled in a step, without the batch."""

    @property
    @abc.abstractmethod
    def sample_ids_dtype(self) -> Any:
        """The element type of what is sampled."""

    @abc.abstractmethod
    def initialize(self, name: str | None = None) -> tuple:
        """Return which sequences are finished from the start, and the first inputs."""

    @abc.abstractmethod
    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Return what is sampled from the outputs of a step."""

    @abc.abstractmethod
    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> tuple:
        """Return which sequences end, the next inputs and the next state."""


class CustomHelper(Helper):
    """A helper of three functions.

    Args:
        initialize_fn: a function without arguments, as `Helper.initialize`.
        sample_fn: a function of `time`, `outputs` and `state`.
        next_inputs_fn: a function of `time`, `outputs`, `state` and `sample_ids`.
        sample_ids_shape: by default that of scalars.
        sample_ids_dtype: by default int32.

    Example:
        >>> helper = tf.contrib.seq2seq.CustomHelper(
        ...     lambda: (tf.constant([False]), tf.ones([1, 3])),
        ...     lambda time, outputs, state: tf.cast(tf.argmax(outputs, 1), tf.int32),
        ...     lambda time, outputs, state, sample_ids: (time >= [4], outputs, state))
        >>> print(helper.initialize()[1].shape, sess.run(helper.batch_size))
        (1, 3) 1
    """

    def __init__(
        self,
        initialize_fn: Callable,
        sample_fn: Callable,
        next_inputs_fn: Callable,
        sample_ids_shape: Any = None,
        sample_ids_dtype: Any = None,
    ):
        self._initialize_fn, self._sample_fn, self._next_inputs_fn = initialize_fn, sample_fn, next_inputs_fn
        self._batch_size: Any = None
        self._sample_ids_shape = TensorShape(sample_ids_shape or [])
        self._sample_ids_dtype = sample_ids_dtype or dtypes.int32

    @property
    def batch_size(self) -> Any:
        """The number of sequences; ValueError before `initialize`."""
        if self._batch_size is None:
            raise ValueError("batch_size accessed before initialize was called")
        return self._batch_size

    @property
    def sample_ids_shape(self) -> TensorShape:
        """The shape of what is sampled in a step, without the batch."""
        return self._sample_ids_shape

    @property
    def sample_ids_dtype(self) -> Any:
        """The element type of what is sampled."""
        return self._sample_ids_dtype

    def initialize(self, name: str | None = None) -> tuple:
        """Return which sequences are finished from the start, and the first inputs."""
        with atomic_scope(name, f"{type(self).__name__}Initialize"):
            finished, inputs = self._initialize_fn()
            if self._batch_size is None:
                self._batch_size = size_ops.size(finished)
        return finished, inputs

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Return what is sampled from the outputs of a step."""
        with atomic_scope(name, f"{type(self).__name__}Sample"):
            return self._sample_fn(time=time, outputs=outputs, state=state)

    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> tuple:
        """Return which sequences end, the next inputs and the next state."""
        with atomic_scope(name, f"{type(self).__name__}NextInputs"):
            return self._next_inputs_fn(time=time, outputs=outputs, state=state, sample_ids=sample_ids)


class IdsHelper(Helper):
    """Base: samples one id of a class for each sequence."""

    _batch_size: Any

    @property
    def batch_size(self) -> Any:
        """The number of sequences, an integer scalar."""
        return self._batch_size

    @property
    def sample_ids_shape(self) -> TensorShape:
        """The shape of scalars."""
        return TensorShape([])

    @property
    def sample_ids_dtype(self) -> Any:
        """The type int32."""
        return dtypes.int32


class TrainingHelper(IdsHelper):
    """A helper that gives the decoder the right inputs, whatever it puts out.

    Args:
        inputs: a tensor of shape [batch, time, depth].
        sequence_length: the number of steps of each sequence, an integer vector.
        time_major: the inputs are of shape [time, batch, depth].
        name: the name scope.

    Raises:
        ValueError: if `sequence_length` is not a vector.

    Example:
        >>> cell, helper = tf.nn.rnn_cell.GRUCell(4), tf.contrib.seq2seq.TrainingHelper(tf.ones([2, 5, 3]), [4, 5])
        >>> decoder = tf.contrib.seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32))
        >>> outputs, state, lengths = tf.contrib.seq2seq.dynamic_decode(decoder)
        >>> sess.run(tf.global_variables_initializer())
        >>> print(sess.run(outputs.rnn_output).shape, sess.run(lengths))
        (2, 5, 4) [4 5]
    """

    def __init__(self, inputs: Any, sequence_length: Any, time_major: bool = False, name: str | None = None):
        with atomic_scope(name, "TrainingHelper"):
            self._inputs = convert_to_tensor(inputs, name="inputs")
            steps: Any = self._inputs if time_major else transposed(self._inputs)
            count = shape_ops.shape(steps)[0]
            self._array = TensorArray(steps.dtype, size=count, element_shape=steps.shape[1:]).unstack(steps)
            self._sequence_length = convert_to_tensor(sequence_length, name="sequence_length")
            if self._sequence_length.shape.ndims != 1:
                raise ValueError(
                    f"Expected sequence_length to be a vector, but received shape: {self._sequence_length.shape}"
                )
            self._zeros = filled_like.zeros_like(steps[0, :])
            self._batch_size = size_ops.size(sequence_length)

    @property
    def inputs(self) -> Tensor:
        """The inputs."""
        return self._inputs

    @property
    def sequence_length(self) -> Tensor:
        """The number of steps of each sequence."""
        return self._sequence_length

    def initialize(self, name: str | None = None) -> tuple:
        """Return which sequences have no steps, and the first inputs."""
        with atomic_scope(name, "TrainingHelperInitialize"):
            finished = comparison.equal(0, self._sequence_length)
            return finished, self._read(0, finished)

    def sample(self, time: Any, outputs: Any, state: Any = None, name: str | None = None) -> Any:
        """Return the class of the largest output."""
        with atomic_scope(name, "TrainingHelperSample"):
            return cast.cast(reduce_max_min.argmax(outputs, axis=-1), dtypes.int32)

    def next_inputs(
        self, time: Any, outputs: Any, state: Any, sample_ids: Any = None, name: str | None = None
    ) -> tuple:
        """Return which sequences end, the next inputs and the state."""
        with atomic_scope(name, "TrainingHelperNextInputs"):
            later = time + 1
            finished = later >= self._sequence_length
            return finished, self._read(later, finished), state

    def _read(self, time: Any, finished: Any) -> Any:
        done = reduce_max_min.reduce_all(finished)
        return cond(done, lambda: self._zeros, lambda: self._array.read(time))


class InferenceHelper(Helper):
    """A helper that gives the decoder what was sampled.

    Args:
        sample_fn: a function of the outputs that returns what is sampled.
        sample_shape: its shape, without the batch.
        sample_dtype: its element type.
        start_inputs: the first inputs, of shape [batch, ...].
        end_fn: a function of what is sampled that returns which sequences end.
        next_inputs_fn: a function of what is sampled that returns the next inputs; by default the sample itself.

    Example:
        >>> helper = tf.contrib.seq2seq.InferenceHelper(
        ...     lambda outputs: outputs, [4], tf.float32, tf.ones([2, 4]), lambda y: tf.reduce_sum(y, 1) < 0.0)
        >>> print([t.shape.as_list() for t in helper.initialize()], helper.sample_ids_shape)
        [[2], [2, 4]] (4,)
    """

    def __init__(
        self,
        sample_fn: Callable,
        sample_shape: Any,
        sample_dtype: Any,
        start_inputs: Any,
        end_fn: Callable,
        next_inputs_fn: Callable | None = None,
    ):
        self._sample_fn, self._end_fn, self._next_inputs_fn = sample_fn, end_fn, next_inputs_fn
        self._sample_shape, self._sample_dtype = TensorShape(sample_shape), sample_dtype
        self._batch_size = shape_ops.shape(start_inputs)[0]
        self._start_inputs = convert_to_tensor(start_inputs, name="start_inputs")

    @property
    def batch_size(self) -> Any:
        """The number of sequences, an integer scalar."""
        return self._batch_size

    @property
    def sample_ids_shape(self) -> TensorShape:
        """The shape of what is sampled in a step, without the batch."""
        return self._sample_shape

    @property
    def sample_ids_dtype(self) -> Any:
        """The element type of what is sampled."""
        return self._sample_dtype

    def initialize(self, name: str | None = None) -> tuple:
        """Return that no sequence is finished, and the first inputs."""
        return tile.tile([False], [self._batch_size]), self._start_inputs

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Return what is sampled from the outputs of a step."""
        return self._sample_fn(outputs)

    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> tuple:
        """Return which sequences end, the next inputs and the state."""
        inputs = sample_ids if self._next_inputs_fn is None else self._next_inputs_fn(sample_ids)
        return self._end_fn(sample_ids), inputs, state
