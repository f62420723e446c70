"""Tests written against TensorFlow's inner modules: they run here, as graphs."""

import subprocess
import sys

import pytest

pytest.importorskip("absl.testing")

PROGRAM = """
import numpy as np
from tensorflow.python.framework import constant_op, dtypes, ops, test_util
from tensorflow.python.ops import array_ops, gradient_checker, math_ops
from tensorflow.python.platform import googletest, test


class InnerTest(test_util.TensorFlowTestCase):
    @test_util.run_deprecated_v1
    def testGradient(self):
        with self.cached_session():
            x = constant_op.constant([1.0, 2.0], dtype=dtypes.float64)
            self.assertLess(gradient_checker.compute_gradient_error(x, [2], math_ops.exp(x), [2]), 1e-5)

    @test_util.run_in_graph_and_eager_modes
    def testEvaluated(self):
        self.assertEqual(array_ops.zeros([2], name="any").device, "")
        self.assertAllEqual(self.evaluate(array_ops.zeros([2])), [0.0, 0.0])

    @test_util.run_in_graph_and_eager_modes(use_gpu=False)
    def testOnTheCPU(self):
        self.assertEqual(array_ops.zeros([2], name="z").device, "/device:CPU:0")
        node = test_util.assert_ops_in_graph({"z": "Const"}, ops.get_default_graph())["z"]
        self.assertEqual(node.op, "Const")
        for wrong in {"z": "Add"}, {"y": "Const"}:
            with self.assertRaises(ValueError):
                test_util.assert_ops_in_graph(wrong, ops.get_default_graph())

    @test_util.run_gpu_only
    def testOnTheGPU(self):
        self.fail()

    @test_util.run_cuda_only()
    def testOnCUDA(self):
        self.fail()

    @test_util.run_v1_only("b/1")
    def testDevices(self):
        for wanted, device in [("use_gpu", "CPU"), ("force_gpu", "GPU"), ("force_cpu", "CPU")]:
            with getattr(test_util, wanted)():
                self.assertEqual(array_ops.zeros([]).device, "/device:%s:0" % device)
        self.assertFalse(test.is_gpu_available() or test_util.IsGoogleCudaEnabled())


@test_util.run_all_in_graph_and_eager_modes
class OtherTest(test.TestCase):
    def testMock(self):
        self.assertIs(test.mock, googletest.mock)


if __name__ == "__main__":
    googletest.main()
"""


def test_inner_modules_of_tests(tmp_path):
    (tmp_path / "inner_test.py").write_text(PROGRAM)
    command = [sys.executable, "-m", "minigraph", "run", str(tmp_path / "inner_test.py")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Ran 9 tests" in done.stderr and "OK (skipped=4)" in done.stderr
    assert done.stderr.count("Test requires") == 2
