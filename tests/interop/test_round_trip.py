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
