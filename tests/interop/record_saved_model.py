"""Record a SavedModel that TensorFlow 1.15 writes: `python tests/interop/record_saved_model.py`.

Run it with a Python that has TensorFlow 1.15 and nothing of MiniGraph.
"""

import pathlib
import tempfile

import numpy as np
import tensorflow as tf

OUT = pathlib.Path(__file__).resolve().parent / "recorded_models" / "words.npz"


def main():
    """Write `recorded_models/words.npz`: the files of the model, and what it gives."""
    tf.set_random_seed(3)
    with tempfile.TemporaryDirectory() as folder, tf.Session() as session:
        (pathlib.Path(folder) / "words.txt").write_text("one two")
        path = tf.constant(folder + "/words.txt", name="path")
        tf.add_to_collection(tf.GraphKeys.ASSET_FILEPATHS, path)
        text = tf.Variable("", trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES], name="text")
        init = tf.group(tf.local_variables_initializer(), tf.assign(text, tf.read_file(path)), name="load_words")
        x = tf.placeholder(tf.float32, [None, 3], name="x")
        w = tf.get_variable("w", [3, 2])
        table = tf.get_variable("table", [4, 3], use_resource=True)
        ids = tf.placeholder(tf.int32, [None], name="ids")
        y = tf.nn.softmax(tf.matmul(x + tf.nn.embedding_lookup(table, ids), w), name="y")
        session.run(tf.global_variables_initializer())
        signature = tf.saved_model.predict_signature_def({"x": x, "ids": ids}, {"y": y, "words": text})
        model = folder + "/model"
        builder = tf.saved_model.builder.SavedModelBuilder(model)
        builder.add_meta_graph_and_variables(
            session,
            [tf.saved_model.tag_constants.SERVING],
            {"serving_default": signature},
            assets_collection=tf.get_collection(tf.GraphKeys.ASSET_FILEPATHS),
            main_op=init,
        )
        builder.add_meta_graph(["serve", "gpu"])
        builder.save()
        feeds = {"x": np.arange(6, dtype=np.float32).reshape(2, 3), "ids": np.array([1, 3], np.int32)}
        found = {"feed " + name: value for name, value in feeds.items()}
        found["y"] = session.run(y, {x: feeds["x"], ids: feeds["ids"]})
        for file in pathlib.Path(model).rglob("*"):
            if file.is_file():
                found["file " + str(file.relative_to(model))] = np.frombuffer(file.read_bytes(), np.uint8)
    OUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(str(OUT), **found)


if __name__ == "__main__":
    main()
