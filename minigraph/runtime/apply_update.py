"""Carrying out an update: old values in, new numbers into the memory of variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph.variable_cell import Cell
from minigraph.runtime import tuning

__all__ = ["Stale", "carry_out"]


class Stale(Exception):
    """The variables are not as they were when the run was recorded."""


def carry_out(op_def: Any, formula: Callable, lock: Any, *inputs: Any) -> Cell:
    """Carry out an update (the rule `update` for numpy), wholly or not at all; return the (first) cell written."""
    with lock:
        cells = [inputs[i] for i in op_def.writes]
        values = [
            value.read() if i in op_def.reads else value.value if i in op_def.writes else value
            for i, value in enumerate(inputs)
        ]
        if op_def.write is not None:
            op_def.write(*values)
        elif op_def.elementwise and _is_large(op_def, values):
            _update_by_blocks(op_def, formula, values)
        else:
            result = formula(*values)
            results = result if len(op_def.writes) > 1 else (result,)
            if getattr(op_def, "validate_shape", True):
                for cell, value in zip(cells, results):
                    cell.check(value)
            for cell, value in zip(cells, results):
                cell.write(value)
    return cells[0]


def _is_large(op_def: Any, values: list) -> bool:
    """Return True if all arrays have one shape, and are so large that blocks pay."""
    memory = values[op_def.writes[0]]
    return memory.size > tuning.BLOCK and all(np.shape(array) in ((), memory.shape) for array in values)


def _update_by_blocks(op_def: Any, formula: Callable, values: list) -> None:
    """Go through the arrays block by block: what the formula makes on the way stays small."""
    flat = [value.reshape(-1) if np.ndim(value) else value for value in values]
    for at in range(0, flat[op_def.writes[0]].size, tuning.BLOCK):
        pieces = [value[at : at + tuning.BLOCK] if np.ndim(value) else value for value in flat]
        result = formula(*pieces)
        for i, new in zip(op_def.writes, result if len(op_def.writes) > 1 else (result,)):
            pieces[i][...] = new
