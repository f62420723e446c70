"""static_rnn over sequences of different lengths, and the state that is kept between runs."""
import numpy as np

import minigraph as tf

cells, results = tf.nn.rnn_cell, {}
numbers = np.random.RandomState(3).randn(4, 3, 2).astype(np.float32)
CASES = {
    "gru": lambda: cells.GRUCell(3),
    "lstm": lambda: cells.LSTMCell(3, use_peepholes=True),
    "multi": lambda: cells.MultiRNNCell([cells.BasicLSTMCell(2), cells.BasicRNNCell(3)]),
}
for name, make in sorted(CASES.items()):
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        x = tf.placeholder(tf.float32, [4, None if name == "lstm" else 3, 2], name="x")
        lengths = tf.placeholder(tf.int64 if name == "gru" else tf.int32, [None], name="lengths")
        outputs, state = tf.nn.static_rnn(make(), tf.unstack(x), dtype=tf.float32, sequence_length=lengths)
        loss = tf.add_n([tf.reduce_sum(y) for y in outputs])
        results[name + " shapes"] = [str(outputs[0].shape), str(outputs[2].shape)]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for given in [1, 3, 2], [4, 4, 4], [0, 0, 0], [2, 2, 2]:
                results["%s %s" % (name, given)] = sess.run([outputs, state, loss], {x: numbers, lengths: given})


class Saver(object):
    """A state saver that keeps states in variables."""

    def __init__(self):
        self.kept = {name: tf.get_variable(name, [3, 2], trainable=False) for name in "ch"}

    def state(self, name):
        return self.kept[name]

    def save_state(self, name, value):
        return self.kept[name].assign(value)


with tf.Graph().as_default():
    tf.set_random_seed(7)
    x = tf.placeholder(tf.float32, [2, 3, 2])
    outputs, state = tf.nn.static_state_saving_rnn(
        cells.BasicLSTMCell(2), tf.unstack(x), Saver(), cells.LSTMStateTuple("c", "h"))
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for i in range(2):
            results["saved %d" % i] = sess.run([outputs[-1], state], {x: numbers[2 * i : 2 * i + 2]})
