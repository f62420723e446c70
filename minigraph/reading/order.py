"""Which accesses to variables a run orders, and which it does not: pairs that race, and the writes that a read sees."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from minigraph.graph.operation import Operation
from minigraph.graph.walks import ancestors
from minigraph.reading.accesses import guarded
from minigraph.runtime.access import Access, Memory, accesses

__all__ = ["Before", "Pair", "pairs_of", "Seen", "seen_by_reads"]

_MOST_MARKED = 2048  # operations asked about in one pass: the bits of a number for each node
_MOST_PAIRS = 200  # of one kind and variable
_ADDING = {
    "AssignAdd",
    "AssignSub",
    "ScatterAdd",
    "ScatterSub",
    "ScatterNdAdd",
    "ScatterNdSub",
    "AssignAddVariableOp",
    "AssignSubVariableOp",
    "ResourceScatterAdd",
    "ResourceScatterSub",
    "ResourceScatterNdAdd",
    "ResourceScatterNdSub",
}


class Before:
    """Which of some marked operations run before which operation.

    Each operation gets a number whose bits stand for the marked ones before it (and itself): one pass over the graph,
    whatever the number of questions.

    Args:
        ops: the operations of a run, in creation order.
        marked: those asked about.
        fed: tensors that are fed; what comes before them matters no longer.

    Example:
        >>> graph = tf.get_default_graph()
        >>> a = tf.constant(1.0).op
        >>> with tf.control_dependencies([a]):
        ...     b = tf.constant(2.0).op
        >>> before = Before(graph.get_operations(), [a, b])
        >>> before(a, b), before(b, a)
        (True, False)
    """

    def __init__(self, ops: Iterable[Operation], marked: Iterable[Operation], fed: Any = frozenset()):
        self._bit = {op: 1 << i for i, op in enumerate(dict.fromkeys(marked))}
        self._mask: dict[Operation, int] = {}
        everything = self._mask
        for op in ops:
            mask = self._bit.get(op, 0)
            for t in op.inputs:
                if t not in fed:
                    mask |= everything.get(t.op, 0)
            for c in op.waits_for:
                mask |= everything.get(c, 0)
            everything[op] = mask

    def __call__(self, first: Operation, then: Operation) -> bool:
        return bool(self._mask[then] & self._bit[first])


class Pair(NamedTuple):
    """Two operations on one variable that no path orders, at least one of which writes; the first one was made first.

    Attributes:
        cell: the variable.
        first, second: the operations.
        reader: the one that only reads; None where both write.
    """

    cell: Operation
    first: Operation
    second: Operation
    reader: Operation | None


class Seen(NamedTuple):
    """What an operation that computes with a variable finds in it.

    Attributes:
        cell: the variable.
        reader: the operation.
        writes: what it finds is what these left, the last writes before it: more than one where they only add, in
            any order. If there are none, it is what the variable had before the run.
        any_order: other writes, which come before it or after it, as an order happens to be.
    """

    cell: Operation
    reader: Operation
    writes: tuple[Operation, ...]
    any_order: tuple[Operation, ...]


def pairs_of(fetches: list, feeds: Any = ()) -> Iterator[Pair]:
    """Yield the pairs of a run, and of the function bodies that it calls."""
    fed = set(feeds)
    ops = ancestors(fetches, fed)
    memory = Memory(fed)
    for group in _groups(_shared(ops, memory)):
        before = Before(ops, {a.op for found in group for a in found}, fed)
        for found in group:
            pairs = (pair for pair in _unordered(found, before) if not _exclude(pair, fed))
            yield from itertools.islice(pairs, _MOST_PAIRS)
    for op in ops:
        for name in op.op_def.functions:
            yield from pairs_of(list(op.op_def.attr(name).outputs))


def _shared(ops: list[Operation], memory: Memory) -> list[list[Access]]:
    """Return, for each variable that several operations use and one of them writes, the accesses to it."""
    by_cell: dict[Operation, dict[Access, None]] = {}
    for op in ops:
        for access in accesses(op, memory):
            if not guarded(access):
                by_cell.setdefault(access.cell, {})[access] = None
    return [[*found] for found in by_cell.values() if len(found) > 1 and any(a.writes for a in found)]


def _unordered(found: list[Access], before: Before) -> Iterator[Pair]:
    """Yield the accesses to a variable that nothing orders."""
    for a, w in _with_writes(found):
        first, second = sorted((a, w), key=lambda access: access.op.id)
        if not before(first.op, second.op) and not _commute(a, w):
            yield Pair(a.cell, first.op, second.op, None if a.writes else a.op)


def _with_writes(found: list[Access]) -> Iterator[tuple[Access, Access]]:
    """Yield each access to a variable beside each write of it; two writes once only, the earlier one first."""
    writers = [a for a in found if a.writes]
    for a in found:
        for w in writers:
            if not a.writes or a.op.id < w.op.id:
                yield a, w


def _exclude(pair: Pair, fed: set) -> bool:
    """Return True if whatever decides a conditional of the pair leaves one of the two without the variable.

    So it is with a batch normalization: what it writes in training it reads only where it does not train.
    """
    predicates = {op.inputs[0] for op in pair[1:3] if op.op_def.functions[:1] == ("then_branch",)}
    return any(
        not any(_both(pair, Memory(fed, {predicate: value})) for value in (True, False)) for predicate in predicates
    )


def _both(pair: Pair, memory: Memory) -> bool:
    """Return True if both operations use the variable, and one of them writes, where a predicate is decided."""
    found = [[a for a in accesses(op, memory) if a.cell is pair.cell] for op in pair[1:3]]
    return all(found) and any(a.writes for each in found for a in each)


def _groups(shared: list[list[Access]]) -> Iterator[list[list[Access]]]:
    """Yield the variables in groups of so many operations that one pass over the graph can ask for all of a group."""
    group: list[list[Access]] = []
    size = 0
    for found in shared:
        if group and size + len(found) > _MOST_MARKED:
            yield group
            group, size = [], 0
        group.append(found)
        size += len(found)
    if group:
        yield group


def _commute(a: Access, b: Access) -> bool:
    return a.op.type in _ADDING and b.op.type in _ADDING


def seen_by_reads(ops: list[Operation], feeds: Iterable[Any] = ()) -> list[Seen]:
    """Return what the reads of a run see, of the variables that it writes.

    Args:
        ops: the operations of the run, in creation order; all of them.
        feeds: the tensors that are fed.

    Example:
        >>> v = tf.Variable(1.0, name="v")
        >>> early, up = tf.add(v, 0.0, name="early"), tf.assign_add(v, 1.0, name="up")
        >>> with tf.control_dependencies([up]):
        ...     late = tf.add(v, 0.0, name="late")
        >>> for seen in seen_by_reads(late.graph.get_operations()[3:]):
        ...     print(seen.reader.name, [op.name for op in seen.writes], [op.name for op in seen.any_order])
        early [] ['up']
        late ['up'] []
    """
    fed = set(feeds)
    shared = _shared(ops, Memory(fed))
    before = Before(ops, {a.op for found in shared for a in found}, fed)
    return [_seen(a, found, before, fed) for found in shared for a in found if _finds(a)]


def _finds(access: Access) -> bool:
    """Return True for a read whose result what was found decides; where an addition comes among others is no matter."""
    return access.reads and not (access.writes and access.op.type in _ADDING)


def _seen(read: Access, found: list[Access], before: Before, fed: set) -> Seen:
    """Return what one read sees, given all accesses to its variable."""
    last = _last([w for w in found if w.writes and w.op is not read.op and before(w.op, read.op)], before)
    racing = _racing_with(read.op, found, before, fed)
    if not all(_commute(a, b) for a, b in itertools.combinations(last, 2)):
        last, racing = [], racing + [w.op for w in last]
    return Seen(read.cell, read.op, tuple(w.op for w in last), tuple(dict.fromkeys(racing)))


def _last(writes: list[Access], before: Before) -> list[Access]:
    """Return those of some writes that no other of them follows."""
    return [w for w in writes if not any(before(w.op, other.op) for other in writes if other is not w)]


def _racing_with(op: Operation, found: list[Access], before: Before, fed: set) -> list[Operation]:
    """Return the operations that nothing orders with one, of all accesses to a variable."""
    pairs = [pair for pair in _unordered(found, before) if op in pair[1:3] and not _exclude(pair, fed)]
    return [pair.second if pair.first is op else pair.first for pair in pairs]
