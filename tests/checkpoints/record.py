"""Write, with TensorFlow 1.15, the checkpoints that the tests read: `recorded/checkpoints.json.xz`, all files in base64.

tf115/bin/python tests/checkpoints/record.py
"""

import base64
import json
import os
import pathlib
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
TYPES = "float16 float32 float64 int8 int16 int32 int64 uint8 uint16 bool complex64 complex128"


def value_of(kind):
    """Return the value that is saved for a type."""
    return (np.arange(6).reshape(2, 3) % 5).astype(kind)


def write_types(tf, folder):
    """Save a value of each type, some texts, a scalar and an empty array."""
    values = {"types/" + kind: tf.constant(value_of(kind)) for kind in TYPES.split()}
    values["texts"] = tf.constant([[b"a", b""], [b"\xff\x00", b"xyz" * 50]])
    values["scalar"], values["empty"] = tf.constant(3.5), tf.zeros([0, 3])
    names = sorted(values)
    save = tf.raw_ops.SaveV2(
        prefix=folder + "/types",
        tensor_names=names,
        shape_and_slices=[""] * len(names),
        tensors=[values[name] for name in names],
    )
    with tf.Session() as session:
        session.run(save)


def write_many(tf, folder):
    """Save so many values that the index has several blocks."""
    names = ["layer%d/%s/kernel_%04d" % (i % 7, "long" * 40, i) for i in range(1800)]
    save = tf.raw_ops.SaveV2(
        prefix=folder + "/many",
        tensor_names=names,
        shape_and_slices=[""] * len(names),
        tensors=[tf.constant(np.uint8(i % 251)) for i in range(1800)],
    )
    with tf.Session() as session:
        session.run(save)


def write_slices(tf, folder):
    """Save a variable in slices, by rows and by columns, with numbers of one and of two bytes."""
    for rows, name in ((5, "rows"), (300, "more_rows")):
        with tf.variable_scope(name, partitioner=tf.fixed_size_partitioner(2)):
            tf.get_variable("v", initializer=tf.constant(np.arange(rows * 3, dtype=np.float32).reshape(rows, 3)))
    with tf.variable_scope("columns", partitioner=tf.fixed_size_partitioner(3, axis=1)):
        tf.get_variable("w", initializer=tf.constant(np.arange(14, dtype=np.int32).reshape(2, 7)))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        tf.train.Saver().save(session, folder + "/slices", write_meta_graph=False, write_state=False)


def write_version1(tf, folder):
    """Save in the format of version 1, also a variable in slices."""
    for kind in "float32 float64 int8 int16 int32 int64 uint8 bool complex64 float16".split():
        tf.Variable(value_of(kind), name=kind)
    tf.Variable(-value_of("int32"), name="negative")
    tf.Variable([b"a", b"", b"xyz"], name="texts")
    with tf.variable_scope("rows", partitioner=tf.fixed_size_partitioner(2)):
        tf.get_variable("v", initializer=tf.constant(np.arange(15, dtype=np.float32).reshape(5, 3)))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        saver = tf.train.Saver(write_version=tf.train.SaverDef.V1)
        saver.save(session, folder + "/version1", write_meta_graph=False, write_state=False)


def write_sharded(tf, folder):
    """Save to a file for each device, and then as a training loop does, with a global step."""
    with tf.device("/cpu:0"):
        tf.Variable([1.0, 2.0], name="a")
    b = tf.Variable([[3]], name="b")
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        saver = tf.train.Saver(sharded=True, max_to_keep=2)
        for step in range(3):
            saver.save(session, folder + "/sharded", step, write_meta_graph=False)
            session.run(b.assign_add([[1]]))


def main():
    """Write the checkpoints and put their files into one recording."""
    import recordings
    import tensorflow as tf

    if not tf.__version__.startswith("1.15"):
        raise SystemExit("TensorFlow 1.15 is the reference; this is " + tf.__version__)
    tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)
    folder = tempfile.mkdtemp()
    for write in (write_types, write_many, write_slices, write_version1, write_sharded):
        with tf.Graph().as_default():
            write(tf, folder)
    files = {}
    for name in sorted(os.listdir(folder)):
        raw = open(os.path.join(folder, name), "rb").read().replace(folder.encode(), b"FOLDER")
        files[name] = base64.b64encode(raw).decode()
    (HERE / "recorded").mkdir(exist_ok=True)
    text = json.dumps({"tensorflow": tf.__version__, "files": files}, sort_keys=True, indent=0)
    recordings.write(HERE / "recorded" / ("checkpoints" + recordings.SUFFIX), text)


if __name__ == "__main__":
    main()
