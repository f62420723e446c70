"""How tests are run: `tf.test.main`, the folder for their files, and which devices they find."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import sys
import tempfile
from typing import Any

from minigraph import app
from minigraph.flags import absl
from minigraph.test.benchmarks import run_benchmarks

__all__ = [
    "get_temp_dir",
    "gpu_device_name",
    "is_built_with_cuda",
    "is_built_with_gpu_support",
    "is_built_with_rocm",
    "is_gpu_available",
    "main",
    "test_src_dir_path",
]


def main(argv: list[str] | None = None) -> None:
    """Run the tests of the script, as absl's `absltest.main`, and end the process.

    Args:
        argv: the arguments, the name of the script first; by default those of the process. `--benchmarks=REGEX` runs
            the benchmarks whose names fit, or `all`, in the place of tests.

    Raises:
        SystemExit: always; its status tells whether all passed.
        ImportError: if absl-py is not installed.
    """
    argv = sys.argv if argv is None else argv
    wanted = next((each for each in argv if each.lstrip("-").startswith("benchmarks=")), None)
    if wanted is not None:
        argv.remove(wanted)
        app.run(lambda _: run_benchmarks(wanted.partition("=")[2]), argv)
    app.run(lambda rest: absl("testing.absltest", "tf.test.main").main(argv=rest), argv)


@functools.cache
def get_temp_dir() -> str:
    """Return a folder for files of tests; it is removed when the process ends.

    Example:
        >>> import os
        >>> os.path.isdir(tf.test.get_temp_dir())
        True
    """
    folder = tempfile.mkdtemp(prefix=os.environ.get("TEST_TMPDIR"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def test_src_dir_path(relative_path: str) -> str:
    """Return the path of a file of TensorFlow's sources, where the variable TEST_SRCDIR says they are."""
    return os.path.join(os.environ["TEST_SRCDIR"], "org_tensorflow/tensorflow", relative_path)


def is_gpu_available(cuda_only: bool = False, min_cuda_compute_capability: Any = None) -> bool:
    """Return whether there is a GPU to compute on: False, as for a TensorFlow without one."""
    return False


def gpu_device_name() -> str:
    """Return the name of a GPU, such as "/device:GPU:0": "", since there is none."""
    return ""


def is_built_with_cuda() -> bool:
    """Return whether graphs can run by CUDA: False."""
    return False


def is_built_with_rocm() -> bool:
    """Return whether graphs can run by ROCm: False."""
    return False


def is_built_with_gpu_support() -> bool:
    """Return whether graphs can run on a GPU: False."""
    return False
