"""Several networks of two directions on top of each other."""

from __future__ import annotations

from typing import Any

from minigraph.graph.default import get_default_graph
from minigraph.ops.arrays import concat
from minigraph.rnn.bidirectional_dynamic_rnn import bidirectional_dynamic_rnn
from minigraph.rnn.static_rnn import static_bidirectional_rnn
from minigraph.variables.variable_scope import variable_scope

__all__ = ["stack_bidirectional_dynamic_rnn", "stack_bidirectional_rnn"]


def _layers(cells_fw: Any, cells_bw: Any, states_fw: Any, states_bw: Any) -> list:
    """Return for each layer both cells and both initial states; ValueError if there are not as many of each."""
    for name, cells in ("fw", cells_fw), ("bw", cells_bw):
        if not cells:
            raise ValueError(f"Must specify at least one {name} cell for BidirectionalRNN.")
    for name, cells in ("fw", cells_fw), ("bw", cells_bw):
        if not isinstance(cells, list):
            raise ValueError(f"cells_{name} must be a list of RNNCells (one per layer).")
    if len(cells_fw) != len(cells_bw):
        raise ValueError("Forward and Backward cells must have the same depth.")
    count = len(cells_fw)
    return list(zip(cells_fw, cells_bw, _states("fw", states_fw, count), _states("bw", states_bw, count)))


def _states(name: str, states: Any, count: int) -> list:
    if states is None:
        return [None] * count
    if not isinstance(states, list) or len(states) != count:
        raise ValueError(f"initial_states_{name} must be a list of state tensors (one per layer).")
    return states


def stack_bidirectional_rnn(
    cells_fw: list,
    cells_bw: list,
    inputs: Any,
    initial_states_fw: list | None = None,
    initial_states_bw: list | None = None,
    dtype: Any = None,
    sequence_length: Any = None,
    scope: Any = None,
) -> tuple:
    """Call `static_bidirectional_rnn` for each pair of cells, each time with the outputs of the pair before.

    Args:
        cells_fw, cells_bw: lists of cells, one for each layer.
        inputs, dtype, sequence_length: as for `tf.nn.static_rnn`.
        initial_states_fw, initial_states_bw: lists of states, one for each layer; by default zeros.
        scope: the variable scope, by default "stack_bidirectional_rnn".

    Returns:
        The list of outputs of the last layer, and for both directions the tuple of the last states.

    Raises:
        ValueError: if there are no cells, or not as many of both, or not as many states.

    Example:
        >>> fw, bw = ([tf.nn.rnn_cell.GRUCell(4) for _ in range(2)] for _ in range(2))
        >>> outputs, *_ = tf.contrib.rnn.stack_bidirectional_rnn(fw, bw, [tf.ones([2, 3])] * 5, dtype=tf.float32)
        >>> print(outputs[0].shape, len(tf.trainable_variables()))
        (2, 8) 16
    """
    layers, states = _layers(cells_fw, cells_bw, initial_states_fw, initial_states_bw), []
    with get_default_graph().atomic(), variable_scope(scope or "stack_bidirectional_rnn"):
        for i, (fw, bw, state_fw, state_bw) in enumerate(layers):
            with variable_scope(f"cell_{i}") as own:
                inputs, *after = static_bidirectional_rnn(
                    fw, bw, inputs, state_fw, state_bw, dtype, sequence_length, own
                )
            states.append(after)
    return inputs, tuple(fw for fw, _ in states), tuple(bw for _, bw in states)


def stack_bidirectional_dynamic_rnn(
    cells_fw: list,
    cells_bw: list,
    inputs: Any,
    initial_states_fw: list | None = None,
    initial_states_bw: list | None = None,
    dtype: Any = None,
    sequence_length: Any = None,
    parallel_iterations: int | None = None,
    time_major: bool = False,
    scope: Any = None,
    swap_memory: bool = False,
) -> tuple:
    """Call `tf.nn.bidirectional_dynamic_rnn` for each pair of cells, each time with the outputs of the pair before.

    Args:
        cells_fw, cells_bw: lists of cells, one for each layer.
        inputs, dtype, sequence_length, parallel_iterations, time_major, swap_memory: as for `tf.nn.dynamic_rnn`.
        initial_states_fw, initial_states_bw: lists of states, one for each layer; by default zeros.
        scope: the variable scope, by default "stack_bidirectional_rnn".

    Returns:
        The outputs of the last layer, both directions joined along axis 2, and for both directions the tuple of the
        last states.

    Raises:
        ValueError: if there are no cells, or not as many of both, or not as many states.

    Example:
        >>> fw, bw = ([tf.nn.rnn_cell.GRUCell(4) for _ in range(2)] for _ in range(2))
        >>> outputs, *_ = tf.contrib.rnn.stack_bidirectional_dynamic_rnn(fw, bw, tf.ones([2, 5, 3]), dtype=tf.float32)
        >>> print(outputs.shape)
        (2, 5, 8)
    """
    layers, states = _layers(cells_fw, cells_bw, initial_states_fw, initial_states_bw), []
    with get_default_graph().atomic(), variable_scope(scope or "stack_bidirectional_rnn"):
        for i, (fw, bw, state_fw, state_bw) in enumerate(layers):
            with variable_scope(f"cell_{i}"):
                outputs, after = bidirectional_dynamic_rnn(
                    fw,
                    bw,
                    inputs,
                    sequence_length,
                    state_fw,
                    state_bw,
                    dtype,
                    parallel_iterations,
                    swap_memory,
                    time_major,
                )
                inputs = concat.concat(outputs, 2)
            states.append(after)
    return inputs, tuple(fw for fw, _ in states), tuple(bw for _, bw in states)
