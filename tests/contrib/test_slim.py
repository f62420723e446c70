"""`tf.contrib.slim` beyond what the parity program says: errors and small helpers."""

import pytest

import minigraph as tf

slim = tf.contrib.slim


def test_create_train_op_needs_variables():
    loss = tf.constant(1.0)
    with pytest.raises(ValueError, match="^No variables to train"):
        slim.learning.create_train_op(loss, tf.train.GradientDescentOptimizer(0.1))
    assert tf.get_collection(tf.GraphKeys.TRAIN_OP) == []


def test_a_loss_that_is_not_finite_stops_the_run():
    v = tf.Variable(0.0)
    train = slim.learning.create_train_op(tf.log(v), tf.train.GradientDescentOptimizer(0.1))
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        with pytest.raises(tf.errors.InvalidArgumentError, match="LossTensor is inf or nan"):
            sess.run(train)


@pytest.mark.parametrize(
    ("pairs", "multipliers", "words"),
    [
        ((), {"v": 2.0}, "`grads_and_vars` must be a list."),
        ([], {}, "`gradient_multipliers` is empty."),
        ([], [1.0], "`gradient_multipliers` must be a dict."),
    ],
)
def test_errors_of_multiply_gradients(pairs, multipliers, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        slim.learning.multiply_gradients(pairs, multipliers)


def test_multiply_gradients_needs_a_gradient():
    v = tf.Variable(1.0, name="v")
    with pytest.raises(ValueError, match="^Requested multiple of `None` gradient."):
        slim.learning.multiply_gradients([(None, v)], {"v": 2.0})


def test_analyze_ops(capsys):
    tf.add(tf.zeros([2, 3], name="a"), 1.0, name="sum")
    assert slim.model_analyzer.analyze_ops(tf.get_default_graph(), print_info=True) == 6 + 1 + 6
    assert "sum \t-> (float32 2x3) [6]" in capsys.readouterr().out


def test_the_names_of_slim_are_those_of_its_parts():
    assert slim.conv2d is tf.contrib.layers.conv2d and slim.arg_scope is tf.contrib.framework.arg_scope
    assert slim.losses.log_loss is tf.contrib.losses.log_loss
