"""`races`: pairs of operations on one variable, at least one of them writing, that no path orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minigraph.explain.report import Finding, Report, elements, fed_tensors, made
from minigraph.graph.advice import opening, reference, variable
from minigraph.graph.code import code
from minigraph.graph.operation import Operation, where_text
from minigraph.graph.provenance import format_where
from minigraph.graph.text import amount
from minigraph.reading.accesses import is_initializer
from minigraph.reading.order import Pair, pairs_of
from minigraph.reading.roles import call_of

__all__ = ["races", "Races", "RACE"]

RACE = "race"


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
