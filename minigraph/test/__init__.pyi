# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.distributed.local_cluster import create_local_cluster
from minigraph.test.benchmarks import Benchmark, benchmark_config
from minigraph.test.case import TestCase
from minigraph.test.graph_defs import assert_equal_graph_def
from minigraph.test.jacobians import compute_gradient, compute_gradient_error
from minigraph.test.running import (
    get_temp_dir,
    gpu_device_name,
    is_built_with_cuda,
    is_built_with_gpu_support,
    is_built_with_rocm,
    is_gpu_available,
    main,
    test_src_dir_path,
)
from minigraph.test.stubs import StubOutForTesting, mock

__all__ = [
    "Benchmark",
    "StubOutForTesting",
    "TestCase",
    "assert_equal_graph_def",
    "benchmark_config",
    "compute_gradient",
    "compute_gradient_error",
    "create_local_cluster",
    "get_temp_dir",
    "gpu_device_name",
    "is_built_with_cuda",
    "is_built_with_gpu_support",
    "is_built_with_rocm",
    "is_gpu_available",
    "main",
    "mock",
    "test_src_dir_path",
]
