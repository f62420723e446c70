"""One step of a beam search: the scores of all continuations, and the best of them."""

from __future__ import annotations

from typing import Any, NamedTuple

from minigraph.contrib.seq2seq.attention_cell import AttentionWrapperState
from minigraph.graph import dtypes, nest
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape
from minigraph.ops import namespace as ops
from minigraph.ops.lists.tensor_array import TensorArray

__all__ = ["BeamSearchDecoderOutput", "BeamSearchDecoderState", "Beams", "attention_weights", "check_rank"]


class BeamSearchDecoderState(NamedTuple):
    """The state of a beam search: that of the cell, and for each beam its log-probability, its end and its length.

    Example:
        >>> tf.contrib.seq2seq.BeamSearchDecoderState._fields
        ('cell_state', 'log_probs', 'finished', 'lengths', 'accumulated_attention_probs')
    """

    cell_state: Any
    log_probs: Any
    finished: Any
    lengths: Any
    accumulated_attention_probs: Any


class BeamSearchDecoderOutput(NamedTuple):
    """What a step of a beam search puts out: the scores of the beams, their ids, and the beams they come from.

    Example:
        >>> tf.contrib.seq2seq.BeamSearchDecoderOutput(1.0, 2, 0)
        BeamSearchDecoderOutput(scores=1.0, predicted_ids=2, parent_ids=0)
    """

    scores: Any
    predicted_ids: Any
    parent_ids: Any


class Beams(NamedTuple):
    """What all steps of a search share."""

    batch_size: Any
    width: int
    end_token: Any
    length_penalty: Any
    coverage_penalty: Any

    def step(self, time: Any, logits: Any, cell_state: Any, state: BeamSearchDecoderState) -> tuple:
        """Return the output of a step and the next state.

        Args:
            time: the number of the step.
            logits: the logits of all continuations, of shape [batch, beams, classes].
            cell_state: the state of the cell after the step, split into beams.
            state: the state of the search before it.
        """
        batch, width, lengths, finished = self.batch_size, self.width, state.lengths, state.finished
        static_batch = constant_value(batch)
        going_on = ops.logical_not(finished)
        step_probs = self._masked(ops.log_softmax(logits), finished)
        total: Any = ops.expand_dims(state.log_probs, 2) + step_probs
        classes = logits.shape[-1].value or ops.shape(logits)[-1]
        longer = self._lengths_after(going_on, lengths, classes)
        weights = self._accumulated(cell_state, going_on, state.accumulated_attention_probs)
        scores = self._scores(total, longer, finished, weights)
        convert_to_tensor(time, name="time")
        flat = ops.reshape(scores, [batch, -1])
        count = convert_to_tensor(width, dtypes.int32, name="beam_width")
        best, indices = ops.top_k(flat, k=count)
        for found in (best, indices):
            found.set_shape([static_batch, width])
        probs = self._of_beams(indices, total, width * classes, [-1], "next_beam_probs")
        ids = ops.cast(ops.mod(indices, classes, name="next_beam_word_ids"), dtypes.int32)
        parents = ops.cast(indices / classes, dtypes.int32, name="next_beam_parent_ids")
        finished = self._of_beams(parents, finished, width, [-1])
        ended = ops.logical_or(finished, ops.equal(ids, self.end_token), name="next_beam_finished")
        more = ops.cast(ops.logical_not(finished), dtypes.int64)
        lengths = self._of_beams(parents, lengths, width, [-1]) + more
        if weights is not None:
            weights = self._of_beams(parents, weights, width, [batch * width, -1], "next_accumulated_attention_probs")
        cell_state = nest.map_structure(lambda part: self._part_of_beams(parents, part), cell_state)
        after = BeamSearchDecoderState(cell_state, probs, ended, lengths, () if weights is None else weights)
        return BeamSearchDecoderOutput(best, ids, parents), after

    def _masked(self, probs: Any, finished: Any) -> Any:
        """Return log-probabilities with which a finished beam can only go on with its end."""
        classes = ops.shape(probs)[2]
        zero = convert_to_tensor(0.0, dtype=probs.dtype)
        row = ops.one_hot(self.end_token, classes, dtype=probs.dtype, on_value=zero, off_value=probs.dtype.min)
        rows = ops.tile(ops.reshape(row, [1, 1, -1]), ops.concat([ops.shape(finished), [1]], 0))
        mask = ops.tile(ops.expand_dims(finished, 2), [1, 1, classes])
        return ops.where(mask, rows, probs)

    def _lengths_after(self, going_on: Any, lengths: Any, classes: Any) -> Any:
        """Return the length of each continuation; the end does not count."""
        ends = ops.fill([self.batch_size, self.width], self.end_token)
        zero, one = ops.to_int64(0), ops.to_int64(1)
        added: Any = ops.one_hot(ends, classes, on_value=zero, off_value=one, dtype=dtypes.int64)
        added *= ops.expand_dims(ops.cast(going_on, dtypes.int64), 2)
        return added + ops.expand_dims(lengths, 2)

    def _accumulated(self, cell_state: Any, going_on: Any, before: Any) -> Any:
        """Return the sums of attention weights, or None where there is no penalty on them."""
        weights = attention_weights(cell_state, self.coverage_penalty)
        if weights is None:
            return None
        weights *= ops.expand_dims(ops.cast(going_on, dtypes.float32), 2)
        return before + weights

    def _scores(self, log_probs: Any, lengths: Any, finished: Any, weights: Any) -> Any:
        penalty = ops.cast(_length_penalty(lengths, self.length_penalty), log_probs.dtype)
        scores = log_probs / penalty
        coverage: Any = convert_to_tensor(self.coverage_penalty, name="coverage_penalty_weight")
        if coverage.shape.ndims != 0:
            raise ValueError(f"coverage_penalty_weight should be a scalar, but saw shape: {coverage.shape}")
        if constant_value(coverage) == 0.0:
            return scores
        seen = ops.where(ops.equal(weights, 0.0), ops.ones_like(weights), weights)
        covered: Any = ops.reduce_sum(ops.log(ops.minimum(seen, 1.0)), 2)
        covered *= ops.cast(finished, dtypes.float32)
        return scores + ops.expand_dims(covered * coverage, 2)

    def _of_beams(self, indices: Any, values: Any, size: Any, shape: list, name: str | None = None) -> Any:
        """Return the values at indices that count within each search, of which there are `size`."""
        with atomic_scope(name, "tensor_gather_helper"):
            starts = ops.expand_dims(ops.range(self.batch_size) * size, 1)
            indices = ops.reshape(indices + starts, [-1])
            found = ops.gather(ops.reshape(values, shape), indices)
            final = ops.shape(values)[: 1 + len(shape)]
            static = TensorShape([constant_value(self.batch_size)]).concatenate(values.shape[1 : 1 + len(shape)])
            found = ops.reshape(found, final, name="output")
            found.set_shape(static)
            return found

    def _part_of_beams(self, parents: Any, part: Any) -> Any:
        """Return a part of the cell's state by parents; one that has no beams stays."""
        if isinstance(part, TensorArray):
            return part
        check_rank(part)
        if part.shape.ndims < 2:
            return part
        return self._of_beams(parents, part, self.width, [self.batch_size * self.width, -1])


