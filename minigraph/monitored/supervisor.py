"""`Supervisor`: the older way to have a session whose threads write checkpoints and summaries."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from minigraph import logging
from minigraph.graph.collections import GraphKeys, add_to_collection, get_collection
from minigraph.graph.default import get_default_graph
from minigraph.graph.read_only import read_only
from minigraph.monitored.event_files import mark, write_graph
from minigraph.monitored.session_manager import SessionManager
from minigraph.monitored.supervisor_threads import CheckpointThread, StepCounterThread, SummaryThread
from minigraph.ops.control import group
from minigraph.ops.summary.merge import merge_all
from minigraph.queues.coordinator import Coordinator, LooperThread
from minigraph.runtime.session import Session
from minigraph.summary.writer import FileWriter
from minigraph.train.saver import Saver
from minigraph.train.training_util import get_global_step
from minigraph.train.training_util import global_step as value_of_step
from minigraph.variables.collections import global_variables
from minigraph.variables.initialize import global_variables_initializer, local_variables_initializer, tables_initializer
from minigraph.variables.uninitialized import report_uninitialized_variables

__all__ = ["Supervisor"]

_DEFAULT = 0  # for what is found in a collection, or made


def _writer(folder: str) -> FileWriter | None:
    try:
        return FileWriter(folder)
    except ImportError as error:
        logging.log_first_n(logging.WARN, f"No event files are written. {error}", 1)
        return None


class Supervisor:
    """A session that initializes or restores the variables, and threads that write checkpoints and summaries.

    `tf.train.MonitoredTrainingSession` is the newer way. What is not given is taken from the graph's collections, or
    made; then the graph is read-only.

    Args:
        graph: the graph, by default the default graph.
        ready_op: a tensor with the names of the variables that have no value yet.
        ready_for_local_init_op: a tensor with the names of those that `local_init_op` waits for; by default none.
        is_chief: False to wait for the chief's initialization, and write nothing.
        init_op: gives the variables their initial values.
        init_feed_dict: what to feed for it.
        local_init_op: run in each new session.
        logdir: the folder of checkpoints and event files; None to write none.
        summary_op: the summary, by default the graph's summaries, merged; None for no thread that writes it.
        saver: the `Saver`; None to write no checkpoints.
        global_step: the global step.
        save_summaries_secs: the seconds between two summaries; 0 for none.
        save_model_secs: the seconds between two checkpoints; 0 for none.
        recovery_wait_secs: the seconds between two looks whether others have initialized the variables.
        stop_grace_secs: how long threads may take to stop.
        checkpoint_basename: the beginning of the checkpoints' names.
        session_manager: a `SessionManager`.
        summary_writer: a `FileWriter`, or None.
        init_fn: a function of the session, called after `init_op`.
        local_init_run_options: the `RunOptions` for `local_init_op`.

    Example:
        >>> v = tf.Variable(1.0)
        >>> double = v.assign(v * 2.0)
        >>> supervisor = tf.train.Supervisor()
        >>> with supervisor.managed_session() as session:
        ...     for _ in range(5):
        ...         if supervisor.should_stop():
        ...             break
        ...         if session.run(double) > 7.0:
        ...             supervisor.request_stop()
        ...     print(session.run(v))
        8.0
    """

    USE_DEFAULT = _DEFAULT

    def __init__(
        self,
        graph: Any = None,
        ready_op: Any = _DEFAULT,
        ready_for_local_init_op: Any = _DEFAULT,
        is_chief: bool = True,
        init_op: Any = _DEFAULT,
        init_feed_dict: Any = None,
        local_init_op: Any = _DEFAULT,
        logdir: str | None = None,
        summary_op: Any = _DEFAULT,
        saver: Any = _DEFAULT,
        global_step: Any = _DEFAULT,
        save_summaries_secs: float = 120,
        save_model_secs: float = 600,
        recovery_wait_secs: float = 30,
        stop_grace_secs: float = 120,
        checkpoint_basename: str = "model.ckpt",
        session_manager: SessionManager | None = None,
        summary_writer: Any = _DEFAULT,
        init_fn: Callable | None = None,
        local_init_run_options: Any = None,
    ):
        self._graph = get_default_graph() if graph is None else graph
        self._is_chief, self._init_feed_dict, self._init_fn = is_chief, init_feed_dict, init_fn
        with self._graph.as_default(), self._graph.atomic():
            self._ready_op = _found(ready_op, GraphKeys.READY_OP, report_uninitialized_variables)
            self._ready_for_local_init_op = _found(ready_for_local_init_op, GraphKeys.READY_FOR_LOCAL_INIT_OP)
            self._init_op = _found(init_op, GraphKeys.INIT_OP, global_variables_initializer)
            self._local_init_op = _found(local_init_op, GraphKeys.LOCAL_INIT_OP, _local_init_op)
            self._saver = _found(saver, GraphKeys.SAVERS, lambda: Saver() if global_variables() else None)
            self._summary_op = _found(summary_op, GraphKeys.SUMMARY_OP, merge_all)
            self._global_step = _found(global_step, GraphKeys.GLOBAL_STEP, get_global_step)
        self._coord, self._stop_grace_secs = Coordinator(), stop_grace_secs
        self._logdir = logdir if is_chief else None
        self._save_summaries_secs, self._save_model_secs = save_summaries_secs, save_model_secs
        self._save_path = os.path.join(logdir, checkpoint_basename) if self._logdir and logdir else None
        self._summary_writer = self._writer_of(summary_writer)
        self._graph_is_written = False
        self._session_manager = session_manager or SessionManager(
            local_init_op=self._local_init_op,
            ready_op=self._ready_op,
            ready_for_local_init_op=self._ready_for_local_init_op,
            graph=self._graph,
            recovery_wait_secs=recovery_wait_secs,
            local_init_run_options=local_init_run_options,
        )
        self._check_devices()
        self._graph.finalize()

    def _writer_of(self, given: Any) -> Any:
        if not self._is_chief:
            return None
        if given is not _DEFAULT:
            return given
        return _writer(self._logdir) if self._logdir else None

    def _check_devices(self) -> None:
        """Raise ValueError if this is a worker, and a variable has no device."""
        for op in () if self._is_chief else self._graph.get_operations():
            if op.type == "VariableV2" and not op.device:
                raise ValueError(f"When using replicas, all Variables must have their device set: {op}")

    is_chief: bool = read_only("_is_chief", "True if it initializes and writes.")
    session_manager: SessionManager = read_only("_session_manager", "What makes the sessions.")
    coord: Coordinator = read_only("_coord", "The coordinator of the threads.")
    init_op: Any = read_only("_init_op", "Gives the variables their initial values.")
    init_feed_dict: Any = read_only("_init_feed_dict", "What to feed for `init_op`.")
    ready_op: Any = read_only("_ready_op", "The names of the variables that have no value yet.")
    ready_for_local_init_op: Any = read_only("_ready_for_local_init_op", "The names that `local_init_op` waits for.")
    summary_writer: Any = read_only("_summary_writer", "The `FileWriter`, or None.")
    summary_op: Any = read_only("_summary_op", "The summary, or None.")
    save_summaries_secs: float = read_only("_save_summaries_secs", "The seconds between two summaries.")
    global_step: Any = read_only("_global_step", "The global step, or None.")
    saver: Any = read_only("_saver", "The `Saver`, or None.")
    save_model_secs: float = read_only("_save_model_secs", "The seconds between two checkpoints.")
    save_path: str | None = read_only("_save_path", "The beginning of the checkpoints' paths, or None.")

    def _write_graph(self) -> None:
        if self._logdir:
            write_graph(self._graph, self._logdir)
        if self._summary_writer and not self._graph_is_written:
            self._summary_writer.add_graph(self._graph)
            self._graph_is_written = True

    def start_standard_services(self, sess: Any) -> list[LooperThread] | None:
        """Start the threads that write summaries, the speed and checkpoints.

        Args:
            sess: the session.

        Returns:
            The threads; None, with a warning, if there is no folder.

        Raises:
            RuntimeError: if this is not the chief.
        """
        if not self._is_chief:
            raise RuntimeError(
                "Only chief supervisor can start standard services. Because only chief supervisors can write events."
            )
        if not self._logdir:
            logging.warning("Standard services need a 'logdir' passed to the SessionManager")
            return None
        if self._global_step is not None:
            mark(self._summary_writer, "START", value_of_step(sess, self._global_step))
        threads: list[LooperThread] = [kind(self, sess) for kind in self._wanted_threads()]
        for thread in threads:
            thread.start()
        return threads

    def _wanted_threads(self) -> Iterator[Callable[[Any, Any], LooperThread]]:
        if self._save_summaries_secs and self._summary_writer:
            if self._summary_op is not None:
                yield SummaryThread
            if self._global_step is not None:
                yield StepCounterThread
        if self._saver and self._save_model_secs:
            yield CheckpointThread

    def prepare_or_wait_for_session(
        self,
        master: str = "",
        config: Any = None,
        wait_for_checkpoint: bool = False,
        max_wait_secs: float = 7200,
        start_standard_services: bool = True,
    ) -> Session:
        """Return a new session in which all variables have values, and start the threads.

        Args:
            master: the session's target, "".
            config: the session's `ConfigProto`.
            wait_for_checkpoint: wait until there is a checkpoint.
            max_wait_secs: how long to wait.
            start_standard_services: False to start no threads.

        Raises:
            RuntimeError: if a variable has no value in the end.
        """
        self._coord.clear_stop()
        if self._summary_writer:
            self._summary_writer.reopen()
        if self._is_chief:
            session = self._session_manager.prepare_session(
                master,
                init_op=self._init_op,
                saver=self._saver,
                checkpoint_dir=self._logdir,
                wait_for_checkpoint=wait_for_checkpoint,
                max_wait_secs=max_wait_secs,
                config=config,
                init_feed_dict=self._init_feed_dict,
                init_fn=self._init_fn,
            )
            self._write_graph()
            if start_standard_services:
                logging.info("Starting standard services.")
                self.start_standard_services(session)
        else:
            session = self._session_manager.wait_for_session(master, config=config, max_wait_secs=max_wait_secs)
        if start_standard_services:
            logging.info("Starting queue runners.")
            self.start_queue_runners(session)
        return session

    def start_queue_runners(self, sess: Any, queue_runners: Iterable | None = None) -> list[threading.Thread]:
        """Start the threads of queue runners, by default those of the graph, and return them."""
        if queue_runners is None:
            queue_runners = self._graph.get_collection(GraphKeys.QUEUE_RUNNERS)
        return [
            thread
            for runner in queue_runners
            for thread in runner.create_threads(sess, coord=self._coord, daemon=True, start=True)
        ]

    def loop(
        self, timer_interval_secs: float | None, target: Callable, args: Any = None, kwargs: Any = None
    ) -> LooperThread:
        """Start a thread that calls a function every so many seconds until the stop, and return it."""
        return LooperThread.loop(self._coord, timer_interval_secs, target, args, kwargs)

    def stop(self, threads: Any = None, close_summary_writer: bool = True, ignore_live_threads: bool = False) -> None:
        """Stop the threads, and close the event file.

        Args:
            threads: more threads to wait for.
            close_summary_writer: False to leave the event file open.
            ignore_live_threads: do not complain about threads that do not stop.

        Raises:
            RuntimeError: if threads do not stop.
            Exception: what a thread failed with.
        """
        self._coord.request_stop()
        try:
            self._coord.join(
                threads, stop_grace_period_secs=self._stop_grace_secs, ignore_live_threads=ignore_live_threads
            )
        finally:
            if close_summary_writer and self._summary_writer:
                mark(self._summary_writer, "STOP")
                self._summary_writer.close()
                self._graph_is_written = False

    def request_stop(self, ex: Any = None) -> None:
        """Ask the threads to stop, perhaps for an exception."""
        self._coord.request_stop(ex=ex)

    def should_stop(self) -> bool:
        """Return True once a stop has been requested."""
        return self._coord.should_stop()

    def stop_on_exception(self) -> Any:
        """Return a context manager that requests a stop for an exception in its block."""
        return self._coord.stop_on_exception()

    def wait_for_stop(self) -> None:
        """Wait until a stop is requested."""
        self._coord.wait_for_stop()

    def summary_computed(self, sess: Any, summary: Any, global_step: Any = None) -> None:
        """Write a summary that the program has computed.

        Args:
            sess: the session, for the global step.
            summary: the value of a summary tensor.
            global_step: the step, by default the global step.

        Raises:
            RuntimeError: if there is no event file.
        """
        if not self._summary_writer:
            raise RuntimeError("Writing a summary requires a summary writer.")
        if global_step is None and self._global_step is not None:
            global_step = value_of_step(sess, self._global_step)
        self._summary_writer.add_summary(summary, global_step)

    @contextlib.contextmanager
    def managed_session(
        self,
        master: str = "",
        config: Any = None,
        start_standard_services: bool = True,
        close_summary_writer: bool = True,
    ) -> Iterator[Session]:
        """Return a context manager with a session, which stops the threads and closes the session at the end.

        Args:
            master: the session's target, "".
            config: the session's `ConfigProto`.
            start_standard_services: False to start no threads.
            close_summary_writer: False to leave the event file open.

        Raises:
            Exception: what the block or a thread failed with; not the end of the input, OutOfRangeError.
        """
        session = None
        try:
            session = self.prepare_or_wait_for_session(
                master=master, config=config, start_standard_services=start_standard_services
            )
            yield session
        except Exception as error:  # noqa: BLE001 (`stop` raises it, unless it means the end of the input)
            self.request_stop(error)
        finally:
            try:
                self.stop(close_summary_writer=close_summary_writer)
            finally:
                if session is not None:
                    with contextlib.suppress(Exception):  # what matters is what `stop` raises
                        session.close()

    PrepareSession = prepare_or_wait_for_session
    StartQueueRunners = start_queue_runners
    StartStandardServices = start_standard_services
    Stop = stop
    RequestStop = request_stop
    Loop = loop
    ShouldStop = should_stop
    StopOnException = stop_on_exception
    WaitForStop = wait_for_stop
    SummaryComputed = summary_computed


def _found(given: Any, key: str, make: Callable[[], Any] = lambda: None) -> Any:
    """Return what is given; by default the first of a collection; where that is empty, what a function makes."""
    if given is not _DEFAULT:
        return given
    found = get_collection(key)
    if len(found) > 1:
        logging.info("Found %d %s operations. Returning the first one.", len(found), key)
    if found:
        return found[0]
    made = make()
    if made is not None:
        add_to_collection(key, made)
    return made


def _local_init_op() -> Any:
    return group.group(local_variables_initializer(), tables_initializer())
