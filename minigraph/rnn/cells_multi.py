"""`MultiRNNCell`: cells on top of each other."""

from __future__ import annotations

from typing import Any

from minigraph.graph import nest
from minigraph.graph.code import code
from minigraph.graph.warn import log
from minigraph.layers.base import Layer
from minigraph.ops.arrays import concat, slices
from minigraph.rnn.cells_base import RNNCell
from minigraph.variables.variable_scope import variable_scope

__all__ = ["MultiRNNCell"]


class MultiRNNCell(RNNCell):
    """Several cells as one: each takes the output of the one before it.

    Args:
        cells: a list or tuple of cells, the one that takes the inputs first; each its own object.
        state_is_tuple: False joins the states along axis 1.

    Raises:
        ValueError: if there are no cells, or `state_is_tuple` is False and a cell's state is a tuple.
        TypeError: if `cells` is neither list nor tuple.

    Example:
        >>> cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.GRUCell(n) for n in (4, 5)])
        >>> output, states = cell(tf.zeros([2, 3]), cell.zero_state(2, tf.float32))
        >>> print(output.shape, cell.state_size, cell.trainable_weights[0].name)
        (2, 5) (4, 5) multi_rnn_cell/cell_0/gru_cell/gates/kernel:0
    """

    def __init__(self, cells: Any, state_is_tuple: bool = True):
        super().__init__()
        if not cells:
            raise ValueError("Must specify at least one cell for MultiRNNCell.")
        if not nest.is_nested(cells):
            raise TypeError(f"cells must be a list or tuple, but saw: {cells}.")
        if len({id(cell) for cell in cells}) < len(cells):
            log(
                "warning",
                "At least two cells provided to MultiRNNCell are the same object and will share weights. "
                "Make each by a call of its own.",
            )
        self._cells, self._state_is_tuple = cells, state_is_tuple
        if not state_is_tuple and any(nest.is_nested(cell.state_size) for cell in cells):
            raise ValueError(
                "Some cells return tuples of states, but the flag state_is_tuple is not set.  "
                f"State sizes are: {[cell.state_size for cell in cells]}\nLeave state_is_tuple out."
            )

    @property
    def state_size(self) -> Any:
        sizes = [cell.state_size for cell in self._cells]
        return tuple(sizes) if self._state_is_tuple else sum(sizes)

    @property
    def output_size(self) -> Any:
        return self._cells[-1].output_size

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """Return the states of zeros of all cells."""
        with self._zero_state_scope(batch_size):
            if self._state_is_tuple:
                return tuple(cell.zero_state(batch_size, dtype) for cell in self._cells)
            return super().zero_state(batch_size, dtype)

    @property
    def trainable_weights(self) -> list:
        """The trainable variables of the cells."""
        return self._weights_of_cells("trainable_weights") if self.trainable else []

    @property
    def non_trainable_weights(self) -> list:
        """The other variables of the cells."""
        frozen = [] if self.trainable else self._weights_of_cells("trainable_weights")
        return frozen + self._weights_of_cells("non_trainable_weights")

    trainable_variables, non_trainable_variables = trainable_weights, non_trainable_weights

    def _weights_of_cells(self, kind: str) -> list:
        return [v for cell in self._cells if isinstance(cell, Layer) for v in getattr(cell, kind)]

    def call(self, inputs: Any, state: Any) -> tuple:  # type: ignore[override]
        states = []
        for i, (cell, before) in enumerate(zip(self._cells, self._states(state))):
            with variable_scope(f"cell_{i}"):
                inputs, after = cell(inputs, before())
            states.append(after)
        return inputs, tuple(states) if self._state_is_tuple else concat.concat(states, 1)

    def _states(self, state: Any) -> list:
        """Return for each cell a function that gives its part of the state."""
        if self._state_is_tuple:
            if not nest.is_nested(state):
                raise ValueError(
                    f"Expected state to be a tuple of length {len(self.state_size)}, but received: {state}\n"
                    f"Begin with {code('cell.zero_state(batch_size, tf.float32)', 'cell', 'batch_size')}."
                )
            return [lambda i=i: state[i] for i in range(len(self._cells))]
        begins = [sum(cell.state_size for cell in self._cells[:i]) for i in range(len(self._cells))]
        return [
            lambda begin=begin, cell=cell: slices.slice(state, [0, begin], [-1, cell.state_size])
            for begin, cell in zip(begins, self._cells)
        ]
