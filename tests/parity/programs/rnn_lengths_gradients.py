"""Gradients of static_rnn over sequences of different lengths."""
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
        gradients = tf.gradients(loss, tf.trainable_variables())
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for given in [1, 3, 2], [4, 4, 4], [0, 0, 0], [2, 2, 2]:
                results["%s %s" % (name, given)] = sess.run(gradients, {x: numbers, lengths: given})
