"""What is to be said of a race: two operations on one variable, at least one of them writing, that no path orders."""

from __future__ import annotations

from minigraph.graph.advice import opening, reference, variable
from minigraph.graph.code import code
from minigraph.graph.operation import Operation
from minigraph.graph.traces import format_where, where_text
from minigraph.reading.accesses import is_initializer
from minigraph.reading.finding import Finding, made
from minigraph.reading.order import Pair
from minigraph.reading.roles import call_of

__all__ = ["race", "RACE"]

RACE = "race"


def race(pair: Pair) -> Finding:
    """Return what is to be said of a pair, and what orders the two."""
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
