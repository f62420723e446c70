"""Walks through a graph: ancestors and shortest paths."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["ancestors"]


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
