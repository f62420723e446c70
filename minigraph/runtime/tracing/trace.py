"""`Trace`: what happened in one run, step by step: when, how long, which shapes and, on request, which values.

A traced run interprets the plan that untraced runs share, so it takes the same steps in the same order.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import numpy as np

from minigraph.graph.displayed import Displayed
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.text import amount
from minigraph.graph.variable_cell import Cell
from minigraph.graph.walks import ancestors
from minigraph.runtime import tuning
from minigraph.runtime.access import Memory, accesses
from minigraph.runtime.function_body import with_bodies_run_by
from minigraph.runtime.interpreter import Interpreter
from minigraph.runtime.run_options import RunMetadata, RunOptions, check_options
from minigraph.runtime.tracing.difference import Difference, difference
from minigraph.runtime.tracing.timeline import step_stats_of
from minigraph.runtime.tracing.values import ValueSummary, jsonable, statistics_of

__all__ = ["Trace", "Step", "Turn", "Change", "inner_lines", "traced", "watched", "left_out", "UNNEEDED"]

UNNEEDED = "no fetch needs it"


@dataclass(frozen=True)
class Step:
    """One operation that ran: its name and type, what it took (tensors, and "^name" for a control input), its start
    and duration in microseconds, and what it gave. `turns` has the calls of function bodies that it made: the branch
    that was taken, the turns of a loop. There were `calls` of them; of a long loop only the first are kept. By name,
    `found` has what was in those of its inputs that are a variable's memory: whatever was written until then, which
    the operation that handed the memory on could not know."""

    op: str
    type: str
    inputs: list[str]
    start: float
    duration: float
    outputs: list[ValueSummary]
    turns: list[Turn] = field(default_factory=list)
    calls: int = 0
    found: dict[str, ValueSummary] = field(default_factory=dict)

    def inside(self) -> Iterator[tuple[str, Step]]:
        """Yield the steps in the bodies that were called, each with where it ran, such as "body 2 > then_branch"."""
        for turn in self.turns:
            for step in turn.steps:
                yield turn.name, step
                for name, inner in step.inside():
                    yield f"{turn.name} > {name}", inner


@dataclass(frozen=True)
class Turn:
    """A call of a function body: its name, such as "then_branch" or, for the second turn of a loop, "body 2", and the
    steps that it took."""

    name: str
    steps: list[Step]


@dataclass(frozen=True)
class Change:
    """A variable that a step of the run takes: its value before and after, None where it has none, and the
    steps that wrote it, in order, each with the value that it left. Where a function body that a step called has
    written it, the step is told, once for each time. `moved` has for each write how far it moved the value, None where
    that is not known: values were not asked for, or there was none before. `read_by` has the steps that computed with
    the variable's memory, or called a body that did, in order: what was in it then is what the writes before them
    left."""

    name: str
    before: ValueSummary | None
    after: ValueSummary | None
    written_by: list[str]
    left: list[ValueSummary] = field(default_factory=list)
    read_by: list[str] = field(default_factory=list)
    moved: list[Difference | None] = field(default_factory=list)


@dataclass
class Trace(Displayed):
    """The record of one run, as plain data.

    Attributes:
        fetched: the names of what was fetched.
        fed: the fed tensors.
        steps: what ran, in order. The time that recording takes is not in their times.
        folded: the values that do not depend on the run, and were computed when it was planned.
        variables: what became of the variables that take part.
        pruned: the operations that did not run, and why: see `left_out`.
        began: when, in seconds since 1970.
        error: the operation that failed and the message, or None.

    Example:
        >>> x = tf.placeholder(tf.float32, [2], name="x")
        >>> y, z = tf.square(x, name="y"), tf.negative(x, name="z")
        >>> run = tf.RunMetadata()
        >>> value = sess.run(y, {x: [1, 2]}, run_metadata=run, options=tf.RunOptions(
        ...     trace_level=tf.RunOptions.FULL_TRACE, trace_values=True))
        >>> [(step.op, step.outputs[0].text) for step in run.trace.steps], run.trace.pruned
        ([('y', '[1, 4]')], {'z': 'no fetch needs it'})
    """

    fetched: list[str] = field(default_factory=list)
    fed: list[ValueSummary] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    folded: list[ValueSummary] = field(default_factory=list)
    variables: list[Change] = field(default_factory=list)
    pruned: dict[str, str] = field(default_factory=dict)
    began: float = 0.0
    error: tuple[str, str] | None = None

    @property
    def order(self) -> list[str]:
        """The names of the operations that ran, in order."""
        return [step.op for step in self.steps]

    @property
    def duration(self) -> float:
        """The microseconds of all steps together."""
        return sum(step.duration for step in self.steps)

    @property
    def step_stats(self) -> Any:
        """The same in TF1's shape."""
        return step_stats_of(self)

    def values(self) -> dict[str, ValueSummary]:
        """Return what is known of each tensor, by name; of one that was fed and computed too, what was fed."""
        found = {v.name: v for step in self.steps for v in step.outputs}
        return {**found, **{v.name: v for v in self.folded}, **{v.name: v for v in self.fed}}

    def to_dict(self) -> dict[str, Any]:
        """Everything as dicts, lists, numbers and texts, which JSON can hold; NaN and infinities are texts."""
        return {**jsonable(asdict(self)), "order": self.order, "duration": self.duration}

    def to_json(self) -> str:
        """Return the same as JSON text."""
        return json.dumps(self.to_dict(), allow_nan=False)

    def __str__(self) -> str:
        lines = [f"{len(self.steps):,} steps, {self.duration:,.0f} µs; {len(self.pruned):,} operations did not run"]
        width = min(40, max([len(step.op) for step in self.steps] or [0]))
        for step in self.steps[: tuning.MOST_LINES]:
            shapes = ", ".join(f"{v.dtype}{list(v.shape or ())}" for v in step.outputs)
            lines.append(f"{step.duration:9.1f} µs  {step.op:<{width}}  {step.type}  {shapes}".rstrip())
            lines += [f"{'':14}| {line}" for line in inner_lines(step)]
        if len(self.steps) > tuning.MOST_LINES:
            lines.append(f"… {len(self.steps) - tuning.MOST_LINES:,} more")
        if self.error:
            lines.append(f"failed at {self.error[0]}: {self.error[1].splitlines()[0]}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Trace: {len(self.steps):,} steps, {self.duration:,.0f} µs>"


def inner_lines(step: Step) -> list[str]:
    """Return a line for each of the first steps in the bodies that a step called, one that counts the rest, and the
    last: what ended a loop."""
    lines = [f"{name}: {inner.op} {inner.type} {_results(inner)}".rstrip() for name, inner in step.inside()]
    most, whole = tuning.MOST_INNER_LINES, len(step.turns) == step.calls
    if whole and len(lines) <= most + 2:
        return lines
    left = f"… {len(lines) - most - 1:,} more" if whole else f"… {amount(step.calls, 'call')} of bodies in all"
    return [*lines[:most], left, *lines[-1:]] if whole else [*lines[:most], left]


def _results(step: Step) -> str:
    return ", ".join(f"= {v.text}" if v.text else f"{v.dtype}{list(v.shape or ())}" for v in step.outputs)


def left_out(plan: Any) -> dict[str, str]:
    """Return the operations of the graph that a plan does not run, by name, each with the reason."""
    ops = plan.fetches[0].graph.get_operations() if plan.fetches else ()
    needed = set(ancestors(plan.fetches, plan.feeds))
    fed = {t.op for t in plan.feeds}
    but_for_feeds = set(ancestors(plan.fetches)) if fed else needed
    return {
        op.name: "its value is fed" if op in fed else "only a fed value needs it" if op in but_for_feeds else UNNEEDED
        for op in ops
        if op not in needed and not (op in fed and op.op_def.must_feed)
    }


def watched(options: Any, run_metadata: Any) -> Callable:
    """Return the function of a program and feed that carries out a run as `options` say.

    Raises:
        TypeError: if the options are no `RunOptions`, or there is no `RunMetadata` to leave the record in.
    """
    check_options(options)
    if not isinstance(run_metadata, RunMetadata):
        raise TypeError(f"run_metadata must be a tf.RunMetadata, but got {type(run_metadata)}")
    if options is None or options.trace_level == RunOptions.NO_TRACE:
        return lambda program, feeds: program.execute(feeds)
    return lambda program, feeds: traced(program, feeds, options, run_metadata)


def traced(program: Any, feeds: tuple, options: Any, run_metadata: Any) -> list:
    """Run a program step by step and leave the record in `run_metadata.trace`, also if the run fails.

    Args:
        program: a `Program`.
        feeds: the values of the plan's feeds.
        options: the `RunOptions`.
        run_metadata: the `RunMetadata`.

    Returns:
        The fetched values.
    """
    plan, cells = program.plan, program.cells()
    tracer = _Tracer(options, cells, plan.feeds)
    keep = tracer.keep
    trace = run_metadata.trace = Trace(
        [f.name for f in plan.fetches],
        [keep(t, v) for t, v in zip(plan.feeds, feeds)],
        tracer.steps,
        [keep(t, v) for t, v in plan.constants.items()],
        pruned=left_out(plan),
        began=time.time(),
    )
    before = {op: keep(op.all_outputs[0], cell) for op, cell in cells.items()}
    try:
        tracer.begin()
        return program.interpret(feeds, tracer)
    except Exception as error:
        op = getattr(error, "minigraph_op", None)
        if op is not None and op.graph is not plan.fetches[0].graph:  # of a function body that a step has called
            op = plan.steps[len(tracer.steps)]
            tracer.note_accesses(op)
        trace.error = ("" if op is None else op.name, str(error))
        raise
    finally:
        trace.variables = [tracer.change(op, before[op], keep(op.all_outputs[0], cell)) for op, cell in cells.items()]


def _value_or_none(value: ValueSummary) -> ValueSummary | None:
    return None if value.shape is None else value


def _copied(cell: Cell) -> np.ndarray | None:
    """Return a copy of the array in a variable's memory, which later writes change; None where there is none."""
    return np.array(cell.value) if isinstance(cell.value, (np.ndarray, np.generic)) else None


class _Write(NamedTuple):
    """The value that a write left, and how far it moved the variable."""

    left: ValueSummary
    moved: Difference | None


class _Calls:
    """The calls of function bodies by one step: runs them, and takes down the first."""

    def __init__(self, tracer: _Tracer, op: Operation):
        self._tracer, self._names = tracer, {op.op_def.attr(name): name for name in op.op_def.functions}
        self._is_loop = op.op_def.functions[:1] == ("cond",)
        self._counts: Counter = Counter()
        self.turns: list[Turn] = []

    @property
    def count(self) -> int:
        """How many calls there were."""
        return sum(self._counts.values())

    def run(self, program: Any, arrays: tuple) -> list:
        """Run a body, as `Interpreter.run` does."""
        name = next((self._names[f.graph] for f in program.plan.fetches if f.graph in self._names), "body")
        self._counts[name] += 1
        steps: list[Step] | None = None
        if len(self.turns) == self.count - 1 < tuning.MOST_TURNS and self._tracer.room > 0:
            steps = []
            self.turns.append(Turn(f"{name} {self._counts[name]}" if self._is_loop else name, steps))
        return _Inside(self._tracer, steps).run(program, arrays)


class _Inside(Interpreter):
    """Run a function body; take down what its operations have accessed and, if there is a list, each as a step."""

    def __init__(self, tracer: _Tracer, steps: list[Step] | None):
        self._tracer, self._steps = tracer, steps

    def run_op(self, op: Operation, kernel: Callable, env: dict) -> None:
        found = self._tracer.found(op, env) if self._steps is not None else {}
        calls, began = _Calls(self._tracer, op), time.perf_counter_ns()
        super().run_op(op, with_bodies_run_by(calls.run, op, kernel), env)
        self._tracer.took_inside(op, began, calls, env, found, self._steps)


class _Tracer(Interpreter):
    """Take down each step. It lasts from where the one before was taken down."""

    def __init__(self, options: Any, cells: dict[Operation, Cell], feeds: Iterable[Tensor]):
        self._memory = Memory(feeds)
        self._values, self._largest = options.trace_values, options.trace_largest
        self._cells = cells
        self.steps: list[Step] = []
        self.written: dict[Operation, list[tuple[str, _Write]]] = {op: [] for op in cells}
        self.read: dict[Operation, dict[str, None]] = {op: {} for op in cells}
        self._last = {op: _copied(cell) for op, cell in cells.items()} if options.trace_values else {}
        self._inside: list[tuple[Operation, _Write | None]] = []  # what bodies have accessed since the last step
        self._elapsed = self._lost = 0
        self.room = tuning.MOST_INSIDE  # steps in bodies that may still be taken down

    def begin(self) -> None:
        """Start the clock of the next step."""
        self._began, self._lost = time.perf_counter_ns(), 0

    def run_op(self, op: Operation, kernel: Callable, env: dict) -> None:
        calls, found = _Calls(self, op), self.found(op, env)
        super().run_op(op, with_bodies_run_by(calls.run, op, kernel), env)
        lasted = time.perf_counter_ns() - self._began - self._lost
        self.steps.append(self._step(op, self._elapsed, lasted, calls, env, found))
        self.note_accesses(op)
        self._elapsed += lasted
        self.begin()

    def took_inside(
        self, op: Operation, began: int, calls: _Calls, env: dict, found: dict, steps: list[Step] | None
    ) -> None:
        """Take down an operation in a function body; the time that this takes is not the step's."""
        ended = time.perf_counter_ns()
        if not op.op_def.functions:  # the operations of its bodies have told of themselves
            self._inside += self._accessed(op)
        if steps is not None:
            start = self._elapsed + began - self._began - self._lost
            steps.append(self._step(op, start, ended - began, calls, env, found))
            self.room -= 1
        self._lost += time.perf_counter_ns() - ended

    def found(self, op: Operation, env: dict) -> dict[str, ValueSummary]:
        """Return what is in those inputs of an operation, before it runs, that are the memory of a variable."""
        return {t.name: self.keep(t, env[t]) for t in op.inputs if self._memory.of(t)}

    def _step(self, op: Operation, start: int, lasted: int, calls: _Calls, env: dict, found: dict) -> Step:
        inputs = [t.name for t in op.inputs] + [f"^{c.name}" for c in op.waits_for]
        outputs = [self.keep(t, env[t]) for t in op.values()]
        return Step(op.name, op.type, inputs, start / 1000, lasted / 1000, outputs, calls.turns, calls.count, found)

    def note_accesses(self, op: Operation) -> None:
        """Note what a step has read and written: itself, or by the function bodies that it has called."""
        for cell, value in self._inside if op.op_def.functions else self._accessed(op):
            if value is None:
                self.read[cell][op.name] = None
            else:
                self.written[cell].append((op.name, value))
        self._inside = []

    def _accessed(self, op: Operation) -> list[tuple[Operation, _Write | None]]:
        """Return the variables that an operation has read, with None, and has written, with what is in them now."""
        found = [access for access in accesses(op) if access.cell in self._cells]
        written = dict.fromkeys(access.cell for access in found if access.writes)
        return [(access.cell, None) for access in found if access.reads] + [
            (cell, _Write(self.keep(cell.all_outputs[0], self._cells[cell]), self._moved(cell))) for cell in written
        ]

    def _moved(self, op: Operation) -> Difference | None:
        """Return how far a write has moved a variable; the next write moves it from where it is now."""
        if not self._values:
            return None
        before, now = self._last[op], _copied(self._cells[op])
        self._last[op] = now
        return None if before is None or now is None else difference(before, now)

    def change(self, op: Operation, before: ValueSummary, after: ValueSummary) -> Change:
        """Return what has become of a variable, and which steps have accessed it."""
        steps, writes = [step for step, _ in self.written[op]], [write for _, write in self.written[op]]
        return Change(
            op.name,
            _value_or_none(before),
            _value_or_none(after),
            steps,
            [write.left for write in writes],
            list(self.read[op]),
            [write.moved for write in writes],
        )

    def keep(self, tensor: Tensor, value: Any) -> ValueSummary:
        """Return what is kept of a value: of a variable's cell what is in it now."""
        dtype = tensor.dtype.base_dtype.name
        if isinstance(value, Cell):
            value, dtype = value.value, getattr(tensor.op.op_def, "dtype_", tensor.dtype.base_dtype).name
        if not isinstance(value, (np.ndarray, np.generic, bytes, str, bool, int, float, complex)):
            return ValueSummary(tensor.name, None, dtype, 0)
        array = np.asarray(value)
        size = array.nbytes if array.dtype.kind not in "OSU" else sum(len(v) for v in array.ravel().tolist())
        known: dict[str, Any] = {}
        if self._values and array.size <= self._largest:
            known["value"] = array.copy()
        elif self._values:
            known["statistics"] = statistics_of(array)
        return ValueSummary(tensor.name, array.shape, dtype, size, **known)
