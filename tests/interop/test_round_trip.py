"""A graph that is written, read and written again has the same bytes."""

import os

import pytest
from google.protobuf import message  # noqa: F401  (the extra that these tests need)

import minigraph as tf
from tests.interop.programs import graphs_of, names

# In the default tests the ones with the most kinds of nodes, bodies and devices; all with MINIGRAPH_INTEROP=1.
SOME = """
    conditionals while_loops rnn_decoder seq2seq_decoders seeds_after_backward graph_scopes towers queues saver
    optimize_loss_full metrics resource_variables data_sources data_random_maps sparse_tensors
""".split()
PROGRAMS = [name for name in names() if os.environ.get("MINIGRAPH_INTEROP") or name in SOME]


@pytest.mark.filterwarnings("ignore:optimize_loss.*increments:minigraph.graph.errors.GraphWarning")  # of one program
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_bytes_are_the_same(name):
    found = [graph.as_graph_def() for graph in graphs_of(tf, name)]
    assert found or name == "tensor_protos"  # which builds none
    for graph_def in found:
        with tf.Graph().as_default() as graph:
            tf.import_graph_def(graph_def, name="")
            again = graph.as_graph_def()
        assert [node.name for node in again.node] == [node.name for node in graph_def.node]
        assert again.SerializeToString(deterministic=True) == graph_def.SerializeToString(deterministic=True)


def _doubled_by_two_ways(numbers):
    factor = tf.constant(2, tf.int64)
    return numbers.map(lambda x: x * factor).filter(lambda x: tf.cond(x > 2, lambda: x < 9, lambda: True))


def _sums(numbers):
    start = tf.constant(1, tf.int64)
    return numbers.apply(tf.data.experimental.scan(start, lambda total, x: (total + x, total * x + start)))


def _windows(numbers):
    two = tf.constant(2, tf.int64)
    grouped = tf.data.experimental.group_by_window(lambda x: x % two, lambda key, window: window.batch(two), 2)
    return numbers.apply(grouped).flat_map(lambda batch: tf.data.Dataset.from_tensor_slices(batch).repeat(2))


@pytest.mark.parametrize("dataset", [_doubled_by_two_ways, _sums, _windows])
def test_a_dataset_comes_back_with_its_functions(dataset):
    with tf.Graph().as_default() as graph:
        made = dataset(tf.data.Dataset.range(5))
        names = [made.make_one_shot_iterator().get_next().name]
        iterator = made.make_initializable_iterator()
        names.append(iterator.get_next().name)
        message = graph.as_graph_def()
    found = []
    for each in (graph, tf.Graph()):
        with each.as_default(), tf.Session() as session:
            if each is not graph:
                tf.import_graph_def(message, name="")
            session.run(each.get_operation_by_name(iterator.initializer.name))
            found.append([_all_of(session, name) for name in names])
    assert found[0] == found[1] and len(found[0][0]) > 3


def _all_of(session, name):
    found = []
    with pytest.raises(tf.errors.OutOfRangeError):
        while True:
            found.append(session.run(name).tolist())
    return found


def test_a_function_of_a_dataset_takes_what_is_captured():
    with tf.Graph().as_default() as graph:
        _doubled_by_two_ways(tf.data.Dataset.range(5)).make_initializable_iterator()
        message = graph.as_graph_def()
    function = next(each for each in message.library.function if "map" in each.signature.name)
    del function.signature.input_arg[:]
    (node,) = function.node_def
    node.CopyFrom(next(each for each in message.node if each.op == "Const"))
    function.ret["out0"] = f"{node.name}:output:0"
    with tf.Graph().as_default(), pytest.raises(ValueError, match="takes 0 arguments, not 1"):
        tf.import_graph_def(message, name="")
