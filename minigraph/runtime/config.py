"""The options of a session and of a run, by TF1's names. Most speak of devices and threads and are only kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from minigraph.graph.code import code
from minigraph.graph.displayed import Displayed
from minigraph.graph.text import message

__all__ = [
    "ConfigProto",
    "GPUOptions",
    "GraphOptions",
    "OptimizerOptions",
    "RunOptions",
    "RunMetadata",
    "check_options",
    "cpu_device",
]


class _Options(SimpleNamespace):
    """Named options; unknown ones are an error."""

    _defaults: dict[str, Any] = {}

    def __init__(self, **options: Any):
        unknown = set(options) - set(self._defaults)
        if unknown:
            raise ValueError(f'Protocol message {type(self).__name__} has no "{min(unknown)}" field.')
        super().__init__(**{**{k: v() if isinstance(v, type) else v for k, v in self._defaults.items()}, **options})


class GPUOptions(_Options):
    """Options for GPUs: kept, without effect on numpy."""

    _defaults = dict(
        allow_growth=False,
        per_process_gpu_memory_fraction=0.0,
        visible_device_list="",
        allocator_type="",
        force_gpu_compatible=False,
    )


class OptimizerOptions(_Options):
    """How much a session does to be fast.

    `opt_level` L0: each run goes through the plan as it is, and nothing is recorded. `global_jit_level` OFF: nothing is
    compiled, though numba (the extra `speed`) is installed. The others are kept, without effect.
    """

    L0, L1 = -1, 0
    OFF, ON_1, ON_2 = -1, 1, 2
    _defaults = dict(
        opt_level=0,
        global_jit_level=0,
        do_constant_folding=True,
        do_common_subexpression_elimination=True,
        do_function_inlining=True,
    )


class GraphOptions(_Options):
    """Options for graphs: `optimizer_options` has an effect, the others are kept."""

    _defaults = dict(
        optimizer_options=OptimizerOptions,
        rewrite_options=None,
        enable_bfloat16_sendrecv=False,
        infer_shapes=True,
        build_cost_model=0,
    )


class ConfigProto(_Options):
    """The options of a session.

    Args:
        order: "creation" (by default) or "shuffle": the order of operations that no edge orders. TF1 leaves it open;
            a shuffled order, drawn anew for each run, shows what depends on it.
        order_seed: the seed of the first shuffled order; None for a different one each time.
        operation_timeout_in_ms: how long each run may take that says nothing else; 0 for as long as it takes.
        others: TF1's fields (`allow_soft_placement`, `gpu_options`…), kept without effect.

    Raises:
        ValueError: for a field that TF1 does not have.

    Example:
        >>> config = ConfigProto(allow_soft_placement=True)
        >>> config.gpu_options.allow_growth = True
        >>> ConfigProto(threads=3)
        Traceback (most recent call last):
        ...
        ValueError: Protocol message ConfigProto has no "threads" field.
    """

    _defaults = dict(
        allow_soft_placement=False,
        log_device_placement=False,
        gpu_options=GPUOptions,
        graph_options=GraphOptions,
        inter_op_parallelism_threads=0,
        intra_op_parallelism_threads=0,
        device_count=dict,
        device_filters=list,
        operation_timeout_in_ms=0,
        use_per_session_threads=False,
        isolate_session_state=False,
        placement_period=0,
        order="creation",
        order_seed=None,
    )


class RunOptions(_Options):
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


class RunMetadata(_Options, Displayed):
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


def cpu_device() -> SimpleNamespace:
    """Return the one device that there is, as `Session.list_devices` describes it."""
    name = "/job:localhost/replica:0/task:0/device:CPU:0"
    return SimpleNamespace(name=name, device_type="CPU", memory_limit_bytes=0, incarnation=0)
