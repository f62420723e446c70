"""Other legal orders than that of creation, drawn at random, so that a race can be seen."""

from __future__ import annotations

from minigraph.graph.operation import Operation

__all__ = ["Shuffle", "shuffled"]


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
    import heapq
    import random

    rng = random.Random(seed)
    inside = set(ops)
    waiting: dict[Operation, int] = {}
    followers: dict[Operation, list[Operation]] = {}
    for op in ops:
        before = inside.intersection([*(t._op for t in op._inputs), *op._waits_for])
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
