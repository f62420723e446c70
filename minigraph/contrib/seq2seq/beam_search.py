"""`BeamSearchDecoder`: the best of many sequences, found by keeping a few at each step."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from minigraph import logging
from minigraph.contrib.seq2seq.basic_decoder import rnn_output_size
from minigraph.contrib.seq2seq.beam_scores import (
    Beams,
    BeamSearchDecoderOutput,
    BeamSearchDecoderState,
    attention_weights,
    check_rank,
)
from minigraph.contrib.seq2seq.decoding import Decoder
from minigraph.graph import dtypes, nest
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.graph.shapes import TensorShape
from minigraph.layers.base import Layer
from minigraph.nn.embedding import embedding_lookup
from minigraph.ops import namespace as ops
from minigraph.ops.lists.tensor_array import TensorArray
from minigraph.rnn.cells_base import assert_like_rnncell

__all__ = ["BeamSearchDecoder", "FinalBeamSearchDecoderOutput"]


class FinalBeamSearchDecoderOutput(NamedTuple):
    """The result of a beam search: the ids of its sequences, the best first, and the outputs of its steps.

    Example:
        >>> tf.contrib.seq2seq.FinalBeamSearchDecoderOutput._fields
        ('predicted_ids', 'beam_search_decoder_output')
    """

    predicted_ids: Any
    beam_search_decoder_output: Any


class BeamSearchDecoder(Decoder):
    """A decoder that keeps, at each step, the `beam_width` best sequences of each entry of a batch.

    With an `AttentionWrapper` the memory, its lengths and the encoder's state must be repeated by `tile_batch`, and its
    `zero_state` be that of a batch `beam_width` times as large.

    Args:
        cell: the cell.
        embedding: the table of embeddings, or a function of ids that returns their rows.
        start_tokens: the first ids, an int32 vector of shape [batch].
        end_token: the id that ends a sequence, an int32 scalar.
        initial_state: the state before the first step, for a batch of batch * beam_width.
        beam_width: the number of sequences that are kept, an int.
        output_layer: a layer for the cell's outputs, such as `tf.layers.Dense`, or None.
        length_penalty_weight: how much long sequences are favoured; 0 is not at all.
        coverage_penalty_weight: how much attention that covers all of the memory is favoured; 0 is not at all.
        reorder_tensor_arrays: put the beams in each `TensorArray` of the final state, such as `alignment_history`, in
            the order of the sequences, and return it stacked.

    Raises:
        TypeError: if `cell` or `output_layer` is something else.
        ValueError: if `start_tokens` is not a vector or `end_token` not a scalar, or a state does not fit the beams.

    Example:
        >>> table, cell = tf.get_variable("table", [5, 3]), tf.nn.rnn_cell.GRUCell(4)
        >>> decoder = tf.contrib.seq2seq.BeamSearchDecoder(
        ...     cell, table, tf.fill([2], 1), 0, cell.zero_state(2 * 3, tf.float32), 3, tf.layers.Dense(5))
        >>> outputs, _, _ = tf.contrib.seq2seq.dynamic_decode(decoder, maximum_iterations=7)
        >>> print(outputs.predicted_ids.shape, outputs.beam_search_decoder_output.scores.shape)
        (2, ?, 3) (2, ?, 3)
    """

    def __init__(
        self,
        cell: Any,
        embedding: Any,
        start_tokens: Any,
        end_token: Any,
        initial_state: Any,
        beam_width: int,
        output_layer: Any = None,
        length_penalty_weight: Any = 0.0,
        coverage_penalty_weight: Any = 0.0,
        reorder_tensor_arrays: bool = True,
    ):
        assert_like_rnncell("cell", cell)
        if output_layer is not None and not isinstance(output_layer, Layer):
            raise TypeError(f"output_layer must be a Layer, received: {type(output_layer)}")
        self._cell, self._output_layer, self._beam_width = cell, output_layer, beam_width
        self._coverage_penalty, self._reorder = coverage_penalty_weight, reorder_tensor_arrays
        with get_default_graph().atomic():
            self._rows = embedding if callable(embedding) else lambda ids: embedding_lookup(embedding, ids)
            first = convert_to_tensor(start_tokens, dtypes.int32, "start_tokens")
            if first.shape.ndims != 1:
                raise ValueError("start_tokens must be a vector")
            self._end_token = convert_to_tensor(end_token, dtypes.int32, "end_token")
            if self._end_token.shape.ndims != 0:
                raise ValueError("end_token must be a scalar")
            self._batch_size: Any = ops.size(start_tokens)
            self._initial_cell_state = nest.map_structure(self._split_part, initial_state, cell.state_size)
            self._start_inputs = self._rows(ops.tile(ops.expand_dims(first, 1), [1, beam_width]))
            self._finished = self._first_beam(False, True, dtypes.bool_)
        self._beams = Beams(
            self._batch_size, beam_width, self._end_token, length_penalty_weight, coverage_penalty_weight
        )

    def _first_beam(self, on_value: Any, off_value: Any, dtype: Any) -> Tensor:
        """Return a value for the first beam of each search, and another for the rest."""
        zeros = ops.zeros([self._batch_size], dtype=dtypes.int32)
        if dtype != dtypes.bool_:
            on_value, off_value = convert_to_tensor(on_value, dtype), convert_to_tensor(off_value, dtype)
        return ops.one_hot(zeros, depth=self._beam_width, on_value=on_value, off_value=off_value, dtype=dtype)

    @property
    def batch_size(self) -> Any:
        """The number of searches."""
        return self._batch_size

    @property
    def tracks_own_finished(self) -> bool:
        """True: beams change their places, and with them what is finished."""
        return True

    @property
    def output_size(self) -> BeamSearchDecoderOutput:
        """The shape of a step's scores, ids and parents, without the batch."""
        return BeamSearchDecoderOutput(*(TensorShape([self._beam_width]) for _ in range(3)))

    @property
    def output_dtype(self) -> BeamSearchDecoderOutput:
        """The type of the first part of the state, and int32."""
        dtype = self._state_dtype
        scores = nest.map_structure(lambda _: dtype, rnn_output_size(self._cell, self._output_layer))
        return BeamSearchDecoderOutput(scores, dtypes.int32, dtypes.int32)

    @property
    def _state_dtype(self) -> Any:
        return nest.flatten(self._initial_cell_state)[0].dtype

    def initialize(self, name: str | None = None) -> tuple:
        """Return which beams are finished from the start (all but the first), the first inputs and the first state."""
        log_probs = self._first_beam(0.0, -np.inf, self._state_dtype)
        weights = attention_weights(self._initial_cell_state, self._coverage_penalty)
        state = BeamSearchDecoderState(
            cell_state=self._initial_cell_state,
            log_probs=log_probs,
            finished=self._finished,
            lengths=ops.zeros([self._batch_size, self._beam_width], dtype=dtypes.int64),
            accumulated_attention_probs=() if weights is None else weights,
        )
        return self._finished, self._start_inputs, state

    def step(self, time: Any, inputs: Any, state: Any, name: str | None = None) -> tuple:
        """Return the outputs of a step, the next state, the next inputs, and which beams are finished."""
        with atomic_scope(name, "BeamSearchDecoderStep", (time, inputs, state)):
            inputs = nest.map_structure(lambda t: self._merge(t, t.shape[2:]), inputs)
            cell_state = nest.map_structure(self._merge_part, state.cell_state, self._cell.state_size)
            outputs, cell_state = self._cell(inputs, cell_state)
            outputs = nest.map_structure(lambda t: self._split(t, t.shape[1:]), outputs)
            cell_state = nest.map_structure(self._split_part, cell_state, self._cell.state_size)
            if self._output_layer is not None:
                outputs = self._output_layer(outputs)
            output, state = self._beams.step(time, outputs, cell_state, state)
            done = ops.reduce_all(state.finished)
            inputs = ops.cond(done, lambda: self._start_inputs, lambda: self._rows(output.predicted_ids))
            return output, state, inputs, state.finished

    def finalize(self, outputs: Any, final_state: Any, sequence_lengths: Any) -> tuple:
        """Return the sequences, as `FinalBeamSearchDecoderOutput`, and the state."""
        longest = ops.cast(ops.reduce_max(final_state.lengths, axis=1), dtypes.int32)
        ids = ops.gather_tree(outputs.predicted_ids, outputs.parent_ids, longest, self._end_token)
        if self._reorder:
            parents, lengths = outputs.parent_ids, final_state.lengths
            cell_state = nest.map_structure(lambda t: self._sorted(t, parents, lengths), final_state.cell_state)
            final_state = final_state._replace(cell_state=cell_state)
        return FinalBeamSearchDecoderOutput(ids, outputs), final_state

    def _merge(self, t: Any, size: Any) -> Tensor:
        """Return a tensor of shape [batch, beams, ...] as one of shape [batch * beams, ...]."""
        shape: Any = ops.shape(t)
        batch = constant_value(self._batch_size)
        sizes = ops.concat(([self._batch_size * self._beam_width], shape[2:]), 0)
        merged = ops.reshape(t, sizes)
        merged.set_shape(TensorShape([None if batch is None else batch * self._beam_width]).concatenate(_static(size)))
        return merged

    def _split(self, t: Any, size: Any) -> Tensor:
        """Return a tensor of shape [batch * beams, ...] as one of shape [batch, beams, ...]."""
        size, shape = _static(size), ops.shape(t)
        split = ops.reshape(t, ops.concat(([self._batch_size, self._beam_width], shape[1:]), 0))
        expected = TensorShape([constant_value(self._batch_size), self._beam_width]).concatenate(size)
        if not split.shape.is_compatible_with(expected):
            raise ValueError(
                "Unexpected behavior when reshaping between beam width and batch size.  "
                f"The reshaped tensor has shape: {split.shape}.  "
                f"We expected it to have shape (batch_size, beam_width, depth) == {expected}.  "
                "Perhaps you forgot to create a zero_state with batch_size=encoder_batch_size * beam_width?"
            )
        split.set_shape(expected)
        return split

    def _split_part(self, t: Any, size: Any) -> Any:
        return self._with_rank(t, 1, self._split, size)

    def _merge_part(self, t: Any, size: Any) -> Any:
        return self._with_rank(t, 2, self._merge, size)

    def _with_rank(self, t: Any, least: int, function: Any, size: Any) -> Any:
        if isinstance(t, TensorArray):
            return t
        check_rank(t)
        return function(t, size) if t.shape.ndims >= least else t

    def _sorted(self, t: Any, parents: Any, lengths: Any) -> Any:
        """Return a TensorArray stacked, its beams in the order of the sequences; anything else as it is."""
        if not isinstance(t, TensorArray):
            return t
        if not t.element_shape.ndims:
            logging.warn(
                "A TensorArray in the cell state is not amenable to sorting based on the beam search result. For a "
                "TensorArray to be sorted, its elements shape must be defined and have at least a rank of 1, but saw "
                "shape: %s",
                t.element_shape,
            )
            return t
        if not self._may_split(t.element_shape):
            return t
        stacked = t.stack()
        with control_dependencies([self._check_splits(stacked)]):
            return _ordered(stacked, parents, lengths)

    def _may_split(self, shape: TensorShape) -> bool:
        batch, width, found = constant_value(self._batch_size), self._beam_width, shape.as_list()
        if batch is None or found[0] is None:
            return True
        if found[0] == batch * width and (found[1:2] in ([], [None]) or found[:2] == [batch, width]):
            return True  # TF1 too refuses elements of shape [batch * width, known]
        logging.warn(
            "TensorArray reordering expects elements to be reshapable to %s which is incompatible with the current "
            "shape %s. Consider setting reorder_tensor_arrays to False to disable TensorArray reordering during the "
            "beam search.",
            TensorShape([batch, width, None]),
            shape,
        )
        return False

    def _check_splits(self, t: Any) -> Any:
        shape: Any = ops.shape(t)
        fits = ops.equal(shape[1], self._batch_size * self._beam_width)
        if t.shape.ndims != 2:
            same = ops.logical_and(ops.equal(shape[1], self._batch_size), ops.equal(shape[2], self._beam_width))
            fits = ops.logical_or(fits, same)
        words = (
            "TensorArray reordering expects elements to be reshapable to [batch_size, beam_size, -1] which is "
            f"incompatible with the dynamic shape of {t.name} elements. Consider setting reorder_tensor_arrays to "
            "False to disable TensorArray reordering during the beam search."
        )
        return ops.Assert(fits, [words])


