"""Wrappers of cells: residual connections and devices."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from minigraph.graph import nest
from minigraph.graph.same_structure import assert_same_structure
from minigraph.graph.scopes import device as on_device
from minigraph.rnn.cells_base import RNNCell, assert_like_rnncell

__all__ = ["CellWrapper", "DeviceWrapper", "ResidualWrapper", "ScopelessWrapper"]


class CellWrapper(RNNCell):
    """Base of the cells that contain a cell, with its sizes and its state."""

    def __init__(self, cell: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        assert_like_rnncell("cell", cell)
        self.cell = cell

    @property
    def state_size(self) -> Any:
        return self.cell.state_size

    @property
    def output_size(self) -> Any:
        return self.cell.output_size

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """Return the state of zeros of the cell inside."""
        with self._zero_state_scope(batch_size), self._around():
            return self.cell.zero_state(batch_size, dtype)

    def _around(self) -> AbstractContextManager:
        """Return what is in force while the cell builds."""
        return nullcontext()


class ScopelessWrapper(CellWrapper):
    """Base of the wrappers that open no scope: the cell inside is called as if it stood alone."""

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple:
        """Build one step of the cell inside; see `RNNCell`."""
        return self._wrapped_call(inputs, state, scope)

    def _wrapped_call(self, inputs: Any, state: Any, scope: Any) -> tuple:
        raise NotImplementedError


class ResidualWrapper(ScopelessWrapper):
    """A cell whose inputs are added to its outputs.

    Args:
        cell: the cell.
        residual_fn: a function of inputs and outputs that returns the new outputs; by default their sum.
        kwargs: as for `RNNCell`.

    Raises:
        TypeError, ValueError: in a call, if inputs and outputs are nested differently or their shapes do not fit.

    Example:
        >>> cell = tf.nn.rnn_cell.ResidualWrapper(tf.nn.rnn_cell.GRUCell(3))
        >>> print(cell(tf.zeros([2, 3]), cell.zero_state(2, tf.float32))[0].op.type)
        AddV2
    """

    def __init__(self, cell: Any, residual_fn: Callable | None = None, **kwargs: Any):
        super().__init__(cell, **kwargs)
        self._residual_fn = residual_fn

    def _wrapped_call(self, inputs: Any, state: Any, scope: Any) -> tuple:
        outputs, new_state = self.cell(inputs, state, scope=scope)
        return (self._residual_fn or _sum)(inputs, outputs), new_state


def _sum(inputs: Any, outputs: Any) -> Any:
    assert_same_structure(inputs, outputs)
    nest.map_structure(lambda x, y: x.shape.assert_is_compatible_with(y.shape), inputs, outputs)
    return nest.map_structure(lambda x, y: x + y, inputs, outputs)


class DeviceWrapper(ScopelessWrapper):
    """A cell whose operations are asked to run on a device.

    Args:
        cell: the cell.
        device: a name or function for `tf.device`.
        kwargs: as for `RNNCell`.

    Example:
        >>> cell = tf.nn.rnn_cell.DeviceWrapper(tf.nn.rnn_cell.GRUCell(3), "/cpu:0")
        >>> print(cell(tf.zeros([2, 3]), cell.zero_state(2, tf.float32))[0].device)
        /device:CPU:0
    """

    def __init__(self, cell: Any, device: Any, **kwargs: Any):
        super().__init__(cell, **kwargs)
        self._device = device

    def _around(self) -> AbstractContextManager:
        return on_device(self._device)

    def _wrapped_call(self, inputs: Any, state: Any, scope: Any) -> tuple:
        with self._around():
            return self.cell(inputs, state, scope=scope)
