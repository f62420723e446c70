"""Read, in TensorFlow, the files that `leaving.py` wrote: `python arrived.py FOLDER`; it keeps to Python 3.7.

Everything is loaded by TensorFlow's own functions and run; the numbers must be those that were noted when it was written.
"""

import os
import sys

import numpy as np
from leaving import X, Y
from replay import load_tensorflow

CLOSE = 1e-5


def check(name, found, wanted):
    far = float(np.abs(found - wanted).max())
    print("%-34s %.2g" % (name, far))
    return [] if far <= CLOSE else [name]


def imported(tf, path):
    """Return the result of a frozen graph."""
    from google.protobuf import text_format

    with open(path, "rb") as file:
        content = file.read()
    graph_def = tf.GraphDef()
    if path.endswith(".pbtxt"):
        text_format.Parse(content.decode(), graph_def)
    else:
        graph_def.ParseFromString(content)
    with tf.Graph().as_default(), tf.Session() as session:
        (prob,) = tf.import_graph_def(graph_def, return_elements=["prob:0"], name="")
        return session.run(prob, {"x:0": X})


def loaded(tf, folder, tags, output):
    """Return the result of a SavedModel, by its signature."""
    with tf.Graph().as_default(), tf.Session() as session:
        signature = tf.saved_model.loader.load(session, tags, folder).signature_def["serving_default"]
        return session.run(signature.outputs[output].name, {signature.inputs["x"].name: X})


def trained_on(tf):
    """Return the result after five more steps of training."""
    with tf.Graph().as_default(), tf.Session() as session:
        saver = tf.train.import_meta_graph("checkpoints/model-5.meta")
        saver.restore(session, tf.train.latest_checkpoint("checkpoints"))
        assert [v.op.name for v in tf.trainable_variables()] == ["h/kernel", "h/bias", "out/w"]
        assert session.run(tf.train.get_global_step()) == 5
        assert [runner.name for runner in tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS)] == ["names"]
        for _ in range(5):
            session.run(tf.get_collection("train_op")[0], {"x:0": X, "y:0": Y})
        return session.run("prob:0", {"x:0": X})


def served(folder):
    """Return the result of a SavedModel as a program of TensorFlow 2 loads it."""
    import tensorflow as tf

    function = tf.saved_model.load(folder).signatures["serving_default"]
    return function(x=tf.constant(X))["prob"].numpy()


def main(folder):
    os.chdir(folder)
    tf = load_tensorflow()
    prob, later = np.load("prob.npy"), np.load("prob10.npy")
    wrong = []
    if tf.version.VERSION.startswith("2"):
        wrong += check("simple, loaded by TensorFlow 2", served("simple"), prob)
    with tf.Graph().as_default():
        wrong += check("simple", loaded(tf, "simple", ["serve"], "prob"), prob)
        wrong += check("built", loaded(tf, "built", ["serve", "train"], "p"), prob)
        wrong += check("frozen.pb", imported(tf, "frozen.pb"), prob)
        wrong += check("pruned.pbtxt", imported(tf, "pruned.pbtxt"), prob)
        wrong += check("checkpoint and .meta, trained on", trained_on(tf), later)
        tf.train.import_meta_graph("bare.meta")
    print("TensorFlow %s: %s" % (tf.version.VERSION, "all there" if not wrong else wrong))
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1]) else 0)
