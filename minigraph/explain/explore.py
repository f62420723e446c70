"""`explore`: runs the same fetches in the different legal orders, and counts the outcomes."""

from __future__ import annotations

import copy
import itertools
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from minigraph.explain.report import Report, elements
from minigraph.graph.collections import GraphKeys
from minigraph.graph.operation import Operation
from minigraph.graph.session_for import get_default_session
from minigraph.graph.text import amount
from minigraph.reading.finding import Finding, listed
from minigraph.reading.order import Pair, pairs_of
from minigraph.runtime.access import accesses
from minigraph.runtime.feeds import as_feed, check_feeds, expand_feeds
from minigraph.runtime.fetches import Fetches, plain, take
from minigraph.runtime.float_errors import loud, quiet
from minigraph.runtime.interpreter import Interpreter
from minigraph.runtime.orders import in_order, shuffled
from minigraph.runtime.plan import Plan
from minigraph.runtime.program import Program
from minigraph.runtime.session import Session

__all__ = ["explore", "Exploration", "Outcome"]

_MOST_SHOWN = 8
_SMALL = 6  # elements of an array that is told in full
_LONGEST = 70  # letters of an outcome that is told in one line


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
        return "; ".join(self.parts(names, digits))

    def parts(self, names: Iterable[str], digits: int = 6) -> list[str]:
        """Return what was fetched, and what some of the variables are then."""
        given = self.error or f"gives {_short(self.value, digits)}"
        return [given, *(f"{name} = {_short(self.variables[name], digits)}" for name in names)]


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
            for told in [self._told(o)]
            for line in (
                f"  {o.count:5,} {'#' * max(1, round(20 * o.count / widest)):20} {told[0]}",
                *(f"{'':29}{each}" for each in told[1:]),
                *([f"        in the order {' -> '.join(o.order[:6])}"] if o.order else []),
            )
        ] + [f"  and {len(self) - 12} more"][: len(self) > 12]

    def _told(self, outcome: Outcome) -> list[str]:
        """Return an outcome in a line, or, where that would be too long, in one for each variable."""
        parts = outcome.parts(self.told, self.digits)
        whole = "; ".join(parts)
        return [whole] if len(whole) <= _LONGEST else parts


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
    if session._engine is not None:
        session._engine.look()  # the orders are tried on numpy, from the values that TensorFlow has
    trial = _Trial(Fetches(graph, fetches), feeds, session._state, pairs)
    is_exhaustive = 2 ** min(len(pairs), 60) <= limit
    orders = trial.all_orders() if is_exhaustive else trial.some_orders(limit, seed)
    found: dict[Any, Outcome] = {}
    for outcome in map(trial.run, orders):
        key = (outcome.error, _key(outcome.value), _key(outcome.variables))
        found.setdefault(key, outcome).count += 1
    return _report(graph, list(found.values()), is_exhaustive, pairs)


def _report(graph: Any, outcomes: list[Outcome], is_exhaustive: bool, pairs: list[Pair]) -> Exploration:
    racing = tuple(dict.fromkeys(op for p in pairs for op in (p.first, p.second))) if len(outcomes) > 1 else ()
    told = _different(outcomes)[:_MOST_SHOWN]
    digits = next((n for n in (6, 9) if len({o.text(told, n) for o in outcomes}) == len(outcomes)), 17)
    outcomes, runs = sorted(outcomes, key=lambda o: -o.count), sum(o.count for o in outcomes)
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
        check_feeds(self._plan)
        self._racing = {op for p in pairs for op in (p.first, p.second)}
        self._cells = list(dict.fromkeys(a.cell for op in self._plan.steps for a in accesses(op) if a.writes))
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
            order = in_order(self._plan.steps, lambda op: op.id, edges)
            if len(order) == len(self._plan.steps):
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
        variables = {c.name: self._state_of(c).value for c in self._cells}
        return Outcome(0, value, variables, error, [op.name for op in steps if op in self._racing])


def _different(outcomes: list[Outcome]) -> list[str]:
    """Return the variables whose values differ between outcomes, and then the others."""
    names = [name for o in outcomes[:1] for name in o.variables]
    differ = {name for name in names if len({_key(o.variables[name]) for o in outcomes}) > 1}
    return sorted(names, key=lambda name: name not in differ)


def _initialized(graph: Any) -> Session:
    session, kinds = Session(graph=graph), (GraphKeys.GLOBAL_VARIABLES, GraphKeys.LOCAL_VARIABLES)
    if variables := dict.fromkeys(v for kind in kinds for v in graph.get_collection(kind)):
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
    return _short_array(np.asarray(value), digits)


def _short_array(array: np.ndarray, digits: int) -> str:
    """Return a small array in full; of a larger one the shape, the mean, the first elements and the last."""
    if array.size <= _SMALL or array.dtype.kind not in "biufc":
        return " ".join(np.array2string(array, precision=digits, threshold=_SMALL, edgeitems=2).split())
    flat, sizes = array.ravel(), " × ".join(map(str, array.shape))
    first, second, last, mean = (np.array2string(x, precision=digits) for x in (*flat[:2], flat[-1], flat.mean()))
    if (flat == flat[0]).all():
        return f"{first} everywhere ({sizes})"
    return f"[{first} {second} … {last}] ({sizes}, mean {mean})"
