"""The layers of a monitored session, from the inside: hooks around runs, threads that stop with it, recovery."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from minigraph import logging
from minigraph.graph import errors
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.monitored.hook import SessionRunArgs, SessionRunContext, SessionRunHook, SessionRunValues
from minigraph.monitored.session_creators import SessionCreator
from minigraph.queues.coordinator import Coordinator
from minigraph.runtime.run_options import RunMetadata, RunOptions
from minigraph.runtime.session import Session

__all__ = ["CoordinatedSessionCreator", "HookedSession", "RecoverableSession", "StepContext"]

PREEMPTION_ERRORS = errors.AbortedError, errors.UnavailableError  # after these a new session takes over

_ADVICE = (
    "This may be due to a preemption in a connected worker or parameter server. The current session will be closed and "
    "a new session will be created."
)


class StepContext:
    """What the function given to `run_step_fn` gets.

    Attributes:
        session: the plain session, whose runs call no hooks.
    """

    def __init__(self, session: Session | None, run_with_hooks_fn: Callable):
        self._session, self._run_with_hooks_fn = session, run_with_hooks_fn

    @property
    def session(self) -> Session | None:
        """The plain session, whose runs call no hooks."""
        return self._session

    def run_with_hooks(self, *args: Any, **kwargs: Any) -> Any:
        """Run as the monitored session does; the arguments are those of `run`."""
        return self._run_with_hooks_fn(*args, **kwargs)

    def request_stop(self) -> None:
        """Leave the loop of steps, by a StopIteration that ends the `with` block of the session without an error."""
        raise StopIteration("step_fn has requested the iterations to stop.")


class HookedSession:
    """A session that calls hooks before and after each run.

    Args:
        session: the plain session.
        hooks: the hooks.
    """

    def __init__(self, session: Session, hooks: list[SessionRunHook]):
        self._session, self._hooks = session, hooks
        self._should_stop = False

    def should_stop(self) -> bool:
        """Return True if a hook has asked to stop."""
        return self._should_stop

    def close(self) -> None:
        """Close the session."""
        self._session.close()

    def run(self, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        """Run, with what the hooks want fetched and fed.

        Raises:
            RuntimeError: if it should have stopped, or the same is fed twice.
        """
        if self._should_stop:
            raise RuntimeError("Run called even after should_stop requested.")
        context = SessionRunContext(SessionRunArgs(fetches, feed_dict), self._session)
        requests = [hook.before_run(context) or SessionRunArgs(None) for hook in self._hooks]
        feed_dict = _merged_feeds(feed_dict, [*filter(None, (request.feed_dict for request in requests))])
        given = [*filter(None, (options, *(request.options for request in requests)))]
        watched = _merged_options(given), run_metadata or RunMetadata()
        result, of_hooks = self._run(fetches, requests, feed_dict, watched if given else ())
        for i, hook in enumerate(self._hooks):
            hook.after_run(context, SessionRunValues(of_hooks.get(i), *watched))
        self._should_stop = self._should_stop or context.stop_requested
        return result

    def _run(self, fetches: Any, requests: list, feed_dict: Any, watched: tuple) -> tuple[Any, dict]:
        """Return the values for the caller, and those for the hooks by their index."""
        for_hooks = {i: request.fetches for i, request in enumerate(requests) if request.fetches is not None}
        if not for_hooks:
            return self._session.run(fetches, feed_dict, *watched), {}
        outputs = self._session.run({"caller": fetches, "hooks": for_hooks}, feed_dict, *watched)
        return outputs["caller"], outputs["hooks"]


def _merged_feeds(of_caller: Any, of_hooks: list[dict]) -> Any:
    """Return all feeds together.

    Raises:
        RuntimeError: if the same is fed twice.
    """
    if not of_hooks:
        return of_caller
    merged: dict = {}
    for feeds in of_hooks:
        _check_apart(merged, feeds, "Same tensor is fed by two hooks.")
        merged.update(feeds)
    if of_caller:
        _check_apart(of_caller, merged, "Same tensor is fed by a SessionRunHook and user.")
        merged.update(of_caller)
    return merged


def _check_apart(some: dict, others: dict, problem: str) -> None:
    both = some.keys() & others.keys()
    if both:
        raise RuntimeError(f"{problem} Conflict(s): {list(both)}")


def _merged_options(given: list) -> RunOptions:
    """Return options that ask for all that one of the given ones asks for."""
    merged = RunOptions()
    for options in given:
        for name in RunOptions._defaults:
            setattr(merged, name, max(getattr(merged, name), getattr(options, name)))
    return merged


class CoordinatedSession:
    """A hooked session whose threads stop with it, and which stops with its threads.

    Args:
        session: the hooked session.
        coord: the coordinator of the threads.
        stop_grace_period_secs: how long threads may take to stop.
    """

    def __init__(self, session: HookedSession, coord: Coordinator, stop_grace_period_secs: float):
        self._session, self._coord, self._stop_grace_period_secs = session, coord, stop_grace_period_secs

    def should_stop(self) -> bool:
        """Return True if a thread or a hook has asked to stop; raise what a thread failed with."""
        self._coord.raise_requested_exception()
        return self._coord.should_stop() or self._session.should_stop()

    def close(self) -> None:
        """Stop the threads and close the session; raise what a thread failed with."""
        self._coord.request_stop()
        try:
            self._coord.join(stop_grace_period_secs=self._stop_grace_period_secs, ignore_live_threads=True)
        finally:
            with contextlib.suppress(Exception):  # what matters is what `join` raises
                self._session.close()

    def run(self, *args: Any, **kwargs: Any) -> Any:
        """Run; if that fails because a thread met with a preemption, raise the thread's error."""
        try:
            return self._session.run(*args, **kwargs)
        except PREEMPTION_ERRORS:
            raise
        except Exception as error:
            try:
                self._coord.raise_requested_exception()
            except PREEMPTION_ERRORS:
                raise
            except Exception:  # noqa: BLE001 (a consequence of `error`)
                raise error from None
            raise

    def run_step_fn(self, step_fn: Callable, raw_session: Session | None) -> Any:
        """Call a function of a `StepContext`."""
        return step_fn(StepContext(raw_session, self.run))


