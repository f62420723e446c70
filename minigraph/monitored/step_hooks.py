"""Hooks that watch the global step: one stops, one measures the speed, one waits."""

from __future__ import annotations

import time
from typing import Any

from minigraph import logging
from minigraph.monitored.event_files import add_scalar, writer_of
from minigraph.monitored.hook import SessionRunContext, SessionRunHook, SessionRunValues
from minigraph.monitored.timers import SecondOrStepTimer
from minigraph.train.global_step_read import get_or_create_global_step_read
from minigraph.train.training_util import get_global_step

__all__ = ["GlobalStepWaiterHook", "StepCounterHook", "StepHook", "StopAtStepHook"]


class StepHook(SessionRunHook):
    """A base class for hooks that need the global step.

    They read it by a run of its own after the user's: what one run fetches of it beside a train op may be the value
    before the update or the one after it.
    """

    def begin(self) -> None:
        """Make the tensor of the global step.

        Raises:
            RuntimeError: if the graph has no global step.
        """
        self._global_step_tensor = get_or_create_global_step_read()
        if self._global_step_tensor is None:
            name = type(self).__name__
            raise RuntimeError(
                f"Global step should be created to use {name}.\n"
                "Make it by tf.train.get_or_create_global_step(), and pass it to minimize."
            )

    def _step(self, session: Any) -> int:
        return int(session.run(self._global_step_tensor))


class StopAtStepHook(StepHook):
    """Stop at a step.

    Args:
        num_steps: how many steps to make, from where the first session begins.
        last_step: the step after which to stop.

    Raises:
        ValueError: unless exactly one is given.

    Example:
        >>> step = tf.train.get_or_create_global_step()
        >>> train_op = tf.assign_add(step, 1)
        >>> with tf.train.MonitoredSession(hooks=[tf.train.StopAtStepHook(last_step=3)]) as session:
        ...     while not session.should_stop():
        ...         print(session.run(train_op), end=" ")
        1 2 3
    """

    def __init__(self, num_steps: int | None = None, last_step: int | None = None):
        if num_steps is None and last_step is None:
            raise ValueError("One of num_steps or last_step must be specified.")
        if num_steps is not None and last_step is not None:
            raise ValueError("Only one of num_steps or last_step can be specified.")
        self._num_steps, self._last_step = num_steps, last_step

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Work out the last step, if a number of steps was given."""
        if self._last_step is None:
            self._last_step = self._step(session) + (self._num_steps or 0)

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Ask to stop if the last step is reached."""
        if self._last_step is not None and self._step(run_context.session) >= self._last_step:
            run_context.request_stop()


class StepCounterHook(StepHook):
    """Write how many steps are made in a second, to an event file and as a message.

    Args:
        every_n_steps: write after so many steps, or None.
        every_n_secs: write after so many seconds, or None.
        output_dir: the folder of the event file.
        summary_writer: a `FileWriter`, in the place of the folder.

    Raises:
        ValueError: unless exactly one of the first two is given.
    """

    def __init__(
        self,
        every_n_steps: int | None = 100,
        every_n_secs: float | None = None,
        output_dir: str | None = None,
        summary_writer: Any = None,
    ):
        if (every_n_steps is None) == (every_n_secs is None):
            raise ValueError("exactly one of every_n_steps and every_n_secs should be provided.")
        self._timer = SecondOrStepTimer(every_steps=every_n_steps, every_secs=every_n_secs)
        self._summary_writer, self._output_dir = summary_writer, output_dir
        self._last_global_step: int | None = None

    def begin(self) -> None:
        """Find the global step, and open the event file."""
        if self._summary_writer is None and self._output_dir:
            self._summary_writer = writer_of(self._output_dir)
        super().begin()
        self._summary_tag = f"{get_global_step().op.name}/sec"

    def _log_and_record(self, elapsed_steps: int, elapsed_time: float, global_step: int) -> None:
        rate = elapsed_steps / elapsed_time
        add_scalar(self._summary_writer, self._summary_tag, rate, global_step)
        logging.info("%s: %g", self._summary_tag, rate)

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Write the speed if it is time to, and warn if the step does not grow."""
        step = self._step(run_context.session)
        if self._timer.should_trigger_for_step(step):
            seconds, steps = self._timer.update_last_triggered_step(step)
            if seconds:
                self._log_and_record(steps, seconds, step)
        if step == self._last_global_step:
            logging.log_first_n(
                logging.WARN,
                "It seems that global step (tf.train.get_global_step) has not been increased. Current value (could be "
                "stable): %s vs previous value: %s. You could increase the global step by passing "
                "tf.train.get_global_step() to Optimizer.apply_gradients or Optimizer.minimize.",
                5,
                step,
                self._last_global_step,
            )
        self._last_global_step = step


class GlobalStepWaiterHook(StepHook):
    """Let the first run wait until others have brought the global step to a value.

    Args:
        wait_until_step: the value.
    """

    def __init__(self, wait_until_step: int):
        self._wait_until_step = wait_until_step

    def begin(self) -> None:
        """Find the global step."""
        self._worker_is_started = self._wait_until_step <= 0
        super().begin()

    def before_run(self, run_context: SessionRunContext) -> None:
        """Wait, before the first run."""
        if self._worker_is_started:
            return
        logging.info("Waiting for global step %d before starting training.", self._wait_until_step)
        last_logged = 0
        while (step := self._step(run_context.session)) < self._wait_until_step:
            if step - last_logged > 1000:
                logging.info(
                    "Waiting for global step %d before starting training. Current step is %d.",
                    self._wait_until_step,
                    step,
                )
                last_logged = step
            time.sleep(0.5)
        self._worker_is_started = True
