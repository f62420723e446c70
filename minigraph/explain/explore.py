"""`explore`: runs the same fetches in the different legal orders, and counts the outcomes."""

from __future__ import annotations

import copy
import heapq
import itertools
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from minigraph.explain.races import Pair, pairs_of
from minigraph.explain.report import Finding, Report, elements, listed
from minigraph.graph.collections import GraphKeys
from minigraph.graph.operation import Operation
from minigraph.graph.session_for import get_default_session
from minigraph.graph.text import amount
from minigraph.runtime import check_feeds
from minigraph.runtime.access import accesses
from minigraph.runtime.fast_call import loud, quiet
from minigraph.runtime.feeds import as_feed, expand_feeds
from minigraph.runtime.fetches import Fetches, plain, take
from minigraph.runtime.interpreter import Interpreter
from minigraph.runtime.plan import Plan, shuffled
from minigraph.runtime.program import Program
from minigraph.runtime.session import Session

__all__ = ["explore", "Exploration", "Outcome"]

_MOST_SHOWN = 8


@dataclass
class Outcome:
    """What some of the orders give.

    Attributes:
        count: how many of the orders that were run.
        value: the fetched values, in the structure of the fetches; None where the run failed.
        variables: the values afterwards, by name, of all variables that the run writes.
        error: the first line of the error, where the run failed.
        order: the names of the racing operations, in the order of one such run.
    """

    count: int
    value: Any
    variables: dict[str, Any]
    error: str
    order: list[str]

    def __str__(self) -> str:
        return self.text(self.variables)

    def text(self, names: Iterable[str], digits: int = 6) -> str:
        """Return the outcome in a line, with some of the variables."""
        given = self.error or f"gives {_short(self.value, digits)}"
        return "; ".join([given, *(f"{name} = {_short(self.variables[name], digits)}" for name in names)])


@dataclass(repr=False, eq=False, kw_only=True)
class Exploration(Report):
    """The report of `explore`.

    Attributes:
        outcomes: the different `Outcome`s, the most frequent one first.
        runs: how many orders were run.
        is_exhaustive: are these all orders that differ for a race? Else they are a sample.
        told: the names of the variables whose values are printed, those that differ first.
        digits: how many digits of them.
    """

    outcomes: list[Outcome]
    runs: int
    is_exhaustive: bool
    told: list[str]
    digits: int

    def lines(self) -> list[str]:
        """Return the histogram."""
        widest = max((o.count for o in self.outcomes), default=1)
        return [
            line
            for o in self.outcomes[:12]
            for line in (
                f"  {o.count:5,} {'#' * max(1, round(20 * o.count / widest)):20} {o.text(self.told, self.digits)}",
                *([f"        in the order {' -> '.join(o.order[:6])}"] if o.order else []),
            )
        ] + [f"  and {len(self) - 12} more"][: len(self) > 12]


def explore(fetches: Any, feed_dict: Any = None, limit: int = 200, seed: int = 0, session: Any = None) -> Exploration:
    """Run the fetches in legal orders, each from the same state, and counts what comes out.

    All orders that differ for a race are run where they are few; else a sample is drawn. The state of the session is
    left as it was.

    Args:
        fetches, feed_dict: as for `Session.run`.
        limit: how many orders to run at most.
        seed: of the sample.
        session: whose state to start from; by default the default session, else a new one whose variables are
            initialized.

    Returns:
        A report with the different outcomes: the fetched values, and the values of variables afterwards.

    Raises:
        ValueError: if `limit` is less than 1.

    Example:
        >>> v = tf.Variable(1.0, name="v")
        >>> sess.run(v.initializer)
        >>> add, double = v.assign_add(1.0, name="add"), tf.assign(v, v.read_value() * 2.0, name="double")
        >>> found = explore(tf.group(add, double))
        >>> sorted((float(o.variables["v"]), o.count) for o in found.outcomes), found.is_exhaustive
        ([(2.0, 1), (3.0, 1), (4.0, 1)], True)
    """
    if limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}")
    graph, wanted = elements(fetches)
    feeds = expand_feeds(graph, feed_dict or {})
    pairs = [p for p in pairs_of(wanted, tuple(feeds)) if p.first.graph is p.second.graph is p.cell.graph is graph]
    session = session or get_default_session() or _initialized(graph)
    trial = _Trial(Fetches(graph, fetches), feeds, session._state, pairs)
    is_exhaustive = 2 ** min(len(pairs), 60) <= limit
    orders = trial.all_orders() if is_exhaustive else trial.some_orders(limit, seed)
    found: dict[Any, Outcome] = {}
    runs = 0
    for steps in orders:
        runs += 1
        outcome = trial.run(steps)
        key = (outcome.error, _key(outcome.value), _key(outcome.variables))
        found.setdefault(key, outcome).count += 1
    return _report(graph, list(found.values()), runs, is_exhaustive, pairs)


def _report(graph: Any, outcomes: list[Outcome], runs: int, is_exhaustive: bool, pairs: list[Pair]) -> Exploration:
    racing = tuple(dict.fromkeys(op for p in pairs for op in (p.first, p.second))) if len(outcomes) > 1 else ()
    told = _different(outcomes)[:_MOST_SHOWN]
    digits = next((n for n in (6, 9) if len({o.text(told, n) for o in outcomes}) == len(outcomes)), 17)
    outcomes = sorted(outcomes, key=lambda o: -o.count)
    extent = "all that differ for a race" if is_exhaustive else "a sample"
    return Exploration(
        graph,
        f"{amount(len(outcomes), 'outcome')} in {amount(runs, 'order')} ({extent})",
        [Finding("outcome", o.text(told, digits), racing) for o in outcomes],
        outcomes=outcomes,
        runs=runs,
        is_exhaustive=is_exhaustive,
        told=told,
        digits=digits,
    )


