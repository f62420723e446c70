"""Graphs and checkpoints that no program wrote: refused with one kind of error, nothing is run, little memory is taken."""

import tracemalloc

import numpy as np
import pytest
from google.protobuf import message  # noqa: F401  (the extra that these tests need)

import minigraph as tf
from minigraph.graph import protos
from tests.interop import fuzz


def test_damaged_graphs_and_checkpoints_are_imported_or_refused():
    tf.logging.set_verbosity(tf.logging.FATAL)  # which conftest.py takes back
    outcomes, faults = fuzz.run(120)
    assert not faults
    assert outcomes["check_graph", "imported"] >= 25 and outcomes["check_graph", "ValueError"] >= 25
    assert outcomes["check_checkpoint", "DataLossError"] >= 10


def constant(sizes, **content):
    tensor = protos.TensorProto(dtype=1, tensor_shape={"dim": [{"size": size} for size in sizes]}, **content)
    graph = tf.GraphDef()
    node = graph.node.add(name="c", op="Const")
    node.attr["value"].tensor.CopyFrom(tensor)
    node.attr["dtype"].type = 1
    return graph


def memory_to_import(graph):
    tracemalloc.start()
    try:
        tf.import_graph_def(graph)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_constant_takes_no_more_than_four_times_its_bytes():
    content = np.ones(1 << 21, np.float32).tobytes()
    assert memory_to_import(constant([1 << 21], tensor_content=content)) < 4 * len(content)
    assert memory_to_import(constant([1 << 21], float_val=[1.0] * (1 << 21))) < 4 * len(content)


@pytest.mark.parametrize("sizes", [[1 << 40], [1 << 20, 1 << 20]])
def test_one_value_for_many_stays_one(sizes):
    assert memory_to_import(constant(sizes, float_val=[1.0])) < 1 << 20
    assert tf.get_default_graph().get_tensor_by_name("import/c:0").shape.as_list() == sizes


@pytest.mark.parametrize("sizes", [[1 << 40], [1 << 62, 1 << 62], [-1], [1 << 63 - 1, 2]])
def test_a_shape_that_the_content_does_not_have_is_refused(sizes):
    with pytest.raises(ValueError):
        memory_to_import(constant(sizes, tensor_content=b"12345678"))
    assert not tf.get_default_graph().get_operations()


def calling(counts):
    """Return a graph of functions each of which calls the next one so many times."""
    graph = tf.GraphDef()
    for i, count in enumerate(counts):
        function = graph.library.function.add()
        function.signature.name = f"f{i}"
        function.signature.input_arg.add(name="x", type=1)
        function.signature.output_arg.add(name="y", type=1)
        source = "x"
        for k in range(count):
            node = function.node_def.add(name=f"n{k}", op=f"f{i + 1}" if i + 1 < len(counts) else "Neg", input=[source])
            if node.op == "Neg":
                node.attr["T"].type = 1
            source = f"n{k}:y:0"
        function.ret["y"] = source
    placeholder = graph.node.add(name="x", op="Placeholder")
    placeholder.attr["dtype"].type = 1
    graph.node.add(name="y", op="f0", input=["x"])
    return graph


def test_functions_that_call_each_other_are_run():
    [y] = tf.import_graph_def(calling([2, 3]), return_elements=["y:0"])
    with tf.Session() as session:
        assert session.run(y, {"import/x:0": 2.0}) == 2.0


@pytest.mark.parametrize("counts", [[10] * 9, [1] * 60])
def test_functions_that_make_much_out_of_little_are_refused(counts):
    with pytest.raises(ValueError, match="too often|nested more than"):
        tf.import_graph_def(calling(counts))


def test_a_function_that_calls_itself_is_refused():
    graph = calling([1])
    graph.library.function[0].node_def[0].op = "f0"
    with pytest.raises(ValueError, match="nested more than"):
        tf.import_graph_def(graph)


def test_nothing_is_run():
    called = []
    tf.py_func(lambda: called.append(1), [], [], name="call")
    written = tf.write_file("never", "x")
    graph = tf.get_default_graph().as_graph_def()
    with tf.Graph().as_default():
        tf.import_graph_def(graph)
    assert not called and not tf.gfile.Exists("never") and written is not None


def test_a_python_function_of_another_process_is_missed_when_it_is_called():
    tf.py_func(lambda: np.float32(1.0), [], tf.float32, name="call")
    graph = tf.get_default_graph().as_graph_def()
    graph.node[0].attr["token"].s = b"pyfunc_of_another"
    with tf.Graph().as_default(), tf.Session() as session:
        [y] = tf.import_graph_def(graph, return_elements=["call:0"])
        with pytest.raises(tf.errors.InvalidArgumentError, match="ValueError: callback pyfunc_of_another is not found"):
            session.run(y)
