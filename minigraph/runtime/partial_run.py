"""A run in several steps: feed some, fetch some, look, go on."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

from minigraph.graph import errors
from minigraph.graph.limits import check, limits
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.walks import ancestors
from minigraph.runtime.feeds import as_feed
from minigraph.runtime.interpreter import Interpreter
from minigraph.runtime.program import Program

__all__ = ["PartialRun"]


class PartialRun:
    """A plan in the course of being carried out: what has run stays run.

    Args:
        program: the plan for all fetches and feeds that were announced.
        owner: the session.
    """

    def __init__(self, program: Program, owner: Any):
        self.program, self.owner = program, owner
        self._interpreter = Interpreter()
        self._lock = threading.Lock()  # of its own: others may run while this waits for them
        self._env: dict[Tensor, Any] = dict(program.plan.constants)
        self._done: set[Operation] = set()
        self._fetched: set[Any] = set()
        self._fed: set[Tensor] = set()

    @property
    def is_done(self) -> bool:
        """Return True once everything announced has been fed and fetched."""
        plan = self.program.plan
        return len(self._fed) == len(plan.feeds) and self._fetched.issuperset(plan.fetches)

    def go_on(self, fetches: list, feeds: dict[Tensor, Any]) -> list:
        """Take more feeds, run what the fetches still need, return their values."""
        with self._lock:
            return self._go_on(fetches, feeds)

    def _go_on(self, fetches: list, feeds: dict[Tensor, Any]) -> list:
        plan = self.program.plan
        self._check("feed", feeds, plan.feeds, self._fed, "fed")
        self._check("fetch", fetches, plan.fetches, self._fetched, "fetched")
        needed = set(ancestors(fetches, plan.feeds)) - self._done
        self._check_fed(needed, fetches, set(feeds))
        self._fed.update(feeds)
        self._env.update({t: as_feed(t, v) for t, v in feeds.items()})
        for op, kernel in zip(plan.steps, self.program.kernels):
            if op in needed:
                if limits:
                    check()
                self._interpreter.run_op(op, kernel, self._env)
                self._done.add(op)
        self._fetched.update(fetches)
        return [self._env[f] if isinstance(f, Tensor) else None for f in fetches]

    @staticmethod
    def _check(what: str, given: Iterable, announced: Iterable, before: set, done: str) -> None:
        """Raise an InvalidArgumentError for what was not announced in the set-up, or comes twice."""
        for each in given:
            if each not in announced:
                text = f"The {what} {each.name} was not specified in partial_run_setup."
            elif each in before:
                text = f"The {what} {each.name} has already been {done}."
            else:
                continue
            raise errors.InvalidArgumentError(None, None, text)

    def _check_fed(self, needed: set, fetches: list, feeds: set) -> None:
        used = {t for op in needed for t in op.inputs} | {f for f in fetches if isinstance(f, Tensor)}
        missing = sorted(t.name for t in used if t in self.program.plan.feeds and t not in self._fed | feeds)
        if missing:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Fetch {missing[0]} can't be computed from the feeds that "
                f"have been fed so far.\nFeed {missing[0]} in this step or before it.",
            )
