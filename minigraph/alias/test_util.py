"""What tests ask of `tensorflow.python.framework.test_util`: how a test is to be run, which here is as a graph."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from minigraph.graph.scopes import device as request_device
from minigraph.test.case import TestCase as TensorFlowTestCase
from minigraph.test.graph_defs import assert_equal_graph_def
from minigraph.test.running import gpu_device_name, is_built_with_cuda, is_gpu_available

__all__ = [
    "IsGoogleCudaEnabled",
    "TensorFlowTestCase",
    "also_run_as_tf_function",
    "assert_equal_graph_def",
    "assert_ops_in_graph",
    "deprecated_graph_mode_only",
    "device",
    "disable_xla",
    "force_cpu",
    "force_gpu",
    "gpu_device_name",
    "is_gpu_available",
    "run_all_in_graph_and_eager_modes",
    "run_cuda_only",
    "run_deprecated_v1",
    "run_gpu_only",
    "run_in_graph_and_eager_modes",
    "run_v1_only",
    "run_v2_only",
    "use_gpu",
]

IsGoogleCudaEnabled = is_built_with_cuda


def _as_it_is(test: Any) -> Any:
    """Return a test, or a class of tests, unchanged: all are run as graphs."""
    return test


deprecated_graph_mode_only = run_deprecated_v1 = also_run_as_tf_function = run_all_in_graph_and_eager_modes = _as_it_is


def run_v1_only(reason: str, func: Any = None) -> Any:
    """Return a test unchanged, or a decorator that does: TensorFlow 1.x is what there is."""
    return _as_it_is if func is None else func


disable_xla = run_v1_only


def run_in_graph_and_eager_modes(func: Any = None, config: Any = None, use_gpu: bool = True, **options: Any) -> Any:
    """Return a test that is run as a graph, in the session of the test, or a decorator that makes one."""

    def decorator(test: Callable) -> Callable:
        @functools.wraps(test)
        def decorated(self: Any, *args: Any, **kwargs: Any) -> None:
            with self.test_session(use_gpu=use_gpu, config=config):
                test(self, *args, **kwargs)

        return decorated

    return decorator if func is None else decorator(func)


def _skipping(reason: str) -> Callable:
    """Return a decorator, with or without parentheses, of tests that are skipped."""

    def decorator(func: Any = None) -> Any:
        def decorate(test: Callable) -> Callable:
            @functools.wraps(test)
            def decorated(self: Any, *args: Any, **kwargs: Any) -> None:
                self.skipTest(reason)

            return decorated

        return decorate if func is None else decorate(func)

    return decorator


run_gpu_only = _skipping("Test requires GPU")
run_cuda_only = _skipping("Test requires CUDA GPU")
run_v2_only = _skipping("Test is only compatible with v2")


def device(use_gpu: bool) -> Any:
    """Return a context manager that requests the CPU, since there is no GPU."""
    return request_device("/device:CPU:0")


def use_gpu() -> Any:
    """Return a context manager that requests a GPU if there is one, and so the CPU."""
    return device(True)


def force_gpu() -> Any:
    """Return a context manager that requests a GPU; it is only recorded."""
    return request_device("/device:GPU:0")


def force_cpu() -> Any:
    """Return a context manager that requests the CPU."""
    return request_device("/device:CPU:0")


def assert_ops_in_graph(expected_ops: dict[str, str], graph: Any) -> dict[str, Any]:
    """Return the nodes of some names.

    Args:
        expected_ops: the type of each of them, by its name.
        graph: the graph in which they are.

    Raises:
        ValueError: if one is not there, or of another type.
    """
    found = {op.name: op for op in graph.get_operations() if op.name in expected_ops}
    for name, op in found.items():
        if op.type != expected_ops[name]:
            raise ValueError(f"Expected op for node {name} is different. {expected_ops[name]} vs {op.type}")
    if found.keys() != expected_ops.keys():
        told = f"Expected {expected_ops.keys()}, found {found.keys()}"
        raise ValueError(f"Not all expected ops are present. {told}")
    return {name: op.node_def for name, op in found.items()}
