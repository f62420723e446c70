"""Tapes as TensorFlow keeps what a backward body needs: further outputs of an If, a list for each tensor of a While.

A tape, the hidden output of an `If` or `While`, stands for several tensors there. For an If they are the values of the
intermediate tensors of both bodies; for a While they are TensorLists, one for each, to which each step appends. A tape
may be the intermediate tensor of another body; then it is taken apart again. The gradient of a tape, which second
derivatives need, has the same parts.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from minigraph.graph import dtypes
from minigraph.graph.dtypes import DType
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape

__all__ = ["Leaf", "forward_bodies", "is_of_loop", "is_tape", "leaves", "saved_on_tape", "span_on_tape"]

# Which input a tape, or the gradient of a tape, is like, for operations that may have one as their output.
_LIKE = {"Identity": 0, "ZerosLike": 0, "AddN": 0, "TapeGradient": 2, "TapeGradientItem": 2}


class Leaf(NamedTuple):
    """A tensor as TensorFlow will have it."""

    dtype: DType
    shape: TensorShape


def forward_bodies(op: Operation) -> list[FuncGraph]:
    """Return the bodies of an If or While whose intermediate tensors are on its tape."""
    names = [name for name in op.op_def.functions if name != "cond"]
    return [op.op_def.attr(name) for name in names]


def _maker(tensor: Tensor) -> Operation | None:
    """Return the If or While of whose tape a tensor has the structure; None if it is neither a tape nor a gradient."""
    found: Tensor | None = tensor
    while found is not None and found.dtype.base_dtype is dtypes.variant:
        if found.op.op_def.hidden_outputs and found is found.op.all_outputs[-1]:
            return found.op
        found = _like(found)
    return None


def _like(tensor: Tensor) -> Tensor | None:
    """Return a tensor of the same structure, nearer to the If or While that has made it."""
    op, index = tensor.op, tensor.value_index
    if op.type == "_Arg":
        return _given(tensor)
    if op.type in ("TapeItem", "BranchItem"):
        return _intermediate(op)
    if op.type == "While":
        return op.inputs[index]
    if op.type in ("If", "StatelessIf"):
        return forward_bodies(op)[0].outputs[index]
    return op.inputs[_LIKE[op.type]] if op.type in _LIKE else None


def _given(argument: Tensor) -> Tensor | None:
    """Return the tensor that a body gets as an argument (in the first step of a loop)."""
    body: Any = argument.graph
    outer = body.outer_of(argument)
    if outer is not argument:
        return outer
    call = body.called_by
    return None if call is None else call.inputs[body.inputs.index(argument) + len(call.inputs) - len(body.inputs)]


def is_tape(tensor: Tensor) -> bool:
    """Return True if a tensor is a tape, or the gradient of one."""
    return _maker(tensor) is not None


def leaves(tensor: Tensor) -> list[Leaf]:
    """Return the tensors for which a tensor stands in TensorFlow: one, if it is not a tape."""
    op = _maker(tensor)
    if op is None:
        return [Leaf(tensor.dtype.base_dtype, tensor.shape)]
    saved = _saved(op)
    return [Leaf(dtypes.variant, TensorShape([]))] * len(saved) if op.type == "While" else saved


def _saved(op: Operation) -> list[Leaf]:
    """Return the tensors that the bodies of an If or While save."""
    return [leaf for body in forward_bodies(op) for t in body.intermediates for leaf in leaves(t)]


def _intermediate(item: Operation) -> Tensor:
    """Return the tensor of a forward body whose value an operation reads from its tape."""
    return _forward(item).intermediates[item.op_def.attr("index")]


def _forward(item: Operation) -> FuncGraph:
    """Return the forward body of whose tensor an operation reads a value from a tape, or writes the gradient."""
    op = _tape_maker(item)
    branch = getattr(item.op_def, "branch", None)
    if branch is not None:
        return op.op_def.attr("then_branch" if branch else "else_branch")
    bodies, found = forward_bodies(op), item.graph
    while found not in bodies:  # the backward body, or the backward body of that
        found = found.forward
    return found


def _tape_maker(item: Operation) -> Operation:
    """Return the If or While from whose tape, or its gradient, an operation reads; or of which it is a gradient."""
    found = _maker(item.all_outputs[0] if item.type == "TapeGradient" else item.inputs[0])
    assert found is not None
    return found


def is_of_loop(item: Operation) -> bool:
    """Return True if an operation reads or writes one step of several."""
    return _tape_maker(item).type == "While"


def saved_on_tape(item: Operation) -> list[Leaf]:
    """Return the tensors whose values are on the tape from which an operation reads, or whose gradient it makes."""
    return _saved(_tape_maker(item))


def span_on_tape(item: Operation) -> tuple[int, int]:
    """Return where, among the tensors for which a tape stands, those of an operation are: start and end."""
    forward, index = _forward(item), item.op_def.attr("index")
    start = 0
    for body in forward_bodies(_tape_maker(item)):
        for i, t in enumerate(body.intermediates):
            if body is forward and i == index:
                return start, start + len(leaves(t))
            start += len(leaves(t))
    raise LookupError(item.name)
