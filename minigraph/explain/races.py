"""`races`: pairs of operations on one variable, at least one of them writing, that no path orders."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from minigraph.explain.paths import Before
from minigraph.explain.report import Finding, Report, elements, fed_tensors, made
from minigraph.graph.advice import opening, reference, variable
from minigraph.graph.code import code
from minigraph.graph.operation import Operation
from minigraph.graph.text import amount
from minigraph.graph.traces import format_where, where_text
from minigraph.graph.walks import ancestors
from minigraph.reading.accesses import guarded, is_initializer
from minigraph.reading.roles import call_of
from minigraph.runtime.access import Access, Memory, accesses

__all__ = ["races", "Races", "Pair", "pairs_of", "RACE"]

RACE = "race"
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


@dataclass(repr=False, eq=False, kw_only=True)
class Races(Report):
    """The report of `races`.

    Attributes:
        pairs: the `Pair`s.
    """

    pairs: list[Pair]

    @property
    def variables(self) -> list[str]:
        """The names of the variables with races."""
        return list(dict.fromkeys(p.cell.name for p in self.pairs))


def races(fetches: Any, feeds: Any = ()) -> Races:
    """Find what depends on the order of operations that a run of `fetches` may choose.

    Two operations race if one of them writes a variable, the other writes it or computes with its memory, and no path
    orders the two. What only hands the memory on, as `v.value()` does, takes no part: it shows whatever is there. Nor
    does a fetch, which comes last. Updates that only add are no race: their sum is the same in each order.

    Args:
        fetches: what `Session.run` takes.
        feeds: the tensors that would be fed (a feed_dict will do): what comes before them does not run.

    Returns:
        A report with a finding, of the code "race", for each pair; of each variable the first 200 are told.

    Example:
        >>> v = tf.Variable(1.0, name="v")
        >>> both = tf.group(v.assign_add(1.0, name="add"), v.assign(v.read_value() * 2.0, name="double"))
        >>> report = races(both)
        >>> report.codes, report.variables
        (['race', 'race'], ['v'])
    """
    graph, wanted = elements(fetches)
    fed = fed_tensors(graph, feeds)
    pairs = list(pairs_of(wanted, fed))
    return Races(graph, amount(len(pairs), "race") if pairs else "No race", [*map(_finding, pairs)], pairs=pairs)


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


def _finding(pair: Pair) -> Finding:
    text, advice = (_two_writes if pair.reader is None else _read_and_write)(pair)
    return Finding(RACE, text, tuple(pair[:3]), where_text(pair.second), advice, ((pair.first, pair.second),))


def _two_writes(pair: Pair) -> tuple[str, str]:
    cell, first, second = pair[:3]
    return (
        f"{made(first)} and {made(second)} both write {made(cell)}, in no order.\n"
        f"{_outcome(first, second)}; {_outcome(second, first)}.\n{_here(pair)}",
        _after(first, second),
    )


def _read_and_write(pair: Pair) -> tuple[str, str]:
    cell, first, second, reader = pair
    assert reader is not None
    writer = second if reader is first else first
    early = "the value before the update"
    advice = f"for the value after it, {_after(writer, reader)[:-1]}; for the value before, {_after(reader, writer)}"
    if is_initializer(writer):
        early = "an error, since there is no value yet"
        advice = f"write {code(f'{variable(cell)}.initialized_value()')} in its place."
    return (
        f"{made(reader)} reads {made(cell)}, and {made(writer)} writes it, in no order.\n'{reader.name}' first: "
        f"{early}; '{writer.name}' first: the new value.\n{_here(pair)}",
        advice,
    )


def _after(first: Operation, then: Operation) -> str:
    """Return what to type so that one operation waits for another: a call that makes both cannot be made to."""
    block = code(f"with {opening(first.graph)}tf.control_dependencies([{reference(first)}]):")
    call = call_of(then)
    if call is None:
        return f"{block} make '{then.name}' inside."
    where = f"{call.name} at {format_where(call.where)}"
    if call_of(first) is call:
        return f"{where} makes both: fetch the value in a run of its own."
    return f"{block} call {where} inside."


def _here(pair: Pair) -> str:
    return f"A run here takes '{pair.first.name}' first, since it was made first."


def _outcome(first: Operation, then: Operation) -> str:
    effect = "works on its result" if then.op_def.reads or then.op_def.functions else "replaces its result"
    return f"'{first.name}' first: '{then.name}' {effect}"
