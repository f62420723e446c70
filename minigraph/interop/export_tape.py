"""Tapes as TensorFlow keeps what a backward body needs: further outputs of an If, a list for each tensor of a While.

A tape, the hidden output of an `If` or `While`, stands for several tensors there. For an If they are the values of the
intermediate tensors of both bodies; for a While they are TensorLists, one for each, to which each step appends. A tape
may be the intermediate tensor of another body; then it is taken apart again.
"""

from __future__ import annotations

from typing import NamedTuple

from minigraph.graph import dtypes
from minigraph.graph.dtypes import DType
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape

__all__ = ["Leaf", "forward_bodies", "is_tape", "leaves", "span_on_tape"]

_ITEMS = ("TapeItem", "BranchItem")


class Leaf(NamedTuple):
    """A tensor as TensorFlow will have it."""

    dtype: DType
    shape: TensorShape


def forward_bodies(op: Operation) -> list[FuncGraph]:
    """Return the bodies of an If or While whose intermediate tensors are on its tape."""
    names = [name for name in op.op_def.functions if name != "cond"]
    return [op.op_def.attr(name) for name in names]


def _maker(tensor: Tensor) -> Operation | None:
    """Return the If or While whose tape a tensor is; None if it is another tensor."""
    while tensor.dtype.base_dtype is dtypes.variant:
        op = tensor.op
        outer = tensor.graph.outer_of(tensor)
        if outer is not tensor:
            tensor = outer
        elif op.type in _ITEMS:
            tensor = _intermediate(op)
        else:
            return op if op.op_def.hidden_outputs and tensor is op.all_outputs[-1] else None
    return None


def is_tape(tensor: Tensor) -> bool:
    """Return True if a tensor is a tape."""
    return _maker(tensor) is not None


def leaves(tensor: Tensor) -> list[Leaf]:
    """Return the tensors for which a tensor stands in TensorFlow: one, if it is not a tape."""
    op = _maker(tensor)
    if op is None:
        return [Leaf(tensor.dtype.base_dtype, tensor.shape)]
    saved = [leaf for body in forward_bodies(op) for t in body.intermediates for leaf in leaves(t)]
    if op.type == "While":
        return [Leaf(dtypes.variant, TensorShape([]))] * len(saved)
    return saved


def _intermediate(item: Operation) -> Tensor:
    """Return the tensor of a forward body whose value an operation reads from its tape."""
    return _forward(item).intermediates[item.op_def.attr("index")]


def _forward(item: Operation) -> FuncGraph:
    """Return the forward body whose tensor an operation reads from a tape."""
    if item.type == "BranchItem":
        maker = _maker(item.inputs[0])
        assert maker is not None
        return maker.op_def.attr("then_branch" if item.op_def.attr("branch") else "else_branch")
    return item.graph.forward


def span_on_tape(item: Operation) -> tuple[int, int]:
    """Return where, among the tensors for which a tape stands, those are that an operation reads: start and end."""
    tape, forward = item.inputs[0], _forward(item)
    maker = _maker(tape)
    assert maker is not None
    start = 0
    for body in forward_bodies(maker):
        for i, t in enumerate(body.intermediates):
            if body is forward and i == item.op_def.attr("index"):
                return start, start + len(leaves(t))
            start += len(leaves(t))
    raise LookupError(item.name)
