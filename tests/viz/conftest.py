import numpy as np
import pytest
from browser import TRACED, Screen, launch
from fakes import FakeGraph

import minigraph as tf
from minigraph import viz


@pytest.fixture
def training():
    """Return a small network with a train op: every stage of `optimize_loss` that has nodes of its own."""
    graph = tf.Graph()
    with graph.as_default():
        x = tf.placeholder(tf.float32, [None, 8], name="x")
        labels = tf.placeholder(tf.int64, [None], name="labels")
        hidden = tf.layers.dense(x, 16, activation=tf.nn.relu, name="hidden")
        normal = tf.layers.batch_normalization(hidden, training=True, name="norm")
        logits = tf.layers.dense(normal, 3, name="logits")
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        tf.contrib.layers.optimize_loss(
            loss,
            tf.train.get_or_create_global_step(),
            0.1,
            "Adam",
            gradient_noise_scale=0.1,
            gradient_multipliers={"hidden/kernel:0": 2.0},
            clip_gradients=1.0,
            learning_rate_decay_fn=lambda rate, step: tf.train.exponential_decay(rate, step, 10, 0.5),
        )
        tf.global_variables_initializer()
    return graph


@pytest.fixture
def fake():
    return FakeGraph()


@pytest.fixture(scope="session")
def browser():
    playwright, found = launch()
    yield found
    found.close()
    playwright.stop()


@pytest.fixture
def show(browser, tmp_path):
    """Open the page of a graph, or a file; at the end nothing may have gone wrong, and nothing been loaded."""
    screens = []

    def show(graph, width=1280, height=800, scheme="light", **options):
        path = graph
        if not isinstance(graph, str):
            path = str(tmp_path / f"{len(screens)}.html")
            viz.page(graph, path=path, **options)
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        screens.append(Screen(context.new_page()).open(path))
        return screens[-1]

    yield show
    for screen in screens:
        assert screen.complaints == [] and all(url.startswith(("file:", "blob:")) for url in screen.requests)
        screen.page.context.close()


@pytest.fixture(scope="module")
def model():
    """Return a network with a train op, and two steps of its training, recorded: (graph, runs, w after them)."""
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        tf.set_random_seed(1)  # by chance alone, all three units are dead in one model of eight
        x = tf.placeholder(tf.float32, [None, 4], name="x")
        y = tf.placeholder(tf.float32, [None, 1], name="y")
        with tf.variable_scope("net"):
            hidden = tf.layers.dense(x, 3, tf.nn.relu, name="hidden")
            out = tf.layers.dense(hidden, 1, name="out")
        loss = tf.reduce_mean(tf.square(out - y), name="loss")
        train = tf.contrib.layers.optimize_loss(
            loss, tf.train.get_or_create_global_step(), 0.1, "Adam", clip_gradients=1.0
        )
        sess.run(tf.global_variables_initializer())
        runs = [tf.RunMetadata(), tf.RunMetadata()]
        for run in runs:
            sess.run(train, {x: np.ones([2, 4]), y: np.ones([2, 1])}, TRACED, run)
        bias = sess.run("net/out/bias:0")
    return graph, runs, float(bias[0])
