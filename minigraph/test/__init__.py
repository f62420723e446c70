"""`tf.test`: tests of programs that build graphs."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.distributed.local_cluster": ["create_local_cluster"],
        "minigraph.test.benchmarks": "Benchmark benchmark_config".split(),
        "minigraph.test.case": ["TestCase"],
        "minigraph.test.graph_defs": ["assert_equal_graph_def"],
        "minigraph.test.jacobians": "compute_gradient compute_gradient_error".split(),
        "minigraph.test.running": """
            get_temp_dir gpu_device_name is_built_with_cuda is_built_with_gpu_support is_built_with_rocm
            is_gpu_available main test_src_dir_path
        """.split(),
        "minigraph.test.stubs": "StubOutForTesting mock".split(),
    },
    absent(__name__),
)
