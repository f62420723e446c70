"""Initial values that depend on other variables, made safe: they need no initializer to run before theirs."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply_op
from minigraph.graph.default import get_default_graph
from minigraph.graph.messages import made
from minigraph.graph.opdef import ref_positions
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.text import message
from minigraph.ops.variables import assign
from minigraph.variables.collections import global_variables, local_variables

__all__ = ["from_inside", "guarded"]


def guarded(value: Tensor, scope: str) -> Tensor:
    """Return `value` computed with the `initialized_value()` of each variable that it depends on.

    Initializers run in no order that a program chooses. So the operations between a variable and `value` are made
    anew, as TF1 makes them, under their own names with the new variable's behind: `mul_w` for the `mul` in
    `w = tf.Variable(v * 2.0, name="w")`.

    Args:
        value: the initial value asked for.
        scope: the name scope of the new variable, with a slash at the end.

    Example:
        >>> v = tf.Variable(3.0, name="v")
        >>> w = tf.Variable(v * 2.0, name="w")
        >>> sess.run(w.initializer)
        >>> print(sess.run(w), w.initializer.inputs[1].name)
        6.0 mul_w:0
    """
    stand_ins: dict[Operation, Operation] = {}  # what stands for an operation: itself, where it needs no other
    todo = [value.op]
    while todo:
        op = todo[-1]
        first = next((t.op for t in _values(op) if t.op not in stand_ins), None)
        if first is not None:
            todo.append(first)
        else:
            stand_ins[todo.pop()] = _stand_in(op, stand_ins, scope)
    return stand_ins[value.op].outputs[value.value_index]


def _values(op: Operation) -> list[Tensor]:
    """Return the inputs whose values an operation reads; inputs that are the cell of a variable stay as they are."""
    op_type: Any = type(op.op_def)
    if ref_positions(op_type, len(op.inputs)):
        return []
    return [t for t in op.inputs if not (op.op_def.functions and t.dtype._is_ref_dtype)]


def _cells(op: Operation) -> list[Operation]:
    """Return the cells that a conditional or loop reads inside its body."""
    return [t.op for t in op.inputs if t.dtype._is_ref_dtype] if op.op_def.functions else []


def _stand_in(op: Operation, stand_ins: dict[Operation, Operation], scope: str) -> Operation:
    if isinstance(op.op_def, assign.VariableV2):
        return _initialized(op)
    changed = [t for t in _values(op) if stand_ins[t.op] is not t.op]
    cells = _cells(op)
    if not (changed or cells):
        return op
    for cell in cells:
        # A conditional that reads a variable itself, as initialized_value() does, is safe already. TF1 guards it again
        # all the same, and copies two nodes of the branch and a Switch for each input where one is copied here.
        _initialized(cell)
        get_default_graph().count_as(get_default_graph()._last_id + 1 + len(changed))
    inputs = [stand_ins[t.op].outputs[t.value_index] if t in changed else t for t in op.inputs]
    return _copy(op, inputs, f"{op.name}_{scope}")


def _initialized(cell: Operation) -> Operation:
    """Return the operation that computes a variable's `initialized_value()`, or `cell` if no variable owns it."""
    v = next((v for v in global_variables() + local_variables() if v.op is cell), None)
    return cell if v is None else v.initialized_value().op


def _copy(op: Operation, inputs: list[Tensor], name: str) -> Operation:
    copy = apply_op(op.op_def, *inputs, name=name)
    for key in (op.extra_attrs or {}).keys() - (copy.extra_attrs or {}).keys():
        copy._set_attr(key, op.extra_attrs[key])  # type: ignore[index]
    return copy


def from_inside(initial_value: Tensor, scope: str) -> ValueError:
    """Return the error for an initial value from inside a conditional or loop."""
    return ValueError(
        message(
            f"Initializer for variable {scope} is from inside a control-flow construct, such as a loop or conditional. "
            "When creating a variable inside a loop or conditional, use a lambda as the initializer.",
            f"It is {made(initial_value)}; a variable is made outside, where that has no value.",
            "Write tf.Variable(lambda: tf.zeros([2])), or tf.get_variable with a shape and tf.zeros_initializer().",
        )
    )
