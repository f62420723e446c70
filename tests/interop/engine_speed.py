"""What a step costs on numpy and in TensorFlow's process: `python tests/interop/engine_speed.py`; ratios, in turns.

The figures of docs/scaling.md. Needs an installed TensorFlow, or MINIGRAPH_TENSORFLOW_PYTHON.
"""

import argparse
import pathlib
import sys
import time

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

import minigraph as tf  # noqa: E402
from minigraph.interop.tensorflow_process import tensorflow_process  # noqa: E402


def nothing():
    """Build a run that fetches a constant."""
    return tf.constant(1.0), {}


def fed(megabytes):
    """Return what builds a run that is fed an array, and returns a number."""

    def build():
        x = tf.placeholder(tf.float32, [None])
        return x[0], {x: np.zeros(megabytes << 18, "f")}

    return build


def dense(batch, sizes):
    """Return what builds a step of `optimize_loss` with Adam on a network of dense layers."""

    def build():
        x, y = tf.placeholder(tf.float32, [None, sizes[0]]), tf.placeholder(tf.int64, [None])
        hidden = x
        for size in sizes[1:-1]:
            hidden = tf.layers.dense(hidden, size, tf.nn.relu)
        loss = tf.losses.sparse_softmax_cross_entropy(y, tf.layers.dense(hidden, sizes[-1]))
        random = np.random.RandomState(0)
        feeds = {x: random.rand(batch, sizes[0]).astype("f"), y: random.randint(sizes[-1], size=batch)}
        return optimized(loss), feeds

    return build


def convolved(batch, size, depths):
    """Return what builds a step of `optimize_loss` with Adam on a network of convolutions."""

    def build():
        x, y = tf.placeholder(tf.float32, [None, size, size, 3]), tf.placeholder(tf.int64, [None])
        hidden = x
        for depth in depths:
            hidden = tf.layers.max_pooling2d(tf.layers.conv2d(hidden, depth, 3, activation=tf.nn.relu), 2, 2)
        loss = tf.losses.sparse_softmax_cross_entropy(y, tf.layers.dense(tf.layers.flatten(hidden), 10))
        random = np.random.RandomState(0)
        feeds = {x: random.rand(batch, size, size, 3).astype("f"), y: random.randint(10, size=batch)}
        return optimized(loss), feeds

    return build


def optimized(loss):
    """Return the train op of a loss."""
    step = tf.train.get_or_create_global_step()
    return tf.contrib.layers.optimize_loss(loss, step, 1e-3, "Adam", summaries=[])


ROWS = {
    "a constant": nothing,
    "1 MiB fed": fed(1),
    "64 MiB fed": fed(64),
    "dense 64-256-128-10, 64 rows": dense(64, [64, 256, 128, 10]),
    "dense 784-512-512-10, 128 rows": dense(128, [784, 512, 512, 10]),
    "dense 2048-2048-2048-10, 256 rows": dense(256, [2048, 2048, 2048, 10]),
    "convolutions 32-64, 32 images of 32 x 32": convolved(32, 32, [32, 64]),
}


def main():
    """Print a table: milliseconds on numpy, and how many times as long in TensorFlow."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print("| step | ms on numpy | ms in TensorFlow | ratio |\n|---|---|---|---|")
    for name, build in ROWS.items():
        with tf.Graph().as_default():
            fetch, feeds = build()
            init, calls = tf.global_variables_initializer(), {}
            sessions = [tf.Session(), tf.Session("tensorflow")]
            for session in sessions:
                session.run(init)
                calls[session] = session.make_callable(fetch, list(feeds))
            best = {session: float("inf") for session in sessions}
            for _ in range(rounds):
                for session, call in calls.items():
                    count, start = 0, time.perf_counter()
                    while time.perf_counter() - start < 0.3:
                        call(*feeds.values())
                        count += 1
                    best[session] = min(best[session], (time.perf_counter() - start) / count * 1e3)
            for session in sessions:
                session.close()
        ours, theirs = best.values()
        print(f"| {name} | {ours:.3f} | {theirs:.3f} | {theirs / ours:.2f} |", flush=True)
    print(f"TensorFlow {tensorflow_process().version}")


if __name__ == "__main__":
    main()
