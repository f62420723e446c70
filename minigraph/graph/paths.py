"""Shortest paths through a graph."""

from __future__ import annotations

from collections import deque
from typing import Any

__all__ = ["path"]


def path(start: Any, target: Any, stop: Any = (), of_values: bool = False) -> list:
    """Return the operations of a shortest path from `start` back to the operation `target`, or [].

    Args:
        start, target: operations.
        stop: tensors not to look beyond, such as fed ones.
        of_values: follow values only, not control dependencies.
    """
    stop = set(stop)
    back: dict[Any, Any] = {start: None}
    queue = deque([start])
    while queue and target not in back:
        op = queue.popleft()
        for other in [t.op for t in op.inputs if t not in stop] + ([] if of_values else list(op.waits_for)):
            if other not in back:
                back[other] = op
                queue.append(other)
    found, op = [], target if target in back else None
    while op is not None:
        found.append(op)
        op = back[op]
    return found[::-1]
