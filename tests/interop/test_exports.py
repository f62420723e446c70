"""GraphDefs as they leave: nodes equal to those of TensorFlow 1.15, the same bytes each time."""

import json

import numpy as np
import pytest

import minigraph as tf

pytest.importorskip("tensorboard")

from tests.interop import export_equal, programs  # noqa: E402

RECORDED = json.loads(export_equal.DIGESTS.read_text())
# Some of each kind; `.ci/interop` compares all.
CHOSEN = """
    assign_family checks clipping conditionals constants_arith contrib_layers conv_kinds control_dependencies decays_all
    losses_weighted metrics_all moving_average optimize_loss_adam queues saver seeds_both sparse_optimizers summaries_scopes
    tensor_arrays towers variable_operators
""".split()


@pytest.mark.parametrize("name", CHOSEN)
def test_the_nodes_are_those_that_tensorflow_exports(name, monkeypatch):
    monkeypatch.syspath_prepend(str(programs.PARITY))
    assert export_equal.differing(name, RECORDED) == []


def test_graphs_that_differ_have_a_reason():
    differing = {key.rpartition(".")[0] for key, digest in RECORDED.items() if digest is None}
    assert [name for name in sorted(differing) if not export_equal.reason(name)] == []
    assert sum(digest is not None for digest in RECORDED.values()) > 240


def model():
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    y = tf.layers.dense(x, 2, name="y")
    y = tf.cond(tf.reduce_sum(y) > 0.0, lambda: y * y, lambda: -y)
    _, y = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, tf.sin(y)), [0, y])
    loss = tf.reduce_mean(y)
    return tf.train.AdamOptimizer().minimize(loss)


def test_two_exports_are_equal_byte_for_byte():
    found = []
    for _ in range(2):
        with tf.Graph().as_default() as graph:
            model()
            found += [graph.as_graph_def().SerializeToString(deterministic=True) for _ in range(2)]
    assert len(set(found)) == 1


def test_what_is_new_is_exported_by_itself():
    with tf.Graph().as_default() as graph:
        model()
        count = len(graph.get_operations())
        whole = graph.as_graph_def()
        tf.constant(1.0, name="new")
        assert [node.name for node in graph.as_graph_def(from_version=count).node] == ["new"]
        assert list(graph.as_graph_def().node)[:-1] == list(whole.node)


def test_shapes_are_added():
    with tf.Graph().as_default() as graph:
        tf.placeholder(tf.float32, [None, 3], name="x")
        attr = graph.as_graph_def(add_shapes=True).node[0].attr["_output_shapes"]
    assert [dim.size for dim in attr.list.shape[0].dim] == [-1, 3]


def test_a_conditional_that_takes_a_reference_is_written_with_switch_and_merge():
    with tf.Graph().as_default() as graph:
        v = tf.get_variable("v", [])
        v.initialized_value()
        found = graph.as_graph_def()
    kinds = {node.op for node in found.node}
    assert {"RefSwitch", "Merge"} <= kinds and "If" not in kinds
    assert not any(node.op == "_Arg" for node in found.node)


def test_second_derivatives_of_a_loop_have_only_operations_of_tensorflow():
    from minigraph.interop.op_list import operations, ops_used_by_graph_def

    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [])
        _, y = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, tf.sin(y) * x), [0, x])
        slope = tf.gradients(y, x)[0]
        tf.gradients(slope, x)
        assert set(ops_used_by_graph_def(graph.as_graph_def())) <= set(operations())


def test_a_constant_of_one_value_is_written_with_one_value():
    with tf.Graph().as_default() as graph:
        tf.zeros([1000, 1000])
        tf.constant(np.ones(3, np.float32))
        assert len(graph.as_graph_def().SerializeToString()) < 300


def test_a_dataset_is_written_with_its_functions(graph):
    added = tf.get_variable("added", [], tf.int64, use_resource=True)

    def plus(x):
        added.assign_add(x)  # no result needs it
        return x + 1

    dataset = tf.data.Dataset.range(5).map(plus).filter(lambda x: x < 4)
    dataset.make_initializable_iterator()
    tf.data.Dataset.range(5).flat_map(tf.data.Dataset.range).make_one_shot_iterator()
    found = graph.as_graph_def()
    nodes = {node.op: node for node in found.node}
    functions = {function.signature.name: function for function in found.library.function}
    mapped = functions[nodes["MapDataset"].attr["f"].func.name]
    assert {"AssignAddVariableOp", "AddV2"} <= {node.op for node in mapped.node_def}
    assert mapped.signature.is_stateful and list(mapped.control_ret.values()) == ["AssignAddVariableOp"]
    assert list(mapped.signature.control_output) == list(mapped.control_ret)
    predicate = functions[nodes["FilterDataset"].attr["predicate"].func.name]
    assert [arg.type for arg in predicate.signature.output_arg] == [tf.bool.as_datatype_enum]
    factory = functions[nodes["OneShotIterator"].attr["dataset_factory"].func.name]
    flat = next(node for node in factory.node_def if node.op == "FlatMapDataset")
    assert "RangeDataset" in {node.op for node in functions[flat.attr["f"].func.name].node_def}


def test_shapes_are_those_of_all_outputs_also_of_what_is_saved_for_gradients():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 3])
        y = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * tf.sin(y)), [0, x])[1]
        y = tf.cond(tf.reduce_sum(y) > 0, lambda: tf.square(tf.sin(y)), lambda: tf.tanh(y))
        tf.gradients(y, x)
        nodes = graph.as_graph_def(add_shapes=True).node
    lengths = {"While": "T", "StatelessIf": "Tout"}
    found = [(node.attr["_output_shapes"], node.attr[lengths[node.op]]) for node in nodes if node.op in lengths]
    assert [len(types.list.type) for _, types in found][:2] == [6, 3]
    for shapes, types in found:
        assert len(shapes.list.shape) == len(types.list.type)
