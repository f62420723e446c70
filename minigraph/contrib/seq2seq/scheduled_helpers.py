"""Helpers that give a decoder, now and then, its own outputs in the place of the right inputs (Bengio et al., 2015)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.contrib.seq2seq.embedding_helpers import call_sampler, drawn
from minigraph.contrib.seq2seq.helpers import TrainingHelper
from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.nn.embedding import embedding_lookup
from minigraph.ops import namespace as ops
from minigraph.ops.lists.tensor_array import TensorArray
from minigraph.rnn.dynamic_rnn import transposed

__all__ = ["ScheduledEmbeddingTrainingHelper", "ScheduledOutputTrainingHelper"]


def _probability(given: Any) -> Any:
    found = convert_to_tensor(given, name="sampling_probability")
    if found.shape.ndims not in (0, 1):
        raise ValueError(f"sampling_probability must be either a scalar or a vector. saw shape: {found.shape}")
    return found


def _heads(probs: Any, dtype: Any, count: Any, seed: int | None) -> Any:
    """Return draws that are true with some probability, by the nodes of TF1's distributions."""
    batch = ops.shape(probs)

    def draw(n: Any) -> Any:
        noise = ops.random_uniform(ops.concat([[n], batch], 0), seed=seed, dtype=probs.dtype)
        return ops.cast(ops.less(noise, probs), dtype)

    return call_sampler(draw, count)


class ScheduledEmbeddingTrainingHelper(TrainingHelper):
    """A helper that gives, with some probability, the row of a table for a class drawn by the outputs.

    Args:
        inputs, sequence_length, time_major, name: as for `TrainingHelper`.
        embedding: the table, or a function of ids that returns their rows.
        sampling_probability: how often a class is drawn, a scalar or a vector of shape [batch].
        seed: the seed of the classes.
        scheduling_seed: the seed of when they are drawn.

    Raises:
        ValueError: if the probability is neither scalar nor vector.

    Example:
        >>> helper = tf.contrib.seq2seq.ScheduledEmbeddingTrainingHelper(
        ...     tf.ones([2, 5, 3]), [4, 5], tf.zeros([6, 3]), sampling_probability=1.0, seed=1)
        >>> ids = helper.sample(0, tf.zeros([2, 6]), None)
        >>> print(sess.run(helper.next_inputs(0, tf.zeros([2, 6]), None, ids)[1]).tolist())
        [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """

    def __init__(
        self,
        inputs: Any,
        sequence_length: Any,
        embedding: Any,
        sampling_probability: Any,
        time_major: bool = False,
        seed: int | None = None,
        scheduling_seed: int | None = None,
        name: str | None = None,
    ):
        with atomic_scope(name, "ScheduledEmbeddingSamplingWrapper", [embedding, sampling_probability]):
            self._rows = embedding if callable(embedding) else lambda ids: embedding_lookup(embedding, ids)
            self._sampling_probability = _probability(sampling_probability)
            self._seed, self._scheduling_seed = seed, scheduling_seed
            super().__init__(inputs, sequence_length, time_major, name)

    def sample(self, time: Any, outputs: Any, state: Any = None, name: str | None = None) -> Any:
        """Return classes drawn by the outputs, and -1 where none was drawn."""
        with atomic_scope(name, "ScheduledEmbeddingTrainingHelperSample", [time, outputs, state]):
            chosen = _heads(self._sampling_probability, dtypes.bool_, self.batch_size, self._scheduling_seed)
            found = drawn(convert_to_tensor(outputs, name="logits"), self._seed)
            return ops.where(chosen, found, ops.fill([self.batch_size], -1))

    def next_inputs(
        self, time: Any, outputs: Any, state: Any, sample_ids: Any = None, name: str | None = None
    ) -> tuple:
        """Return which sequences end, the next inputs and the state."""
        with atomic_scope(name, "ScheduledEmbeddingTrainingHelperNextInputs", [time, outputs, state, sample_ids]):
            finished, right, state = super().next_inputs(time, outputs, state, sample_ids, name)

            def mixed() -> Any:
                at = ops.cast(ops.where(sample_ids > -1), dtypes.int32)
                other = ops.cast(ops.where(sample_ids <= -1), dtypes.int32)
                ids, kept = ops.gather_nd(sample_ids, at), ops.gather_nd(right, other)
                rows, shape = self._rows(ids), ops.shape(right)
                return ops.scatter_nd(at, rows, shape) + ops.scatter_nd(other, kept, shape)

            return finished, ops.cond(ops.reduce_all(finished), lambda: right, mixed), state


