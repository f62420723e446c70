"""`tf.nn.static_rnn` and its relatives: networks unrolled in Python, one call of the cell for each step."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes, nest
from minigraph.graph.code import code
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.scopes import control_dependencies
from minigraph.graph.shapes import unknown_shape
from minigraph.ops.arrays import cast, concat, identity, reverse_sequence, shape_ops, stack, unstack
from minigraph.rnn.cells_base import assert_like_rnncell
from minigraph.rnn.network_scopes import network_scope
from minigraph.rnn.step import Lengths, state_dtype, zero_output
from minigraph.variables.variable_scope import variable_scope

__all__ = ["static_bidirectional_rnn", "static_rnn", "static_state_saving_rnn"]


def static_rnn(
    cell: Any, inputs: Any, initial_state: Any = None, dtype: Any = None, sequence_length: Any = None, scope: Any = None
) -> tuple:
    """Call a cell for each of a list of inputs, each time with the state after the last.

    Args:
        cell: a cell.
        inputs: a list of tensors of shape [batch, depth], or of nested tuples of such, one for each step.
        initial_state: the state before the first step; by default zeros.
        dtype: the type of these zeros; required without `initial_state`.
        sequence_length: the number of steps of each sequence, an integer vector of size [batch]. Where a sequence is
            finished its outputs are zeros, and its state stays.
        scope: the variable scope, by default "rnn".

    Returns:
        The list of outputs, and the state after the last step.

    Raises:
        TypeError: if `cell` is not a cell, or `inputs` not a list.
        ValueError: if there are no inputs, their depth is not known, or neither state nor type is given.

    Example:
        >>> outputs, state = tf.nn.static_rnn(tf.nn.rnn_cell.GRUCell(4), [tf.ones([2, 3])] * 5, dtype=tf.float32)
        >>> print(len(outputs), outputs[-1] is state, state.shape, tf.trainable_variables()[0].name)
        5 True (2, 4) rnn/gru_cell/gates/kernel:0
    """
    assert_like_rnncell("cell", cell)
    _check_inputs(inputs)
    with get_default_graph().atomic(), network_scope(scope) as opened:
        first = inputs
        while nest.is_nested(first):
            first = first[0]
        static_batch = _static_batch(inputs, first)
        batch_size = static_batch or shape_ops.shape(first)[0]
        state = initial_state if initial_state is not None else _zero_state(cell, batch_size, dtype)
        lengths = zeros = None
        if sequence_length is not None:
            given = _checked_lengths(sequence_length)
            zeros = zero_output(cell.output_size, batch_size, static_batch, state_dtype(dtype, state))
            lengths = Lengths(cast.cast(given, dtypes.int32))
        outputs = []
        for time, input_ in enumerate(inputs):
            if time > 0:
                opened.reuse_variables()
            if lengths is None:
                output, state = cell(input_, state)
            else:
                output, state = lengths.step(time, zeros, state, lambda x=input_, before=state: cell(x, before))
            outputs.append(output)
        return outputs, state


def _check_inputs(inputs: Any) -> None:
    if not nest.is_nested(inputs):
        raise TypeError(
            "inputs must be a sequence\nOf a tensor of shape [batch, steps, depth] make a list, with a tensor for each "
            f"step: {code('tf.unstack(x, axis=1)', 'x')}."
        )
    if not inputs:
        raise ValueError("inputs must not be empty")


def _static_batch(inputs: Any, first: Any) -> int | None:
    """Return the batch size, if it is known; check that the other sizes are."""
    if first.shape.ndims == 1:  # ids for an EmbeddingWrapper
        return first.shape[0].value
    batch = first.shape.with_rank_at_least(2)[0]
    for each in nest.flatten(inputs):
        shape = each.shape.with_rank_at_least(2)
        batch.merge_with(shape[0])
        for i, size in enumerate(shape.as_list()[1:]):
            if size is None:
                raise ValueError(
                    f"Input size (dimension {i} of inputs) must be accessible via shape inference, but saw value None."
                    f"\nThe shape of '{each.name}' is {each.shape}; declare its sizes, or call set_shape."
                )
    return batch.value


def _zero_state(cell: Any, batch_size: Any, dtype: Any) -> Any:
    if not dtype:
        raise ValueError(f"If no initial_state is provided, dtype must be specified\nWrite {code('dtype=tf.float32')}.")
    if getattr(cell, "get_initial_state", None) is not None:
        return cell.get_initial_state(inputs=None, batch_size=batch_size, dtype=dtype)
    return cell.zero_state(batch_size, dtype)


def _checked_lengths(sequence_length: Any) -> Any:
    lengths = convert_to_tensor(sequence_length, name="sequence_length")
    if lengths.shape.ndims not in (None, 1):
        raise ValueError("sequence_length must be a vector of length batch_size")
    return lengths


def static_state_saving_rnn(
    cell: Any, inputs: Any, state_saver: Any, state_name: Any, sequence_length: Any = None, scope: Any = None
) -> tuple:
    """Call `static_rnn` with a state that is kept elsewhere between runs.

    Args:
        cell, inputs, sequence_length, scope: as for `static_rnn`.
        state_saver: an object with methods `state(name)`, which returns the state before the first step, and
            `save_state(name, value)`, which returns an operation that keeps the one after the last.
        state_name: the name of the state, or a tuple of names nested like `cell.state_size`.

    Returns:
        The list of outputs, and the state after the last step; the last output and the state wait for the saving.

    Raises:
        ValueError: if `state_name` is not nested like `cell.state_size`.

    Example:
        >>> class Kept:
        ...     def __init__(self): self.value = tf.get_variable("kept", [2, 4], trainable=False)
        ...     def state(self, name): return self.value
        ...     def save_state(self, name, value): return self.value.assign(value)
        >>> outputs, state = tf.nn.static_state_saving_rnn(
        ...     tf.nn.rnn_cell.GRUCell(4), [tf.ones([2, 3])] * 5, Kept(), "h")
        >>> print(outputs[-1].op.control_inputs)
        [<tf.Operation 'Assign' type=Assign>]
    """
    nested = nest.is_nested(cell.state_size)
    if nested != nest.is_nested(state_name):
        raise ValueError(
            "state_name should be the same type as cell.state_size.  "
            f"state_name: {state_name}, cell.state_size: {cell.state_size}"
        )
    names, sizes = nest.flatten(state_name), nest.flatten(cell.state_size)
    if len(names) != len(sizes):
        raise ValueError(f"#elems(state_name) != #elems(state_size): {len(names)} vs. {len(sizes)}")
    with get_default_graph().atomic():
        initial = nest.pack_sequence_as(cell.state_size, [state_saver.state(name) for name in names])
        outputs, state = static_rnn(cell, inputs, initial, sequence_length=sequence_length, scope=scope)
        saved = [state_saver.save_state(name, part) for name, part in zip(names, nest.flatten(state))]
        with control_dependencies(saved):
            outputs[-1] = nest.map_structure(identity.identity, outputs[-1])
            return outputs, nest.map_structure(identity.identity, state)


def static_bidirectional_rnn(
    cell_fw: Any,
    cell_bw: Any,
    inputs: Any,
    initial_state_fw: Any = None,
    initial_state_bw: Any = None,
    dtype: Any = None,
    sequence_length: Any = None,
    scope: Any = None,
) -> tuple:
    """Call a cell from the first input to the last, another from the last to the first, and join their outputs.

    Args:
        cell_fw, cell_bw: the two cells.
        inputs, dtype, sequence_length: as for `static_rnn`.
        initial_state_fw, initial_state_bw: the states before their first steps; by default zeros.
        scope: the variable scope, by default "bidirectional_rnn"; the cells have "fw" and "bw" in it.

    Returns:
        The list of outputs, of shape [batch, output sizes of both], and the last states of both.

    Raises:
        TypeError: if one of the cells is not a cell, or `inputs` is not a list.
        ValueError: if there are no inputs, their depth is not known, or neither state nor type is given.

    Example:
        >>> cells = [tf.nn.rnn_cell.GRUCell(n) for n in (4, 5)]
        >>> outputs, fw, bw = tf.nn.static_bidirectional_rnn(*cells, [tf.ones([2, 3])] * 5, dtype=tf.float32)
        >>> print(outputs[0].shape, fw.shape, bw.shape)
        (2, 9) (2, 4) (2, 5)
    """
    assert_like_rnncell("cell_fw", cell_fw)
    assert_like_rnncell("cell_bw", cell_bw)
    _check_inputs(inputs)
    with get_default_graph().atomic():
        with variable_scope(scope or "bidirectional_rnn"):
            with variable_scope("fw") as own:
                forth, state_fw = static_rnn(cell_fw, inputs, initial_state_fw, dtype, sequence_length, own)
            with variable_scope("bw") as own:
                reversed_inputs = _reversed(inputs, sequence_length)
                back, state_bw = static_rnn(cell_bw, reversed_inputs, initial_state_bw, dtype, sequence_length, own)
        back = _reversed(back, sequence_length)
        pairs = zip(nest.flatten(forth), nest.flatten(back))
        outputs = nest.pack_sequence_as(forth, [concat.concat([fw, bw], 1) for fw, bw in pairs])
        return outputs, state_fw, state_bw


def _reversed(steps: Any, lengths: Any) -> list:
    """Return the steps from the last to the first; each sequence from its own last step, if there are lengths."""
    if lengths is None:
        return list(reversed(steps))
    columns = []
    for column in zip(*map(nest.flatten, steps)):
        shape = unknown_shape(column[0].shape.ndims)
        for each in column:
            shape = shape.merge_with(each.shape)
        for each in column:
            each.set_shape(shape)
        found = unstack.unstack(reverse_sequence.reverse_sequence(stack.stack(column), lengths, 0, 1))
        for each in found:
            each.set_shape(shape)
        columns.append(found)
    return [nest.pack_sequence_as(step, parts) for step, parts in zip(steps, zip(*columns))]
