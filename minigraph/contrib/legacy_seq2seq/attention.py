"""Decoders that look back at the states of an encoder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.contrib.legacy_seq2seq.decoders import embedded_argmax
from minigraph.contrib.rnn.linear import Linear
from minigraph.graph import dtypes, nest
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.nn.embedding import embedding_lookup
from minigraph.ops.arrays import cast, concat, fill, reshape, shape_ops, stack
from minigraph.ops.math import hyperbolic, reductions
from minigraph.ops.nn import convolution, softmax
from minigraph.variables.get_variable import get_variable
from minigraph.variables.scope import get_variable_scope
from minigraph.variables.variable_scope import variable_scope

__all__ = ["attention_decoder", "embedding_attention_decoder"]


class _Attention:
    """The heads that read the states of an encoder."""

    def __init__(self, states: Tensor, heads: int, dtype: Any):
        self._size, self._dtype = states.shape[2].value, dtype
        self._length = states.shape[1].value
        if self._length is None:
            self._length = shape_ops.shape(states)[1]
        self._states: Any = reshape.reshape(states, [-1, self._length, 1, self._size])
        self._heads = [self._head(i) for i in range(heads)]

    def _head(self, i: int) -> tuple[Any, Any]:
        """Return the projected states, and the vector by which they are compared with a query."""
        kernel = get_variable(f"AttnW_{i}", [1, 1, self._size, self._size], dtype=self._dtype)
        features = convolution.conv2d(self._states, kernel, [1, 1, 1, 1], "SAME")
        return features, get_variable(f"AttnV_{i}", [self._size], dtype=self._dtype)

    def zeros(self, batch_size: Any) -> list:
        """Return what is read before the first step."""
        shape = stack.stack([batch_size, self._size])
        found = [fill.zeros(shape, self._dtype) for _ in self._heads]
        for each in found:
            each.set_shape([None, self._size])
        return found

    def read(self, query: Any) -> list:
        """Return the weighted mean of the states, for each head."""
        if nest.is_nested(query):
            parts = nest.flatten(query)
            assert all(part.shape.ndims in (None, 2) for part in parts), "a state must be a matrix"
            query = concat.concat(parts, 1)
        found = []
        for i, (features, vector) in enumerate(self._heads):
            with variable_scope(f"Attention_{i}"):
                found.append(self._mean(query, features, vector))
        return found

    def _mean(self, query: Tensor, features: Any, vector: Any) -> Tensor:
        shift = reshape.reshape(Linear(query, self._size)(query), [-1, 1, 1, self._size])
        shift = cast.cast(shift, self._dtype)
        scores = reductions.reduce_sum(vector * hyperbolic.tanh(features + shift), [2, 3])
        weights: Any = softmax.softmax(cast.cast(scores, dtypes.float32))
        weights = reshape.reshape(cast.cast(weights, self._dtype), [-1, self._length, 1, 1])
        return reshape.reshape(reductions.reduce_sum(weights * self._states, [1, 2]), [-1, self._size])


def attention_decoder(
    decoder_inputs: list,
    initial_state: Any,
    attention_states: Tensor,
    cell: Any,
    output_size: int | None = None,
    num_heads: int = 1,
    loop_function: Callable | None = None,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> tuple:
    """Call a cell for each input, which also looks at the states of an encoder.

    Source: Vinyals et al., Grammar as a foreign language (2015).

    Args:
        decoder_inputs: a list of tensors of shape [batch, depth].
        initial_state: the state before the first step.
        attention_states: a tensor of shape [batch, length, size], the states to look at.
        cell: the cell.
        output_size: the size of an output, by default the cell's.
        num_heads: how many places are looked at in each step.
        loop_function: as for `rnn_decoder`.
        dtype: the element type, by default that of the scope.
        scope: the variable scope, by default "attention_decoder".
        initial_state_attention: let the initial state look before the first step.

    Returns:
        The list of outputs, and the last state.

    Raises:
        ValueError: if there are no inputs or no heads, or a depth is not known.

    Example:
        >>> cell = tf.nn.rnn_cell.GRUCell(4)
        >>> outputs, state = tf.contrib.legacy_seq2seq.attention_decoder(
        ...     [tf.ones([2, 3])] * 5, cell.zero_state(2, tf.float32), tf.ones([2, 7, 6]), cell, output_size=8)
        >>> print(len(outputs), outputs[0].shape, state.shape)
        5 (2, 8) (2, 4)
    """
    _check(decoder_inputs, attention_states, num_heads)
    size = cell.output_size if output_size is None else output_size
    opened: Any
    with get_default_graph().atomic(), variable_scope(scope or "attention_decoder", dtype=dtype) as opened:
        batch_size = shape_ops.shape(decoder_inputs[0])[0]
        attention = _Attention(attention_states, num_heads, opened.dtype)
        read = attention.zeros(batch_size)
        if initial_state_attention:
            read = attention.read(initial_state)
        state, outputs = initial_state, []  # type: Any, list
        for i, inputs in enumerate(decoder_inputs):
            if i > 0:
                get_variable_scope().reuse_variables()
            if loop_function is not None and outputs:
                with variable_scope("loop_function", reuse=True):
                    inputs = loop_function(outputs[-1], i)
            output, state = cell(_mixed(inputs, read, opened.dtype), state)
            if i == 0 and initial_state_attention:
                with variable_scope(get_variable_scope(), reuse=True):
                    read = attention.read(state)
            else:
                read = attention.read(state)
            with variable_scope("AttnOutputProjection"):
                parts = [cast.cast(output, opened.dtype), *read]
                outputs.append(Linear(parts, size)(parts))
        return outputs, state


def _check(inputs: list, states: Tensor, heads: int) -> None:
    if not inputs:
        raise ValueError("Must provide at least 1 input to attention decoder.")
    if heads < 1:
        raise ValueError("With less than 1 heads, use a non-attention decoder.")
    if states.shape[2].value is None:
        raise ValueError(f"Shape[2] of attention_states must be known: {states.shape}")


def _mixed(inputs: Any, read: list, dtype: Any) -> Tensor:
    """Return a linear mix of an input and what was read, of the input's size."""
    size = inputs.shape.with_rank(2)[1]
    if size.value is None:
        raise ValueError(f"Could not infer input size from input: {inputs.name}")
    parts = [cast.cast(part, dtype) for part in (inputs, *read)]
    return Linear(parts, size)(parts)


