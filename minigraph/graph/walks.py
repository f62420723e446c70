"""Walks through a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["ancestors", "reached"]


def ancestors(fetches: Iterable, feeds: Iterable = ()) -> list:
    """Return the operations that must run for tensors and operations, in creation order.

    A fed tensor needs none of its ancestors; a control dependency on its operation still holds.
    """
    fed = set(feeds)
    start = [getattr(fetch, "op", fetch) for fetch in fetches if fetch not in fed]
    found = reached(start, lambda op: (*op.waits_for, *[t.op for t in op.inputs if t not in fed]))
    return sorted(found, key=lambda op: op.id)


def reached(start: Iterable, onward: Callable[[Any], Iterable]) -> set:
    """Return what can be reached from `start`, itself included; `onward` returns where one step leads."""
    found: set = set()
    todo = list(start)
    while todo:
        each = todo.pop()
        if each not in found:
            found.add(each)
            todo.extend(onward(each))
    return found
