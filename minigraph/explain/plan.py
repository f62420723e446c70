"""`plan`: how a session carries out a run: what it folds and merges, in which memory, and what takes time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from minigraph.explain.report import Report, fed_tensors
from minigraph.graph.operation import Operation
from minigraph.graph.text import amount
from minigraph.graph.traces import where_text
from minigraph.graph.variable_cell import Cell
from minigraph.reading.finding import listed
from minigraph.runtime.feeds import expand_feeds

__all__ = ["plan", "PlanReport", "PlanStep"]

_MOST = 60  # steps that are printed


@dataclass(frozen=True)
class PlanStep:
    """One step of a plan.

    Attributes:
        op: the operation that it belongs to.
        does: what is called, such as "matmul", or "kernel" for an operation that is carried out whole.
        into: the memory: "buffer 3", "variable w", "" for an array of its own.
        shape: of the result, None where it differs from run to run.
        bytes: of the result.
        microseconds: the time of the whole operation in the trace, None without one.
    """

    op: Operation
    does: str
    into: str = ""
    shape: tuple | None = None
    bytes: int = 0
    microseconds: float | None = None

    def __str__(self) -> str:
        shape = f"{list(self.shape)}" if self.shape is not None else ""
        time = f"{self.microseconds:8.1f} us" if self.microseconds is not None else ""
        return (
            f"{self.does:<12.12} {shape:<14} {_tail(self.into, 24):<24} {_tail(self.op.name, 34):<34} "
            f"{where_text(self.op)}{time}"
        )


def _tail(name: str, length: int) -> str:
    """Return a name, or the end of it: in a training op the beginnings are all alike."""
    return name if len(name) <= length else "…" + name[1 - length :]


@dataclass(repr=False, eq=False, kw_only=True)
class PlanReport(Report):
    """The report of `plan`.

    Attributes:
        steps: what runs, in order: numpy calls, or operations while the plan is not specialised.
        ops: the operations that run, in order.
        folded: the names of the tensors that are computed once, when the plan is made.
        bytes_folded: the size of their values.
        merged: pairs of operations, of which the second one's result serves both.
        whole: the operations that are carried out as they are, as their rules look at the numbers.
        buffers: the bytes of each buffer of the arena.
        blocks: pairs of a step and how many steps from there are done block by block.
        compiled: pairs of a step and how many steps from there are one compiled loop.
        specialised: for which shapes of the feeds, or truth value where it chooses a branch; None if for none yet.
        source: the emitted Python.
    """

    mark = ""

    steps: list[PlanStep]
    ops: list[Operation]
    folded: list[str]
    bytes_folded: int
    merged: list[tuple[str, str]] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    buffers: list[int] = field(default_factory=list)
    blocks: list[tuple[int, int]] = field(default_factory=list)
    compiled: list[tuple[int, int]] = field(default_factory=list)
    specialised: list | None = None
    source: str = ""

    @property
    def highlights(self) -> dict[str, list]:
        """The operations that run."""
        return {"ops": list(dict.fromkeys(op.name for op in self.ops)), "edges": []}

    def lines(self) -> list[str]:
        """Return what was saved, where values are kept, and the steps."""
        found = [
            f"folded: {amount(len(self.folded), 'tensor')}, {self.bytes_folded:,} bytes"
            + (f": {listed([_tail(n, 24) for n in self.folded], 2)}" if self.folded else "")
        ]
        if self.specialised is None:
            found.append("not specialised: that is done in the second run with feeds of the same shapes")
        else:
            found += self._saved()
        found += [f"{i:5} {step}".rstrip() for i, step in enumerate(self.steps[:_MOST])]
        if len(self.steps) > _MOST:
            found.append(f"      and {len(self.steps) - _MOST:,} more")
        return [f"  {line}" for part in found for line in part.split("\n")]

    def _saved(self) -> list[str]:
        shapes = ", ".join(str(list(s) if type(s) is tuple else s) for s in self.specialised or ()) or "no feeds"
        merged = [f"merged: {len(self.merged)}", *(f"{_tail(a, 44)} with {_tail(b, 44)}" for a, b in self.merged[:5])]
        return [
            f"specialised for {shapes}",
            "\n    ".join(merged),
            f"buffers: {len(self.buffers)}, {sum(self.buffers):,} bytes",
            f"done block by block: {sum(n for _, n in self.blocks)} steps in {len(self.blocks)} blocks",
            f"compiled: {sum(n for _, n in self.compiled)} steps in {len(self.compiled)} loops",
            f"carried out whole: {len(self.whole)}" + (f": {listed(self.whole, 5)}" if self.whole else ""),
        ]


def _steps(special: Any, times: dict[str, float], graph: Any) -> list[PlanStep]:
    numbers = {buffer: i for i, buffer in enumerate(special.placement.buffers)}
    found = []
    for call in special.recording.calls:
        value = call.outputs[0] if call.outputs else None
        memory = _memory(call, special.placement.places.get(value), numbers)
        shape, nbytes = (value.shape, value.nbytes) if value else (None, 0)
        lasted = times.get(call.op.name) if call.op.graph is graph else None
        found.append(PlanStep(call.op, _verb(call), memory, shape, nbytes, lasted))
    return found


def _verb(call: Any) -> str:
    """Return what a recorded call does: the kind of call, or the name of the function."""
    if call.kind in ("read", "write", "kernel"):
        return call.kind
    return getattr(call.function, "__name__", str(call.function))


def _memory(call: Any, place: Any, numbers: dict[Any, int]) -> str:
    """Return the memory that a recorded call writes or reads, in words; "" for an array of its own."""
    if call.kind in ("read", "write"):
        return f"variable {call.function.name}"
    if isinstance(place, Cell):
        return f"variable {place.name}"
    return f"buffer {numbers[place]}" if place else ""


def plan(session: Any, fetches: Any, feeds: Any = (), trace: Any = None) -> PlanReport:
    """Tell how a session carries out a run, without running anything.

    Args:
        session: the session.
        fetches: what is fetched, as for `session.run`.
        feeds: the tensors that are fed, or a feed_dict, whose values choose the shapes.
        trace: a `RunMetadata` of such a run, or its `trace`: the steps then have times.

    Returns:
        A report that prints itself.

    Raises:
        TypeError, ValueError: for what cannot be fetched or fed.
        errors.InvalidArgumentError: if a placeholder is not among the feeds.

    Example:
        >>> x = tf.placeholder(tf.float32, [2], name="x")
        >>> y = tf.multiply(x + 1.0, x + 1.0, name="y")
        >>> for _ in range(2):
        ...     value = sess.run(y, {x: [1.0, 2.0]})
        >>> report = plan(sess, y, [x])
        >>> [step.does for step in report.steps], report.merged, report.specialised
        (['add', 'multiply'], [('add_1', 'add')], [(2,)])
    """
    handler = session._handler(fetches)
    values = expand_feeds(session.graph, feeds) if isinstance(feeds, dict) else None
    keys = fed_tensors(session.graph, feeds) if values is None else tuple(values)
    program = session._program(tuple(handler.unique), keys)
    if values is None:
        found = next(filter(None, reversed(program.recordings.values())), None)
    else:
        found = program.recordings.get(program.key(values.values()))
    return _report(session.graph, program, found, getattr(trace, "trace", trace))


def _report(graph: Any, program: Any, special: Any, trace: Any) -> PlanReport:
    """Return the report of a program, and of what it has become for some shapes, if it has."""
    times = {step.op: step.duration for step in trace.steps} if trace is not None else {}
    if special is None:
        steps = [PlanStep(op, op.type, microseconds=times.get(op.name)) for op in program.plan.steps]
    else:
        steps = _steps(special, times, graph)
    fetched = listed((f"'{f.name}'" for f in program.plan.fetches), 3)
    constants = program.plan.constants
    return PlanReport(
        graph,
        f"{amount(len(steps), 'step')} for {fetched}",
        steps=steps,
        ops=list(program.plan.steps),
        folded=[t.name for t in constants],
        bytes_folded=sum(getattr(value, "nbytes", 0) for value in constants.values()),
        **({} if special is None else _specialised(program, special)),
    )


def _specialised(program: Any, special: Any) -> dict[str, Any]:
    """Return what a report says of a plan that is specialised, beside its steps."""
    recording, placement = special.recording, special.placement
    return {
        "specialised": next((list(key) for key, each in program.recordings.items() if each is special), None),
        "merged": [(a.name, b.name) for a, b in recording.merged if a is not b],
        "whole": list(dict.fromkeys(call.op.name for call in recording.calls if call.kind == "kernel")),
        "buffers": [buffer.nbytes for buffer in placement.buffers],
        "blocks": [(a, b - a) for a, b in placement.blocks.items() if a not in special.compiled],
        "compiled": sorted(special.compiled.items()),
        "source": special.text,
    }
