"""Which accesses are those of an initializer, and which operations train."""
from __future__ import annotations

from typing import Iterable

from minigraph.graph.operation import Operation
from minigraph.runtime.access import Access, cell_of

__all__ = ["guarded", "is_initializer", "updates_of"]


def guarded(access: Access) -> bool:
    """Does a conditional read the variable only where it has a value, as `initialized_value()` does?"""
    return bool(access.op.op_def.functions and access.op.inputs
                and access.op.inputs[0].op.type == "IsVariableInitialized"
                and cell_of(access.op.inputs[0].op.inputs[0]) is access.cell)


def is_initializer(op: Operation) -> bool:
    """Is this the operation that gives a variable its initial value?"""
    return op.type == "Assign" and op.name == op.inputs[0].op.name + "/Assign"


def updates_of(ops: Iterable[Operation]) -> list[Operation]:
    """Gives, of operations in creation order, those that change a variable by a gradient: what an optimizer makes."""
    of_gradient: set[Operation] = set()
    found = []
    for op in ops:
        if op.stage == "gradients":
            of_gradient.add(op)
        elif any(t.op in of_gradient for t in op.inputs):
            of_gradient.add(op)         # of an update too: an optimizer made of several goes on with the first one's
            if op.op_def.writes:
                found.append(op)
        elif op.stage == "apply" and any(spec.name in ("grad", "delta") for spec in op.op_def.specs):
            found.append(op)            # the gradient was kept in a variable, as where several are added up
    return found
