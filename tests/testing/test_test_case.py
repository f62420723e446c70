"""tf.test beyond what the parity program `testing` holds: running, files, threads, stubs, benchmarks."""

from __future__ import annotations

import os
import subprocess
import sys
import unittest

import numpy as np
import pytest

import minigraph as tf
from minigraph.graph.default import default_graphs

pytest.importorskip("absl.testing")

PROGRAM = """
import sys
import numpy as np
import tensorflow as tf

tf.app.flags.DEFINE_integer("size", 2, "how many")

class DoubleTest(tf.test.TestCase):
    def testGood(self):
        with self.test_session():
            x = tf.ones([tf.app.flags.FLAGS.size])
            self.assertAllEqual(x * 2, [2.0, 2.0, 2.0])
            self.assertEqual(x.op.name, "ones")

    def testBad(self):
        self.assertAllClose(tf.constant([1.0, 2.0]), [1.0, 2.5])

class Speed(tf.test.Benchmark):
    def benchmarkProduct(self):
        x = tf.placeholder(tf.float32, [2, 2])
        with tf.Session() as sess:
            feed = {x: np.eye(2)}
            self.run_op_benchmark(sess, tf.matmul(x, x), feed, min_iters=4, mbs=1, extras={"kind": "small"})

if __name__ == "__main__":
    tf.test.main()
"""


def run(tmp_path, *args):
    (tmp_path / "double_test.py").write_text(PROGRAM)
    command = [sys.executable, "-m", "minigraph", "run", str(tmp_path / "double_test.py"), *args]
    return subprocess.run(command, capture_output=True, text=True)


def test_main_runs_the_tests_of_a_script(tmp_path):
    done = run(tmp_path, "--size=3")
    assert done.returncode == 1, done.stderr
    assert "Ran 3 tests" in done.stderr and "FAILED (failures=1, skipped=1)" in done.stderr  # `test_session` is skipped
    assert "Not equal to tolerance rtol=1e-06, atol=1e-06" in done.stderr and "(1,): 2.0 is not 2.5" in done.stderr


def test_main_runs_one_test_by_its_name(tmp_path):
    done = run(tmp_path, "--size=3", "DoubleTest.testGood")
    assert done.returncode == 0 and "Ran 1 test" in done.stderr, done.stderr


def test_main_runs_benchmarks(tmp_path):
    done = run(tmp_path, "--benchmarks=Product")
    assert done.returncode == 0 and "Ran" not in done.stderr
    assert 'entry {\n  name: "Speed.benchmarkProduct"\n  iters: 4\n  wall_time: ' in done.stdout
    assert 'key: "kind"\n    value {\n      string_value: "small"' in done.stdout and "throughput: " in done.stdout
    assert run(tmp_path, "--benchmarks=nothing").stdout == ""


