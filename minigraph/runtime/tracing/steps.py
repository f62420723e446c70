"""What a trace holds: the steps of a run, the turns of their bodies, and what became of the variables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from minigraph.runtime.tracing.difference import Difference
from minigraph.runtime.tracing.values import ValueSummary

__all__ = ["Change", "Step", "Turn"]


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