def check_rank(t: Tensor) -> None:
    """Raise ValueError if the rank of a tensor is unknown."""
    if t.shape.ndims is None:
        raise ValueError(f"Expected tensor ({t}) to have known rank, but ndims == None.")


def _length_penalty(lengths: Any, factor: Any) -> Any:
    """Return the penalty of Wu et al. (2016), ((5 + length) / 6) ** factor; 1.0 if the factor is 0."""
    factor = convert_to_tensor(factor, name="penalty_factor")
    factor.set_shape(())
    static = constant_value(factor)
    if static is not None and static == 0:
        return 1.0
    return ops.div((5.0 + ops.cast(lengths, dtypes.float32)) ** factor, (5.0 + 1.0) ** factor)


def attention_weights(cell_state: Any, coverage_penalty: Any) -> Any:
    """Return the attention weights of a cell's state, the mean if there are several; None if there is no penalty.

    Raises:
        ValueError: if there is a penalty, and no attention.
    """
    if isinstance(coverage_penalty, (int, float)) and coverage_penalty == 0.0:
        return None
    states = [cell_state] if isinstance(cell_state, AttentionWrapperState) else cell_state
    states = states if isinstance(states, (list, tuple)) else ()
    found = [_mean_of(state.alignments) for state in states if isinstance(state, AttentionWrapperState)]
    if not found:
        raise ValueError("coverage_penalty_weight must be 0.0 if no cell is attentional.")
    return found[0] if len(found) == 1 else _mean_of(tuple(found))


def _mean_of(weights: Any) -> Any:
    if not isinstance(weights, tuple):
        return weights
    return ops.reduce_mean(ops.concat([ops.expand_dims(each, -1) for each in weights], -1), -1)
