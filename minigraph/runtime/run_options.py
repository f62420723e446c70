"""The options of one run, by TF1's names, and what a traced run leaves behind."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from minigraph.graph import protos
from minigraph.graph.code import code
from minigraph.graph.displayed import Displayed
from minigraph.graph.text import message
from minigraph.runtime.config import Options
from minigraph.runtime.tracing.timeline import as_fields

__all__ = ["RunMetadata", "RunOptions", "check_options"]


class RunOptions(Options):
    """The options of one run.

    Args:
        trace_level: with `FULL_TRACE` (or any level but `NO_TRACE`) the run is taken down in its `RunMetadata`.
        trace_values: keep values too: small ones whole, of larger ones statistics.
        trace_largest: the most elements of a value that is kept whole.
        timeout_in_ms: how long the run may take; 0 for what the session's `operation_timeout_in_ms` says. It then ends
            between two steps, or two turns of a loop, with a DeadlineExceededError.
        others: TF1's fields, kept without effect.
    """

    NO_TRACE, SOFTWARE_TRACE, HARDWARE_TRACE, FULL_TRACE = range(4)
    _defaults = dict(
        trace_level=0,
        timeout_in_ms=0,
        inter_op_thread_pool=0,
        output_partition_graphs=False,
        report_tensor_allocations_upon_oom=False,
        trace_values=False,
        trace_largest=64,
    )


class RunMetadata(Options, Displayed):
    """What a traced run leaves behind.

    Attributes:
        trace: the `Trace`, or None.
        step_stats: the same in TF1's shape.
    """

    _defaults = dict(cost_graph=None, partition_graphs=list, trace=None)

    @property
    def step_stats(self) -> Any:
        """Devices, in them nodes, with TF1's names for times and sizes."""
        return SimpleNamespace(dev_stats=[]) if self.trace is None else self.trace.step_stats

    def SerializeToString(self) -> bytes:
        """Return the bytes of TensorFlow's message, with what ran, when, and how many bytes it gave.

        Raises:
            ImportError: if the package tensorboard, which has the message, is not installed.
        """
        return protos.RunMetadata(step_stats=as_fields(self.step_stats)).SerializeToString()


def check_options(options: Any) -> None:
    """Raise a TypeError for what cannot be the options of a run, such as a feed_dict that comes third."""
    if options is not None and not isinstance(options, RunOptions):
        several = code("sess.run([loss, y], feed_dict={x: value})", "sess", "loss", "y", "x", "value")
        raise TypeError(
            message(
                f"options must be a tf.RunOptions, but got {type(options)}",
                f"To fetch several things give a list: {several}." * isinstance(options, dict),
            )
        )
