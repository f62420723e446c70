"""The threads of a `Supervisor`: they write summaries, the speed, and checkpoints, every so many seconds."""

from __future__ import annotations

import time
from typing import Any

from minigraph import logging
from minigraph.monitored.event_files import add_scalar, mark
from minigraph.queues.coordinator import LooperThread
from minigraph.train.training_util import global_step as value_of_step

__all__ = ["CheckpointThread", "StepCounterThread", "SummaryThread"]


class SummaryThread(LooperThread):
    """Write the summaries.

    Args:
        supervisor: the `Supervisor`.
        session: the session.
    """

    def __init__(self, supervisor: Any, session: Any):
        super().__init__(supervisor.coord, supervisor.save_summaries_secs)
        self._supervisor, self._session = supervisor, session

    def run_loop(self) -> None:
        """Write them once."""
        of = self._supervisor
        step = None
        if of.global_step is not None:
            summaries, step = self._session.run([of.summary_op, of.global_step])
        else:
            summaries = self._session.run(of.summary_op)
        if of.summary_writer:
            logging.info("Recording summary at step %s.", step)
            of.summary_writer.add_summary(summaries, step)


class StepCounterThread(LooperThread):
    """Write how many steps are made in a second.

    Args:
        supervisor: the `Supervisor`.
        session: the session.
    """

    def __init__(self, supervisor: Any, session: Any):
        super().__init__(supervisor.coord, supervisor.save_summaries_secs)
        self._supervisor, self._session = supervisor, session
        self._summary_tag = f"{supervisor.global_step.op.name}/sec"

    def start_loop(self) -> None:
        """Remember the step and the time."""
        self._last_time, self._last_step = time.time(), self._step()

    def _step(self) -> int:
        return value_of_step(self._session, self._supervisor.global_step)

    def run_loop(self) -> None:
        """Write the speed since the last time."""
        step, now = self._step(), time.time()
        steps, seconds = step - self._last_step, now - self._last_time
        self._last_time, self._last_step = now, step
        rate = steps / seconds if seconds > 0 else float("inf")
        add_scalar(self._supervisor.summary_writer, self._summary_tag, rate, step)
        logging.log_first_n(logging.INFO, "%s: %g", 10, self._summary_tag, rate)


class CheckpointThread(LooperThread):
    """Write checkpoints.

    Args:
        supervisor: the `Supervisor`.
        session: the session.
    """

    def __init__(self, supervisor: Any, session: Any):
        super().__init__(supervisor.coord, supervisor.save_model_secs)
        self._supervisor, self._session = supervisor, session

    def run_loop(self) -> None:
        """Write one."""
        of = self._supervisor
        logging.info("Saving checkpoint to path %s", of.save_path)
        of.saver.save(self._session, of.save_path, global_step=of.global_step)
        if of.summary_writer and of.global_step is not None:
            mark(of.summary_writer, "CHECKPOINT", value_of_step(self._session, of.global_step), of.save_path)
