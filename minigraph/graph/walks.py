"""Walks through a graph: ancestors and shortest paths."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any

__all__ = ["ancestors", "path"]


def ancestors(fetches: Iterable, feeds: Iterable = ()) -> list:
    """Return the operations that must run for tensors and operations, in creation order.

    A fed tensor needs none of its ancestors; a control dependency on its operation still holds.

    Example:
        >>> a = tf.constant(1.0, name="a")
        >>> b = tf.add(a, a, name="b")
        >>> [op.name for op in ancestors([b])], [op.name for op in ancestors([b], [a])]
        (['a', 'b'], ['b'])
    """
    fed = set(feeds)
    found: set[Any] = set()
    todo = [getattr(fetch, "op", fetch) for fetch in fetches if fetch not in fed]
    while todo:
        op = todo.pop()
        if op not in found:
            found.add(op)
            todo.extend(op.waits_for)
            todo.extend([t.op for t in op.inputs if t not in fed])
    return sorted(found, key=lambda op: op.id)


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
