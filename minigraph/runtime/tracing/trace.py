"""`Trace`: what happened in one run, step by step: when, how long, which shapes and, on request, which values.

A traced run interprets the plan that untraced runs share, so it takes the same steps in the same order.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from minigraph.graph.displayed import Displayed
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.variable_cell import Cell
from minigraph.graph.walks import ancestors
from minigraph.runtime import tuning
from minigraph.runtime.access import accesses
from minigraph.runtime.function_body import with_bodies_run_by
from minigraph.runtime.interpreter import Interpreter
from minigraph.runtime.run_options import RunMetadata, RunOptions, check_options
from minigraph.runtime.tracing.timeline import step_stats_of

__all__ = ["Trace", "Step", "ValueSummary", "Change", "traced", "watched", "left_out", "UNNEEDED"]

UNNEEDED = "no fetch needs it"


@dataclass(frozen=True)
class ValueSummary:
    """What is kept of a value.

    Attributes:
        name: the tensor's, such as "y:0".
        shape: the sizes; None for a value that is not an array.
        dtype: such as "float32".
        bytes: its size in memory.
        value: the array itself, if values were asked for and it is small; else None.
        statistics: of a larger one min, max, mean, std, the numbers of zeros, of NaNs and of infinities, and the
            first elements; else None.
    """

    name: str
    shape: tuple[int, ...] | None
    dtype: str
    bytes: int
    value: Any = None
    statistics: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """The value in a few words; "" if none was kept."""
        if self.value is not None and self.value.size <= tuning.FIRST_ELEMENTS:
            return _text(self.value.tolist())
        known = self.statistics or ({} if self.value is None else statistics_of(self.value))
        if "mean" in known:
            return f"{known['min']:.3g} … {known['max']:.3g}, mean {known['mean']:.3g}"
        return f"{_text(known['first'].tolist())[:-1]}, …]" if known else ""


@dataclass(frozen=True)
class Step:
    """One operation that ran: its name and type, what it took (tensors, and "^name" for a control input), its start
    and duration in microseconds, and what it gave."""

    op: str
    type: str
    inputs: list[str]
    start: float
    duration: float
    outputs: list[ValueSummary]


@dataclass(frozen=True)
class Change:
    """A variable that a step of the run takes: its value before and after, None where it has none, and the
    steps that wrote it, in order, each with the value that it left. Where a function body that a step called has
    written it, the step is told, once for each time. `read_by` has the steps that computed with the variable's memory,
    or called a body that did, in order: what was in it then is what the writes before them left."""

    name: str
    before: ValueSummary | None
    after: ValueSummary | None
    written_by: list[str]
    left: list[ValueSummary] = field(default_factory=list)
    read_by: list[str] = field(default_factory=list)


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
        return {**_jsonable(asdict(self)), "order": self.order, "duration": self.duration}

    def to_json(self) -> str:
        """Return the same as JSON text."""
        return json.dumps(self.to_dict(), allow_nan=False)

    def __str__(self) -> str:
        lines = [f"{len(self.steps):,} steps, {self.duration:,.0f} µs; {len(self.pruned):,} operations did not run"]
        width = min(40, max([len(step.op) for step in self.steps] or [0]))
        for step in self.steps[: tuning.MOST_LINES]:
            shapes = ", ".join(f"{v.dtype}{list(v.shape or ())}" for v in step.outputs)
            lines.append(f"{step.duration:9.1f} µs  {step.op:<{width}}  {step.type}  {shapes}".rstrip())
        if len(self.steps) > tuning.MOST_LINES:
            lines.append(f"… {len(self.steps) - tuning.MOST_LINES:,} more")
        if self.error:
            lines.append(f"failed at {self.error[0]}: {self.error[1].splitlines()[0]}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Trace: {len(self.steps):,} steps, {self.duration:,.0f} µs>"


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
    tracer = _Tracer(options, cells)
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


class _Inside(Interpreter):
    """Run function bodies and call `note` with each operation after it has run."""

    def __init__(self, note: Callable):
        self._note = note

    def run_op(self, op: Operation, kernel: Callable, env: dict) -> None:
        super().run_op(op, with_bodies_run_by(self.run, op, kernel), env)
        self._note(op)


class _Tracer(Interpreter):
    """Take down each step. It lasts from where the one before was taken down."""

    def __init__(self, options: Any, cells: dict[Operation, Cell]):
        self._values, self._largest = options.trace_values, options.trace_largest
        self._cells = cells
        self.steps: list[Step] = []
        self.written: dict[Operation, list[tuple[str, ValueSummary]]] = {op: [] for op in cells}
        self.read: dict[Operation, dict[str, None]] = {op: {} for op in cells}
        self._inside: list[tuple[Operation, ValueSummary | None]] = []  # what bodies have accessed since the last step
        self._run_inside = _Inside(self._note_inside).run
        self._elapsed = 0

    def begin(self) -> None:
        """Start the clock of the next step."""
        self._began = time.perf_counter_ns()

    def run_op(self, op: Operation, kernel: Callable, env: dict) -> None:
        super().run_op(op, with_bodies_run_by(self._run_inside, op, kernel), env)
        lasted = time.perf_counter_ns() - self._began
        inputs = [t.name for t in op.inputs] + [f"^{c.name}" for c in op.waits_for]
        outputs = [self.keep(t, env[t]) for t in op.values()]
        self.steps.append(Step(op.name, op.type, inputs, self._elapsed / 1000, lasted / 1000, outputs))
        self.note_accesses(op)
        self._elapsed += lasted
        self.begin()

    def note_accesses(self, op: Operation) -> None:
        """Note what a step has read and written: itself, or by the function bodies that it has called."""
        for cell, value in self._inside if op.op_def.functions else self._accessed(op):
            if value is None:
                self.read[cell][op.name] = None
            else:
                self.written[cell].append((op.name, value))
        self._inside = []

    def _note_inside(self, op: Operation) -> None:
        """Note what an operation in a function body has read and written, for the step that called it."""
        if not op.op_def.functions:  # the operations of its bodies have told of themselves
            self._inside += self._accessed(op)

    def _accessed(self, op: Operation) -> list[tuple[Operation, ValueSummary | None]]:
        """Return the variables that an operation has read, with None, and has written, with what is in them now."""
        found = [access for access in accesses(op) if access.cell in self._cells]
        written = dict.fromkeys(access.cell for access in found if access.writes)
        return [(access.cell, None) for access in found if access.reads] + [
            (cell, self.keep(cell.all_outputs[0], self._cells[cell])) for cell in written
        ]

    def change(self, op: Operation, *summaries: ValueSummary) -> Change:
        """Return what has become of a variable, from before to after, and which steps have accessed it."""
        before, after = [None if value.shape is None else value for value in summaries]
        steps, values = [step for step, _ in self.written[op]], [value for _, value in self.written[op]]
        return Change(op.name, before, after, steps, values, list(self.read[op]))

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


def statistics_of(array: np.ndarray) -> dict[str, Any]:
    """Return what can be said of a large array in a few numbers; NaNs and infinities are counted and left aside.

    Example:
        >>> statistics_of(np.arange(100.0))["mean"]
        49.5
    """
    found: dict[str, Any] = {"first": array.ravel()[: tuning.FIRST_ELEMENTS].copy()}
    if array.dtype.kind not in "biuf":
        return found
    real = array if array.dtype.kind == "f" else array.astype(np.float64)
    finite = np.isfinite(real)
    found["zeros"] = int(array.size - np.count_nonzero(array))
    found["nans"] = int(np.count_nonzero(np.isnan(real)))
    found["infinities"] = int(array.size - np.count_nonzero(finite)) - found["nans"]
    real = real if finite.all() else real[finite]
    if real.size:
        found.update(min=float(real.min()), max=float(real.max()))
        found.update({name: float(getattr(real, name)(dtype=np.float64)) for name in ("mean", "std")})
    return found


def _text(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _jsonable(value: Any) -> Any:
    """Return a value for JSON. The depth is that of the records, or of an array's rank."""
    if isinstance(value, dict):
        return {key: _jsonable(v) for key, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(v) for v in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return _jsonable(value.tolist())
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
