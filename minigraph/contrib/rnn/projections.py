"""Cells whose inputs or outputs are projected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.contrib.rnn.linear import Linear
from minigraph.graph.operation import Tensor
from minigraph.rnn.cells_wrappers import CellWrapper

__all__ = ["InputProjectionWrapper", "OutputProjectionWrapper"]


class _Projecting(CellWrapper):
    """Base: a cell and a projection."""

    def __init__(self, cell: Any, size: int, activation: Callable | None, reuse: Any):
        super().__init__(cell, _reuse=reuse)
        self._size, self._activation = size, activation
        self._linear: Linear | None = None

    def _projected(self, x: Tensor) -> Tensor:
        if self._linear is None:
            self._linear = Linear(x, self._size)
        projected = self._linear(x)
        return self._activation(projected) if self._activation else projected


class InputProjectionWrapper(_Projecting):
    """A cell that takes its inputs after a matrix product.

    Args:
        cell: the cell.
        num_proj: the size of the projected inputs.
        activation: a function of the projected inputs, or None.
        input_size: accepted and ignored, as in TF1.
        reuse: share the variables of the scope.

    Raises:
        TypeError: if `cell` is not a cell.

    Example:
        >>> cell = tf.contrib.rnn.InputProjectionWrapper(tf.nn.rnn_cell.GRUCell(3), 5)
        >>> output, _ = cell(tf.ones([2, 4]), cell.zero_state(2, tf.float32))
        >>> print([v.op.name for v in tf.trainable_variables()][:2])
        ['input_projection_wrapper/kernel', 'input_projection_wrapper/bias']
    """

    def __init__(
        self, cell: Any, num_proj: int, activation: Callable | None = None, input_size: Any = None, reuse: Any = None
    ):
        super().__init__(cell, num_proj, activation, reuse)

    def call(self, inputs: Any, state: Any) -> tuple:  # type: ignore[override]
        return self.cell(self._projected(inputs), state)


class OutputProjectionWrapper(_Projecting):
    """A cell whose outputs are multiplied by a matrix.

    Args:
        cell: the cell.
        output_size: the size of the projected outputs.
        activation: a function of the projected outputs, or None.
        reuse: share the variables of the scope.

    Raises:
        TypeError: if `cell` is not a cell.
        ValueError: if `output_size` is not positive.

    Example:
        >>> cell = tf.contrib.rnn.OutputProjectionWrapper(tf.nn.rnn_cell.GRUCell(3), 5)
        >>> output, state = cell(tf.ones([2, 4]), cell.zero_state(2, tf.float32))
        >>> print(output.shape, state.shape)
        (2, 5) (2, 3)
    """

    def __init__(self, cell: Any, output_size: int, activation: Callable | None = None, reuse: Any = None):
        super().__init__(cell, output_size, activation, reuse)
        if output_size < 1:
            raise ValueError(f"Parameter output_size must be > 0: {output_size}.")

    @property
    def output_size(self) -> Any:
        return self._size

    def call(self, inputs: Any, state: Any) -> tuple:  # type: ignore[override]
        output, new_state = self.cell(inputs, state)
        return self._projected(output), new_state
