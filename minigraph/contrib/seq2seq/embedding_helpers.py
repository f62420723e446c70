"""Helpers that give a decoder the rows of a table for the ids that it has put out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.contrib.seq2seq.helpers import IdsHelper
from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.nn.embedding import embedding_lookup
from minigraph.ops.arrays import cast, concat, pad, reshape, shape_ops, size_ops, tile, transpose
from minigraph.ops.control.cond import cond
from minigraph.ops.math import comparison, reduce_max_min, reductions
from minigraph.ops.random import multinomial

__all__ = ["GreedyEmbeddingHelper", "SampleEmbeddingHelper", "call_sampler", "drawn"]


class GreedyEmbeddingHelper(IdsHelper):
    """A helper that takes the class of the largest output, and gives its row of a table.

    Args:
        embedding: the table, or a function of ids that returns their rows.
        start_tokens: the first ids, an integer vector.
        end_token: the id that ends a sequence, an integer scalar.

    Raises:
        ValueError: if `start_tokens` is not a vector or `end_token` not a scalar.

    Example:
        >>> table, cell = tf.get_variable("table", [5, 3]), tf.nn.rnn_cell.GRUCell(4)
        >>> helper = tf.contrib.seq2seq.GreedyEmbeddingHelper(table, tf.fill([2], 1), 0)
        >>> decoder = tf.contrib.seq2seq.BasicDecoder(
        ...     cell, helper, cell.zero_state(2, tf.float32), tf.layers.Dense(5))
        >>> outputs, _, _ = tf.contrib.seq2seq.dynamic_decode(decoder, maximum_iterations=7)
        >>> print(outputs.rnn_output.shape, outputs.sample_id.dtype.name)
        (2, ?, 5) int32
    """

    def __init__(self, embedding: Any, start_tokens: Any, end_token: Any):
        with get_default_graph().atomic():
            self._rows = embedding if callable(embedding) else lambda ids: embedding_lookup(embedding, ids)
            self._start_tokens = convert_to_tensor(start_tokens, dtypes.int32, "start_tokens")
            self._end_token = convert_to_tensor(end_token, dtypes.int32, "end_token")
            if self._start_tokens.shape.ndims != 1:
                raise ValueError("start_tokens must be a vector")
            self._batch_size = size_ops.size(start_tokens)
            if self._end_token.shape.ndims != 0:
                raise ValueError("end_token must be a scalar")
            self._start_inputs = self._rows(self._start_tokens)

    def initialize(self, name: str | None = None) -> tuple:
        """Return that no sequence is finished, and the rows of the first ids."""
        return tile.tile([False], [self._batch_size]), self._start_inputs

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Return the class of the largest output; TypeError if there are several outputs."""
        _check_tensor(outputs)
        return reduce_max_min.argmax(outputs, axis=-1, output_type=dtypes.int32)

    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> tuple:
        """Return which sequences end, the rows of the ids and the state."""
        finished = comparison.equal(sample_ids, self._end_token)
        done = reduce_max_min.reduce_all(finished)
        return finished, cond(done, lambda: self._start_inputs, lambda: self._rows(sample_ids)), state


class SampleEmbeddingHelper(GreedyEmbeddingHelper):
    """A helper that draws a class by the outputs as logits, and gives its row of a table.

    Args:
        embedding, start_tokens, end_token: as for `GreedyEmbeddingHelper`.
        softmax_temperature: divides the logits; below 1 the likely classes become likelier.
        seed: the seed of the draws.

    Raises:
        ValueError: if `start_tokens` is not a vector or `end_token` not a scalar.

    Example:
        >>> helper = tf.contrib.seq2seq.SampleEmbeddingHelper(tf.ones([5, 3]), [1, 1], 0, seed=3)
        >>> print(helper.sample(0, tf.ones([2, 5]), None).shape)
        (2,)
    """

    def __init__(
        self,
        embedding: Any,
        start_tokens: Any,
        end_token: Any,
        softmax_temperature: Any = None,
        seed: int | None = None,
    ):
        super().__init__(embedding, start_tokens, end_token)
        self._temperature, self._seed = softmax_temperature, seed

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Return classes drawn by the outputs; TypeError if there are several outputs."""
        _check_tensor(outputs)
        logits = outputs if self._temperature is None else outputs / self._temperature
        return drawn(logits, self._seed)


def _check_tensor(outputs: Any) -> None:
    if not isinstance(outputs, Tensor):
        raise TypeError(f"Expected outputs to be a single Tensor, got: {type(outputs)}")


def drawn(logits: Any, seed: int | None) -> Any:
    """Return a class for each row of logits, by the nodes of TF1's distributions."""
    with get_default_graph().atomic():
        classes, batch = shape_ops.shape(logits)[-1], shape_ops.shape(logits)[:-1]

        def draw(count: Any) -> Any:
            rows = logits if logits.shape.ndims == 2 else reshape.reshape(logits, [-1, classes])
            kind = dtypes.int64 if logits.dtype.size > 4 else dtypes.int32
            draws: Any = multinomial.multinomial(rows, count, seed, output_dtype=kind)
            draws = reshape.reshape(transpose.transpose(draws), concat.concat([[count], batch], 0))
            return cast.cast(draws, dtypes.int32)

        return call_sampler(draw, ())


def call_sampler(draw: Callable, sample_shape: Any) -> Any:
    """Return what a function of the number of samples draws, in the shape of the samples."""
    with atomic_scope("call_sampler"):
        shape: Any = convert_to_tensor(sample_shape, dtypes.int32, "sample_shape")
        missing = cast.cast(comparison.equal(size_ops.rank(shape), 0), dtypes.int32)
        padded = pad.pad(shape_ops.shape(shape), [[missing, 0]], constant_values=1)
        shape = reshape.reshape(shape, padded)
        draws = draw(reductions.reduce_prod(shape))
        return reshape.reshape(draws, concat.concat([shape, shape_ops.shape(draws)[1:]], 0))
