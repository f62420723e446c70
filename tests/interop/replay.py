"""Run recorded runs again in TensorFlow, 1.15 or a newer one, and compare the results: `python replay.py FOLDER`.

It keeps to Python 3.7 and needs TensorFlow only. The runs are those that `record_runs.py` wrote.
"""

import base64
import importlib
import json
import os
import pathlib
import sys
import warnings

import numpy as np

CLOSE = 1e-5  # relative to the largest number of a result, or to 1
TIMEOUT = 20000  # milliseconds
# Graphs whose runs give something else, by program: why.
SHUFFLES = "TensorFlow 2 shuffles and picks datasets in another order"
THREADS = "its runs come from several threads, which feed and drain queues side by side; here they come one by one"
DIFFER = {
    "data_iterators": "the handle of an iterator is fed that another process had",
    "data_sources": "a generator is a Python function",
    "csv_pipeline": THREADS,
    "input_pipelines": THREADS,
    "lookup_tables": "a table lists its entries in no order",
    "sparse_batches": THREADS,
    "sync_replicas": THREADS,
}
DIFFER_IN_2 = {
    **{f"data_{name}": SHUFFLES for name in ("epochs", "experimental", "files", "places", "shuffles")},
    "beam_search": "GatherTree is not in TensorFlow 2, but in its addons",
    "candidate_samplers": "TensorFlow 2 wants the true candidates to be within the range of a sampler",
    "constants_all": "the maximum of numbers with a NaN among them is NaN in TensorFlow 2, and is not in 1.15",
}
RACES = {  # those that TensorFlow runs in no order: they may differ or not
    "batch_norm_options": "one run updates a moving average twice",
    "double_precision": "a loss is computed from the memory of a variable while that is updated",
    "random_in_conditionals": "the steps of a loop draw random numbers side by side",
}


def load_tensorflow():
    """Return TensorFlow's interface of version 1, quiet."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    warnings.simplefilter("ignore")
    import tensorflow as tf

    for name in ("seq2seq", "image"):  # in 1.15 they register operations of their own
        try:
            importlib.import_module("tensorflow.contrib." + name)
        except ImportError:
            pass
    tf = getattr(tf, "compat", tf).v1
    tf.logging.set_verbosity(tf.logging.FATAL)
    return tf


def value_of(data):
    """Return the array that `record_runs.as_data` described."""
    if data is None:
        return None
    if data["dtype"] == "string":
        content = np.empty(len(data["content"]), object)
        content[:] = [base64.b64decode(text) for text in data["content"]]
        return content.reshape(data["shape"])
    return np.frombuffer(base64.b64decode(data["content"]), data["dtype"]).reshape(data["shape"])


def difference(wanted, found):
    """Return how far two results are from each other, relative to the largest number; infinity if they differ in kind."""
    if wanted is None:
        return 0.0
    found = np.asarray(found)
    if wanted.dtype.kind in "OSU":
        texts = [v if isinstance(v, bytes) else str(v).encode() for v in found.ravel().tolist()]
        return 0.0 if texts == wanted.ravel().tolist() else float("inf")
    if wanted.shape != found.shape or wanted.dtype != found.dtype:
        return float("inf")
    if wanted.dtype.kind not in "fc":
        return 0.0 if np.array_equal(wanted, found) else float("inf")
    if not wanted.size:
        return 0.0
    same = np.isfinite(wanted) == np.isfinite(found)
    if not same.all():
        return float("inf")
    fine = np.isfinite(wanted)
    if not fine.any():
        return 0.0
    scale = max(1.0, float(np.abs(wanted[fine]).max()))
    return float(np.abs(wanted[fine] - found[fine]).max()) / scale


def prepare(feeds):
    """Make the folders of files that are to be written."""
    for value in feeds.values():
        if value.dtype == object:
            for text in value.ravel():
                if text.startswith(b"/") and not os.path.isdir(os.path.dirname(text)):
                    os.makedirs(os.path.dirname(text))


def replay(tf, path, runs):
    """Return the largest difference of all runs of a graph, and where it was.

    Raises:
        Whatever TensorFlow raises where MiniGraph did not.
    """
    message = tf.GraphDef()
    message.ParseFromString(path.read_bytes())
    worst, where = 0.0, ""
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(message, name="")
        sessions = {}
        for number, (session, fetches, feeds, results, folder) in enumerate(runs):
            os.chdir(folder)
            if session not in sessions:
                sessions[session] = tf.Session(graph=graph, config=tf.ConfigProto(allow_soft_placement=True))
            feeds = {name: value_of(data) for name, data in feeds.items()}
            prepare(feeds)
            try:
                found = sessions[session].run(fetches, feeds, tf.RunOptions(timeout_in_ms=TIMEOUT))
            except tf.errors.OpError:
                if results is None:
                    continue
                raise
            for name, data, value in zip(fetches, results or (), found):
                far = difference(value_of(data), value)
                if far > worst:
                    worst, where = far, "%s in run %d" % (name, number)
    return worst, where


def main(folder, chosen):
    """Print a line for each graph that differs, and the count; return what is not as the tables say."""
    tf = load_tensorflow()
    expected = dict(DIFFER, **(DIFFER_IN_2 if tf.version.VERSION.startswith("2") else {}))
    close, total, differing, wrong = 0, 0, set(), []
    for path in sorted(pathlib.Path(folder).resolve().glob("*.pb")):
        name = path.name[: -len(".pb")]
        program = name.rpartition(".")[0]
        if chosen and name not in chosen and program not in chosen:
            continue
        runs = json.loads((path.parent / (name + ".runs.json")).read_text())
        if not runs:
            continue
        total += 1
        try:
            worst, where = replay(tf, path, runs)
            reason = "" if worst <= CLOSE else "%.2g: %s" % (worst, where)
        except Exception as error:
            reason = "%s: %s" % (type(error).__name__, " ".join(str(error).split())[:300])
        close += not reason
        if reason:
            differing.add(program)
            told = expected.get(program) or RACES.get(program)
            print("%-34s %s\n    %s" % (name, reason, told or "NOT EXPECTED"), flush=True)
            if not told:
                wrong.append(program)
    print("TensorFlow %s: %d of %d graphs within %g" % (tf.version.VERSION, close, total, CLOSE))
    if not chosen:
        wrong += sorted(set(expected) - differing)
        print("expected to differ, and equal: %s" % sorted(set(expected) - differing))
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1], sys.argv[2:]) else 0)
