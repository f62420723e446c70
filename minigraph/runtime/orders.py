"""Other legal orders than that of creation, such as ones drawn at random, so that a race can be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from minigraph.graph.operation import Operation

__all__ = ["Shuffle", "in_order", "shuffled"]


class Shuffle:
    """Draw another legal order of operations at each call; a seed makes the orders repeatable.

    Raises:
        ValueError: if a session asks for any other order.
    """

    def __init__(self, order: str, seed: int | None):
        if order != "shuffle":
            raise ValueError(f"order must be 'creation' or 'shuffle', not {order!r}")
        self._seed = seed

    def __call__(self, ops: list[Operation]) -> list[Operation]:
        seed = self._seed
        self._seed = None if seed is None else seed + 1
        return shuffled(ops, seed)


def shuffled(ops: list[Operation], seed: int | None) -> list[Operation]:
    """Draw another legal order of operations given in a legal order."""
    import random

    rng = random.Random(seed)
    return in_order(ops, lambda op: rng.random())


def in_order(
    ops: Iterable[Operation], priority: Callable[[Operation], float], edges: Iterable[tuple[Operation, Operation]] = ()
) -> list[Operation]:
    """Sort operations so that they follow the graph and some more edges.

    Args:
        ops: the operations.
        priority: asked when an operation may run: of those that may the one with the smallest comes next.
        edges: pairs of which the first one must come first. Operations on a circle are left out.
    """
    import heapq

    followers = _followers(ops, edges)
    waiting = Counter(then for thens in followers.values() for then in thens)
    ready = [(priority(op), op.id, op) for op in followers if not waiting[op]]
    heapq.heapify(ready)
    result = []
    while ready:
        op = heapq.heappop(ready)[2]
        result.append(op)
        for other in followers[op]:
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(ready, (priority(other), other.id, other))
    return result


def _followers(ops: Iterable[Operation], edges: Iterable[tuple]) -> dict[Operation, dict[Operation, None]]:
    """Return, for each operation, those that it must come before, by the graph or by an edge, each once."""
    followers: dict[Operation, dict[Operation, None]] = {op: {} for op in ops}
    arrows = [(before, op) for op in followers for before in (*[t._op for t in op._inputs], *op._waits_for)]
    for first, then in (*arrows, *edges):
        followers.get(first, {})[then] = None
    return followers