def _static(size: Any) -> TensorShape:
    return TensorShape(constant_value(size) if isinstance(size, Tensor) else size)


def _ordered(t: Any, parents: Any, lengths: Any) -> Tensor:
    """Return a stacked TensorArray whose elements follow the sequences back through their parents."""
    steps, batch, width = (parents.shape[i].value or ops.shape(parents)[i] for i in range(3))
    beams = ops.expand_dims(ops.expand_dims(ops.range(width), 0), 0)
    beams = ops.tile(beams, [steps, batch, 1])
    longest = ops.cast(ops.reduce_max(lengths, axis=1), dtypes.int32)
    sorted_beams = ops.gather_tree(beams, parents, longest, width + 1)
    inside = ops.transpose(ops.sequence_mask(lengths, maxlen=steps), perm=[2, 0, 1])
    sorted_beams = ops.where(inside, sorted_beams, beams)
    times = ops.tile(ops.reshape(ops.range(steps), [-1, 1, 1]), [1, batch, width])
    rows = ops.tile(ops.reshape(ops.range(batch), [-1, 1, 1]), [1, steps, width])
    rows = ops.transpose(rows, perm=[1, 0, 2])
    indices = ops.stack([times, rows, sorted_beams], -1)
    final = ops.shape(t)
    return ops.reshape(ops.gather_nd(ops.reshape(t, [steps, batch, width, -1]), indices), final)