class _Trial:
    """Run one plan in several orders, each from the same state."""

    def __init__(self, fetches: Fetches, feeds: dict, state: dict, pairs: list[Pair]):
        self._fetches, self._feeds, self._saved, self._pairs = fetches, feeds, dict(state), pairs
        self._plan = Plan(fetches.unique, tuple(feeds))
        check_feeds.check_feeds(self._plan)
        self._racing = {op for p in pairs for op in (p.first, p.second)}
        written = (a.cell for op in self._plan.steps for a in accesses(op) if a.writes)
        self._cells = list(dict.fromkeys(written))
        self._state: dict[Operation, Any] = {}
        self._program = Program(self._plan, self._state_of, threading.RLock())
        self._kernels = {
            op: kernel
            for op, kernel in zip(self._plan.steps, self._program.kernels)
            if not (op.op_def.stateful or op.op_def.functions)
        }

    def _state_of(self, op: Operation) -> Any:
        """Return the state of an operation in the present run: a copy of the saved one."""
        if op not in self._state:
            saved = self._saved.get(op)
            self._state[op] = op.op_def.initial_state(op.name) if saved is None else copy.deepcopy(saved)
        return self._state[op]

    def all_orders(self) -> Iterator[list[Operation]]:
        """One order for each way to decide the races, as far as there is one."""
        for choice in itertools.product((False, True), repeat=len(self._pairs)):
            edges = [(p.second, p.first) if swap else (p.first, p.second) for p, swap in zip(self._pairs, choice)]
            order = _sorted(self._plan.steps, edges)
            if order is not None:
                yield order

    def some_orders(self, limit: int, seed: int) -> Iterator[list[Operation]]:
        """Yield the order of creation, and orders drawn at random."""
        yield self._plan.steps
        for i in range(limit - 1):
            yield shuffled(self._plan.steps, seed + i)

    def run(self, steps: list[Operation]) -> Outcome:
        """Run the steps in this order from the saved state."""
        self._state.clear()
        interpreter = Interpreter()
        value, error, token = None, "", quiet()
        try:
            env = {**self._plan.constants, **{t: as_feed(t, fed) for t, fed in self._feeds.items()}}
            for op in steps:
                interpreter.run_op(op, self._kernels.get(op) or self._program.bind(op), env)
            value = self._fetches.rebuild([plain(take(f, env.get(f))) for f in self._plan.fetches])
        except Exception as failure:
            error = f"{type(failure).__name__}: {str(failure).partition(chr(10))[0]}"
        finally:
            loud(token)
        return Outcome(
            0,
            value,
            {c.name: self._state_of(c).value for c in self._cells},
            error,
            [op.name for op in steps if op in self._racing],
        )


def _different(outcomes: list[Outcome]) -> list[str]:
    """Return the variables whose values differ between outcomes, and then the others."""
    names = [name for o in outcomes[:1] for name in o.variables]
    differ = {name for name in names if len({_key(o.variables[name]) for o in outcomes}) > 1}
    return sorted(names, key=lambda name: name not in differ)


def _sorted(ops: list[Operation], edges: Iterable[tuple[Operation, Operation]]) -> list[Operation] | None:
    """Sort operations so that they follow the graph and some more edges; None where that is impossible."""
    before = _predecessors(ops, edges)
    after = _reversed(before)
    waiting = {op: len(earlier) for op, earlier in before.items()}
    ready = [(op.id, op) for op in ops if not waiting[op]]
    heapq.heapify(ready)
    result = []
    while ready:
        _, op = heapq.heappop(ready)
        result.append(op)
        for other in after.get(op, ()):
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(ready, (other.id, other))
    return result if len(result) == len(ops) else None


def _predecessors(
    ops: list[Operation], edges: Iterable[tuple[Operation, Operation]]
) -> dict[Operation, set[Operation]]:
    """Return, for each operation, those that must run before it: by the graph, and by some more edges."""
    inside = set(ops)
    before = {op: ({t.op for t in op.inputs} | set(op.control_inputs)) & inside for op in ops}
    for first, then in edges:
        before[then].add(first)
    return before


def _reversed(before: dict[Operation, set[Operation]]) -> dict[Operation, list[Operation]]:
    """Return, for each operation, those that it must run before."""
    after: dict[Operation, list[Operation]] = {}
    for op, earlier in before.items():
        for other in earlier:
            after.setdefault(other, []).append(op)
    return after


def _initialized(graph: Any) -> Session:
    session = Session(graph=graph)
    variables = dict.fromkeys(
        v for key in (GraphKeys.GLOBAL_VARIABLES, GraphKeys.LOCAL_VARIABLES) for v in graph.get_collection(key)
    )
    if variables:
        session.run([v.initializer for v in variables])
    return session


def _key(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple((k, _key(v)) for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(_key(v) for v in value)
    array = np.asarray(value)
    return str(array.tolist()) if array.dtype == object else (array.shape, array.dtype.str, array.tobytes())


def _short(value: Any, digits: int) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_short(v, digits)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return f"[{listed((_short(v, digits) for v in value), 6)}]"
    if value is None or isinstance(value, (str, bytes)):
        return str(value)
    array = np.asarray(value)
    return np.array2string(array, precision=digits, threshold=6, edgeitems=2).replace("\n", " ")
