"""Why an operation does not run: the finer reasons, worked out before anything runs.

A trace has three coarser ones, in `runtime/trace.py`: a floor below, which cannot take its words from here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from minigraph.graph.operation import Operation
from minigraph.graph.walks import ancestors
from minigraph.reading.accesses import is_init_op, is_initializer, users_of
from minigraph.runtime.tracing.trace import UNNEEDED

__all__ = ["reasons"]


def reasons(
    ops: list[Operation],
    fetches: list,
    inside: set[Operation],
    updates: set[Operation],
    fed: Collection[Operation] = (),
) -> dict[str, list[Operation]]:
    """Return the operations that do not run, by the reason, in words.

    Args:
        ops: the operations of the graph, in creation order.
        fetches: what is fetched: tensors and operations.
        inside: the operations that run.
        updates: those of UPDATE_OPS.
        fed: those whose value is fed.

    Example:
        >>> x = tf.placeholder(tf.float32, [], name="x")
        >>> y, z = tf.square(x, name="y"), tf.negative(x, name="z")
        >>> ops = [t.op for t in (x, y, z)]
        >>> reasons(ops, [y], set(ops[:2]), set())
        {'no fetch needs it': [<tf.Operation 'z' type=Neg>]}
    """
    cut_off = set(ancestors(fetches)) - inside
    initial, after = _initial(ops, inside), _after(ops, fetches, inside)
    kinds: dict[str, Callable[[Operation], bool]] = {
        "its value is fed": lambda op: op in fed,
        "before a tensor that is fed": lambda op: op in cut_off,
        "an initializer": lambda op: op in initial or is_init_op(op),
        "in UPDATE_OPS, which no fetch needs": lambda op: op in updates,
        "a summary, which no fetch needs": lambda op: op.type.endswith("Summary"),
        "a part of a training op that no fetch needs": lambda op: op.stage is not None,
        "after the fetches": lambda op: op in after,
    }
    found: dict[str, list[Operation]] = {}
    for op in ops:
        if op not in inside:
            reason = next((words for words, holds in kinds.items() if holds(op)), UNNEEDED)
            found.setdefault(reason, []).append(op)
    return found


def _initial(ops: list[Operation], inside: set[Operation]) -> set[Operation]:
    """Return the initializers, and what only they wait for."""
    found: set[Operation] = set()
    for op in reversed(ops):
        users = users_of(op)
        if is_initializer(op) or op not in inside and users and found.issuperset(users):
            found.add(op)
    return found


def _after(ops: list[Operation], fetches: Iterable[Any], inside: set[Operation]) -> set[Operation]:
    """Return the operations that come after what is fetched, and do not run."""
    found = {getattr(fetch, "op", fetch) for fetch in fetches}
    for op in ops:
        if op not in inside and not found.isdisjoint([*(t.op for t in op.inputs), *op.waits_for]):
            found.add(op)
    return found
