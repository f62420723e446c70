"""A call that fails leaves the graph as it was: operations, names, collections, variables, scopes.

TensorFlow 1.15 leaves behind what a failed call had made; that nothing stays is MiniGraph's own promise.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minigraph as tf


def broken(*_, **__):
    """Make a node and a collection entry, and then fail: an initializer, regularizer, branch…"""
    tf.add_to_collection("half", tf.constant(1.0, name="half_done"))
    raise ZeroDivisionError


def layer_in_scope(x):
    """Fails below two scopes of the program, which keep their names, as in TF1."""
    with tf.variable_scope("other"), tf.variable_scope(None, "default"):
        return tf.layers.dense(x, 2, activation=broken)


FAILURES = {
    "shapes": lambda x: tf.matmul(x, [[1.0, 2.0, 3.0]]),
    "dtype of the second input": lambda x: x + "text",
    "name": lambda x: tf.add([1.0], [2.0], name="no name"),
    "element of a list": lambda x: tf.concat([[1.0], "text"], 0),
    "element of another graph": lambda x: tf.stack([x, tf.Session(graph=tf.Graph()).graph]),
    "index": lambda x: x[0, 1:, 2, 3],
    "device function": lambda x: tf.device(broken).__enter__() or x + 1.0,
    "unequal rows": lambda x: tf.add_n([[1.0, 2.0], [3.0]]),
    "types of a complex number": lambda x: tf.complex([1.0], [2]),
    "type of a reduction": lambda x: tf.reduce_sum(["a", "b"]),
    "reduction to a logarithm": lambda x: tf.reduce_logsumexp([1, 2]),
    "rounding": lambda x: tf.round("text"),
    "scalar": lambda x: tf.scalar_mul([1.0, 2.0], x),
    "norms": lambda x: tf.clip_by_global_norm([x], [[1.0], "text"]),
    "parts": lambda x: tf.split([1.0, 2.0, 3.0], 2),
    "axis to unstack": lambda x: tf.unstack(1.0),
    "axis to stack": lambda x: tf.stack([[1.0], [2.0]], 3),
    "strides": lambda x: tf.strided_slice(1.0, [0], [1]),
    "softmax": lambda x: tf.nn.softmax(1.0),
    "logits": lambda x: tf.nn.softmax_cross_entropy_with_logits(labels=[[1.0]], logits=[["text"]]),
    "dropout of integers": lambda x: tf.nn.dropout([1], x),
    "moving moments": lambda x: tf.nn.fused_batch_norm([[[[1.0]]]], [1.0], [1.0], mean=[1.0]),
    "boundaries": lambda x: tf.train.piecewise_constant(1, [1, 2], [1.0, 2.0]),
    "decay rate": lambda x: tf.train.natural_exp_decay(0.1, 1, 10, "text"),
    "equality": lambda x: tf.assert_equal([1.0], "text"),
    "assignment": lambda x: tf.assign(x, [[1.0]]),
    "Variable": lambda x: tf.Variable(broken, name="w"),
    "Variable without shape": lambda x: tf.Variable(x, name="w"),
    "initializer": lambda x: tf.get_variable("w", [2], initializer=broken),
    "regularizer": lambda x: tf.get_variable("w", [2], regularizer=broken),
    "dense": lambda x: tf.layers.dense(x, 2, bias_initializer=broken),
    "layer in scopes": layer_in_scope,
    "batch normalization": lambda x: tf.layers.batch_normalization(x, gamma_regularizer=broken),
    "weights of a loss": lambda x: tf.losses.mean_squared_error([[0.0, 0.0]], [[1.0, 2.0]], weights=[[1.0] * 3]),
    "branch": lambda x: tf.cond(True, broken, lambda: x),
    "branch in the graph": lambda x: tf.cond(tf.placeholder_with_default(True, [], name="x"), lambda: x, broken),
    "learning rate": lambda x: tf.contrib.layers.optimize_loss(
        tf.reduce_sum(tf.layers.dense(x, 1)), None, broken, "SGD"
    ),
}
ALONE = ("branch in the graph", "learning rate", "device function")  # several calls; only the last one fails


def picture(graph):
    """Return the whole graph as data: nodes, who takes what, collections."""
    return (
        str(graph.as_graph_def()),
        [(t.name, [c.name for c in t.consumers()]) for op in graph.get_operations() for t in op.outputs],
        {key: [str(v) for v in graph.get_collection(key)] for key in graph.collections},
    )


def build(fail=None):
    """Build a graph, with a failure on the way, and pictures it."""
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        if fail is not None:
            with pytest.raises((ValueError, TypeError, AttributeError, ZeroDivisionError)):
                fail(x)
        tf.get_variable("w", [2])
        y = tf.layers.dense(x, 2, activation=tf.nn.relu)
        with tf.variable_scope("outer"), tf.variable_scope(None, "default"):
            y = tf.layers.batch_normalization(y + 1.0, training=True)
        loss = tf.losses.mean_squared_error(tf.zeros_like(y), y)
        tf.Variable(tf.constant(1.0), name="w")
        tf.train.AdamOptimizer().minimize(loss)
        return picture(graph)


@pytest.mark.parametrize("name", [name for name in FAILURES if name not in ALONE])
def test_a_program_goes_on_as_if_the_failed_call_had_not_been(name):
    assert build(FAILURES[name]) == build()


@pytest.mark.parametrize(
    "make",
    [
        lambda: tf.add(1.0, "text"),
        lambda: tf.get_variable("v", [1], regularizer=broken),
        lambda: tf.Variable(broken),
        lambda: tf.layers.dense(tf.ones([1, 1]), 1, kernel_regularizer=broken),
        lambda: tf.gradients(tf.get_default_graph().get_tensor_by_name("loss:0"), [tf.get_default_graph()]),
    ],
)
def test_a_finished_graph_is_not_touched(make):
    with tf.Graph().as_default() as graph:
        v = tf.get_variable("v", [])
        tf.reduce_sum(tf.square(v), name="loss")
        before = [op.name for op in graph.get_operations() if not op.name.startswith("ones")]
        with pytest.raises((ValueError, TypeError, ZeroDivisionError)):
            make()
        after = [op.name for op in graph.get_operations() if not op.name.startswith("ones")]
        assert after == before and [u.name for u in tf.global_variables()] == ["v:0"]
        assert graph.get_name_scope() == "" and tf.get_variable_scope().name == ""


@given(st.lists(st.sampled_from(sorted(set(FAILURES) - set(ALONE))), max_size=4))
def test_failures_add_up_to_nothing(names):
    def fail_often(x):
        for name in names:
            with pytest.raises((ValueError, TypeError, AttributeError, ZeroDivisionError)):
                FAILURES[name](x)
        raise ValueError("one more")

    assert build(fail_often) == build()


def test_consumers_asked_for_in_a_call_that_fails(graph):
    x = tf.constant(1.0)
    kept = tf.tanh(x)
    with pytest.raises(ZeroDivisionError), graph.atomic():
        lost = tf.tanh(x)
        assert x.consumers() == [kept.op, lost.op]
        tf.tanh(x)
        raise ZeroDivisionError
    assert x.consumers() == [kept.op] and x.consumers() == [kept.op]
    assert x.consumers() + [tf.tanh(x).op] == x.consumers()
