"""Decoders: cells that take given inputs, or what they have put out in the step before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.nn.embedding import embedding_lookup
from minigraph.nn.linear import xw_plus_b
from minigraph.ops.arrays import stop_gradient
from minigraph.ops.math import reduce_max_min
from minigraph.variables.get_variable import get_variable
from minigraph.variables.scope import get_variable_scope
from minigraph.variables.variable_scope import variable_scope

__all__ = ["check_projection", "embedded_argmax", "embedding_rnn_decoder", "rnn_decoder"]


def embedded_argmax(table: Any, output_projection: Any = None, update_embedding: bool = True) -> Callable:
    """Return a loop function: the row of a table for the class of the largest output.

    Args:
        table: the rows.
        output_projection: a matrix and a vector that make logits of an output; None if it has them.
        update_embedding: False lets no gradient go through the rows.

    Example:
        >>> print(sess.run(embedded_argmax(tf.constant([[1.0], [2.0]]))(tf.constant([[0.1, 0.9]]), 1)))
        [[2.]]
    """

    def loop_function(output: Any, step: int) -> Any:
        if output_projection is not None:
            output = xw_plus_b(output, output_projection[0], output_projection[1])
        row = embedding_lookup(table, reduce_max_min.argmax(output, 1))
        return row if update_embedding else stop_gradient.stop_gradient(row)

    return loop_function


def rnn_decoder(
    decoder_inputs: Any, initial_state: Any, cell: Any, loop_function: Callable | None = None, scope: Any = None
) -> tuple:
    """Call a cell for each input, from a given state.

    Args:
        decoder_inputs: a list of tensors of shape [batch, depth].
        initial_state: the state before the first step.
        cell: the cell.
        loop_function: a function of the last output and the index of the step that returns the next input; then only
            the first of `decoder_inputs` is used.
        scope: the variable scope, by default "rnn_decoder".

    Returns:
        The list of outputs, and the last state.

    Example:
        >>> cell = tf.nn.rnn_cell.GRUCell(4)
        >>> outputs, state = tf.contrib.legacy_seq2seq.rnn_decoder(
        ...     [tf.ones([2, 4])] * 3, cell.zero_state(2, tf.float32), cell, lambda output, step: output)
        >>> print(len(outputs), state.name)
        3 rnn_decoder/gru_cell/add_2:0
    """
    with get_default_graph().atomic(), variable_scope(scope or "rnn_decoder"):
        state, outputs = initial_state, []  # type: Any, list
        for i, inputs in enumerate(decoder_inputs):
            if loop_function is not None and outputs:
                with variable_scope("loop_function", reuse=True):
                    inputs = loop_function(outputs[-1], i)
            if i > 0:
                get_variable_scope().reuse_variables()
            output, state = cell(inputs, state)
            outputs.append(output)
        return outputs, state


def check_projection(output_projection: Any, classes: int, dtype: Any) -> None:
    """Raise ValueError if the parts of an output projection do not have as many columns as there are classes."""
    if output_projection is not None:
        convert_to_tensor(output_projection[0], dtype=dtype).shape.assert_is_compatible_with([None, classes])
        convert_to_tensor(output_projection[1], dtype=dtype).shape.assert_is_compatible_with([classes])


def embedding_rnn_decoder(
    decoder_inputs: list,
    initial_state: Any,
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    output_projection: Any = None,
    feed_previous: bool = False,
    update_embedding_for_previous: bool = True,
    scope: Any = None,
) -> tuple:
    """Call a cell for each of a list of ids, or for the classes that it finds itself.

    Args:
        decoder_inputs: a list of integers of shape [batch].
        initial_state: the state before the first step.
        cell: the cell.
        num_symbols: the number of classes.
        embedding_size: the size of a row of the table of inputs.
        output_projection: a matrix and a vector that make logits of an output; None if it has them.
        feed_previous: use only the first of `decoder_inputs`, and then the class of the largest logit.
        update_embedding_for_previous: False trains only the rows of given inputs.
        scope: the variable scope, by default "embedding_rnn_decoder".

    Returns:
        The list of outputs, and the last state.

    Raises:
        ValueError: if the output projection has another shape.

    Example:
        >>> cell = tf.nn.rnn_cell.GRUCell(4)
        >>> outputs, state = tf.contrib.legacy_seq2seq.embedding_rnn_decoder(
        ...     [tf.constant([0, 1])] * 3, cell.zero_state(2, tf.float32), cell, 4, 5, feed_previous=True)
        >>> print(len(outputs), outputs[0].shape)
        3 (2, 4)
    """
    opened: Any
    with get_default_graph().atomic(), variable_scope(scope or "embedding_rnn_decoder") as opened:
        check_projection(output_projection, num_symbols, opened.dtype)
        table = get_variable("embedding", [num_symbols, embedding_size])
        loop = embedded_argmax(table, output_projection, update_embedding_for_previous) if feed_previous else None
        rows = (embedding_lookup(table, ids) for ids in decoder_inputs)  # each made when its step is
        return rnn_decoder(rows, initial_state, cell, loop)
