"""A graph that nobody holds is freed, whatever was built in it and however it was run: nothing beside it keeps it."""

from __future__ import annotations

import gc
import threading
import weakref

import numpy as np
import pytest

import minigraph as tf
from minigraph import explain
from minigraph.graph.operation import Operation, Tensor

XS, YS = np.ones((2, 3), np.float32), np.array([0, 1])


def model():
    """Return a small classifier: its placeholders, its loss and its train op."""
    x, y = tf.placeholder(tf.float32, [None, 3], name="x"), tf.placeholder(tf.int64, [None], name="y")
    hidden = tf.layers.batch_normalization(tf.layers.dense(x, 4, tf.nn.relu), training=True)
    loss = tf.losses.sparse_softmax_cross_entropy(labels=y, logits=tf.layers.dense(hidden, 3))
    step = tf.train.get_or_create_global_step()
    return x, y, loss, tf.contrib.layers.optimize_loss(loss, step, 0.1, "Adam", name="train")


def initialized():
    sess = tf.Session()
    sess.run(tf.global_variables_initializer())
    return sess


def trained():
    x, y, _, train = model()
    tf.train.ExponentialMovingAverage(0.9).apply(tf.trainable_variables())
    sess = initialized()
    call = sess.make_callable(train, [x, y])
    for _ in range(4):
        sess.run(train, {x: XS, y: YS})
        call(XS, YS)
    sess.run(train, {x: XS, y: YS}, tf.RunOptions(trace_level=3), tf.RunMetadata())


def custom_gradient():
    @tf.custom_gradient
    def scaled(x):
        return x * 2.0, lambda dy: dy + x

    v = tf.get_variable("v", [2])
    initialized().run(tf.gradients(scaled(v), v))


def uninitialized():
    x, y, _, train = model()
    holder = initialized()
    with pytest.raises(tf.errors.FailedPreconditionError):
        tf.Session().run(train, {x: XS, y: YS})
    holder.close()


def interactive():
    x, y, _, train = model()
    sess = tf.InteractiveSession()
    sess.run(tf.global_variables_initializer())
    sess.run(train, {x: XS, y: YS})
    sess.close()


def bodies():
    v = tf.get_variable("v", [2])
    loop = tf.while_loop(
        lambda i, a: i < 3, lambda i, a: (i + 1, tf.cond(i > 1, lambda: a * v, lambda: a + v)), [0, tf.ones([2])]
    )
    sess, gradient = initialized(), tf.gradients(loop[1], v)
    for _ in range(4):
        sess.run(gradient)


def python_functions():
    v = tf.get_variable("v", [2])
    initialized().run(tf.py_func(lambda a: a, [v], tf.float32))


def in_a_thread():
    graph = tf.get_default_graph()

    def build():
        with graph.as_default(), tf.variable_scope("a"):
            tf.get_variable("v", [2])

    thread = threading.Thread(target=build)
    thread.start()
    thread.join()


def template():
    shared = tf.make_template("t", lambda x: x * tf.get_variable("w", []))
    shared(tf.ones([])), shared(tf.ones([]))


def partly():
    x, v = tf.placeholder(tf.float32, []), tf.get_variable("v", [])
    sess, y = initialized(), x * v
    sess.partial_run(sess.partial_run_setup([y], [x]), y, {x: 1.0})


def failed():
    model()
    with pytest.raises(ValueError):
        model()
    with pytest.raises(ValueError):
        tf.reshape(tf.ones([3]), [2])


def explained():
    x, y, loss, train = model()
    weights = tf.trainable_variables()[0]
    for report in (
        explain.describe(train),
        explain.why_none(loss, [weights]),
        explain.races([loss, train]),
        explain.lint([train]),
        explain.name_of(loss),
    ):
        assert str(report)


@pytest.mark.parametrize(
    "build",
    [
        trained,
        custom_gradient,
        uninitialized,
        interactive,
        bodies,
        python_functions,
        in_a_thread,
        template,
        partly,
        failed,
        explained,
    ],
)
def test_a_graph_dies_with_its_last_holder(build):
    def built():
        with tf.Graph().as_default() as graph:
            build()
        return weakref.ref(graph)

    graph = built()
    gc.collect()
    assert graph() is None


def test_the_default_graph_dies_when_it_is_reset():
    tf.reset_default_graph()
    trained()
    graph = weakref.ref(tf.get_default_graph())
    tf.reset_default_graph()
    gc.collect()
    assert graph() is None


def test_many_graphs_leave_nothing():
    def nodes():
        gc.collect()
        return sum(isinstance(each, (Operation, Tensor)) for each in gc.get_objects())

    before = nodes()
    for _ in range(20):
        with tf.Graph().as_default():
            trained()
    assert nodes() == before
