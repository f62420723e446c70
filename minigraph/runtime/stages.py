"""A run in two stages: first what waits for other runs and what that needs, then the rest, which need not wait.

The first stage holds no lock of the session. The rest is recorded as a run without waiting is, and takes what the
first one has got as if it were fed: a training step with a batch from a queue costs what one with a fed batch costs.
"""

from __future__ import annotations

from typing import Any

from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.walks import ancestors
from minigraph.runtime.feeds import as_feed
from minigraph.runtime.plan import Plan
from minigraph.runtime.program import Program

__all__ = ["in_stages"]


class _Staged(Program):
    """A program in two stages. What watches or limits a run interprets the whole plan, as for any program.

    Args:
        whole: the program of the whole plan.
        first: the plan of the first stage, whose first fetches are the tensors that the rest needs.
        rest: the plan of the rest, whose last feeds they are.
    """

    def __init__(self, whole: Program, first: Plan, rest: Plan):
        self.__dict__.update(whole.__dict__)
        self._first, self._rest = whole.like(first), whole.like(rest)
        self._count = len(rest.feeds) - len(whole.plan.feeds)
        self.recorded = self._rest.recorded  # its keys have more parts, so no run that begins outside finds one

    def execute(self, feeds: tuple) -> list:
        """Run both stages; return the fetched values."""
        got = self._first.run(tuple([as_feed(t, v) for t, v in zip(self.plan.feeds, feeds)]))
        return self._rest.execute((*feeds, *got[: self._count]))

    def mark(self, error: Any) -> None:
        """Note on an error which operation of which stage raised it."""
        self._first.mark(error)
        self._rest.mark(error)


def in_stages(program: Program) -> Program:
    """Return a program in two stages that gives what `program` gives, or `program` where there is none."""
    plan = program.plan
    waiting = [op for op in plan.steps if op._op_def.waits]
    early = set(ancestors(waiting, plan.feeds)) & set(plan.steps)
    late = [op for op in plan.steps if op not in early]
    if not late or not _may_be_parted(waiting, early, late):
        return program
    got = _handed_over(plan, early, late)
    rest = Plan(plan.fetches, (*plan.feeds, *got))
    if not got or not early.isdisjoint(rest.steps):  # something waits for the end of an early operation
        return program
    return _Staged(program, Plan((*got, *waiting), plan.feeds), rest)


def _may_be_parted(waiting: list[Operation], early: set[Operation], late: list[Operation]) -> bool:
    """Return True if doing the early operations before the late ones makes no difference."""
    return bool(waiting) and all(map(_may_be_early, early)) and _may_be_late(late, waiting[-1])


def _handed_over(plan: Plan, early: set[Operation], late: list[Operation]) -> list[Tensor]:
    """Return the tensors of early operations that others take or that are fetched."""
    wanted = {*plan.fetches, *[t for op in late for t in op._inputs]}
    made = [t for op in plan.steps if op in early for t in op._all_outputs]
    return [t for t in made if t in wanted and t not in plan.feeds and not t._dtype._is_ref]


def _may_be_early(op: Operation) -> bool:
    """Return True if nothing is read that the rest may write, and no code of the user's runs."""
    rules = op._op_def
    if rules.writes or rules.calls_back or rules.functions and not rules.holds_resource:
        return False
    return rules.waits or not any(t._dtype._is_ref for t in op._inputs)


def _may_be_late(ops: list[Operation], last: Operation) -> bool:
    """Return True if what has an effect would come after the last wait anyway, and no code of the user's runs."""
    return not any(
        op._op_def.calls_back or (op.id < last.id and (op._op_def.writes or op._op_def.side_effect)) for op in ops
    )
