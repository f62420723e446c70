"""`MonitoredSession`, `SingularMonitoredSession` and `MonitoredTrainingSession`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from minigraph.graph import errors
from minigraph.graph.default import get_default_graph
from minigraph.graph.graph import Graph
from minigraph.monitored.hook import SessionRunHook
from minigraph.monitored.layers import CoordinatedSessionCreator, RecoverableSession
from minigraph.monitored.layers import StepContext as _StepContext
from minigraph.monitored.saving_hooks import CheckpointSaverHook, SummarySaverHook
from minigraph.monitored.scaffold import Scaffold
from minigraph.monitored.session_creators import ChiefSessionCreator, SessionCreator, WorkerSessionCreator
from minigraph.monitored.step_hooks import StepCounterHook
from minigraph.runtime.session import Session

__all__ = ["MonitoredSession", "MonitoredTrainingSession", "SingularMonitoredSession"]

_DEFAULT = object()  # for a number that depends on another argument


class _MonitoredSession:
    StepContext = _StepContext
    _recovers = False

    def __init__(
        self, session_creator: SessionCreator | None, hooks: Iterable[SessionRunHook] | None, grace_period: float
    ):
        self._graph_was_finalized = get_default_graph().finalized
        self._hooks = list(hooks or [])
        for hook in self._hooks:
            hook.begin()
        self._creator = CoordinatedSessionCreator(session_creator or ChiefSessionCreator(), self._hooks, grace_period)
        self._session: Any = RecoverableSession(self._creator) if self._recovers else self._creator.create_session()

    @property
    def graph(self) -> Graph | None:
        """The graph; None once the session is closed."""
        session = self._creator.session
        return None if session is None else session.graph

    def run(self, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        """Run what the fetches need, with the hooks; arguments and errors are those of `tf.Session.run`.

        Raises:
            RuntimeError: if the session is closed, or `should_stop` is True.
        """
        return self._open().run(fetches, feed_dict=feed_dict, options=options, run_metadata=run_metadata)

    def run_step_fn(self, step_fn: Callable) -> Any:
        """Call a function that makes one step, perhaps by several runs.

        Args:
            step_fn: a function of one argument `step_context`, with the attribute `session` and the methods
                `run_with_hooks` and `request_stop`.

        Returns:
            What the function returns.

        Raises:
            ValueError: if its argument has another name.
            RuntimeError: if the session is closed.

        Example:
            >>> v = tf.Variable(1.0)
            >>> with tf.train.MonitoredSession() as session:
            ...     print(session.run_step_fn(lambda step_context: step_context.session.run(v)))
            1.0
        """
        arguments = tuple(inspect.getfullargspec(step_fn).args)
        if arguments not in (("step_context",), ("self", "step_context")):
            raise ValueError(
                "`step_fn` may either have one `step_context` argument, or `self` and `step_context` arguments if it's "
                f"an instance method. Got {arguments} instead."
            )
        return self._open().run_step_fn(step_fn, self._creator.session)

    def _open(self) -> Any:
        if self._session is None:
            raise RuntimeError("Session is already closed.")
        return self._session

    def should_stop(self) -> bool:
        """Return True if a hook or a thread has asked to stop, or the session is closed."""
        return self._session is None or self._session.should_stop()

    def close(self) -> None:
        """Call the hooks' `end`, stop the threads and close the session; the graph may grow again.

        Raises:
            RuntimeError: if it is closed already.
            Exception: what a thread failed with.
        """
        self._close()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, kind: type | None, error: Any, traceback: Any) -> bool:
        ended = kind is None or kind in (errors.OutOfRangeError, StopIteration)
        self._close(ended)
        return ended

    def _close(self, ended: bool = True) -> None:
        try:
            if ended:
                for hook in self._hooks:
                    hook.end(self._creator.session)
        finally:
            session, self._session = self._session, None
            try:
                if session is None:
                    raise RuntimeError("Session is already closed.")
                session.close()
            finally:
                self._creator.session = self._creator.coord = None
                if not self._graph_was_finalized:
                    get_default_graph()._unsafe_unfinalize()


class MonitoredSession(_MonitoredSession):
    """A session that initializes or restores the variables, starts the queue runners, and calls hooks around each run.

    When a run fails with AbortedError or UnavailableError, a new session takes over from the last checkpoint. The end
    of the input (OutOfRangeError) ends its `with` block without an error. While it is open, the graph is read-only.

    Args:
        session_creator: makes the session; by default a `ChiefSessionCreator`.
        hooks: a list of `SessionRunHook`.
        stop_grace_period_secs: how long threads may take to stop.

    Raises:
        RuntimeError: if a variable has no value in the end.

    Example:
        >>> step = tf.train.get_or_create_global_step()
        >>> train_op = tf.assign_add(step, 1)
        >>> with tf.train.MonitoredSession(hooks=[tf.train.StopAtStepHook(num_steps=2)]) as session:
        ...     while not session.should_stop():
        ...         print(session.run(train_op), end=" ")
        1 2
    """

    _recovers = True

    def __init__(
        self,
        session_creator: SessionCreator | None = None,
        hooks: Iterable[SessionRunHook] | None = None,
        stop_grace_period_secs: float = 120,
    ):
        super().__init__(session_creator, hooks, stop_grace_period_secs)


class SingularMonitoredSession(_MonitoredSession):
    """A `MonitoredSession` that does not recover, and whose plain session can be had.

    Args:
        hooks: a list of `SessionRunHook`.
        scaffold: the `Scaffold`.
        master: the session's target, "".
        config: the session's `ConfigProto`.
        checkpoint_dir: the folder of the checkpoints.
        stop_grace_period_secs: how long threads may take to stop.
        checkpoint_filename_with_path: one checkpoint, in the place of the folder.

    Example:
        >>> v = tf.Variable(2.0)
        >>> with tf.train.SingularMonitoredSession() as session:
        ...     print(session.run(v), type(session.raw_session()).__name__)
        2.0 Session
    """

    def __init__(
        self,
        hooks: Iterable[SessionRunHook] | None = None,
        scaffold: Scaffold | None = None,
        master: str = "",
        config: Any = None,
        checkpoint_dir: str | None = None,
        stop_grace_period_secs: float = 120,
        checkpoint_filename_with_path: str | None = None,
    ):
        creator = ChiefSessionCreator(scaffold, master, config, checkpoint_dir, checkpoint_filename_with_path)
        super().__init__(creator, hooks, stop_grace_period_secs)

    def raw_session(self) -> Session | None:
        """Return the plain session; None once it is closed."""
        return self._creator.session


def _either(steps: Any, secs: Any, default: tuple) -> tuple:
    """Return steps and seconds; what is not given is None, and both are the default if neither is."""
    if steps is _DEFAULT and secs is _DEFAULT:
        return default
    return None if steps is _DEFAULT else steps, None if secs is _DEFAULT else secs


def _positive(*numbers: Any) -> bool:
    return any(number and number > 0 for number in numbers)


def _summary_hooks(folder: str | None, speed_steps: Any, often: tuple, scaffold: Scaffold) -> Iterator:
    if folder and _positive(speed_steps):
        yield StepCounterHook(output_dir=folder, every_n_steps=speed_steps)
    steps, secs = often
    if folder and _positive(steps, secs):
        yield SummarySaverHook(steps, secs, output_dir=folder, scaffold=scaffold)


def _checkpoint_hooks(folder: str | None, often: tuple, scaffold: Scaffold) -> Iterator:
    steps, secs = often
    if folder and _positive(steps, secs):
        yield CheckpointSaverHook(folder, save_steps=steps, save_secs=secs, scaffold=scaffold)


def MonitoredTrainingSession(
    master: str = "",
    is_chief: bool = True,
    checkpoint_dir: str | None = None,
    scaffold: Scaffold | None = None,
    hooks: Iterable[SessionRunHook] | None = None,
    chief_only_hooks: Iterable[SessionRunHook] | None = None,
    save_checkpoint_secs: Any = _DEFAULT,
    save_summaries_steps: Any = _DEFAULT,
    save_summaries_secs: Any = _DEFAULT,
    config: Any = None,
    stop_grace_period_secs: float = 120,
    log_step_count_steps: int | None = 100,
    max_wait_secs: float = 7200,
    save_checkpoint_steps: Any = _DEFAULT,
    summary_dir: str | None = None,
) -> MonitoredSession:
    """Return a `MonitoredSession` for training, with hooks that write checkpoints, summaries and the speed.

    Args:
        master: the session's target, "".
        is_chief: False to wait for the chief's initialization, and write nothing.
        checkpoint_dir: the folder of the checkpoints; None to write none.
        scaffold: the `Scaffold`.
        hooks: a list of further `SessionRunHook`.
        chief_only_hooks: more of them, for the chief only.
        save_checkpoint_secs, save_checkpoint_steps: how often to write a checkpoint, by default every 600 seconds;
            None or 0 for never.
        save_summaries_steps, save_summaries_secs: how often to write summaries, by default every 100 steps; None or 0
            for never.
        config: the session's `ConfigProto`.
        stop_grace_period_secs: how long threads may take to stop.
        log_step_count_steps: how often to write the speed; None or 0 for never.
        max_wait_secs: how long a worker waits for the chief.
        summary_dir: the folder of the event files, by default that of the checkpoints.

    Example:
        >>> import tempfile
        >>> step = tf.train.get_or_create_global_step()
        >>> train_op = tf.assign_add(step, 1)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     for _ in range(2):
        ...         with tf.train.MonitoredTrainingSession(checkpoint_dir=folder) as session:
        ...             print(session.run(train_op), end=" ")
        ...     tf.summary.FileWriterCache.clear()
        1 2
    """
    scaffold = scaffold or Scaffold()
    if not is_chief:
        worker = WorkerSessionCreator(scaffold, master, config, max_wait_secs)
        return MonitoredSession(worker, hooks, stop_grace_period_secs)
    chief = ChiefSessionCreator(scaffold, master, config, checkpoint_dir)
    summaries = _either(save_summaries_steps, save_summaries_secs, (100, None))
    checkpoints = _either(save_checkpoint_steps, save_checkpoint_secs, (None, 600))
    own = [
        *(chief_only_hooks or []),
        *_summary_hooks(summary_dir or checkpoint_dir, log_step_count_steps, summaries, scaffold),
        *_checkpoint_hooks(checkpoint_dir, checkpoints, scaffold),
        *(hooks or []),
    ]
    return MonitoredSession(chief, own, stop_grace_period_secs)
