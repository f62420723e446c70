"""Which operation reads and writes which variable, inside function bodies too."""
from __future__ import annotations

from typing import Any, Iterable, NamedTuple

from minigraph.graph.opdef import ref_positions
from minigraph.graph.operation import Operation, Tensor
from minigraph.runtime.plan import ancestors

__all__ = ["Access", "accesses", "cell_of", "guarded", "updates_of"]


class Access(NamedTuple):
    """That an operation reads or writes (or both) the cell of a variable."""
    op: Operation
    cell: Operation
    reads: bool
    writes: bool


def cell_of(tensor: Tensor) -> Operation | None:
    """Gives the `VariableV2` (or `VarHandleOp`) whose cell an edge carries; None for an edge that carries a value.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     v = tf.Variable(1.0, name="v")
        ...     print(cell_of(v.assign_add(1.0)).name, cell_of(v.value()))
        v None
    """
    while tensor.dtype._is_ref:
        op, rules = tensor.op, tensor.op.op_def
        outer = getattr(rules, "outer", None)               # an argument of a function body
        op_type: Any = type(rules)
        refs = rules.writes or ref_positions(op_type, len(op.inputs))
        if isinstance(outer, Tensor):
            tensor = outer
        elif refs:
            tensor = op.inputs[refs[0]]
        else:
            return op
    return None


def accesses(op: Operation) -> list[Access]:
    """Gives what an operation does to variables; of an operation with function bodies, what these do."""
    if op.op_def.functions:
        return _inside(op)
    found = []
    op_type: Any = type(op.op_def)
    for i, tensor in enumerate(op.inputs):
        cell = cell_of(tensor)
        if cell is None:
            continue
        if i not in ref_positions(op_type, len(op.inputs)):
            found.append(Access(op, cell, True, False))     # takes the value, as Identity does
        elif i in op.op_def.reads or i in op.op_def.writes:
            found.append(Access(op, cell, i in op.op_def.reads, i in op.op_def.writes))
        elif op.type == "CountUpTo":
            found.append(Access(op, cell, True, True))
    return found


def _inside(op: Operation) -> list[Access]:
    together: dict[Operation, Access] = {}
    for name in op.op_def.functions:
        body = op.op_def.attr(name)
        for inner in ancestors(body.outputs):
            for _, cell, reads, writes in accesses(inner):
                before = together.get(cell)
                together[cell] = Access(op, cell, reads or bool(before and before.reads),
                                        writes or bool(before and before.writes))
    return list(together.values())


def guarded(access: Access) -> bool:
    """Does a conditional read the variable only where it has a value, as `initialized_value()` does?"""
    return bool(access.op.op_def.functions and access.op.inputs
                and access.op.inputs[0].op.type in ("IsVariableInitialized", "VarIsInitializedOp")
                and cell_of(access.op.inputs[0].op.inputs[0]) is access.cell)


def is_initializer(op: Operation) -> bool:
    """Is this the operation that gives a variable its initial value?"""
    return op.type in ("Assign", "AssignVariableOp") and op.name == op.inputs[0].op.name + "/Assign"


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
