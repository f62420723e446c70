"""Models of an encoder, whose last state is the first of a decoder."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from minigraph.contrib.legacy_seq2seq.attention import embedding_attention_decoder
from minigraph.contrib.legacy_seq2seq.decoders import (
    check_projection,
    embedded_argmax,
    embedding_rnn_decoder,
    rnn_decoder,
)
from minigraph.contrib.rnn.embedding import EmbeddingWrapper
from minigraph.contrib.rnn.projections import OutputProjectionWrapper
from minigraph.graph import dtypes, nest
from minigraph.graph.default import get_default_graph
from minigraph.nn.embedding import embedding_lookup
from minigraph.ops.arrays import concat, reshape, shape_ops
from minigraph.ops.control.cond import cond
from minigraph.rnn.cells_base import RNNCell
from minigraph.rnn.static_rnn import static_rnn
from minigraph.variables.get_variable import get_variable
from minigraph.variables.scope import get_variable_scope
from minigraph.variables.variable_scope import variable_scope

__all__ = [
    "basic_rnn_seq2seq",
    "embedding_attention_seq2seq",
    "embedding_rnn_seq2seq",
    "embedding_tied_rnn_seq2seq",
    "one2many_rnn_seq2seq",
    "tied_rnn_seq2seq",
]


def basic_rnn_seq2seq(
    encoder_inputs: list, decoder_inputs: list, cell: Any, dtype: Any = dtypes.float32, scope: Any = None
) -> tuple:
    """Call a cell for the encoder's inputs, and from its last state another of its kind for the decoder's.

    Args:
        encoder_inputs, decoder_inputs: lists of tensors of shape [batch, depth].
        cell: the decoder's cell; the encoder has a copy of it.
        dtype: the type of the zeros before the first step.
        scope: the variable scope, by default "basic_rnn_seq2seq".

    Returns:
        The list of the decoder's outputs, and its last state.

    Example:
        >>> outputs, state = tf.contrib.legacy_seq2seq.basic_rnn_seq2seq(
        ...     [tf.ones([2, 3])] * 4, [tf.ones([2, 3])] * 5, tf.nn.rnn_cell.GRUCell(6))
        >>> print(len(outputs), state.shape, tf.trainable_variables()[0].name)
        5 (2, 6) basic_rnn_seq2seq/rnn/gru_cell/gates/kernel:0
    """
    with get_default_graph().atomic(), variable_scope(scope or "basic_rnn_seq2seq"):
        _, state = static_rnn(copy.deepcopy(cell), encoder_inputs, dtype=dtype)
        return rnn_decoder(decoder_inputs, state, cell)


def tied_rnn_seq2seq(
    encoder_inputs: list,
    decoder_inputs: list,
    cell: Any,
    loop_function: Callable | None = None,
    dtype: Any = dtypes.float32,
    scope: Any = None,
) -> tuple:
    """Call one cell for the encoder's inputs, and then for the decoder's.

    Args:
        encoder_inputs, decoder_inputs: lists of tensors of shape [batch, depth].
        cell: the cell.
        loop_function: as for `rnn_decoder`.
        dtype: the type of the zeros before the first step.
        scope: the variable scope within "combined_tied_rnn_seq2seq", by default "tied_rnn_seq2seq".

    Returns:
        The list of the decoder's outputs, and its last state.

    Example:
        >>> outputs, state = tf.contrib.legacy_seq2seq.tied_rnn_seq2seq(
        ...     [tf.ones([2, 3])] * 4, [tf.ones([2, 3])] * 5, tf.nn.rnn_cell.BasicRNNCell(6))
        >>> print(len(outputs), [v.op.name.split("/", 2)[1] for v in tf.trainable_variables()])
        5 ['tied_rnn_seq2seq', 'tied_rnn_seq2seq']
    """
    with get_default_graph().atomic(), variable_scope("combined_tied_rnn_seq2seq"):
        scope = scope or "tied_rnn_seq2seq"
        _, state = static_rnn(cell, encoder_inputs, dtype=dtype, scope=scope)
        get_variable_scope().reuse_variables()
        return rnn_decoder(decoder_inputs, state, cell, loop_function, scope)


def embedding_rnn_seq2seq(
    encoder_inputs: list,
    decoder_inputs: list,
    cell: Any,
    num_encoder_symbols: int,
    num_decoder_symbols: int,
    embedding_size: int,
    output_projection: Any = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> tuple:
    """Call a cell for a list of ids, and from its last state another for a second list.

    Args:
        encoder_inputs, decoder_inputs: lists of integers of shape [batch].
        cell: the decoder's cell; the encoder has a copy of it.
        num_encoder_symbols, num_decoder_symbols: the numbers of classes.
        embedding_size: the size of the rows of both tables of inputs.
        output_projection: a matrix and a vector that make logits of an output; by default the cell gets one.
        feed_previous: use only the first of `decoder_inputs`, and then the class of the largest logit: a bool, or a
            boolean scalar.
        dtype: the element type, by default that of the scope.
        scope: the variable scope, by default "embedding_rnn_seq2seq".

    Returns:
        The list of the decoder's outputs, and its last state.

    Raises:
        ValueError: if the output projection has another shape.

    Example:
        >>> ids = [tf.constant([0, 1])] * 3
        >>> outputs, state = tf.contrib.legacy_seq2seq.embedding_rnn_seq2seq(
        ...     ids, ids, tf.nn.rnn_cell.GRUCell(6), 4, 5, 3, feed_previous=True)
        >>> print(outputs[0].shape, state.shape)
        (2, 5) (2, 6)
    """
    opened: Any
    with get_default_graph().atomic(), variable_scope(scope or "embedding_rnn_seq2seq") as opened:
        if dtype is not None:
            opened.set_dtype(dtype)
        encoder = EmbeddingWrapper(copy.deepcopy(cell), num_encoder_symbols, embedding_size)
        _, encoded = static_rnn(encoder, encoder_inputs, dtype=opened.dtype)
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_decoder_symbols)

        def decode(feeds: bool, update: bool) -> tuple:
            return embedding_rnn_decoder(
                decoder_inputs, encoded, cell, num_decoder_symbols, embedding_size, output_projection, feeds, update
            )

        return _decoded(feed_previous, decode, len(decoder_inputs), lambda: encoded)


def _decoded(feed_previous: Any, decode: Callable, count: int, like: Callable) -> tuple:
    """Return outputs and state of a decoder; for a boolean tensor, of the one of two decoders that it chooses.

    Args:
        feed_previous: a bool or a tensor.
        decode: a function of a bool, and whether rows of its own classes are trained, which builds a decoder.
        count: the number of steps.
        like: a function that returns a state nested like the decoder's.
    """
    if isinstance(feed_previous, bool):
        return decode(feed_previous, True)

    def branch(feeds: bool) -> list:
        with variable_scope(get_variable_scope(), reuse=None if feeds else True):
            outputs, state = decode(feeds, False)
            return outputs + nest.flatten(state)

    found = cond(feed_previous, lambda: branch(True), lambda: branch(False))
    outputs, state, structure = found[:count], found[count:], like()
    return outputs, nest.pack_sequence_as(structure, state) if nest.is_nested(structure) else state[0]


def embedding_tied_rnn_seq2seq(
    encoder_inputs: list,
    decoder_inputs: list,
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    num_decoder_symbols: int | None = None,
    output_projection: Any = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> tuple:
    """Call one cell for a list of ids and then for a second list, with one table for both.

    Args:
        encoder_inputs, decoder_inputs: lists of integers of shape [batch].
        cell: the cell.
        num_symbols: the number of classes.
        embedding_size: the size of a row of the table.
        num_decoder_symbols: the number of classes of the outputs, by default `num_symbols`.
        output_projection, feed_previous, dtype: as for `embedding_rnn_seq2seq`.
        scope: the variable scope, by default "embedding_tied_rnn_seq2seq".

    Returns:
        The list of the decoder's outputs, and its last state.

    Raises:
        ValueError: if the output projection has another shape.

    Example:
        >>> ids = [tf.constant([0, 1])] * 3
        >>> outputs, state = tf.contrib.legacy_seq2seq.embedding_tied_rnn_seq2seq(
        ...     ids, ids, tf.nn.rnn_cell.GRUCell(6), 4, 3)
        >>> print(outputs[0].shape, state.shape)
        (2, 4) (2, 6)
    """
    opened: Any
    with get_default_graph().atomic(), variable_scope(scope or "embedding_tied_rnn_seq2seq", dtype=dtype) as opened:
        dtype = opened.dtype
        check_projection(output_projection, num_symbols, dtype)
        table = get_variable("embedding", [num_symbols, embedding_size], dtype=dtype)
        encoded, decoded = ([embedding_lookup(table, x) for x in given] for given in (encoder_inputs, decoder_inputs))
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_symbols if num_decoder_symbols is None else num_decoder_symbols)

        def decode(feeds: bool, update: bool) -> tuple:
            loop = embedded_argmax(table, output_projection, update) if feeds else None
            return tied_rnn_seq2seq(encoded, decoded, cell, loop, dtype)

        def zero_state() -> Any:
            return cell.zero_state(_batch_size(encoder_inputs), dtype)

        return _decoded(feed_previous, decode, len(decoder_inputs), zero_state)


def _batch_size(inputs: list) -> Any:
    static = inputs[0].shape[0]
    for each in inputs[1:]:
        static.merge_with(each.shape[0])
    return shape_ops.shape(inputs[0])[0] if static.value is None else static.value


def embedding_attention_seq2seq(
    encoder_inputs: list,
    decoder_inputs: list,
    cell: Any,
    num_encoder_symbols: int,
    num_decoder_symbols: int,
    embedding_size: int,
    num_heads: int = 1,
    output_projection: Any = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> tuple:
    """Build the model of `embedding_rnn_seq2seq` with a decoder that looks at the encoder's outputs.

    Args:
        encoder_inputs, decoder_inputs: lists of integers of shape [batch].
        cell, num_encoder_symbols, num_decoder_symbols, embedding_size: as for `embedding_rnn_seq2seq`.
        num_heads: how many places are looked at in each step.
        output_projection, feed_previous, dtype: as for `embedding_rnn_seq2seq`.
        scope: the variable scope, by default "embedding_attention_seq2seq".
        initial_state_attention: let the encoder's last state look before the first step.

    Returns:
        The list of the decoder's outputs, and its last state.

    Raises:
        ValueError: if the output projection has another shape.

    Example:
        >>> ids = [tf.constant([0, 1])] * 3
        >>> outputs, state = tf.contrib.legacy_seq2seq.embedding_attention_seq2seq(
        ...     ids, ids, tf.nn.rnn_cell.GRUCell(6), 4, 5, 3)
        >>> print(outputs[0].shape, state.shape)
        (2, 5) (2, 6)
    """
    opened: Any
    with get_default_graph().atomic(), variable_scope(scope or "embedding_attention_seq2seq", dtype=dtype) as opened:
        encoder = EmbeddingWrapper(copy.deepcopy(cell), num_encoder_symbols, embedding_size)
        encoder_outputs, encoded = static_rnn(encoder, encoder_inputs, dtype=opened.dtype)
        states = concat.concat([reshape.reshape(e, [-1, 1, cell.output_size]) for e in encoder_outputs], 1)
        output_size = None
        if output_projection is None:
            cell, output_size = OutputProjectionWrapper(cell, num_decoder_symbols), num_decoder_symbols

        def decode(feeds: bool, update: bool) -> tuple:
            return embedding_attention_decoder(
                decoder_inputs,
                encoded,
                states,
                cell,
                num_decoder_symbols,
                embedding_size,
                num_heads,
                output_size,
                output_projection,
                feeds,
                update,
                initial_state_attention=initial_state_attention,
            )

        return _decoded(feed_previous, decode, len(decoder_inputs), lambda: encoded)


def one2many_rnn_seq2seq(
    encoder_inputs: list,
    decoder_inputs_dict: dict,
    enc_cell: Any,
    dec_cells_dict: dict,
    num_encoder_symbols: int,
    num_decoder_symbols_dict: dict,
    embedding_size: int,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> tuple:
    """Build the model of `embedding_rnn_seq2seq` with several decoders, by name.

    Args:
        encoder_inputs: a list of integers of shape [batch].
        decoder_inputs_dict: for each name the inputs of its decoder.
        enc_cell: the encoder's cell.
        dec_cells_dict, num_decoder_symbols_dict: for each name the decoder's cell, and its number of classes.
        num_encoder_symbols, embedding_size, feed_previous, dtype: as for `embedding_rnn_seq2seq`.
        scope: the variable scope, by default "one2many_rnn_seq2seq".

    Returns:
        For each name the list of outputs, and for each name the last state: two dicts.

    Raises:
        TypeError: if a cell is not an `RNNCell`.
        ValueError: if cells and inputs have other names.

    Example:
        >>> ids, cells = [tf.constant([0, 1])] * 3, {"en": tf.nn.rnn_cell.GRUCell(6)}
        >>> outputs, states = tf.contrib.legacy_seq2seq.one2many_rnn_seq2seq(
        ...     ids, {"en": ids}, tf.nn.rnn_cell.GRUCell(6), cells, 4, {"en": 5}, 3)
        >>> print(outputs["en"][0].shape, states["en"].shape)
        (2, 5) (2, 6)
    """
    if set(dec_cells_dict) != set(decoder_inputs_dict):
        raise ValueError("keys of dec_cells_dict != keys of decodre_inputs_dict")
    for what, cell in ("enc_cell", enc_cell), *(("dec_cell", cell) for cell in dec_cells_dict.values()):
        if not isinstance(cell, RNNCell):
            raise TypeError(f"{what} is not an RNNCell: {type(cell)}")
    outputs, states = {}, {}
    opened: Any
    with get_default_graph().atomic(), variable_scope(scope or "one2many_rnn_seq2seq", dtype=dtype) as opened:
        encoder = EmbeddingWrapper(enc_cell, num_encoder_symbols, embedding_size)
        _, encoded = static_rnn(encoder, encoder_inputs, dtype=opened.dtype)
        for name, inputs in decoder_inputs_dict.items():
            classes = num_decoder_symbols_dict[name]
            with variable_scope(f"one2many_decoder_{name}"):
                cell = OutputProjectionWrapper(dec_cells_dict[name], classes)

                def decode(feeds: bool, update: bool, cell=cell, inputs=inputs, classes=classes) -> tuple:
                    return embedding_rnn_decoder(inputs, encoded, cell, classes, embedding_size, feed_previous=feeds)

                outputs[name], states[name] = _decoded(feed_previous, decode, len(inputs), lambda: encoded)
    return outputs, states
