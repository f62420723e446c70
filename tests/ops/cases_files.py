"""Cases: checkpoints, and texts that are joined. None of it has a gradient."""

import os
import tempfile

import numpy as np
from opcases import Case

import minigraph as tf
from minigraph.ops.io import checkpoints

FOLDER = tempfile.mkdtemp()
ROWS = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], np.float32)
COUNTS = np.array([1, 2], np.int64)


def path(name):
    return os.path.join(FOLDER, name)


def restored(rows, counts):
    """Save two values, one of them in two slices, and read them again, and a slice."""
    names, slices = ["counts", "rows", "rows"], ["", "3 2 0,2:-", "3 2 2,1:-"]
    saved = checkpoints.save_v2(path("model"), names, slices, [counts, rows[:2], rows[2:]])
    with tf.control_dependencies([saved]):
        wanted = ["rows", "counts", "rows"]
        types = [tf.float32, tf.int64, tf.float32]
        return checkpoints.restore_v2(path("model"), wanted, ["", "", "3 2 -:1,1"], types)


def merged(rows):
    """Save a value in each of two files, make one checkpoint of them, and read both."""
    files = [checkpoints.sharded_filename(path("parts"), i, 2) for i in range(2)]
    saved = [checkpoints.save_v2(file, [f"v{i}"], [""], [rows * (i + 1.0)]) for i, file in enumerate(files)]
    with tf.control_dependencies(saved):
        whole = checkpoints.merge_v2_checkpoints(tf.stack(files), path("whole"))
    with tf.control_dependencies([whole]):
        return checkpoints.restore_v2(path("whole"), ["v0", "v1"], ["", ""], [tf.float32, tf.float32])


CASES = [
    Case(
        "SaveV2",
        restored,
        (ROWS, COUNTS),
        [ROWS, COUNTS, ROWS[:, 1:]],
        grad_order=0,
        also=("RestoreV2",),
        deterministic=False,
    ),
    Case("MergeV2Checkpoints", merged, (ROWS,), [ROWS, ROWS * 2.0], grad_order=0, deterministic=False),
    Case(
        "ShardedFilename",
        lambda i: checkpoints.sharded_filename("model", i, 3),
        (np.array(2, np.int32),),
        np.array(b"model-00002-of-00003", object),
        grad_order=0,
    ),
    Case(
        "StringJoin",
        lambda: tf.string_join([["a", "b"], "-", ["c", "d"]], separator="."),
        (),
        np.array([b"a.-.c", b"b.-.d"], object),
        grad_order=0,
    ),
]
