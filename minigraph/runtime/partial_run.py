"""A run in several steps: feed some, fetch some, look, go on."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

from minigraph.graph import errors, nest
from minigraph.graph.limits import check, limits
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.walks import ancestors
from minigraph.runtime import interrupts
from minigraph.runtime.deadlines import Deadline
from minigraph.runtime.failures import explained
from minigraph.runtime.feeds import as_feed, check_feeds, expand_feeds, resolve_feed_key
from minigraph.runtime.fetches import Fetches, plain, take
from minigraph.runtime.float_errors import loud, quiet
from minigraph.runtime.interpreter import Interpreter
from minigraph.runtime.plan import Plan
from minigraph.runtime.program import Program

__all__ = ["PartialRun", "PartialRuns"]


class PartialRun:
    """A plan in the course of being carried out: what has run stays run.

    Args:
        owner: the session.
        handler: all fetches that are announced.
        feeds: the keys of all feeds that are.
    """

    def __init__(self, owner: Any, handler: Fetches, feeds: Any):
        given = nest.flatten(() if feeds is None else feeds)
        keys = tuple(t for key in given for t in resolve_feed_key(owner.graph, key))
        plan = Plan(handler.unique, keys, owner._order)
        self.owner, self.program = owner, Program(plan, owner._state_of, owner._lock, is_open=True)
        self._interpreter = Interpreter()
        self._lock = threading.Lock()  # of its own: others may run while this waits for them
        self._env: dict[Tensor, Any] = dict(plan.constants)
        self._done: set[Operation] = set()
        self._fetched: set[Any] = set()
        self._fed: set[Tensor] = set()

    @property
    def is_done(self) -> bool:
        """Return True once everything announced has been fed and fetched."""
        plan = self.program.plan
        return len(self._fed) == len(plan.feeds) and self._fetched.issuperset(plan.fetches)

    def go_on(self, handler: Fetches, feed_dict: Any) -> Any:
        """Take more feeds, run what the fetches still need, return their values in the structure of the fetches."""
        feeds = expand_feeds(self.owner.graph, feed_dict)
        check_feeds(self.program.plan)
        token = quiet()
        try:
            with self._lock:
                values = self._go_on(handler.unique, feeds)
            with self.owner._lock:
                return handler.rebuild([plain(take(f, v)) for f, v in zip(handler.unique, values)])
        except Exception as error:
            raise explained(error, self.program.plan, self.owner._state)  # noqa: B904
        finally:
            loud(token)

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
            text = f"Fetch {missing[0]} can't be computed from the feeds that have been fed so far."
            raise errors.InvalidArgumentError(None, None, f"{text}\nFeed {missing[0]} in this step or before it.")


class PartialRuns:
    """What a session does for runs in several steps."""

    def partial_run_setup(self: Any, fetches: Any, feeds: Any = None) -> PartialRun:
        """Prepare a run in several steps, with all that they will fetch and feed; return the handle for it."""
        if self._engine is not None:
            text = "Partial run is not supported for this session."
            raise errors.UnimplementedError(None, None, f'{text}\nRun it in one step, or on numpy, tf.Session("").')
        return PartialRun(self, self._prepared(fetches, feeds), feeds)

    def partial_run(self: Any, handle: PartialRun, fetches: Any, feed_dict: Any = None) -> Any:
        """Go on with a partial run: run what `fetches` still need.

        Raises:
            errors.InvalidArgumentError: if something is fetched or fed twice, was not named in the set-up, or needs a
                value that has not been fed yet.
        """
        self._check_open()
        if not isinstance(handle, PartialRun) or handle.owner is not self or handle.is_done:
            raise _not_set_up()
        with Deadline(self._timeout):
            return interrupts.whole(self, handle.go_on, self._handler(fetches), feed_dict or {})


def _not_set_up() -> errors.OpError:
    """Return the error for a partial run whose handle is not one of the session's, or is done."""
    text = "Must run 'setup' before performing partial runs!\nhandle = sess.partial_run_setup(fetches, feeds)"
    return errors.InvalidArgumentError(None, None, text)
