"""Record graphs that TensorFlow 1.15 writes, and what their runs give: `python tests/interop/record.py [NAME …]`.

Run it with a Python that has TensorFlow 1.15 and nothing of MiniGraph.
"""

import pathlib
import sys
import tempfile

import numpy as np
import tensorflow as tf

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import tf_graphs  # noqa: E402


def stopped_and_gone_on(runs, config):
    """Return the files that a `Saver` writes after half of the runs, and what the others give in a new session."""
    saver, half, found = tf.train.Saver(), len(runs) // 2 + 1, {}
    with tempfile.TemporaryDirectory() as folder:
        with tf.Session(config=config) as session:
            for fetches, feeds in runs[:half]:
                session.run(list(fetches), feeds)
            saver.save(session, folder + "/model")
        for path in pathlib.Path(folder).glob("model.*"):
            found["file " + path.name] = np.frombuffer(path.read_bytes(), np.uint8)
        with tf.Session(config=config) as session:
            saver.restore(session, folder + "/model")
            for i, (fetches, feeds) in enumerate(runs[half:], half):
                for k, value in enumerate(session.run(list(fetches), feeds)):
                    if value is not None:
                        found["%d later %d" % (i, k)] = np.asarray(value)
    return found


def record(program):
    """Write `recorded/NAME.npz`: the graph's bytes, and for each run its fetches, feeds and results."""
    tf.reset_default_graph()
    tf.set_random_seed(1)
    tf_graphs.R.seed(7)
    runs = program()
    graph = tf.get_default_graph()
    found = {"graph": np.frombuffer(graph.as_graph_def().SerializeToString(deterministic=True), np.uint8)}
    found["meta"] = np.frombuffer(
        tf.train.export_meta_graph(graph=graph).SerializeToString(deterministic=True), np.uint8
    )
    config = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
    with tf.Session(config=config) as session:
        for i, (fetches, feeds) in enumerate(runs):
            found["%d fetches" % i] = np.array(fetches)
            found.update(("%d feed %s" % (i, name), value) for name, value in feeds.items())
            for k, value in enumerate(session.run(list(fetches), feeds)):
                if value is not None:
                    found["%d result %d" % (i, k)] = np.asarray(value)
    if tf.global_variables() and len(runs) > 2:
        found.update(stopped_and_gone_on(runs, config))
    path = HERE / "recorded" / (program.__name__ + ".npz")
    np.savez_compressed(str(path), **found)
    print(path.name, path.stat().st_size, "bytes,", len(graph.get_operations()), "nodes")


if __name__ == "__main__":
    for each in tf_graphs.PROGRAMS:
        if not sys.argv[1:] or each.__name__ in sys.argv[1:]:
            record(each)
