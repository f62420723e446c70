"""Hooks that look at values, or give them: messages, a check of the loss, final values, feeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph import logging
from minigraph.graph import errors
from minigraph.graph.default import get_default_graph
from minigraph.monitored.hook import SessionRunArgs, SessionRunContext, SessionRunHook, SessionRunValues
from minigraph.monitored.timers import NeverTriggerTimer, SecondOrStepTimer

__all__ = ["FeedFnHook", "FinalOpsHook", "LoggingTensorHook", "NanLossDuringTrainingError", "NanTensorHook"]


def _as_graph_element(obj: Any) -> Any:
    """Return a tensor of the default graph for itself, a variable, or a name, ":0" added if need be."""
    graph = get_default_graph()
    if not isinstance(obj, str):
        if getattr(obj, "graph", None) is not graph:
            raise ValueError(f"Passed {obj} should have graph attribute that is equal to current graph {graph}.")
        return obj
    if ":" in obj:
        return graph.as_graph_element(obj)
    if len(graph.get_operation_by_name(obj).outputs) > 1:
        raise ValueError(f"Name {obj} is ambiguous, as this `Operation` has multiple outputs (at least 2).")
    return graph.as_graph_element(f"{obj}:0")


def _timer(every_n_iter: int | None, every_n_secs: float | None, at_end: bool) -> SecondOrStepTimer:
    """Return the timer of a `LoggingTensorHook`."""
    both = every_n_iter, every_n_secs
    if at_end and both == (None, None):
        return NeverTriggerTimer()
    if (every_n_iter is None) == (every_n_secs is None):
        raise ValueError("either at_end and/or exactly one of every_n_iter and every_n_secs must be provided.")
    if every_n_iter is not None and every_n_iter <= 0:
        raise ValueError(f"invalid every_n_iter={every_n_iter}.")
    return SecondOrStepTimer(every_secs=every_n_secs, every_steps=every_n_iter)


class LoggingTensorHook(SessionRunHook):
    """Write the values of tensors as messages, every so many runs or seconds.

    The messages are of level INFO: `tf.logging.set_verbosity(tf.logging.INFO)` shows them.

    Args:
        tensors: a list of tensors or names of tensors, or a dict of them by how they are called in the message.
        every_n_iter: write after so many runs, or None.
        every_n_secs: write after so many seconds, or None.
        at_end: write at the end too.
        formatter: a function from the dict of the values to the message.

    Raises:
        ValueError: unless exactly one of `every_n_iter` and `every_n_secs` is given, or `at_end` alone.
    """

    def __init__(
        self,
        tensors: Any,
        every_n_iter: int | None = None,
        every_n_secs: float | None = None,
        at_end: bool = False,
        formatter: Callable | None = None,
    ):
        self._timer = _timer(every_n_iter, every_n_secs, at_end)
        self._tag_order = sorted(tensors) if isinstance(tensors, dict) else tensors
        self._tensors = tensors if isinstance(tensors, dict) else {item: item for item in tensors}
        self._formatter, self._log_at_end = formatter, at_end

    def begin(self) -> None:
        """Find the tensors.

        Raises:
            ValueError: if one is of another graph, or its name is that of an operation with several outputs.
        """
        self._timer.reset()
        self._iter_count = 0
        self._current_tensors = {tag: _as_graph_element(tensor) for tag, tensor in self._tensors.items()}

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs | None:
        """Ask for the values, if it is time to."""
        self._should_trigger = self._timer.should_trigger_for_step(self._iter_count)
        return SessionRunArgs(self._current_tensors) if self._should_trigger else None

    def _log_tensors(self, tensor_values: dict) -> None:
        seconds, _ = self._timer.update_last_triggered_step(self._iter_count)
        with np.printoptions(suppress=True):
            if self._formatter:
                logging.info(self._formatter(tensor_values))
                return
            stats = ", ".join(f"{tag} = {tensor_values[tag]!s}" for tag in self._tag_order)
        if seconds is None:
            logging.info("%s", stats)
        else:
            logging.info("%s (%.3f sec)", stats, seconds)

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Write the values, if it is time to."""
        if self._should_trigger:
            self._log_tensors(run_values.results)
        self._iter_count += 1

    def end(self, session: Any) -> None:
        """Write the values at the end, if asked to."""
        if self._log_at_end:
            self._log_tensors(session.run(self._current_tensors))