def embedding_attention_decoder(
    decoder_inputs: list,
    initial_state: Any,
    attention_states: Tensor,
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    num_heads: int = 1,
    output_size: int | None = None,
    output_projection: Any = None,
    feed_previous: bool = False,
    update_embedding_for_previous: bool = True,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> tuple:
    """Call `attention_decoder` for a list of ids, or for the classes that it finds itself.

    Args:
        decoder_inputs: a list of integers of shape [batch].
        initial_state, attention_states, cell, num_heads, initial_state_attention: as for `attention_decoder`.
        num_symbols: the number of classes.
        embedding_size: the size of a row of the table of inputs.
        output_size: the size of an output, by default the cell's.
        output_projection, feed_previous, update_embedding_for_previous: as for `embedding_rnn_decoder`.
        dtype: the element type, by default that of the scope.
        scope: the variable scope, by default "embedding_attention_decoder".

    Returns:
        The list of outputs, and the last state.

    Raises:
        ValueError: if the output projection has another shape, or as for `attention_decoder`.

    Example:
        >>> cell = tf.nn.rnn_cell.GRUCell(4)
        >>> outputs, state = tf.contrib.legacy_seq2seq.embedding_attention_decoder(
        ...     [tf.constant([0, 1])] * 3, cell.zero_state(2, tf.float32), tf.ones([2, 7, 6]), cell, 8, 5)
        >>> print(len(outputs), outputs[0].shape)
        3 (2, 4)
    """
    size = cell.output_size if output_size is None else output_size
    with get_default_graph().atomic():
        if output_projection is not None:
            convert_to_tensor(output_projection[1], dtype=dtype).shape.assert_is_compatible_with([num_symbols])
        with variable_scope(scope or "embedding_attention_decoder", dtype=dtype):
            table = get_variable("embedding", [num_symbols, embedding_size])
            loop = embedded_argmax(table, output_projection, update_embedding_for_previous) if feed_previous else None
            rows = [embedding_lookup(table, ids) for ids in decoder_inputs]
            return attention_decoder(
                rows,
                initial_state,
                attention_states,
                cell,
                size,
                num_heads,
                loop,
                initial_state_attention=initial_state_attention,
            )
