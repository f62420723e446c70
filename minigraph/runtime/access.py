"""Which operation reads and writes which variable: through ref edges, in function bodies, and in bodies inside these.

Traces, explanations and pictures all ask here, so that what one of them says is written, the others say too.
"""
from __future__ import annotations

from typing import Any, NamedTuple

from minigraph.graph.opdef import ref_positions
from minigraph.graph.operation import Operation, Tensor
from minigraph.runtime.plan import ancestors

__all__ = ["Access", "accesses", "cell_of", "refs_written", "written_by"]


class Access(NamedTuple):
    """That an operation reads or writes (or both) the cell of a variable."""
    op: Operation
    cell: Operation
    reads: bool
    writes: bool


def cell_of(tensor: Tensor) -> Operation | None:
    """Return the `VariableV2` whose cell a ref edge carries; None for an edge that carries a value.

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
    """Return what an operation does to variables; of an operation with function bodies, what these do."""
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


def written_by(op: Operation) -> list[Operation]:
    """Return the variables that an operation may write, each once.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     v = tf.Variable(1.0, name="v")
        ...     both = tf.cond(tf.constant(True), lambda: v.assign_add(1.0), lambda: v.value())
        ...     [cell.name for cell in written_by(both.op.inputs[0].op)]
        ['v']
    """
    return list(dict.fromkeys(access.cell for access in accesses(op) if access.writes))


def refs_written(op: Operation) -> list[int]:
    """Return which inputs of an operation are cells that it, or a function body that it calls, may write."""
    if not op.op_def.functions:
        return list(op.op_def.writes) or [0] * (op.type == "CountUpTo")
    written = set(written_by(op))
    return [i for i, tensor in enumerate(op.inputs) if written and cell_of(tensor) in written]