class NanLossDuringTrainingError(RuntimeError):
    """The loss is not a number."""

    def __str__(self) -> str:
        return "NaN loss during training."


class NanTensorHook(SessionRunHook):
    """Stop if a loss is NaN.

    Args:
        loss_tensor: the loss, a scalar tensor.
        fail_on_nan_loss: True to raise `NanLossDuringTrainingError`, False to stop without an error.

    Example:
        >>> x = tf.placeholder(tf.float32, [])
        >>> hook = tf.train.NanTensorHook(tf.log(x), fail_on_nan_loss=False)
        >>> with tf.train.MonitoredSession(hooks=[hook]) as session:
        ...     for value in 1.0, -1.0:
        ...         result = session.run(x, {x: value})
        ...         print(session.should_stop())
        False
        True
    """

    def __init__(self, loss_tensor: Any, fail_on_nan_loss: bool = True):
        self._loss_tensor, self._fail_on_nan_loss = loss_tensor, fail_on_nan_loss

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs:
        """Ask for the loss."""
        return SessionRunArgs(self._loss_tensor)

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Stop if it is NaN."""
        if np.isnan(run_values.results):
            failure = "Model diverged with loss = NaN."
            if self._fail_on_nan_loss:
                logging.error(failure)
                raise NanLossDuringTrainingError
            logging.warning(failure)
            run_context.request_stop()


class FinalOpsHook(SessionRunHook):
    """Fetch something once, at the end.

    Args:
        final_ops: what to fetch, in any structure.
        final_ops_feed_dict: what to feed then.

    Example:
        >>> x, hook = tf.constant(1.0), tf.train.FinalOpsHook(tf.constant(5))
        >>> with tf.train.MonitoredSession(hooks=[hook]) as session:
        ...     value = session.run(x)
        >>> print(hook.final_ops_values)
        5
    """

    def __init__(self, final_ops: Any, final_ops_feed_dict: Any = None):
        self._final_ops, self._final_ops_feed_dict = final_ops, final_ops_feed_dict
        self._final_ops_values: Any = None

    @property
    def final_ops_values(self) -> Any:
        """The values, None before the end."""
        return self._final_ops_values

    def end(self, session: Any) -> None:
        """Fetch them.

        Raises:
            OutOfRangeError: if they need another element of an input that has come to its end.
        """
        if self._final_ops is None:
            return
        try:
            self._final_ops_values = session.run(self._final_ops, feed_dict=self._final_ops_feed_dict)
        except (errors.OutOfRangeError, StopIteration):
            logging.warning(
                "An OutOfRangeError or StopIteration exception is raised by the code in FinalOpsHook. What it fetches "
                "reads another batch of the input, which has come to its end; of a metric fetch the value, not the "
                "update."
            )
            raise


class FeedFnHook(SessionRunHook):
    """Feed each run.

    Args:
        feed_fn: a function without arguments that returns a feed_dict.

    Example:
        >>> x = tf.placeholder(tf.float32, [])
        >>> y = x * 2.0
        >>> with tf.train.MonitoredSession(hooks=[tf.train.FeedFnHook(lambda: {x: 4.0})]) as session:
        ...     print(session.run(y))
        8.0
    """

    def __init__(self, feed_fn: Callable[[], Any]):
        self.feed_fn = feed_fn

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs:
        """Call the function."""
        return SessionRunArgs(fetches=None, feed_dict=self.feed_fn())
