"""`Plan`: what a run does, worked out once for each choice of fetches and feeds.

*Prune* keeps the ancestors of the fetches, stopping at fed tensors. *Order* is creation order, which is a topological
order, or another legal one drawn with a seed. *Fold* computes what is the same in every run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np

from minigraph.graph.displayed import Displayed
from minigraph.graph.opdef import ref_positions
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.walks import ancestors
from minigraph.runtime import tuning

__all__ = ["Plan", "Order", "is_read"]


class Order:
    """Which of the legal orders a plan takes: "creation", or "shuffle" with a seed.

    Example:
        >>> Order("shuffle", 3)
        Order('shuffle', 3)
    """

    __slots__ = ("kind", "seed")

    def __init__(self, kind: str = "creation", seed: int | None = None):
        if kind not in ("creation", "shuffle"):
            raise ValueError(f"order must be 'creation' or 'shuffle', not {kind!r}")
        self.kind, self.seed = kind, seed

    def __repr__(self) -> str:
        return f"Order({self.kind!r}, {self.seed!r})"


class Plan(Displayed):
    """The steps of a run.

    Args:
        fetches: the tensors whose values are wanted and the operations that must run.
        feeds: the tensors whose values are given.
        order: which legal order.

    Attributes:
        fetches, feeds: as given.
        steps: the operations that run, in order.
        constants: the values of the tensors that are computed once, when the plan is made.

    Example:
        >>> x = tf.placeholder(tf.float32, [], name="x")
        >>> y = tf.add(x, tf.constant(1.0) * 2.0, name="y")
        >>> plan = Plan([y], [x])
        >>> [op.name for op in plan.steps], [t.name for t in plan.constants]
        (['y'], ['mul:0'])
    """

    def __init__(self, fetches: Iterable, feeds: Iterable[Tensor] = (), order: Order | None = None, fold: bool = True):
        self.fetches = tuple(fetches)
        self.feeds = tuple(feeds)
        needed = ancestors(self.fetches, self.feeds)
        self.unfed = must_be_fed(needed, self.feeds)
        needed = [op for op in needed if not op._op_def.must_feed]
        if order is not None and order.kind == "shuffle":
            needed = shuffled(needed, order.seed)
        self.constants = self._fold(needed) if fold else {}
        folded = {t._op for t in self.constants}
        self.steps = [op for op in needed if op not in folded]
        self._keep_useful_constants()

    def last_uses(self) -> dict[Tensor, Operation]:
        """Return for each tensor that is not fetched the last operation that takes it, or the one that makes it."""
        kept = set(self.fetches)
        return {t: op for op in self.steps for t in (*op._all_outputs, *op._inputs) if t not in kept}

    def _fold(self, needed: list[Operation]) -> dict[Tensor, Any]:
        """Compute what depends on nothing that a run may change."""
        known: dict[Tensor, Any] = {}
        fed = set(self.feeds)
        for op in needed:
            if not all(map(known.__contains__, op._inputs)) or not _may_fold(op, fed) or _is_too_large(op):
                continue
            try:
                with np.errstate(all="ignore"):
                    values = op._op_def.kernel(np, *[known[t] for t in op._inputs])
            except Exception:  # it will fail again when it runs, and be reported then
                continue
            known.update(zip(op._all_outputs, values if len(op._all_outputs) > 1 else (values,)))
        return known

    def _keep_useful_constants(self) -> None:
        """Drop the constants that were only needed to compute others."""
        used = {t for op in self.steps for t in op._inputs}
        used.update(f for f in self.fetches if isinstance(f, Tensor))
        self.constants = {t: value for t, value in self.constants.items() if t in used}


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
    return bool(op._inputs) and any((t.shape.num_elements() or 0) > _most_kept(t) for t in op._all_outputs)


def _most_kept(tensor: Tensor) -> int:
    """Return the maximum number of elements of a constant; one that is only assigned is usually for one run."""
    users = tensor.users
    return tuning.LARGEST_ASSIGNED if users and all(op._op_def.writes for op in users) else tuning.LARGEST_CONSTANT


def shuffled(ops: list[Operation], seed: int | None) -> list[Operation]:
    """Draw another legal order of operations given in a legal order."""
    import heapq
    import random

    rng = random.Random(seed)
    inside = set(ops)
    waiting: dict[Operation, int] = {}
    followers: dict[Operation, list[Operation]] = {}
    for op in ops:
        before = {t._op for t in op._inputs} | set(op._waits_for)
        before &= inside
        waiting[op] = len(before)
        for other in before:
            followers.setdefault(other, []).append(op)
    ready = [(rng.random(), op.id, op) for op in ops if not waiting[op]]
    heapq.heapify(ready)
    result = []
    while ready:
        op = heapq.heappop(ready)[2]
        result.append(op)
        for other in followers.get(op, ()):
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(ready, (rng.random(), other.id, other))
    return result


def is_read(op: Operation, j: int) -> bool:
    """Return True if `op` takes the value of the cell on its input `j` (rather than the cell, or a plain value)."""
    if not op._inputs[j].dtype._is_ref or op._op_def.functions:
        return False
    op_type: Any = type(op._op_def)
    return j not in ref_positions(op_type, len(op._inputs))