class CoordinatedSessionCreator(SessionCreator):
    """Make coordinated sessions: start the queue runners and tell the hooks.

    Args:
        session_creator: makes the plain sessions.
        hooks: the hooks.
        stop_grace_period_secs: how long threads may take to stop.

    Attributes:
        session: the plain session of the last that was made; None once it is closed.
    """

    def __init__(self, session_creator: SessionCreator, hooks: list[SessionRunHook], stop_grace_period_secs: float):
        self._session_creator, self._hooks = session_creator, hooks
        self._stop_grace_period_secs = stop_grace_period_secs
        self.session: Session | None = None
        self.coord: Coordinator | None = None

    def create_session(self) -> Any:
        """Return a new session with its threads."""
        session = self.session = self._session_creator.create_session()
        coord = self.coord = Coordinator(clean_stop_exception_types=[])
        for runner in get_collection(GraphKeys.QUEUE_RUNNERS):
            runner.create_threads(session, coord=coord, daemon=True, start=True)
        for hook in self._hooks:
            hook.after_create_session(session, coord)
        return CoordinatedSession(HookedSession(session, self._hooks), coord, self._stop_grace_period_secs)


class RecoverableSession:
    """A coordinated session that a new one follows when the runtime says that it is gone.

    Args:
        creator: makes the sessions.
    """

    def __init__(self, creator: CoordinatedSessionCreator):
        self._creator = creator
        self._session: CoordinatedSession | None = self._created()

    def _created(self) -> CoordinatedSession:
        while True:
            try:
                return self._creator.create_session()
            except PREEMPTION_ERRORS as error:
                logging.info(
                    "An error was raised while a session was being created. This may be due to a preemption of a "
                    "connected worker or parameter server. A new session will be created. Error: %s",
                    error,
                )

    def _open(self) -> CoordinatedSession:
        if self._session is None:
            self._session = self._created()
        return self._session

    def _give_up(self, what: str, error: Exception) -> None:
        logging.info("An error was raised%s. %s Error: %s", what, _ADVICE, error)
        self.close()

    def should_stop(self) -> bool:
        """Return True if the session should stop, for an error too."""
        if self._session is None:
            return True
        try:
            return self._session.should_stop()
        except PREEMPTION_ERRORS as error:
            self._give_up(" while considering whether the session is complete", error)
            self._open()
            return False
        except Exception:  # noqa: BLE001 (the next run, or `close`, raises it)
            return True

    def close(self) -> None:
        """Close the session."""
        session, self._session = self._session, None
        if session is not None:
            try:
                session.close()
            except PREEMPTION_ERRORS as error:
                logging.warning(
                    "An error occurred when attempting to close the session. This may be due to a preemption in a "
                    "connected worker or parameter server. Error: %s",
                    error,
                )

    def _retried(self, call: Callable) -> Any:
        """Call a function of the session; if that is gone, again with a new one."""
        while True:
            try:
                return call(self._open())
            except PREEMPTION_ERRORS as error:
                self._give_up("", error)

    def run(self, *args: Any, **kwargs: Any) -> Any:
        """Run, again in a new session if this one is gone."""
        return self._retried(lambda session: session.run(*args, **kwargs))

    def run_step_fn(self, step_fn: Callable, raw_session: Session | None) -> Any:
        """Call a function of a `StepContext`, again in a new session if this one is gone."""
        return self._retried(lambda session: session.run_step_fn(step_fn, self._creator.session))
