"""Carrying out an update: old values in, new values into the cells of variables."""
from __future__ import annotations

import sys
from typing import Any, Callable

import numpy as np

from minigraph.graph.cell import Cell

__all__ = ["BLOCK", "Stale", "carry_out", "first_piece"]

BLOCK = 1 << 15     # elements; some arrays of that size fit into a core's caches beside each other


class Stale(Exception):
    """The variables are not as they were when the run was recorded."""


def carry_out(op_def: Any, formula: Callable, lock: Any, *inputs: Any) -> Cell:
    """Carries out an update, and gives the (first) cell that it writes.

    Args:
        op_def: the definition of the operation.
        formula: its `update` rule, for numpy.
        lock: held meanwhile.
        *inputs: cells and arrays.
    """
    with lock:
        if op_def.write is not None and _is_free(op_def, inputs):
            op_def.write(*[value.value if isinstance(value, Cell) else value for value in inputs])
        elif op_def.elementwise and _is_free(op_def, inputs) and _is_large(op_def, inputs):
            _update_in_place(op_def, formula, inputs)
        else:
            _replace(op_def, formula, inputs)
    return inputs[op_def.writes[0]]


def _replace(op_def: Any, formula: Callable, inputs: tuple) -> None:
    check = getattr(op_def, "validate_shape", True)
    values = [value.read() if i in op_def.reads else value.value if i in op_def.writes else value
              for i, value in enumerate(inputs)]
    result = formula(*values)
    for i, value in zip(op_def.writes, result if len(op_def.writes) > 1 else (result,)):
        inputs[i].write(_own(value, values), check)


def _own(result: Any, values: list) -> Any:
    """An array that nobody else holds, for a cell, whose array later updates may write over."""
    if not isinstance(result, np.ndarray):
        return np.asarray(result)
    return result.copy() if result.base is not None or any(result is v for v in values) else result


# In place

_HOLDERS = 2        # of an array that only its cell holds, as sys.getrefcount counts: the cell and the call itself


def _is_free(op_def: Any, inputs: tuple) -> bool:
    """Does nobody but the cells hold their arrays, so that writing over them changes no value that was read?"""
    cells = [inputs[i] for i in op_def.writes]
    return len(set(cells)) == len(cells) and all(
        isinstance(cell.value, np.ndarray) and sys.getrefcount(cell.value) <= _HOLDERS and cell.value.base is None
        and cell.value.flags.writeable for cell in cells)


def _is_large(op_def: Any, inputs: tuple) -> bool:
    """Have all arrays one shape, so large that blocks pay?"""
    arrays = [value.value if isinstance(value, Cell) else value for value in inputs]
    shape = arrays[op_def.writes[0]].shape
    return arrays[op_def.writes[0]].size > BLOCK and all(np.shape(array) in ((), shape) for array in arrays) and all(
        arrays[i].shape == shape and arrays[i].flags.c_contiguous for i in op_def.writes)


def _update_in_place(op_def: Any, formula: Callable, inputs: tuple) -> None:
    """Goes through the arrays block by block: what the formula makes on the way stays small."""
    flat = [value.value.reshape(-1) if isinstance(value, Cell) else value.reshape(-1) if np.ndim(value) else value
            for value in inputs]
    for at in range(0, flat[op_def.writes[0]].size, BLOCK):
        pieces = [value[at:at + BLOCK] if np.ndim(value) else value for value in flat]
        result = formula(*pieces)
        for i, new in zip(op_def.writes, result if len(op_def.writes) > 1 else (result,)):
            pieces[i][...] = new


def first_piece(array: Any) -> Any:
    """The first elements of an array, on which an elementwise formula does what it does on all; scalars as they are."""
    return array.reshape(-1)[:_FIRST] if np.ndim(array) else array


_FIRST = 3
