"""Which values of a run may be the memory of variables, and how the others are kept apart from it.

An operation that computes reads memory at the moment at which it runs, so what it gives must not change with a later
write: it is copied where a kernel gives a view. An operation that forwards hands the memory on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from minigraph.graph.operation import Operation, Tensor
from minigraph.runtime.plan import is_read

__all__ = ["may_be_memory", "takes_memory", "apart", "is_all_of"]


def may_be_memory(ops: Iterable[Operation], given: Iterable[Tensor] = ()) -> set[Tensor]:
    """Return the tensors of `ops`, in a legal order, and of `given` that may be all of a variable's memory."""
    found = set(given)
    for op in ops:
        if op._op_def.functions:
            found.update(_of_bodies(op, found))
        elif op._op_def.forwards and takes_memory(op, found):
            found.update(op._all_outputs)
    return found


def takes_memory(op: Operation, memory: set[Tensor]) -> bool:
    """Return True if an input of `op` may be memory; `memory` are the tensors of which that is known."""
    return any(
        t in memory or is_read(op, j) or t._dtype._is_ref and bool(op._op_def.functions)
        for j, t in enumerate(op._inputs)
    )


def _of_bodies(op: Operation, memory: set[Tensor]) -> list[Tensor]:
    """Return the outputs of an operation with function bodies that may be memory; the last one is its tape."""
    if not takes_memory(op, memory):
        return []
    found: list[Tensor] = []
    for body in [op._op_def.attr(name) for name in op._op_def.functions]:
        inside = may_be_memory(body._ops, body.inputs)
        if len(body.outputs) == len(op._all_outputs) - 1:
            found += [t for t, inner in zip(op._all_outputs, body.outputs) if inner in inside]
        if not inside.isdisjoint(body.intermediates):
            found.append(op._all_outputs[-1])
    return found + [t for t, given in zip(op._all_outputs, op._inputs) if given in memory]  # a loop that takes no step


def is_all_of(array: Any, memory: Any) -> bool:
    """Return True if an array is the whole of another one's memory, in the same order."""
    return array is memory or (
        isinstance(array, np.ndarray)
        and array.nbytes == memory.nbytes
        and array.size > 0
        and array.flags.c_contiguous
        and array.__array_interface__["data"][0] == memory.__array_interface__["data"][0]
    )


def apart(kernel: Callable, forwards: bool = False) -> Callable:
    """Return a kernel whose results share no memory with its arguments, unless it forwards one as a whole."""

    def own(result: Any, arrays: tuple) -> Any:
        if not isinstance(result, np.ndarray) or result.base is None and not any(result is a for a in arrays):
            return result
        for array in arrays:
            if isinstance(array, np.ndarray) and np.may_share_memory(result, array):
                return result if forwards and is_all_of(result, array) else result.copy()
        return result

    def apart(*arrays: Any) -> Any:
        result = kernel(*arrays)
        if type(result) in (tuple, list):
            return type(result)([own(each, arrays) for each in result])
        return own(result, arrays)

    return apart
