"""`Plan`: what a run does, worked out once for each choice of fetches and feeds.

*Prune* keeps the ancestors of the fetches, stopping at fed tensors. *Order* is creation order, which is a topological
order, or another legal one drawn with a seed. *Fold* computes what is the same in every run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from minigraph.graph.constant_value import outputs_for
from minigraph.graph.displayed import Displayed
from minigraph.graph.dtypes import resource
from minigraph.graph.opdef import ref_positions
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.walks import ancestors
from minigraph.runtime import tuning

__all__ = ["Plan", "is_read", "must_be_fed"]


class Plan(Displayed):
    """The steps of a run that fetches some tensors and operations and feeds some tensors.

    `order` reorders operations, legally; without `fold` nothing is computed in advance.

    Example:
        >>> x = tf.placeholder(tf.float32, [], name="x")
        >>> y = tf.add(x, tf.constant(1.0) * 2.0, name="y")
        >>> plan = Plan([y], [x])
        >>> [op.name for op in plan.steps], [t.name for t in plan.constants]
        (['y'], ['mul:0'])
    """

    def __init__(
        self, fetches: Iterable, feeds: Iterable[Tensor] = (), order: Callable | None = None, fold: bool = True
    ):
        self.fetches, self.feeds = tuple(fetches), tuple(feeds)
        needed = ancestors(self.fetches, self.feeds)
        self.unfed = must_be_fed(needed, self.feeds)
        needed = [op for op in needed if not op._op_def.must_feed]
        if order is not None:
            needed = order(needed)
        known = self._fold(needed) if fold else {}
        folded = {t._op for t in known}
        self.steps = [op for op in needed if op not in folded]  # what runs, in order
        self.constants = self._useful(known)  # the values of the tensors that are computed once, now

    def last_uses(self) -> dict[Tensor, Operation]:
        """Return for each tensor that is not fetched the last operation that takes it, or the one that makes it."""
        kept = set(self.fetches)
        return {t: op for op in self.steps for t in (*op._all_outputs, *op._inputs) if t not in kept}

    def _useful(self, known: dict[Tensor, Any]) -> dict[Tensor, Any]:
        """Return the constants that a step or a fetch takes, without those that were only needed to compute others."""
        used = {t for op in self.steps for t in op._inputs}.union(self.fetches)
        return {t: value for t, value in known.items() if t in used}

    def _fold(self, needed: list[Operation]) -> dict[Tensor, Any]:
        """Compute what depends on nothing that a run may change."""
        known: dict[Tensor, Any] = {}
        fed = set(self.feeds)
        for op in needed:
            if all(map(known.__contains__, op._inputs)) and _may_fold(op, fed) and not _is_too_large(op):
                known.update(zip(op._all_outputs, outputs_for(op, [known[t] for t in op._inputs]) or ()))
        return known


def must_be_fed(ops: Iterable[Operation], feeds: Collection[Tensor]) -> list[Operation]:
    """Return the operations that must be fed and are not."""
    return [op for op in ops if op._op_def.must_feed and not all(t in feeds for t in op._all_outputs)]


def _may_fold(op: Operation, fed: set[Tensor]) -> bool:
    """Return True if an operation computes the same in every run from the same inputs."""
    if op._waits_for or not op._all_outputs:
        return False
    return op._op_def.is_pure and not op._op_def.functions and fed.isdisjoint(op._all_outputs)


def _is_too_large(op: Operation) -> bool:
    """Return True if the outputs, computed from others, are cheaper to compute in each run than to keep."""
    for t in op._all_outputs if op._inputs else ():
        only_assigned = t.users and all(user._op_def.writes for user in t.users)  # for one run, as a rule
        if (t.shape.num_elements() or 0) > (tuning.LARGEST_ASSIGNED if only_assigned else tuning.LARGEST_CONSTANT):
            return True
    return False


def is_read(op: Operation, j: int) -> bool:
    """Return True if `op` takes the value of the cell on its input `j` (rather than the cell, or a plain value)."""
    if not op._inputs[j].dtype._is_ref or op._op_def.functions:
        return False
    op_type: Any = type(op._op_def)
    return j not in ref_positions(op_type, len(op._inputs), op._inputs[j].dtype is resource)
