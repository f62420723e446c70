"""`tf.nn.raw_rnn`: a network whose inputs, outputs and end a function decides step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes, nest
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.same_structure import assert_same_structure
from minigraph.graph.scopes import colocate_with
from minigraph.ops.arrays import constant, fill, shape_ops, where
from minigraph.ops.control import while_loop
from minigraph.ops.lists.tensor_array import TensorArray
from minigraph.ops.math import comparison, reduce_max_min
from minigraph.rnn.cells_base import assert_like_rnncell
from minigraph.rnn.dynamic_rnn import batch_shape
from minigraph.rnn.network_scopes import network_scope
from minigraph.rnn.sizes import joined_shape

__all__ = ["raw_rnn"]


def raw_rnn(
    cell: Any, loop_fn: Callable, parallel_iterations: int | None = None, swap_memory: bool = False, scope: Any = None
) -> tuple:
    """Call a cell step by step as `loop_fn` says.

    `loop_fn(time, cell_output, cell_state, loop_state)` is called once for the start, with the time 0 and None for the
    rest, and once in the loop, after the cell. It returns five values: which sequences are finished (a boolean vector
    of size [batch]), the next input, the next state, what is emitted, and the next `loop_state`. At the start the
    emitted value describes shape and type of those of the steps (None: the cell's output).

    Args:
        cell: a cell.
        loop_fn: the function.
        parallel_iterations, swap_memory: accepted, as in TF1.
        scope: the variable scope, by default "rnn".

    Returns:
        What was emitted, in a `TensorArray` for each part; the last state; the last `loop_state`.

    Raises:
        TypeError: if `cell` is not a cell, or `loop_fn` not callable.
        ValueError: if states, inputs or emitted values are not nested as those at the start.

    Example:
        >>> x = tf.TensorArray(tf.float32, 5).unstack(tf.ones([5, 2, 3]))
        >>> cell = tf.nn.rnn_cell.GRUCell(4)
        >>> def loop_fn(time, output, state, loop_state):
        ...     state = cell.zero_state(2, tf.float32) if output is None else state
        ...     finished = time >= tf.constant([2, 5])
        ...     next_input = tf.cond(tf.reduce_all(finished), lambda: tf.zeros([2, 3]), lambda: x.read(time))
        ...     return finished, next_input, state, output, None
        >>> outputs, state, _ = tf.nn.raw_rnn(cell, loop_fn)
        >>> sess.run(tf.global_variables_initializer())
        >>> print((sess.run(outputs.stack()) != 0).any(axis=2).sum(axis=0))
        [2 5]
    """
    assert_like_rnncell("cell", cell)
    if not callable(loop_fn):
        raise TypeError("loop_fn must be a callable")
    with get_default_graph().atomic(), network_scope(scope):
        time = constant.constant(0, dtypes.int32)
        finished, first, state, emitted, loop_state = loop_fn(time, None, None, None)
        kept = constant.constant(0, dtypes.int32) if loop_state is None else loop_state
        static, batch_size = _batch_sizes(nest.flatten(first))
        assert_same_structure(state, cell.state_size)
        state = nest.map_structure(convert_to_tensor, state)
        if emitted is None:
            emitted = cell.output_size
            kinds = [(size, nest.flatten(state)[0].dtype) for size in nest.flatten(emitted)]
        else:
            kinds = [(_shape_of(value), value.dtype) for value in nest.flatten(emitted)]
        arrays = [
            TensorArray(
                dtype, dynamic_size=True, element_shape=batch_shape(static, size), size=0, name=f"rnn_output_{i}"
            )
            for i, (size, dtype) in enumerate(kinds)
        ]
        zeros = [fill.zeros(joined_shape(batch_size, size), dtype) for size, dtype in kinds]
        step = _Step(cell, loop_fn, nest.pack_sequence_as(emitted, zeros))
        returned = while_loop.while_loop(
            lambda time, finished, *_: comparison.logical_not(reduce_max_min.reduce_all(finished)),
            step.build,
            [time, finished, first, nest.pack_sequence_as(emitted, arrays), state, kept],
            parallel_iterations=parallel_iterations or 32,
            swap_memory=swap_memory,
        )
        *_, outputs, state, kept = returned
        return outputs, state, None if loop_state is None else kept


def _batch_sizes(inputs: list[Tensor]) -> tuple:
    """Return the batch size of the inputs, None if it is not known, and the same or a scalar tensor."""
    batch = inputs[0].shape[0]
    for t in inputs:
        batch.merge_with(t.shape[0])
    return batch.value, shape_ops.shape(inputs[0])[0] if batch.value is None else batch.value


def _shape_of(value: Tensor) -> Any:
    return value.shape if value.shape.is_fully_defined() else shape_ops.shape(value)


class _Step:
    """A step of the loop.

    Args:
        cell: the cell.
        loop_fn: the user's function.
        zeros: what is emitted for finished sequences.
    """

    def __init__(self, cell: Any, loop_fn: Callable, zeros: Any):
        self._cell, self._loop_fn, self._zeros = cell, loop_fn, zeros

    def build(self, time: Any, finished: Any, given: Any, arrays: Any, state: Any, loop_state: Any) -> tuple:
        """Return the next values of the loop's variables."""
        output, cell_state = self._cell(given, state)
        assert_same_structure(state, cell_state)
        assert_same_structure(self._cell.output_size, output)
        later = time + 1
        ended, following, new_state, emitted, kept = self._loop_fn(later, output, cell_state, loop_state)
        assert_same_structure(state, new_state)
        assert_same_structure(given, following)
        assert_same_structure(arrays, emitted)

        def chosen(before: Any, after: Any) -> Any:
            if isinstance(before, TensorArray) or before.shape.ndims == 0:
                return after
            with colocate_with(after):
                return where.where(finished, before, after)

        emitted = nest.map_structure(chosen, self._zeros, emitted)
        new_state = nest.map_structure(chosen, state, new_state)
        arrays = nest.map_structure(lambda array, value: array.write(time, value), arrays, emitted)
        finished = comparison.logical_or(finished, ended)
        return later, finished, following, arrays, new_state, loop_state if kept is None else kept
