"""`tf.nn.bidirectional_dynamic_rnn`: two networks, one for each direction of time."""

from __future__ import annotations

from typing import Any

from minigraph.graph import nest
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays import reverse, reverse_sequence
from minigraph.rnn.cells_base import assert_like_rnncell
from minigraph.rnn.dynamic_rnn import dynamic_rnn
from minigraph.variables.variable_scope import variable_scope

__all__ = ["bidirectional_dynamic_rnn"]


def bidirectional_dynamic_rnn(
    cell_fw: Any,
    cell_bw: Any,
    inputs: Any,
    sequence_length: Any = None,
    initial_state_fw: Any = None,
    initial_state_bw: Any = None,
    dtype: Any = None,
    parallel_iterations: int | None = None,
    swap_memory: bool = False,
    time_major: bool = False,
    scope: Any = None,
) -> tuple:
    """Call a cell from the first step to the last, and another from the last to the first.

    Args:
        cell_fw, cell_bw: the two cells.
        inputs, sequence_length, dtype, parallel_iterations, swap_memory, time_major: as for `dynamic_rnn`.
        initial_state_fw, initial_state_bw: the states before their first steps; by default zeros.
        scope: the variable scope, by default "bidirectional_rnn"; the cells have "fw" and "bw" in it.

    Returns:
        A pair of outputs, each of shape [batch, time, output size], and a pair of last states.

    Raises:
        TypeError: if one of the cells is not a cell.
        ValueError: as `dynamic_rnn` does.

    Example:
        >>> cells = [tf.nn.rnn_cell.GRUCell(n) for n in (4, 5)]
        >>> outputs, states = tf.nn.bidirectional_dynamic_rnn(*cells, tf.ones([2, 6, 3]), dtype=tf.float32)
        >>> print(tf.concat(outputs, 2).shape, [state.shape.as_list() for state in states])
        (2, 6, 9) [[2, 4], [2, 5]]
    """
    assert_like_rnncell("cell_fw", cell_fw)
    assert_like_rnncell("cell_bw", cell_bw)
    time, batch = (0, 1) if time_major else (1, 0)

    def backwards(x: Tensor) -> Tensor:
        if sequence_length is None:
            return reverse.reverse(x, axis=[time])
        return reverse_sequence.reverse_sequence(x, sequence_length, seq_axis=time, batch_axis=batch)

    def run(cell: Any, inputs: Any, state: Any, own: Any) -> tuple:
        return dynamic_rnn(
            cell, inputs, sequence_length, state, dtype, parallel_iterations, swap_memory, time_major, own
        )

    with get_default_graph().atomic():
        with variable_scope(scope or "bidirectional_rnn"):
            with variable_scope("fw") as own:
                forth, state_fw = run(cell_fw, inputs, initial_state_fw, own)
            with variable_scope("bw") as own:
                back, state_bw = run(cell_bw, nest.map_structure(backwards, inputs), initial_state_bw, own)
        return (forth, nest.map_structure(backwards, back)), (state_fw, state_bw)
