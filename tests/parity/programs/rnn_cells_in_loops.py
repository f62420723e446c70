"""All cells in the loop of dynamic_rnn, and stacked in two directions: names of variables, seeds and values."""
import numpy as np

import minigraph as tf

rnn, results = tf.contrib.rnn, {}
numbers = np.random.RandomState(3).randn(3, 4, 2).astype(np.float32)
CASES = {
    "basic": lambda: rnn.BasicRNNCell(3),
    "gru": lambda: rnn.GRUCell(3),
    "lstm": lambda: rnn.LSTMCell(3, use_peepholes=True, cell_clip=0.3, num_proj=2, proj_clip=0.2),
    "joined": lambda: rnn.BasicLSTMCell(3, state_is_tuple=False),
    "normalized": lambda: rnn.LayerNormBasicLSTMCell(3, dropout_keep_prob=0.7),
    "multi": lambda: rnn.MultiRNNCell([
        rnn.DropoutWrapper(rnn.BasicLSTMCell(n), input_keep_prob=0.7, output_keep_prob=0.8) for n in (3, 4)]),
    "variational": lambda: rnn.DropoutWrapper(
        rnn.GRUCell(3), 0.7, 0.8, 0.9, True, tf.TensorShape([2]), tf.float32, seed=1),
    "residual": lambda: rnn.ResidualWrapper(rnn.DeviceWrapper(rnn.GRUCell(2), "/cpu:0")),
    "projected": lambda: rnn.OutputProjectionWrapper(rnn.InputProjectionWrapper(rnn.GRUCell(3), 4), 5),
}
for name, make in sorted(CASES.items()):
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        x = tf.placeholder(tf.float32, [None, None, 2], name="x")
        outputs, state = tf.nn.dynamic_rnn(make(), x, dtype=tf.float32, parallel_iterations=1)  # dropout in order
        loss = tf.reduce_mean(tf.square(outputs - 0.5))
        train = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
        results[name + " names"] = [[v.name, v.shape.as_list()] for v in tf.trainable_variables()]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for _ in range(2):
                value, _ = sess.run([loss, train], {x: numbers})
            results[name] = [value, sess.run([outputs, state], {x: numbers})]

with tf.Graph().as_default():
    tf.set_random_seed(7)
    x = tf.placeholder(tf.float32, [3, None, 2], name="x")
    fw, bw = [rnn.GRUCell(n) for n in (2, 3)], [rnn.BasicLSTMCell(n) for n in (3, 2)]
    outputs, *states = rnn.stack_bidirectional_dynamic_rnn(fw, bw, x, dtype=tf.float32, sequence_length=[4, 1, 2])
    results["stacked names"] = [[v.name for v in tf.trainable_variables()], str(outputs.shape)]
    results["utilities"] = [rnn.best_effort_input_batch_size([rnn.transpose_batch_time(x)]), str(rnn.transpose_batch_time(x).shape)]
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        results["stacked"] = sess.run([outputs, states], {x: numbers})
