"""Makes the pictures of gallery.md: `python docs/gallery.py`, or `python docs/gallery.py FOLDER`."""

import os
import sys

import numpy as np

import minigraph as tf
from minigraph.runtime.plan import Plan

HERE = os.path.dirname(os.path.abspath(__file__))


def regression():
    """Build a line through points, and a train op."""
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 1], name="x")
        y = tf.placeholder(tf.float32, [None, 1], name="y")
        w, b = tf.Variable([[1.0]], name="w"), tf.Variable([0.0], name="b")
        loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + b - y), name="loss")
        before = graph.version
        tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    return graph, loss, before


def network(layers, optimizer="Adam", **more):
    """Build a classifier that `optimize_loss` trains."""
    with tf.Graph().as_default() as graph:
        h = tf.placeholder(tf.float32, [None, 8], name="x")
        labels = tf.placeholder(tf.int64, [None], name="labels")
        for i in range(1, layers + 1):
            h = tf.layers.dense(h, 16, tf.nn.relu, name=f"hidden{i}")
        loss = tf.losses.sparse_softmax_cross_entropy(labels, tf.layers.dense(h, 3, name="logits"))
        train = tf.contrib.layers.optimize_loss(
            loss, tf.train.get_or_create_global_step(), 0.1, optimizer, clip_gradients=1.0, **more
        )
    return graph, train


def traced(graph, fetch, feeds):
    """Return the record of one run."""
    run = tf.RunMetadata()
    with graph.as_default(), tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(2):  # the first run makes what later ones use
            sess.run(fetch, feeds, tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True), run)
    return run


def race():
    """Build a sum that may be taken before or after an update: nothing orders the two."""
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        up = tf.assign_add(v, 1.0, name="up")
        total = tf.add(v.read_value(), 10.0, name="total")
        tf.group(up, total, name="both")
    return graph


def reads():
    """Build three reads of a variable: before an update, after it, and whenever it happens to be."""
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        early = tf.multiply(v, 10.0, name="early")
        with tf.control_dependencies([early]):
            up = tf.assign_add(v, 1.0, name="up")
        with tf.control_dependencies([up]):
            late = tf.multiply(tf.identity(v), 10.0, name="late")
        loose = tf.multiply(v, 10.0, name="loose")
        tf.group(early, late, loose, name="all")
    return graph


def devices():
    """Build a classifier whose variables are on two parameter servers, and that a worker trains."""
    kernels = iter(range(100))

    def variables_in_turn(op):
        return f"/job:ps/task:{next(kernels) % 2}" if op.type == "VariableV2" else "/job:worker/task:0"

    with tf.Graph().as_default() as graph, tf.device(variables_in_turn):
        x = tf.placeholder(tf.float32, [None, 784], name="x")
        labels = tf.placeholder(tf.int64, [None], name="labels")
        logits = tf.layers.dense(x, 10, name="logits")
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        tf.contrib.layers.optimize_loss(loss, tf.train.get_or_create_global_step(), 0.1, "SGD", summaries=[])
    return graph


def history():
    """Return a loss that falls, noisily."""
    rng = np.random.default_rng(0)
    steps = np.arange(150)
    loss = np.exp(-steps / 40) * (1 + 0.3 * rng.standard_normal(150)) ** 2 + 0.02
    return {
        "loss": loss.tolist(),
        "gradient_norm": (3 * np.sqrt(loss)).tolist(),
        "learning_rate": (0.1 * 0.98**steps).tolist(),
    }


def pictures():
    """For each picture its name, the view, and how to draw it."""
    line, loss, before = regression()
    points = {"x:0": [[0.0], [1.0], [2.0]], "y:0": [[1.0], [3.0], [5.0]]}
    small, train = network(1)
    yield "regression", tf.viz.View(line), {}
    yield "dark", tf.viz.View(line, fetches=loss), {"theme": "dark"}
    yield "print", tf.viz.View(line, fetches=loss), {"theme": "print"}
    yield "optimize_loss", tf.viz.View(small), {}
    yield "fifty_layers", tf.viz.View(network(50, "SGD")[0]), {}
    yield "stages", tf.viz.View(small, depth=0), {}
    yield "added", tf.viz.View(line, since=before), {}
    yield "compared", tf.viz.View(small, since=network(1, "SGD")[0]), {}
    yield "trace", tf.viz.View(line, fetches=loss, overlay=traced(line, loss, points)), {}
    yield "plan", tf.viz.View(line, overlay=Plan([loss], [line.get_tensor_by_name(name) for name in points])), {}
    yield "around", tf.viz.View(small, around="hidden1/kernel"), {}
    yield "path", tf.viz.View(small, path=("x", "logits/BiasAdd")), {}
    yield "reads", tf.viz.View(reads(), fetches="all", reads=True), {}
    yield "devices", tf.viz.View(devices(), by="device"), {}
    yield (
        "race",
        tf.viz.View(race(), overlay=[tf.viz.Marks(["up"], style="first"), tf.viz.Marks(["total"], style="second")]),
        {},
    )


def main(folder):
    """Write them all."""
    os.makedirs(folder, exist_ok=True)
    for name, view, how in pictures():
        print(tf.viz.render(view, os.path.join(folder, f"{name}.svg"), **how))
    tf.viz.curves(history(), smooth=0.9, path=os.path.join(folder, "curves.svg"))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "pictures"))
