"""Record graphs that TensorFlow 1.15 writes, and what their runs give: `python tests/interop/record.py [NAME …]`.

Run it with a Python that has TensorFlow 1.15 and nothing of MiniGraph.
"""

import pathlib
import sys

import numpy as np
import tensorflow as tf

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import tf_graphs  # noqa: E402


def record(program):
    """Write `recorded/NAME.npz`: the graph's bytes, and for each run its fetches, feeds and results."""
    tf.reset_default_graph()
    tf.set_random_seed(1)
    tf_graphs.R.seed(7)
    runs = program()
    graph = tf.get_default_graph()
    found = {"graph": np.frombuffer(graph.as_graph_def().SerializeToString(deterministic=True), np.uint8)}
    found["meta"] = np.frombuffer(tf.train.export_meta_graph(graph=graph).SerializeToString(deterministic=True), np.uint8)
    config = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
    with tf.Session(config=config) as session:
        for i, (fetches, feeds) in enumerate(runs):
            found["%d fetches" % i] = np.array(fetches)
            found.update(("%d feed %s" % (i, name), value) for name, value in feeds.items())
            for k, value in enumerate(session.run(list(fetches), feeds)):
                if value is not None:
                    found["%d result %d" % (i, k)] = np.asarray(value)
    path = HERE / "recorded" / (program.__name__ + ".npz")
    np.savez_compressed(str(path), **found)
    print(path.name, path.stat().st_size, "bytes,", len(graph.get_operations()), "nodes")


if __name__ == "__main__":
    for each in tf_graphs.PROGRAMS:
        if not sys.argv[1:] or each.__name__ in sys.argv[1:]:
            record(each)
