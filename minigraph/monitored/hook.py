"""`SessionRunHook`: what to do around the runs of a monitored session, and what it is told of them."""

from __future__ import annotations

from typing import Any, NamedTuple

from minigraph.graph.read_only import read_only

__all__ = ["SessionRunArgs", "SessionRunContext", "SessionRunHook", "SessionRunValues"]


class SessionRunHook:
    """A base class: override the methods for the moments at which something is to be done.

    They are called in this order: `begin` once, while the graph may still grow; `after_create_session` for each
    session, also for one that follows a failure; `before_run` and `after_run` around each run; `end` once, unless an
    error ended the work.

    Example:
        >>> class Count(tf.train.SessionRunHook):
        ...     runs = 0
        ...
        ...     def after_run(self, run_context, run_values):
        ...         self.runs += 1
        ...         if self.runs == 3:
        ...             run_context.request_stop()
        >>> x, count = tf.constant(1.0), Count()
        >>> with tf.train.MonitoredSession(hooks=[count]) as session:
        ...     while not session.should_stop():
        ...         value = session.run(x)
        >>> count.runs
        3
    """

    def begin(self) -> None:
        """Add to the graph what is needed; afterwards it is read-only."""

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Take notice of a new session and of the `Coordinator` of its threads; the variables have values."""

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs | None:
        """Return what the run is to fetch, and be fed, beside what the caller wants; or None."""
        return None

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Take notice of a run that did not fail, and of the values of what `before_run` asked for."""

    def end(self, session: Any) -> None:
        """Do what is to be done at the end, with the session still open."""


class _RunArgs(NamedTuple):
    fetches: Any
    feed_dict: Any = None
    options: Any = None


class SessionRunArgs(_RunArgs):
    """What a hook adds to a run.

    Attributes:
        fetches: what to fetch, in any structure, or None.
        feed_dict: what to feed, or None.
        options: the `RunOptions` to merge with those of the others, or None.

    Example:
        >>> tf.train.SessionRunArgs("loss:0").feed_dict is None
        True
    """


class _RunValues(NamedTuple):
    results: Any
    options: Any
    run_metadata: Any


class SessionRunValues(_RunValues):
    """What a hook learns of a run.

    Attributes:
        results: the values of its fetches in their structure; None if it asked for none.
        options: the `RunOptions` of the run.
        run_metadata: the `RunMetadata` of the run.
    """


class SessionRunContext:
    """A run, as its hooks see it.

    Args:
        original_args: what the caller gave to `run`.
        session: the session.

    Example:
        >>> context = tf.train.SessionRunContext(tf.train.SessionRunArgs(None), sess)
        >>> context.request_stop()
        >>> context.stop_requested
        True
    """

    def __init__(self, original_args: SessionRunArgs, session: Any):
        self._original_args, self._session, self._stop_requested = original_args, session, False

    original_args: Any = read_only("_original_args", "What the caller gave to `run`.")
    session: Any = read_only("_session", "The session, for further runs.")
    stop_requested: bool = read_only("_stop_requested", "True once a hook has asked to stop.")

    def request_stop(self) -> None:
        """Have the session's `should_stop` be True from now on."""
        self._stop_requested = True
