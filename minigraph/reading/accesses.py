"""Which accesses are those of an initializer, and which operations train."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.walks import ancestors
from minigraph.runtime.access import Access, cell_of

__all__ = ["guarded", "is_initializer", "is_init_op", "users_of", "updates_of", "with_inner"]


def guarded(access: Access) -> bool:
    """Return True if a conditional reads the variable only where it has a value, as `initialized_value()` does."""
    return bool(
        access.op.op_def.functions
        and access.op.inputs
        and access.op.inputs[0].op.type in ("IsVariableInitialized", "VarIsInitializedOp")
        and cell_of(access.op.inputs[0].op.inputs[0]) is access.cell
    )


def is_initializer(op: Operation) -> bool:
    """Return True if this operation gives a variable its initial value."""
    return op.type in ("Assign", "AssignVariableOp") and op.name == op.inputs[0].op.name + "/Assign"


def is_init_op(op: Operation) -> bool:
    """Return True if this operation only waits for initializers, as `tf.global_variables_initializer()` does."""
    return not op.all_outputs and not op.inputs and bool(op.waits_for) and all(map(is_initializer, op.waits_for))


def users_of(op: Operation) -> list[Operation]:
    """Return the operations that take a value of this one, or wait for it."""
    return [user for t in op.all_outputs for user in t.users or ()] + op.control_outputs


def with_inner(ops: Iterable[Operation]) -> Iterator[Operation]:
    """Give operations, each after those that run in the function bodies that it calls."""
    for op in ops:
        for name in op.op_def.functions:
            yield from with_inner(ancestors(op.op_def.attr(name).outputs))
        yield op


def updates_of(ops: Iterable[Operation]) -> list[Operation]:
    """Return, of operations in creation order, those that change a variable by a gradient; in function bodies too.

    An optimizer makes them, or the program itself: `w.assign_sub(0.1 * gradient)`.
    """
    of_gradient: set[Operation] = set()
    found = []
    for op in with_inner(ops):
        outer = getattr(op.op_def, "outer", None)  # of the argument of a body
        if op.stage == "gradients" or isinstance(outer, Tensor) and outer.op in of_gradient:
            of_gradient.add(op)
        elif any(t.op in of_gradient for t in op.inputs):
            of_gradient.add(op)  # of an update too: an optimizer made of several goes on with the first one's
            if op.op_def.writes:
                found.append(op)
        elif _applies_gradient(op):
            found.append(op)  # the gradient was kept in a variable, as where several are added up
    return found


def _applies_gradient(op: Operation) -> bool:
    """Return True if an optimizer made the operation to apply a gradient."""
    return op.stage == "apply" and any(spec.name in ("grad", "delta") for spec in op.op_def.specs)
