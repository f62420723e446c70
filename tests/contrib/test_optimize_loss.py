"""`optimize_loss`: every argument, every error, every warning, and what a failed call leaves behind: nothing."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import minigraph as tf
from minigraph import GraphWarning
from minigraph.contrib.layers import OPTIMIZER_CLS_NAMES, OPTIMIZER_SUMMARIES, adaptive_clipping_fn, optimize_loss


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph, warnings.catch_warnings():
        warnings.simplefilter("error")
        yield graph


def model(value=3.0, name="var"):
    """Return a variable with a quadratic loss: the gradient is 2 * value."""
    w = tf.get_variable(name, initializer=np.float32(value))
    return w, w * w


def run(train_op, *fetches, steps=1, feed_dict=None):
    """Train, and return what the last train step gave and then the values of `fetches`."""
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(steps):
            value = sess.run(train_op, feed_dict)
        return [float(value), *[np.asarray(v).tolist() for v in sess.run(list(fetches), feed_dict)]]


def summary_tags(graph):
    found = []
    for op in graph.get_operations():
        if op.type in ("ScalarSummary", "HistogramSummary"):
            found.append(tf.get_static_value(op.inputs[0]).item().decode())
    return found


# What it computes


def test_the_value_is_the_loss_before_the_update():
    w, loss = model()
    assert run(optimize_loss(loss, None, 0.25, "SGD"), w, loss) == [9.0, 1.5, 2.25]


@pytest.mark.parametrize("name", sorted(OPTIMIZER_CLS_NAMES))
def test_each_named_optimizer_lowers_the_loss(name):
    w, loss = model()
    step = tf.train.create_global_step()
    rate = 0.01 if name == "Momentum" else 0.1  # at 0.1 its momentum carries it past the lowest point
    last, counted, after = run(optimize_loss(loss, step, rate, name), step, loss, steps=5)
    assert counted == 5 and 0 < after < last < 9.0


@pytest.mark.parametrize(
    "optimizer",
    ["SGD", tf.train.GradientDescentOptimizer, lambda rate: tf.train.GradientDescentOptimizer(learning_rate=rate)],
    ids=["name", "class", "function"],
)
def test_kinds_of_optimizers(optimizer):
    w, loss = model()
    assert run(optimize_loss(loss, None, 0.25, optimizer), w)[1] == 1.5


@pytest.mark.parametrize(
    "optimizer",
    [tf.train.GradientDescentOptimizer(0.25), lambda: tf.train.GradientDescentOptimizer(0.25)],
    ids=["instance", "function"],
)
def test_optimizers_with_a_rate_of_their_own(optimizer):
    w, loss = model()
    assert run(optimize_loss(loss, None, None, optimizer), w)[1] == 1.5
    assert not [v for v in tf.global_variables() if "learning_rate" in v.name]


def test_learning_rate_tensor(graph):
    w, loss = model()
    rate = tf.placeholder(tf.float32, [])
    assert run(optimize_loss(loss, None, rate, "SGD"), w, feed_dict={rate: 0.5}) == [9.0, 0.0]


def test_float_rate_is_a_variable_that_is_saved_and_not_trained():
    w, loss = model()
    optimize_loss(loss, None, 0.25, "SGD")
    assert [v.name for v in tf.global_variables()] == ["var:0", "OptimizeLoss/learning_rate:0"]
    assert [v.name for v in tf.trainable_variables()] == ["var:0"]


def test_decay(graph):
    w, loss = model()
    step = tf.train.create_global_step()
    train = optimize_loss(
        loss, step, 0.25, "SGD", learning_rate_decay_fn=lambda rate, at: tf.train.exponential_decay(rate, at, 1, 0.5)
    )
    assert run(train, w, steps=2)[1] == pytest.approx(1.5 - 0.125 * 3.0)
    assert "OptimizeLoss/learning_rate_1" in summary_tags(graph)  # the variable has the name without a number


def test_decay_without_a_rate_is_ignored_as_in_tf1():
    w, loss = model()
    train = optimize_loss(
        loss, None, None, tf.train.GradientDescentOptimizer(0.25), learning_rate_decay_fn=lambda rate, at: 1 / 0
    )
    assert run(train, w)[1] == 1.5


def test_global_step_of_the_graph_is_found():
    w, loss = model()
    step = tf.train.create_global_step()
    assert run(optimize_loss(loss, None, 0.25, "SGD"), step, steps=3)[1] == 3


def test_increment_global_step():
    w, loss = model()
    step = tf.train.create_global_step()
    first = optimize_loss(loss, step, 0.1, "SGD", name="first")
    second = optimize_loss(loss, step, 0.1, "SGD", name="second", increment_global_step=False)
    assert run(first + second, step)[1] == 1


def test_gradient_noise_changes_the_update():
    w, loss = model()
    tf.set_random_seed(42)
    (_, after) = run(optimize_loss(loss, None, 0.1, "SGD", gradient_noise_scale=10.0), w)
    assert abs(after - 2.4) > 1e-3


@pytest.mark.parametrize("dtype", [tf.float32, tf.float64])
def test_gradient_noise_keeps_the_dtype(dtype):
    w = tf.get_variable("w", [2, 3], dtype)
    train = optimize_loss(tf.reduce_sum(w * w), None, 0.1, "SGD", gradient_noise_scale=1.0)
    assert train.dtype == dtype
    run(train)


def test_gradient_noise_makes_sparse_gradients_dense():
    table = tf.get_variable("table", [5, 2], initializer=tf.zeros_initializer())
    loss = tf.reduce_sum(tf.gather(table, [1, 1]))
    train = optimize_loss(loss, None, 1.0, "SGD", gradient_noise_scale=1e-3)
    _, after = run(train, table)
    assert np.all(np.asarray(after) != 0) and np.allclose(after, [[0, 0], [-2, -2], [0, 0], [0, 0], [0, 0]], atol=0.01)


@pytest.mark.parametrize("key", ["name", "variable"])
@pytest.mark.parametrize("factor", [7.0, 7, np.float64(7), "tensor"])
def test_gradient_multipliers(key, factor):
    w, loss = model()
    factor = tf.constant(7.0, tf.float64) if factor == "tensor" else factor
    train = optimize_loss(loss, None, 0.01, "SGD", gradient_multipliers={w if key == "variable" else "var:0": factor})
    assert run(train, w)[1] == pytest.approx(3.0 - 0.01 * 6.0 * 7.0)


def test_gradient_multipliers_keep_sparse_gradients_sparse(graph):
    table = tf.get_variable("table", [5, 2], initializer=tf.zeros_initializer())
    loss = tf.reduce_sum(tf.gather(table, [1, 1]))
    train = optimize_loss(loss, None, 1.0, "SGD", gradient_multipliers={table: 0.5})
    assert np.array_equal(run(train, table)[1], [[0, 0], [-1, -1], [0, 0], [0, 0], [0, 0]])
    assert "SparseApply" in "".join(op.type for op in graph.get_operations()) or any(
        op.type == "ScatterSub" for op in graph.get_operations()
    )


def test_clip_by_global_norm():
    w, loss = model()
    assert run(optimize_loss(loss, None, 1.0, "SGD", clip_gradients=0.5), w)[1] == pytest.approx(2.5)


def test_clip_by_a_function():
    w, loss = model()
    train = optimize_loss(
        loss, None, 1.0, "SGD", clip_gradients=lambda pairs: [(tf.clip_by_norm(g, 0.25), v) for g, v in pairs]
    )
    assert run(train, w)[1] == pytest.approx(2.75)


def test_clip_duplicate_rows_as_tf1_does(graph):
    """The rows are not summed before the norm: 2.449 where the true norm of the gradient is 3.162."""
    table = tf.get_variable("table", [5, 2], initializer=tf.zeros_initializer())
    loss = tf.reduce_sum(tf.gather(table, [1, 1, 2]))
    optimize_loss(loss, None, 1.0, "SGD")
    op = next(op for op in graph.get_operations() if op.type == "ScalarSummary" and "global_norm" in op.name)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        assert sess.run(op.inputs[1]) == pytest.approx(6**0.5, rel=1e-6)


def test_adaptive_clipping_lets_a_steady_gradient_through():
    x = tf.placeholder(tf.float32, [])
    w = tf.get_variable("w", initializer=np.float32(0.0))
    step = tf.train.create_global_step()
    train = optimize_loss(
        w * x, step, 1.0, "SGD", clip_gradients=adaptive_clipping_fn(decay=0.95, global_step=step, report_summary=True)
    )
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(100):
            sess.run(train, {x: 1.0})
        before = sess.run(w)
        sess.run(train, {x: 1.0})
        assert sess.run(w) == pytest.approx(before - 1.0, rel=1e-4)
        before = sess.run(w)
        sess.run(train, {x: 1000.0})
        assert sess.run(w) > before - 900.0


def test_adaptive_clipping_with_a_static_norm_and_sparse_gradients():
    table = tf.get_variable("table", [4, 1], initializer=tf.zeros_initializer())
    loss = tf.reduce_sum(tf.gather(table, [2])) * 100.0
    train = optimize_loss(loss, None, 1.0, "SGD", clip_gradients=adaptive_clipping_fn(static_max_norm=0.5))
    assert np.allclose(run(train, table)[1], [[0], [0], [-0.5], [0]], atol=1e-5)


def test_update_ops_run_before_the_loss_is_given_back():
    w, loss = model()
    count = tf.get_variable("count", initializer=np.float32(0.0), trainable=False)
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(count, 1.0))
    assert run(optimize_loss(loss, None, 0.25, "SGD"), count, w)[1:] == [1.0, 1.5]


def test_given_update_ops_replace_the_collection():
    w, loss = model()
    a, b = (tf.get_variable(n, initializer=np.float32(0.0), trainable=False) for n in "ab")
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(a, 1.0))
    train = optimize_loss(loss, None, 0.25, "SGD", update_ops=[tf.assign_add(b, 1.0)])
    assert run(train, a, b)[1:] == [0.0, 1.0]


def test_variables():
    a, loss_a = model(name="a")
    b, loss_b = model(name="b")
    assert run(optimize_loss(loss_a + loss_b, None, 0.25, "SGD", variables=[b]), a, b)[1:] == [3.0, 1.5]


def test_none_gradients_pass_through():
    w, loss = model()
    tf.get_variable("bystander", [2])
    train = optimize_loss(
        loss,
        None,
        0.25,
        "SGD",
        gradient_noise_scale=0.0,
        gradient_multipliers={"bystander:0": 2.0},
        clip_gradients=100.0,
        summaries=OPTIMIZER_SUMMARIES,
    )
    assert run(train, w)[1] == pytest.approx(1.5)


def test_summaries(graph):
    w, loss = model()
    optimize_loss(loss, None, 0.25, "SGD", clip_gradients=1.0, summaries=OPTIMIZER_SUMMARIES)
    assert summary_tags(graph) == [
        "OptimizeLoss/global_norm/gradient_norm",
        "OptimizeLoss/loss",
        "OptimizeLoss/gradients/var_0",
        "OptimizeLoss/gradient_norm/var_0",
        "OptimizeLoss/global_norm/clipped_gradient_norm",
    ]


def test_no_summaries(graph):
    w, loss = model()
    optimize_loss(loss, None, 0.25, "SGD", clip_gradients=1.0, summaries=[])
    assert summary_tags(graph) == []


def test_stages(graph):
    w, loss = model()
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.no_op())
    optimize_loss(
        loss,
        tf.train.create_global_step(),
        0.25,
        "Adam",
        gradient_noise_scale=0.1,
        gradient_multipliers={w: 2.0},
        clip_gradients=1.0,
        learning_rate_decay_fn=lambda rate, at: tf.train.exponential_decay(rate, at, 1, 0.5),
    )
    assert {op.stage for op in graph.get_operations()} - {None} == {
        "update_ops",
        "learning_rate",
        "gradients",
        "noise",
        "multipliers",
        "clipping",
        "summaries",
        "apply",
        "global_step",
    }


def test_name_and_colocation(graph):
    w, loss = model()
    train = optimize_loss(loss, None, 0.25, "SGD", name="trainer", colocate_gradients_with_ops=True)
    assert train.name == "trainer/control_dependency:0"
    assert any(op.colocation_groups() == [b"loc:@mul"] for op in graph.get_operations() if "_grad" in op.name)


# What it refuses

ERRORS = {
    "loss None": (dict(loss=None), ValueError, "None values not supported."),
    "loss vector": (
        dict(loss=lambda: tf.constant([1.0])),
        ValueError,
        "Expected scalar shape for Const:0, saw shape: (1,).",
    ),
    "loss of unknown rank": (
        dict(loss=lambda: tf.placeholder(tf.float32)),
        ValueError,
        "Expected scalar shape for Placeholder:0, saw shape: <unknown>.",
    ),
    "step float": (
        dict(global_step=lambda: tf.get_variable("s", [], tf.float64)),
        TypeError,
        'Existing "global_step" does not have integer type: ',
    ),
    "step vector": (
        dict(global_step=lambda: tf.get_variable("s", [1], tf.int64)),
        TypeError,
        'Existing "global_step" is not scalar: (1,)',
    ),
    "step a plain tensor": (
        dict(global_step=lambda: tf.constant(43, tf.int64)),
        AttributeError,
        "'Tensor' object has no attribute 'assign_add'",
    ),
    "rate negative": (dict(learning_rate=-0.1), ValueError, "Invalid learning_rate -0.1."),
    "rate int": (
        dict(learning_rate=1),
        ValueError,
        "Learning rate should be 0d Tensor or float. Got 1 of type <class 'int'>\nWrite a float: learning_rate=1.0",
    ),
    "rate vector": (
        dict(learning_rate=lambda: tf.constant([0.1])),
        ValueError,
        'Learning rate should be 0d Tensor or float. Got Tensor("Const:0", shape=(1,), dtype=float32)',
    ),
    "rate missing, name": (
        dict(learning_rate=None),
        ValueError,
        "Learning rate is None, but should be specified if optimizer is string (SGD).",
    ),
    "rate missing, class": (
        dict(learning_rate=None, optimizer=tf.train.AdamOptimizer),
        ValueError,
        "Learning rate is None, but should be specified if optimizer is class (",
    ),
    "unknown name": (
        dict(optimizer="adam"),
        ValueError,
        "Optimizer name should be one of [Adagrad, Adam, Ftrl, Momentum, RMSProp, SGD], you provided "
        "adam.\nDid you mean 'Adam'?",
    ),
    "not an optimizer": (
        dict(optimizer=3),
        ValueError,
        "Unrecognized optimizer: should be string, subclass of "
        "Optimizer, instance of subclass of Optimizer or function with one argument. Got 3.",
    ),
    "function of nothing useful": (
        dict(optimizer=lambda rate: "Adam"),
        ValueError,
        "Unrecognized optimizer: function should return subclass of Optimizer. Got Adam.",
    ),
    "clip int": (
        dict(clip_gradients=5),
        ValueError,
        "Unknown type <class 'int'> for clip_gradients\nWrite a float: clip_gradients=5.0",
    ),
    "clip text": (dict(clip_gradients="5"), ValueError, "Unknown type <class 'str'> for clip_gradients"),
    "unknown summary": (
        dict(summaries=["Loss"]),
        ValueError,
        "Summaries should be one of [learning_rate, loss, gradients, gradient_norm, "
        "global_gradient_norm], you provided Loss.\nDid you mean 'loss'?",
    ),
    "decay without a step": (
        dict(learning_rate_decay_fn=lambda rate, at: rate),
        ValueError,
        "global_step is required for learning_rate_decay_fn.",
    ),
    "no gradient": (
        dict(loss=lambda: tf.constant(1.0)),
        ValueError,
        "No gradients provided for any variable: [\"<tf.Variable 'var:0' shape=() dtype=float32_ref>\"].",
    ),
    "nothing after the multipliers": (dict(variables=[]), ValueError, "No variables to optimize."),
}


@pytest.mark.parametrize("given, kind, text", ERRORS.values(), ids=ERRORS)
def test_errors_leave_nothing_behind(graph, given, kind, text):
    w, loss = model()
    count = tf.get_variable("count", initializer=np.float32(0.0), trainable=False)
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(count, 1.0))
    arguments = dict(loss=loss, global_step=None, learning_rate=0.1, optimizer="SGD")
    arguments.update(
        (k, v() if callable(v) and getattr(v, "__name__", "") == "<lambda>" and not v.__code__.co_argcount else v)
        for k, v in given.items()
    )
    before = [op.name for op in graph.get_operations()]
    collections = {key: graph.get_collection(key) for key in graph.get_all_collection_keys()}
    with pytest.raises(kind) as caught:
        optimize_loss(**arguments)
    assert str(caught.value).startswith(text)
    assert [op.name for op in graph.get_operations()] == before
    assert {key: graph.get_collection(key) for key in graph.get_all_collection_keys()} == collections
    again = optimize_loss(loss, None, 0.1, "SGD")  # and the names are free again
    assert again.name == "OptimizeLoss/control_dependency_1:0"


def test_empty_list_after_the_multipliers():
    w, loss = model()

    class Stubborn(tf.train.GradientDescentOptimizer):
        def compute_gradients(self, *args, **kwargs):
            return []

    with (
        pytest.raises(ValueError, match="^Empty list of .gradient, var. pairs encountered. This is most likely"),
        pytest.warns(GraphWarning, match="has no effect"),
    ):
        optimize_loss(loss, None, 0.1, Stubborn, gradient_multipliers={"var:0": 1.0})


# What it says aloud


def warned(function, *args, **kwargs):
    """Return the texts of the warnings; each must point at this file."""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        function(*args, **kwargs)
    assert all(w.category is GraphWarning and w.filename == __file__ for w in seen)
    return [str(w.message) for w in seen]


def test_warns_of_a_rate_without_effect():
    w, loss = model()
    (text,) = warned(optimize_loss, loss, None, 0.1, tf.train.GradientDescentOptimizer(0.25))
    assert text.startswith(
        "optimize_loss: learning_rate=0.1 (and its decay) has no effect, since optimizer is an instance"
    )


def test_warns_of_a_multiplier_without_effect():
    w, loss = model()
    (text,) = warned(optimize_loss, loss, None, 0.1, "SGD", gradient_multipliers={"var": 2.0})
    assert text == (
        "optimize_loss: gradient_multipliers['var'] has no effect: no trained variable has that name; did "
        "you mean 'var:0'?"
    )


@pytest.mark.parametrize("clip, effect", [(-1.0, "does not clip"), (0.0, "sets every gradient to zero")])
def test_warns_of_useless_clipping(clip, effect):
    w, loss = model()
    (text,) = warned(optimize_loss, loss, None, 0.1, "SGD", clip_gradients=clip)
    assert text.startswith(f"optimize_loss: clip_gradients={clip} {effect}")


def test_negative_clipping_does_not_clip_and_zero_freezes():
    w, loss = model()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        zero = optimize_loss(loss, None, 0.25, "SGD", clip_gradients=0.0)
    assert run(zero, w)[1] == 3.0


def test_warns_of_a_second_increment():
    w, loss = model()
    step = tf.train.create_global_step()
    optimize_loss(loss, step, 0.1, "SGD")
    (text,) = warned(optimize_loss, loss, step, 0.1, "SGD")
    assert "'global_step:0' already" in text and "increment_global_step=False" in text


def test_warns_of_a_shared_rate():
    w, loss = model()
    optimize_loss(loss, None, 0.1, "SGD", name="train")
    with tf.variable_scope(tf.get_variable_scope(), reuse=tf.AUTO_REUSE):
        assert warned(optimize_loss, loss, None, 0.1, "SGD", name="train") == []
        (text,) = warned(optimize_loss, loss, None, 0.5, "SGD", name="train")
    assert text.startswith(
        "optimize_loss: learning_rate=0.5 has no effect: the variable 'train/learning_rate:0' exists"
    )


def test_a_plain_call_says_nothing():
    w, loss = model()
    assert (
        warned(
            optimize_loss,
            loss,
            tf.train.create_global_step(),
            0.1,
            "Adam",
            clip_gradients=5.0,
            gradient_multipliers={"var:0": 1.0},
            gradient_noise_scale=0.1,
        )
        == []
    )


def test_a_multiplier_is_cast_for_dense_gradients_only():
    """TensorFlow 1.15.5 multiplies the rows of a sparse gradient as they are: a float64 tensor is a TypeError."""
    table = tf.get_variable("table", [6, 2])
    double = tf.constant(0.5, tf.float64)
    dense, sparse = tf.reduce_sum(table * table), tf.reduce_sum(tf.nn.embedding_lookup(table, [0, 4]))
    optimize_loss(dense, None, 0.1, "SGD", gradient_multipliers={table: double})
    with pytest.raises(TypeError, match="Input 'y' of 'Mul' Op has type float64 that does not match type float32"):
        optimize_loss(sparse, None, 0.1, "SGD", gradient_multipliers={table: double})
