"""Hooks that write files: checkpoints, summaries, profiles."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from minigraph import logging
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.default import get_default_graph
from minigraph.monitored.event_files import mark, write_graph, writer_of
from minigraph.monitored.hook import SessionRunArgs, SessionRunContext, SessionRunValues
from minigraph.monitored.step_hooks import StepHook
from minigraph.monitored.timers import SecondOrStepTimer
from minigraph.runtime.run_options import RunOptions
from minigraph.runtime.tracing.timeline import Timeline

__all__ = ["CheckpointSaverHook", "CheckpointSaverListener", "ProfilerHook", "SummarySaverHook"]


class CheckpointSaverListener:
    """A base class: override what is to be done around the writing of checkpoints.

    Example:
        >>> class Listener(tf.train.CheckpointSaverListener):
        ...     def after_save(self, session, global_step_value):
        ...         print("saved", global_step_value, end="; ")
        >>> import tempfile
        >>> step = tf.train.get_or_create_global_step()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     saver = tf.train.Saver()
        ...     hook = tf.train.CheckpointSaverHook(folder, save_steps=2, saver=saver, listeners=[Listener()])
        ...     train_op = tf.assign_add(step, 1)
        ...     with tf.train.SingularMonitoredSession(hooks=[hook]) as session:
        ...         for _ in range(3):
        ...             value = session.run(train_op)
        ...     tf.summary.FileWriterCache.clear()
        saved 0; saved 2; saved 3;
    """

    def begin(self) -> None:
        """Add to the graph what is needed; afterwards it is read-only."""

    def before_save(self, session: Any, global_step_value: int) -> None:
        """Take notice that a checkpoint is going to be written."""

    def after_save(self, session: Any, global_step_value: int) -> Any:
        """Take notice that a checkpoint was written; return True to stop training."""

    def end(self, session: Any, global_step_value: int) -> None:
        """Do what is to be done at the end, after the last checkpoint."""


class CheckpointSaverHook(StepHook):
    """Write a checkpoint at the beginning, every so many steps or seconds, and at the end.

    Args:
        checkpoint_dir: the folder.
        save_secs: write after so many seconds, or None.
        save_steps: write after so many steps, or None.
        saver: the `Saver`; by default that of the scaffold, or of the collection SAVERS.
        checkpoint_basename: the beginning of the files' names.
        scaffold: a `Scaffold`, whose saver is used.
        listeners: a list of `CheckpointSaverListener`.

    Raises:
        ValueError: if there are both a saver and a scaffold, or not exactly one of `save_secs` and `save_steps`.
    """

    def __init__(
        self,
        checkpoint_dir: str,
        save_secs: float | None = None,
        save_steps: int | None = None,
        saver: Any = None,
        checkpoint_basename: str = "model.ckpt",
        scaffold: Any = None,
        listeners: Iterable[CheckpointSaverListener] | None = None,
    ):
        logging.info("Create CheckpointSaverHook.")
        if saver is not None and scaffold is not None:
            raise ValueError("You cannot provide both saver and scaffold.")
        self._saver, self._scaffold = saver, scaffold
        self._checkpoint_dir = checkpoint_dir
        self._save_path = os.path.join(checkpoint_dir, checkpoint_basename)
        self._timer = SecondOrStepTimer(every_secs=save_secs, every_steps=save_steps)
        self._listeners = list(listeners or [])

    def begin(self) -> None:
        """Find the global step, and open the event file."""
        os.makedirs(self._checkpoint_dir, exist_ok=True)
        self._summary_writer = writer_of(self._checkpoint_dir)
        super().begin()
        for listener in self._listeners:
            listener.begin()

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Write the graph and the first checkpoint."""
        step = self._step(session)
        graph = get_default_graph()
        write_graph(graph, self._checkpoint_dir)
        if self._summary_writer is not None:
            self._summary_writer.add_graph(graph)
        self._save(session, step)
        self._timer.update_last_triggered_step(step)

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Write a checkpoint if it is time to."""
        step = self._step(run_context.session)
        if self._timer.should_trigger_for_step(step):
            self._timer.update_last_triggered_step(step)
            if self._save(run_context.session, step):
                run_context.request_stop()

    def end(self, session: Any) -> None:
        """Write the last checkpoint, unless it is there."""
        step = self._step(session)
        if step != self._timer.last_triggered_step():
            self._save(session, step)
        for listener in self._listeners:
            listener.end(session, step)

    def _save(self, session: Any, step: int) -> bool:
        """Write a checkpoint; return True if a listener wants to stop."""
        logging.info("Saving checkpoints for %d into %s.", step, self._save_path)
        for listener in self._listeners:
            listener.before_save(session, step)
        self._get_saver().save(session, self._save_path, global_step=step)
        mark(self._summary_writer, "CHECKPOINT", step, self._save_path)
        stop = False
        for listener in self._listeners:
            if listener.after_save(session, step):
                logging.info(f"A CheckpointSaverListener requested that training be stopped. listener: {listener}")
                stop = True
        return stop

    def _get_saver(self) -> Any:
        if self._saver is not None:
            return self._saver
        if self._scaffold is not None:
            return self._scaffold.saver
        savers = get_collection(GraphKeys.SAVERS)
        if not savers:
            raise RuntimeError(
                f"No items in collection {GraphKeys.SAVERS}. Please add a saver to the collection or provide a saver "
                "or scaffold."
            )
        if len(savers) > 1:
            raise RuntimeError(
                f"More than one item in collection {GraphKeys.SAVERS}. Please indicate which one to use by passing it "
                "to the constructor."
            )
        self._saver = savers[0]
        return self._saver


class SummarySaverHook(StepHook):
    """Write summaries at the first run, and then every so many steps or seconds.

    Args:
        save_steps: write after so many steps, or None.
        save_secs: write after so many seconds, or None.
        output_dir: the folder of the event file.
        summary_writer: a `FileWriter`, in the place of the folder.
        scaffold: a `Scaffold`, whose `summary_op` is used.
        summary_op: the summary tensor, or a list of them.

    Raises:
        ValueError: unless exactly one is given of `scaffold` and `summary_op`, and of `save_steps` and `save_secs`.
    """

    def __init__(
        self,
        save_steps: int | None = None,
        save_secs: float | None = None,
        output_dir: str | None = None,
        summary_writer: Any = None,
        scaffold: Any = None,
        summary_op: Any = None,
    ):
        if (scaffold is None) == (summary_op is None):
            raise ValueError("Exactly one of scaffold or summary_op must be provided.")
        self._summary_op, self._scaffold = summary_op, scaffold
        self._summary_writer, self._output_dir = summary_writer, output_dir
        self._timer = SecondOrStepTimer(every_secs=save_secs, every_steps=save_steps)

    def begin(self) -> None:
        """Find the global step, and open the event file."""
        if self._summary_writer is None and self._output_dir:
            self._summary_writer = writer_of(self._output_dir)
        self._next_step: int | None = None
        super().begin()

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs | None:
        """Ask for the summaries, if it is time to."""
        self._request_summary = self._next_step is None or self._timer.should_trigger_for_step(self._next_step)
        summaries = self._get_summary_op() if self._request_summary else None
        return None if summaries is None else SessionRunArgs({"summary": summaries})

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Write the summaries, if it is time to."""
        if self._summary_writer is None:
            return
        step = self._step(run_context.session)
        if self._next_step is None:
            mark(self._summary_writer, "START", step)
        if self._request_summary:
            self._timer.update_last_triggered_step(step)
            for summary in (run_values.results or {}).get("summary", ()):
                self._summary_writer.add_summary(summary, step)
        self._next_step = step + 1

    def end(self, session: Any = None) -> None:
        """Write what has been delayed."""
        if self._summary_writer is not None:
            self._summary_writer.flush()

    def _get_summary_op(self) -> list | None:
        found = self._summary_op if self._summary_op is not None else self._scaffold.summary_op
        return found if found is None or isinstance(found, list) else [found]


