"""static_bidirectional_rnn, with and without lengths; reverse_sequence."""
import numpy as np

import minigraph as tf

cells, results = tf.nn.rnn_cell, {}
numbers = np.random.RandomState(3).randn(4, 3, 2).astype(np.float32)

for name, lengths in ("whole", None), ("lengths", [1, 4, 3]):
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        x = tf.placeholder(tf.float32, [4, None, 2], name="x")
        outputs, fw, bw = tf.nn.static_bidirectional_rnn(
            cells.BasicLSTMCell(3), cells.GRUCell(2), tf.unstack(x), dtype=tf.float32, sequence_length=lengths)
        if lengths is None:
            train = tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduce_sum(tf.square(outputs[0])))
        else:
            train = tf.no_op()
        results[name + " names"] = [[v.name for v in tf.global_variables()], str(outputs[1].shape), str(bw.shape)]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for _ in range(2):
                sess.run(train, {x: numbers})
            results[name] = sess.run([outputs, fw, bw], {x: numbers})

with tf.Graph().as_default():
    x = tf.placeholder(tf.float64, [3, None, 2], name="x")
    n = tf.placeholder(tf.int32, [None], name="n")
    a = tf.reverse_sequence(x, n, seq_axis=1, batch_axis=0)
    b = tf.reverse_sequence(x, n, seq_dim=0, batch_dim=1, name="b")
    c = tf.reverse_sequence(x, [1, 2, 2], 2)
    gradients = tf.gradients(tf.square(a) * c, x)
    again = tf.gradients(gradients, x)
    results["shapes"] = [str(a.shape), str(b.shape), str(c.shape)]
    with tf.Session() as sess:
        fed = {x: np.arange(18).reshape(3, 3, 2), n: [0, 3, 2]}
        results["reversed"] = sess.run([a, b, c, gradients, again], fed)
    for bad, axes in ([1, 2, 9], (1, 0)), ([1, 2, -1], (1, 0)), ([1, 2], (1, 0)), ([1, 2, 3], (1, 1)):
        try:
            with tf.Session() as sess:
                sess.run(tf.reverse_sequence(x, n, *axes), {x: np.ones([3, 4, 2]), n: bad})
        except tf.errors.InvalidArgumentError as error:
            results[str(bad)] = error.message.split("\n")[0]
