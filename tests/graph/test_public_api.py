"""The corners of TF1's public API on graphs, operations and tensors."""

from __future__ import annotations

import functools

import pytest

import minigraph as tf
from tests.answers import answer, run

MEMBERS = {
    "Graph": "add_to_collection add_to_collections as_default as_graph_def as_graph_element building_function "
    "clear_collection collections colocate_with container control_dependencies create_op device finalize "
    "finalized get_all_collection_keys get_collection get_collection_ref get_name_scope "
    "get_operation_by_name get_operations get_tensor_by_name gradient_override_map graph_def_versions "
    "is_feedable is_fetchable name_scope prevent_feeding prevent_fetching seed switch_to_thread_local "
    "unique_name version",
    "Operation": "colocation_groups control_inputs device get_attr graph inputs name node_def op_def outputs run "
    "traceback traceback_with_start_lines type values",
    "Tensor": "OVERLOADABLE_OPERATORS consumers device dtype eval experimental_ref get_shape graph name op set_shape "
    "shape value_index",
    "IndexedSlices": "consumers dense_shape device dtype graph indices name op shape values",
    "Session": "as_default close graph graph_def list_devices make_callable partial_run partial_run_setup reset run "
    "sess_str",
}


@pytest.mark.parametrize("name", MEMBERS)
def test_all_members_are_there(name):
    with tf.Graph().as_default() as graph, tf.Session() as session:
        x = tf.constant(1.0)
        thing = {
            "Graph": graph,
            "Operation": x.op,
            "Tensor": x,
            "Session": session,
            "IndexedSlices": tf.IndexedSlices(x, x),
        }[name]
        assert [member for member in MEMBERS[name].split() if not hasattr(thing, member)] == []


def test_an_operation_made_from_its_type(graph):
    a = tf.constant([[1.0, 2.0]], name="a")
    op = graph.create_op("MatMul", [a, a], [tf.float32], name="p", attrs={"transpose_b": True, "T": tf.float32})
    assert [op.name, op.type, op.outputs[0].shape.as_list(), op.op_def.name] == ["p", "MatMul", [1, 1], "MatMul"]
    assert run(op.outputs[0]) == [[5.0]]
    with tf.Graph().as_default():
        assert graph.create_op("Identity", [a]).graph is graph


@pytest.mark.parametrize(
    "call, expected",
    [
        ("g.create_op('Nonsense', [a])", "NotFoundError: Op type not registered 'Nonsense'"),
        ("g.create_op('Neg', [1.0])", "TypeError: Input #0 is not a tensor: 1.0"),
        (
            "tf.Graph().create_op('Neg', [a])",
            'ValueError: Tensor Tensor("a:0", shape=(1, 2), dtype=float32) is not an element of this graph',
        ),
        (
            "g.create_op('Neg', [a], attrs={'axis': 1})",
            "ValueError: NodeDef mentions attr 'axis' not in Op<name=Neg>; it has: T",
        ),
        (
            "g.create_op('MatMul', [a, a])",
            "ValueError: Dimensions must be equal, but are 2 and 1 for 'MatMul' (op: "
            "'MatMul') with input shapes: [1,2], [1,2]",
        ),
    ],
)
def test_what_cannot_be_made(graph, call, expected):
    a = tf.constant([[1.0, 2.0]], name="a")
    assert answer(call, {"g": graph, "a": a}) == expected and graph.version == 1


def test_references(graph):
    a, b, v = tf.constant(1.0), tf.constant(1.0), tf.Variable(1.0)
    assert a.experimental_ref() == a.experimental_ref() != b.experimental_ref()
    assert {a.experimental_ref(): 1, v.experimental_ref(): 2}[v.experimental_ref()] == 2
    assert v.experimental_ref().deref() is v


def test_lines_where_functions_begin(graph):
    file, line, function, source, start = tf.constant(1.0).op.traceback_with_start_lines[-1]
    assert [function, line - start] == ["test_lines_where_functions_begin", 1] and "tf.constant(1.0)" in source


def test_consumers_of_slices(graph):
    slices = tf.IndexedSlices(tf.constant([1.0]), tf.constant([0]))
    tf.add(slices.values, 1.0, name="plus")
    assert [op.name for op in slices.consumers()] == ["plus"]


def test_a_container_is_recorded(graph):
    with tf.container("box"):
        v = tf.Variable(1.0)
    assert [v.op.get_attr("container"), tf.Variable(1.0).op.get_attr("container")] == [b"box", b""]


@pytest.mark.parametrize(
    "room",
    [
        "",
        "contrib",
        "contrib.framework",
        "contrib.layers",
        "debugging",
        "dtypes",
        "initializers",
        "layers",
        "linalg",
        "losses",
        "math",
        "nn",
        "random",
        "summary",
        "train",
    ],
)
def test_a_name_that_is_not_there_is_an_attribute_error(room):
    where = functools.reduce(getattr, room.split(".") if room else (), tf)
    with pytest.raises(AttributeError, match=r"^module 'minigraph.*' has no attribute 'nowhere'"):
        where.nowhere