class ProfilerHook(StepHook):
    """Trace a run every so many steps or seconds, into a file that https://ui.perfetto.dev shows.

    Args:
        save_steps: trace after so many steps, or None.
        save_secs: trace after so many seconds, or None.
        output_dir: the folder of the files `timeline-….json`.
        show_dataflow: draw arrows from each operation to those that take its values.
        show_memory: draw how much memory is held.

    Raises:
        ValueError: unless exactly one of `save_steps` and `save_secs` is given.
    """

    def __init__(
        self,
        save_steps: int | None = None,
        save_secs: float | None = None,
        output_dir: str = "",
        show_dataflow: bool = True,
        show_memory: bool = False,
    ):
        self._output_file = os.path.join(output_dir, "timeline-{}.json")
        self._show_dataflow, self._show_memory = show_dataflow, show_memory
        self._timer = SecondOrStepTimer(every_secs=save_secs, every_steps=save_steps)

    def begin(self) -> None:
        """Find the global step."""
        self._next_step: int | None = None
        super().begin()

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs | None:
        """Ask for a trace, if it is time to."""
        self._request_trace = self._next_step is not None and self._timer.should_trigger_for_step(self._next_step)
        if not self._request_trace:
            return None
        return SessionRunArgs(None, options=RunOptions(trace_level=RunOptions.FULL_TRACE))

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Write the trace, if it is time to."""
        step = self._step(run_context.session)
        if self._next_step is None:
            self._timer.update_last_triggered_step(step - 1)
        if self._request_trace:
            self._timer.update_last_triggered_step(step)
            self._save(step, self._output_file.format(step), run_values.run_metadata.step_stats)
        self._next_step = step + 1

    def _save(self, step: int, save_path: str, step_stats: Any) -> None:
        logging.info("Saving timeline for %d into '%s'.", step, save_path)
        text = Timeline(step_stats).generate_chrome_trace_format(
            show_dataflow=self._show_dataflow, show_memory=self._show_memory
        )
        os.makedirs(os.path.dirname(save_path) or ".", exist_ok=True)
        with open(save_path, "w", encoding="utf-8") as file:
            file.write(text)
