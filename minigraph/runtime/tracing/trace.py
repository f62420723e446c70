"""`Trace`: what happened in one run, step by step: when, how long, which shapes and, on request, which values.

A traced run interprets the plan that untraced runs share, so it takes the same steps in the same order.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from minigraph.graph.displayed import Displayed
from minigraph.graph.text import amount
from minigraph.graph.walks import ancestors
from minigraph.runtime import tuning
from minigraph.runtime.run_options import RunMetadata, RunOptions, check_options
from minigraph.runtime.tracing.steps import Change, Step
from minigraph.runtime.tracing.timeline import step_stats_of
from minigraph.runtime.tracing.tracer import Tracer
from minigraph.runtime.tracing.values import ValueSummary, jsonable

__all__ = ["Trace", "inner_lines", "traced", "watched", "left_out", "UNNEEDED"]

UNNEEDED = "no fetch needs it"


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
    tracer = Tracer(options, cells, plan.feeds)
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
