"""Cells on top of each other, dropout in three places, residual connections and devices."""
import numpy as np

import minigraph as tf

cells, results = tf.nn.rnn_cell, {}
numbers = np.random.RandomState(3).randn(4, 3, 2).astype(np.float32)


def lstm(size=4):
    return cells.BasicLSTMCell(size)


def drop_all(**options):
    return cells.DropoutWrapper(
        lstm(), input_keep_prob=0.7, output_keep_prob=0.8, state_keep_prob=0.9, **options)


def drop_variational(**options):
    return drop_all(variational_recurrent=True, dtype=tf.float32, input_size=tf.TensorShape([2]), **options)


def visitor(part):
    return cells.LSTMStateTuple(True, False) if isinstance(part, tuple) else True


def nested():
    return cells.MultiRNNCell([cells.MultiRNNCell([lstm(), cells.GRUCell(3)]), lstm()])


CASES = {
    "multi": lambda: cells.MultiRNNCell([lstm(n) for n in (4, 3)]),
    "multi_joined": lambda: cells.MultiRNNCell([cells.GRUCell(n) for n in (4, 3)], state_is_tuple=False),
    "nested": nested,
    "dropout": drop_all,
    "dropout_seed": lambda: drop_all(seed=5),
    "dropout_visitor": lambda: drop_all(seed=5, dropout_state_filter_visitor=visitor),
    "dropout_ones": lambda: cells.DropoutWrapper(lstm(), 1.0, 1.0),
    "dropout_multi": lambda: cells.DropoutWrapper(nested(), state_keep_prob=0.5, seed=2),
    "multi_dropout": lambda: cells.MultiRNNCell([cells.DropoutWrapper(lstm(), output_keep_prob=0.5) for _ in "ab"]),
    "variational": drop_variational,
    "variational_seed": lambda: drop_variational(seed=8),
    "residual": lambda: cells.ResidualWrapper(lstm(2)),
    "residual_function": lambda: cells.ResidualWrapper(lstm(2), lambda x, y: x * y),
    "device": lambda: cells.DeviceWrapper(lstm(), "/cpu:0"),
}
for name, make in sorted(CASES.items()):
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        x = tf.placeholder(tf.float32, [None, None, 2], name="x")
        steps = [tf.reshape(x[i], [-1, 2]) for i in range(3)]
        cell = make()
        outputs, state = tf.nn.static_rnn(cell, steps, dtype=tf.float32, scope="net")
        loss = tf.reduce_mean(tf.square(tf.stack(outputs) - 0.5))
        train = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
        results[name + " names"] = [[v.name for v in cell.trainable_variables], cell.name, str(cell.state_size)]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for _ in range(2):
                value, _ = sess.run([loss, train], {x: numbers})
            results[name] = [value, sess.run([outputs[-1], state], {x: numbers})]

with tf.Graph().as_default():
    tf.set_random_seed(7)
    keep = tf.placeholder_with_default(0.5, [])
    cell = cells.DropoutWrapper(cells.GRUCell(4), keep, output_keep_prob=keep)
    state = cell.zero_state(3, tf.float32)
    for i in range(2):
        output, state = cell(tf.constant(numbers[i]), state)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        results["fed"] = [sess.run(output), sess.run(output, {keep: 1.0})]
