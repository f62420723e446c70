"""What rules look at: a graph, the runs of it, and what follows from them, worked out once."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

from minigraph.graph.collections import GraphKeys
from minigraph.graph.default import session_stack
from minigraph.graph.graph import Graph
from minigraph.graph.opdef import input_counts
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.walks import ancestors
from minigraph.reading.accesses import is_initializer, updates_of, with_inner
from minigraph.reading.roles import call_of, loss_of
from minigraph.runtime.access import Access, accesses, cell_of

__all__ = ["Run", "Scene", "inputs_named", "train_ops"]


class Run(NamedTuple):
    """What one `Session.run` fetched and fed."""

    fetches: tuple
    feeds: tuple = ()


class Scene:
    """A graph and the runs of it.

    Args:
        graph: the graph.
        runs: the different runs.
        is_complete: are these all runs of the program? Else more may follow.
    """

    def __init__(self, graph: Graph, runs: Iterable[Run], is_complete: bool = False):
        self.graph, self.runs, self.is_complete = graph, list(runs), is_complete
        self.ops = graph.get_operations()

    @functools.cached_property
    def needed(self) -> list[list[Operation]]:
        """For each run the operations that run."""
        return [ancestors(run.fetches, run.feeds) for run in self.runs]

    @functools.cached_property
    def ran(self) -> set[Operation]:
        """All operations that run in one of the runs, and that may run in the branches and loops of it."""
        return {op for ops in self.needed for op in with_inner(ops)}

    @functools.cached_property
    def updates(self) -> list[list[Operation]]:
        """For each run the operations that change a variable by a gradient."""
        return [updates_of(ops) for ops in self.needed]

    @functools.cached_property
    def trains(self) -> bool:
        """Whether one of the runs trains."""
        return any(self.updates)

    @functools.cached_property
    def accesses(self) -> dict[Operation, list[Access]]:
        """For each variable who reads or writes it, anywhere in the graph; its initializer aside."""
        found: dict[Operation, list[Access]] = {}
        for op in self.ops:
            if not is_initializer(op):
                for access in accesses(op):
                    found.setdefault(access.cell, []).append(access)
        return found

    @functools.cached_property
    def cells(self) -> list[Operation]:
        """The operations of the variables."""
        return [op for op in self.ops if op.all_outputs and cell_of(op.all_outputs[0]) is op]

    @functools.cached_property
    def trainable(self) -> set[Operation]:
        """The operations of the trainable variables."""
        return {v.op for v in self.graph.get_collection(GraphKeys.TRAINABLE_VARIABLES) if hasattr(v, "op")}

    @functools.cached_property
    def update_ops(self) -> list[Operation]:
        """The collection UPDATE_OPS."""
        return self.collected(GraphKeys.UPDATE_OPS)

    @functools.cached_property
    def losses(self) -> list[Operation]:
        """What the gradients that run have differentiated."""
        return list(dict.fromkeys(loss for ops in self.needed for op in ops if (loss := loss_of(op)) is not None))

    def collected(self, name: str) -> list[Operation]:
        """Return the operations of a collection's items."""
        found = [getattr(item, "op", item) for item in self.graph.get_collection(name)]
        return list(dict.fromkeys(op for op in found if isinstance(op, Operation)))

    def trained(self, updates: Iterable[Operation]) -> set[Operation]:
        """Return the variables that some updates change first of all: not their slots."""
        return {cell for op in updates if (cell := cell_of(op.inputs[op.op_def.writes[0]])) is not None}

    def has_value(self, cell: Operation) -> bool:
        """Return True if the variable has a value in a session that is open in this thread."""
        return any(getattr(session._state.get(cell), "value", None) is not None for session in session_stack())


def inputs_named(op: Operation, *names: str) -> list[Tensor]:
    """Return the inputs of an operation that its definition calls so."""
    found: list[Tensor] = []
    at = 0
    for spec, count in zip(op.op_def.specs, input_counts(op.op_def, len(op.inputs))):
        if spec.name in names:
            found += op.inputs[at : at + count]
        at += count
    return found


def train_ops(graph: Graph) -> list[Operation]:
    """Return what a program fetches to train: the last node of each call of `optimize_loss` or `minimize`.

    The collection TRAIN_OP has what the optimizer made, and `optimize_loss` adds the tensor that it returns.
    """
    last = {call_of(op): op for op in graph.get_operations()}
    collected = graph.get_collection(GraphKeys.TRAIN_OP)
    return list(dict.fromkeys(op if call_of(op) is None else last[call_of(op)] for op in collected))
