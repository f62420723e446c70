"""The options of a session, by TF1's names. Most speak of devices and threads and are only kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

__all__ = ["ConfigProto", "GPUOptions", "GraphOptions", "OptimizerOptions", "Options", "cpu_device", "device"]


class Options(SimpleNamespace):
    """Named options; unknown ones are an error."""

    _defaults: dict[str, Any] = {}

    def __init__(self, **options: Any):
        unknown = set(options) - set(self._defaults)
        if unknown:
            raise ValueError(f'Protocol message {type(self).__name__} has no "{min(unknown)}" field.')
        super().__init__(**{**{k: v() if isinstance(v, type) else v for k, v in self._defaults.items()}, **options})


class GPUOptions(Options):
    """Options for GPUs: kept, without effect on numpy."""

    _defaults = dict(
        allow_growth=False,
        per_process_gpu_memory_fraction=0.0,
        visible_device_list="",
        allocator_type="",
        force_gpu_compatible=False,
    )


class OptimizerOptions(Options):
    """How much a session does to be fast: the first two options; the others are kept, without effect.

    `opt_level` L0: nothing is recorded. `global_jit_level` OFF: nothing is compiled, though numba is installed.
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


class GraphOptions(Options):
    """Options for graphs: `optimizer_options` has an effect, the others are kept."""

    _defaults = dict(
        optimizer_options=OptimizerOptions,
        rewrite_options=None,
        enable_bfloat16_sendrecv=False,
        infer_shapes=True,
        build_cost_model=0,
    )


class ConfigProto(Options):
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


def device(name: str, device_type: str, memory_limit_bytes: int) -> SimpleNamespace:
    """Return a device as `Session.list_devices` describes it."""
    return SimpleNamespace(name=name, device_type=device_type, memory_limit_bytes=memory_limit_bytes, incarnation=0)


def cpu_device() -> SimpleNamespace:
    """Return the one device that there is on numpy."""
    return device("/job:localhost/replica:0/task:0/device:CPU:0", "CPU", 0)