class ScheduledOutputTrainingHelper(TrainingHelper):
    """A helper that gives, with some probability, the outputs of the step before, or a function of them.

    Args:
        inputs, sequence_length, time_major, name: as for `TrainingHelper`.
        sampling_probability: how often the outputs are given, a scalar or a vector of shape [batch].
        seed: the seed of when they are.
        next_inputs_fn: a function of the outputs; by default they are given themselves.
        auxiliary_inputs: a tensor of shape [batch, time, ...] that stands after the inputs, whichever they are.

    Raises:
        ValueError: if the probability is neither scalar nor vector.

    Example:
        >>> helper = tf.contrib.seq2seq.ScheduledOutputTrainingHelper(tf.ones([2, 5, 3]), [4, 5], 1.0, seed=1)
        >>> chosen = helper.sample(0, tf.zeros([2, 3]))
        >>> print(sess.run(helper.next_inputs(0, tf.zeros([2, 3]), None, chosen)[1]).tolist())
        [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """

    def __init__(
        self,
        inputs: Any,
        sequence_length: Any,
        sampling_probability: Any,
        time_major: bool = False,
        seed: int | None = None,
        next_inputs_fn: Callable | None = None,
        auxiliary_inputs: Any = None,
        name: str | None = None,
    ):
        given = [inputs, auxiliary_inputs, sampling_probability]
        with atomic_scope(name, "ScheduledOutputTrainingHelper", given):
            self._sampling_probability = _probability(sampling_probability)
            self._auxiliary: Any = None
            if auxiliary_inputs is not None:
                inputs = convert_to_tensor(inputs, name="inputs")
                auxiliary_inputs = convert_to_tensor(auxiliary_inputs, name="auxiliary_inputs")
                inputs = ops.concat((inputs, auxiliary_inputs), -1)
                steps: Any = auxiliary_inputs if time_major else transposed(auxiliary_inputs)
                count = ops.shape(steps)[0]
                self._auxiliary = TensorArray(steps.dtype, size=count, element_shape=steps.shape[1:]).unstack(steps)
            self._seed, self._next_inputs_fn = seed, next_inputs_fn
            super().__init__(inputs, sequence_length, time_major, name)

    def sample(self, time: Any, outputs: Any, state: Any = None, name: str | None = None) -> Any:
        """Return for which sequences the outputs are given next: ones and zeros."""
        with atomic_scope(name, "ScheduledOutputTrainingHelperSample", [time, outputs, state]):
            return _heads(self._sampling_probability, dtypes.int32, self.batch_size, self._seed)

    def next_inputs(
        self, time: Any, outputs: Any, state: Any, sample_ids: Any = None, name: str | None = None
    ) -> tuple:
        """Return which sequences end, the next inputs and the state."""
        with atomic_scope(name, "ScheduledOutputTrainingHelperNextInputs", [time, outputs, state, sample_ids]):
            finished, right, state = super().next_inputs(time, outputs, state, sample_ids, name)
            chosen = ops.cast(sample_ids, dtypes.bool_)
            done = ops.reduce_all(finished)
            none = ops.logical_not(ops.reduce_any(chosen))
            mixed = ops.cond(
                ops.logical_or(done, none), lambda: right, lambda: self._mixed(time, outputs, chosen, right)
            )
            return finished, mixed, state

    def _mixed(self, time: Any, outputs: Any, chosen: Any, right: Any) -> Any:
        if self._next_inputs_fn is None:
            return ops.where(chosen, self._with_auxiliary(time, outputs), right)
        at = ops.cast(ops.where(chosen), dtypes.int32)
        other = ops.cast(ops.where(ops.logical_not(chosen)), dtypes.int32)
        picked, kept = ops.gather_nd(outputs, at), ops.gather_nd(right, other)
        updates = self._with_auxiliary(time, self._next_inputs_fn(picked), at)
        shape = ops.shape(right)
        return ops.scatter_nd(at, updates, shape) + ops.scatter_nd(other, kept, shape)

    def _with_auxiliary(self, time: Any, outputs: Any, indices: Any = None) -> Any:
        if self._auxiliary is None:
            return outputs
        found = self._auxiliary.read(time + 1)
        if indices is not None:
            found = ops.gather_nd(found, indices)
        return ops.concat((outputs, found), -1)