def test_without_absl_only_the_case_fails():
    program = """
import sys
sys.modules["absl"] = None
import minigraph as tf
print(tf.test.is_gpu_available())
try:
    tf.test.TestCase
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        "False",
        "tf.test.TestCase needs the package absl-py: pip install 'minigraph[programs]'",
    ]


class Case(tf.test.TestCase):
    __test__ = False  # for pytest: it is run by the tests below

    def runTest(self):
        self.sawGraph = tf.get_default_graph()


@pytest.fixture
def case():
    case = Case()
    case.setUp()
    yield case
    case.doCleanups()


def test_a_case_has_a_graph_of_its_own():
    tf.constant(1.0)
    for around in tf.get_default_graph(), tf.Graph():
        with around.as_default() if around is not tf.get_default_graph() else tf.name_scope("x"):
            before, case = tf.get_default_graph(), Case()
            assert case.run(unittest.TestResult()).wasSuccessful()
            assert case.sawGraph is not before and case.sawGraph.seed == 87654321
    assert not any(default_graphs())


def test_seeds_are_the_same_for_each_test():
    class Draws(tf.test.TestCase):
        def runTest(self):
            drawn.append([*np.random.rand(2), *self.evaluate(tf.random_uniform([2]))])

    drawn: list = []
    for case in Draws(), Draws():
        case.run(unittest.TestResult())
    assert drawn[0] == drawn[1] and len(set(drawn[0])) == 4


def test_a_method_of_that_name_is_no_test():
    result = Case("test_session").run(unittest.TestResult())
    assert [reason for _, reason in result.skipped] == ["Not a test."] and result.wasSuccessful()


def test_folders(case):
    folder = case.get_temp_dir()
    assert folder == case.get_temp_dir() != Case().get_temp_dir()
    assert os.path.dirname(folder) == tf.test.get_temp_dir() and os.path.isdir(folder)


def test_the_folder_is_removed_at_the_end():
    program = "import minigraph as tf; print(tf.test.get_temp_dir())"
    folder = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
    assert os.path.isabs(folder) and not os.path.exists(folder)


def test_captured_writes(case, capfd):
    with case.captureWritesToStream(sys.__stderr__) as captured:
        os.write(2, b"from C\n")
        print("from Python", file=sys.__stderr__, flush=True)
        assert captured.contents() == "from C\nfrom Python\n"
    print("after", file=sys.__stderr__)
    assert capfd.readouterr().err == "after\n"


def test_nested_values_that_hold_tensors(case):
    a, b = tf.constant([1.0, 2.0]), tf.Variable(3.0)
    with case.cached_session() as sess:
        sess.run(b.initializer)
        case.assertAllClose([a, {"b": b}], [[1.0, 2.0], {"b": 3.0}])
        case.assertAllClose([a, a], np.array([[1.0, 2.0], [1.0, 2.0]]))
        case.assertAllEqual(b, 3.0)
        with pytest.raises(AssertionError, match=r"Mismatched value: a\[1\]\[b\] is different from b\[1\]\[b\]"):
            case.assertAllClose([a, {"b": b}], [[1.0, 2.0], {"b": 4.0}])
        with pytest.raises(ValueError, match="^Mismatched length: a has 2 items, but b has 1 items"):
            case.assertAllClose([a, b], [a])
        with pytest.raises(TypeError, match="^a has <class 'NoneType'>"):
            case.assertAllClose(None, 1.0)


def test_numbers_in_arrays_are_near(case):
    case.assertNear(np.array([1.0]), np.float32(1.25), 0.5)
    with pytest.raises(AssertionError, match=r"False is not true : 1.000000 != 2.000000 \+/- 0.500000"):
        case.assertNear(np.array([1.0]), 2.0, 0.5)


def test_large_values_are_not_shown_whole(case):
    large = np.zeros([2] * 10)
    with pytest.raises(AssertionError) as caught:
        case.assertAllEqual(large, large + 1)
    assert str(caught.value).count(" is not 1.0") == 10 and "\n...\n" in str(caught.value)
    with pytest.raises(AssertionError) as caught:
        case.assertAllClose(large, large[0][None].repeat(3, 0))
    assert "contents" not in str(caught.value)


def test_threads(case):
    found = []
    thread = case.checkedThread(found.append, args=(1,))
    thread.start()
    thread.join()
    assert found == [1] and not thread.is_alive()
    case.tearDown()


def test_errors_that_are_not_the_expected_ones(case):
    with pytest.raises(AssertionError, match="Exception of type <class 'AssertionError'>: OpError not raised"):
        with case.assertRaisesOpError("any"):
            pass
    with pytest.raises(AssertionError, match="Exception of type <class 'ValueError'>: other"):
        with case.assertRaisesOpError("other"):
            raise ValueError("other")
    with case.session() as sess, case.assertRaisesOpError("Caused by: assert"):
        sess.run(tf.Assert(False, ["x"], name="assert"))


# Definitions and messages


def definition(**fields):
    found = tf.GraphDef()
    found.node.add(name="a", op="Const")
    node = found.node.add(name="b", op=fields.get("op", "Neg"), device=fields.get("device", ""))
    node.input.extend(fields.get("input", ["a", "^c", "^d"]))
    for key, number in fields.get("attr", {"n": 1}).items():
        node.attr[key].i = number
    return found


@pytest.mark.parametrize("changed", [dict(input=["a", "^d", "^c"]), dict(attr={"n": 1, "_x": 3})])
def test_what_does_not_count_in_definitions(changed):
    tf.test.assert_equal_graph_def(definition(), definition(**changed))


@pytest.mark.parametrize(  # the messages are those of TensorFlow 1.15.5
    "changed, told",
    [
        (dict(op="Abs"), "Node named 'b' has op 'Neg' that is not expected 'Abs'"),
        (dict(device="/gpu:0"), "Node named 'b' has device '' that is not expected '/gpu:0'"),
        (dict(input=["a", "^d"]), "Node named 'b' has inputs 'a, ^c, ^d' that don't match expected 'a, ^d'"),
        (dict(input=["a", "^c", "^e"]), "Node named 'b' missing expected control input '^e'"),
        (dict(input=["q", "^c", "^d"]), "Node named 'b' has input 0 'a' that doesn't match expected 'q'"),
        (dict(attr={"n": 2}), "Node named 'b' has attr 'n' with value: 1 that does not match expected: 2"),
        (dict(attr={}), "Node named 'b' has unexpected attr 'n' with value: 1"),
        (dict(attr={"n": 1, "m": 2}), "Node named 'b' missing expected attr 'm' with value: 2"),
    ],
)
def test_definitions_that_differ(changed, told):
    with pytest.raises(AssertionError) as caught:
        tf.test.assert_equal_graph_def(definition(), definition(**changed))
    assert str(caught.value) == told


def test_nodes_that_one_definition_lacks():
    with pytest.raises(AssertionError) as caught:
        tf.test.assert_equal_graph_def(definition(device="/cpu:0"), tf.GraphDef(node=definition().node[:1]))
    assert str(caught.value) == "Found unexpected node '{{node b}} = Neg[n=1, _device=\"/cpu:0\"](a, ^c, ^d)'"


def test_definitions_of_graphs():
    def built(number):
        with tf.Graph().as_default() as graph:
            tf.constant(number) * 2.0
        return graph.as_graph_def()

    tf.test.assert_equal_graph_def(built(1.0), built(1.0))
    with pytest.raises(AssertionError, match="^Node named 'Const' has attr 'value'"):
        tf.test.assert_equal_graph_def(built(1.0), built(3.0))


def test_numbers_in_messages_are_near(case):
    def written(number):
        event = tf.Event(wall_time=number, summary=tf.Summary(value=[tf.Summary.Value(tag="a", simple_value=number)]))
        event.summary.value.add().histo.bucket.extend([number, 1.0])
        node = tf.NodeDef(op="a")
        node.attr["f"].f = number
        node.attr["l"].list.f.append(number)
        return event, node

    for one, near, far in zip(written(0.1), written(0.1 + 4e-9), written(0.2)):
        case.assertProtoEquals(one, near)
        with pytest.raises(AssertionError):
            case.assertProtoEquals(one, far)
    case.assertProtoEqualsVersion('node { name: "a" }', tf.GraphDef(node=[{"name": "a"}], versions={"producer": 134}))
    with pytest.raises(AssertionError, match="^Can't compare protos of type"):
        case.assertProtoEquals(1, tf.GraphDef())


# Jacobians


def test_a_gradient_without_elements():
    x = tf.placeholder(tf.float32, [2, 0])
    with tf.Session():
        exact, near = tf.test.compute_gradient(x, [2, 0], tf.exp(x), [2, 0])
        assert exact.shape == near.shape == (0, 0)
        assert tf.test.compute_gradient_error(x, [2, 0], tf.exp(x), [2, 0]) == 0


def test_a_wrong_gradient_is_found():
    @tf.custom_gradient
    def wrong(x):
        return tf.square(x), lambda dy: 3.0 * dy * x

    x = tf.constant([1.0, 2.0])
    with tf.Session():
        assert tf.test.compute_gradient_error(x, [2], wrong(x), [2], np.float32([1, 2])) > 1.9


def test_jacobians_need_a_session():
    x = tf.constant(1.0)
    with pytest.raises(ValueError, match="No default session"):
        tf.test.compute_gradient(x, [], tf.exp(x), [])


# Stubs


class Parent:
    def value(self):
        return 1

    @staticmethod
    def static():
        return 2


class Child(Parent):
    pass


def test_stubs_are_taken_back():
    stubs, child = tf.test.StubOutForTesting(), Child()
    stubs.SmartSet(child, "value", lambda self: 10)
    stubs.Set(Parent, "static", staticmethod(lambda: 20))
    stubs.Set(os, "getcwd", lambda: "here")
    assert (child.value(), Child().value(), Parent().value(), Child.static(), os.getcwd()) == (10, 10, 1, 20, "here")
    stubs.CleanUp()
    assert (child.value(), child.static(), Parent().static()) == (1, 2, 2) and os.getcwd() != "here"
    assert "value" not in vars(Child)
    with pytest.raises(AttributeError, match="^Attribute not found"):
        stubs.SmartSet(child, "nothing", 1)
    stubs.SmartSet(Parent, "static", staticmethod(lambda: 30))
    assert Child.static() == 30
    del stubs
    assert Child.static() == 2


def test_mock():
    with tf.test.mock.patch.object(os, "getcwd", return_value="there"):
        assert os.getcwd() == "there"


# Benchmarks


def test_reports(capsys):
    class Reports(tf.test.Benchmark):
        def benchmarkAll(self):
            metrics = [{"name": "m", "value": 1.5, "min_value": 1.0}]
            self.report_benchmark(iters=3, cpu_time=0.5, extras={"a": 1, "b": 'x"'}, metrics=metrics)
            self.report_benchmark(name="other")

    Reports().benchmarkAll()
    assert (
        capsys.readouterr().out
        == """entry {
  name: "Reports.benchmarkAll"
  iters: 3
  cpu_time: 0.5
  extras {
    key: "a"
    value {
      double_value: 1
    }
  }
  extras {
    key: "b"
    value {
      string_value: "x\\""
    }
  }
  metrics {
    name: "m"
    value: 1.5
    min_value {
      value: 1.0
    }
  }
}

entry {
  name: "Reports.other"
}

"""
    )
    for wrong in dict(extras=[1]), dict(metrics={}), dict(metrics=[{"name": "m"}]), dict(metrics=[{"value": 1}]):
        with pytest.raises(TypeError):
            Reports().report_benchmark(name="wrong", **wrong)


def test_a_benchmark_with_a_trace(capsys):
    class Traced(tf.test.Benchmark):
        def benchmark(self):
            with tf.Session() as sess:
                return self.run_op_benchmark(sess, tf.constant(1.0) + 1.0, min_iters=2, store_trace=True)

    found = Traced().benchmark()
    assert "full_trace_chrome_format" not in capsys.readouterr().out
    assert "traceEvents" in found["extras"]["full_trace_chrome_format"] and found["iters"] == 2
