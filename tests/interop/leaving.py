"""A program that writes all kinds of files, the same in TensorFlow 1.15 and in MiniGraph, into the folder it is run in.

    python3.7 tests/interop/leaving.py        records what TensorFlow 1.15 writes: recorded/leaving.tar.xz
    python -m tests.interop.leaving FOLDER    has MiniGraph write them into a folder, for `arrived.py`

It keeps to Python 3.7.
"""

import io
import os
import pathlib
import sys
import tarfile
import tempfile

import numpy as np

RECORDED = pathlib.Path(__file__).resolve().parent / "recorded" / "leaving.tar.xz"
X = np.random.RandomState(0).randn(12, 4).astype("f")
Y = np.arange(12) % 3


def build(tf):
    """Return the parts of a small model: a placeholder for inputs, one for labels, logits, a train op."""
    tf.set_random_seed(3)
    x = tf.placeholder(tf.float32, [None, 4], name="x")
    y = tf.placeholder(tf.int64, [None], name="y")
    with tf.device("/cpu:0"):
        hidden = tf.layers.dense(x, 8, tf.nn.relu, name="h")
    with tf.variable_scope("out"):
        w = tf.get_variable("w", [8, 3], use_resource=True)
    logits = tf.identity(tf.matmul(hidden, w), name="logits")
    loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
    step = tf.train.get_or_create_global_step()
    train = tf.train.AdamOptimizer(0.05).minimize(loss, global_step=step)
    tf.nn.softmax(logits, name="prob")
    words = tf.constant("words.txt", name="words")
    tf.add_to_collection(tf.GraphKeys.ASSET_FILEPATHS, words)
    tf.read_file(words, name="text")
    tf.train.string_input_producer(["a", "b"], name="names")
    for name, item in (("train_op", train), ("number", 3), ("rate", 0.5), ("word", "abc")):
        tf.add_to_collection(name, item)
    return x, y, logits, train


def write(tf):
    """Write everything into the current folder."""
    with open("words.txt", "w") as file:
        file.write("a\nb\n")
    os.makedirs("checkpoints")
    x, y, logits, train = build(tf)
    prob = tf.get_default_graph().get_tensor_by_name("prob:0")
    saver = tf.train.Saver()
    tf.add_to_collection(tf.GraphKeys.SAVERS, saver)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for _ in range(5):
            session.run(train, {x: X, y: Y})
        saver.save(session, "checkpoints/model", global_step=5)
        np.save("prob.npy", session.run(prob, {x: X}))
        tf.saved_model.simple_save(session, "simple", {"x": x}, {"prob": prob, "logits": logits})
        write_built(tf, session, x, prob)
        frozen = tf.graph_util.convert_variables_to_constants(session, session.graph_def, ["prob"])
        tf.train.write_graph(frozen, ".", "frozen.pb", as_text=False)
        pruned = tf.graph_util.remove_training_nodes(frozen, ["prob"])
        tf.train.write_graph(pruned, ".", "pruned.pbtxt")
        part = tf.graph_util.extract_sub_graph(session.graph_def, ["h/Relu"])
        tf.train.write_graph(part, "parts", "part.pbtxt")
        for _ in range(5):
            session.run(train, {x: X, y: Y})
        np.save("prob10.npy", session.run(prob, {x: X}))
    saver.export_meta_graph("bare.meta", clear_devices=True, clear_extraneous_savers=True, strip_default_attrs=True)
    tf.train.export_meta_graph("scope.meta", export_scope="out")


def write_built(tf, session, x, prob):
    """Write a SavedModel with all that a builder can say of it."""
    builder = tf.saved_model.builder.SavedModelBuilder("built")
    info = tf.saved_model.utils.build_tensor_info
    signature = tf.saved_model.signature_def_utils.build_signature_def(
        {"x": info(x)}, {"p": info(prob)}, tf.saved_model.signature_constants.PREDICT_METHOD_NAME
    )
    after = tf.group(tf.local_variables_initializer(), name="after")
    tags = [tf.saved_model.tag_constants.SERVING, tf.saved_model.tag_constants.TRAINING]
    builder.add_meta_graph_and_variables(
        session, tags, {"serving_default": signature}, main_op=after, strip_default_attrs=True
    )
    builder.add_meta_graph(["second"])
    builder.save()


def write_into(folder, tf):
    """Write everything into a folder."""
    here = os.getcwd()
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    try:
        with tf.Graph().as_default():
            write(tf)
    finally:
        os.chdir(here)


def record():
    """Record what TensorFlow writes."""
    import tensorflow as tf

    with tempfile.TemporaryDirectory() as folder:
        write_into(folder, tf)
        with tarfile.open(str(RECORDED), "w:xz") as archive:
            for path in sorted(pathlib.Path(folder).rglob("*")):
                if path.is_file():
                    entry = tarfile.TarInfo(str(path.relative_to(folder)))
                    content = path.read_bytes()
                    entry.size = len(content)
                    archive.addfile(entry, io.BytesIO(content))
    print(RECORDED.stat().st_size, "bytes")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import minigraph

        write_into(sys.argv[1], minigraph)
    else:
        record()
