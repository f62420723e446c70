"""The cells and functions of `tf.contrib.rnn` that `tf.nn` has not."""
import numpy as np

import minigraph as tf

rnn, results = tf.contrib.rnn, {}
numbers = np.random.RandomState(3).randn(4, 3, 2).astype(np.float32)
CASES = {
    "normalized": lambda: rnn.LayerNormBasicLSTMCell(4),
    "normalized_dropout": lambda: rnn.LayerNormBasicLSTMCell(
        4, forget_bias=0.5, norm_gain=0.9, norm_shift=0.1, dropout_keep_prob=0.6, dropout_prob_seed=3),
    "not_normalized": lambda: rnn.LayerNormBasicLSTMCell(4, layer_norm=False, activation=tf.nn.relu),
    "input_projection": lambda: rnn.InputProjectionWrapper(rnn.GRUCell(3), 5),
    "input_projection_relu": lambda: rnn.InputProjectionWrapper(rnn.BasicLSTMCell(3), 5, tf.nn.relu),
    "output_projection": lambda: rnn.OutputProjectionWrapper(rnn.BasicRNNCell(3), 5),
    "output_projection_multi": lambda: rnn.OutputProjectionWrapper(
        rnn.MultiRNNCell([rnn.BasicLSTMCell(3), rnn.BasicLSTMCell(2)]), 5, tf.tanh),
    "in_multi": lambda: rnn.MultiRNNCell(
        [rnn.OutputProjectionWrapper(rnn.GRUCell(3), 4), rnn.LayerNormBasicLSTMCell(2)]),
}
for name, make in sorted(CASES.items()):
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        x = tf.placeholder(tf.float32, [4, None, 2], name="x")
        cell = make()
        outputs, state = rnn.static_rnn(cell, tf.unstack(x), dtype=tf.float32)
        loss = tf.reduce_mean(tf.square(tf.stack(outputs) - 0.5))
        train = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
        results[name + " names"] = [[v.name for v in cell.variables], str(cell.state_size), str(cell.output_size)]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for _ in range(2):
                value, _ = sess.run([loss, train], {x: numbers})
            results[name] = [value, sess.run([outputs[-1], state], {x: numbers})]

for name, cell, initializer in [
    ("embedding", rnn.GRUCell(3), None),
    ("embedding_scope", rnn.BasicLSTMCell(3), tf.random_normal_initializer(0.0, 0.2)),
]:
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        ids = [tf.constant([i, 2]) for i in range(3)]
        with tf.variable_scope("around", initializer=initializer):
            outputs, state = rnn.static_rnn(rnn.EmbeddingWrapper(cell, 5, 4), ids, dtype=tf.float32)
        train = tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduce_sum(tf.square(outputs[-1])))
        results[name + " names"] = [v.name for v in tf.trainable_variables()]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            sess.run(train)
            results[name] = sess.run([outputs, state])

with tf.Graph().as_default():
    tf.set_random_seed(7)
    x = tf.placeholder(tf.float32, [4, 3, 2], name="x")
    fw, bw = [rnn.GRUCell(n) for n in (2, 3)], [rnn.BasicLSTMCell(n) for n in (3, 2)]
    outputs, *states = rnn.stack_bidirectional_rnn(
        fw, bw, tf.unstack(x), initial_states_fw=[tf.ones([3, 2]), tf.ones([3, 3])], dtype=tf.float32)
    tf.gradients(outputs, x)
    results["stacked names"] = [[v.name for v in tf.trainable_variables()], outputs[1].name]
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        results["stacked"] = sess.run([outputs, states], {x: numbers})

CASES = {
    "embedding": lambda gru, x: rnn.EmbeddingWrapper(gru, 0, 3),
    "projection": lambda gru, x: rnn.OutputProjectionWrapper(gru, 0),
    "no cell": lambda gru, x: rnn.InputProjectionWrapper(3, 3),
    "no fw": lambda gru, x: rnn.stack_bidirectional_rnn([], [gru], [x]),
    "no bw": lambda gru, x: rnn.stack_bidirectional_rnn([gru], [], [x]),
    "tuple": lambda gru, x: rnn.stack_bidirectional_rnn((gru,), [gru], [x]),
    "depths": lambda gru, x: rnn.stack_bidirectional_rnn([gru], [gru, gru], [x]),
    "states": lambda gru, x: rnn.stack_bidirectional_rnn([gru], [gru], [x], initial_states_fw=[x, x]),
}
for name, function in sorted(CASES.items()):
    gru, x = rnn.GRUCell(3), tf.zeros([2, 3])
    try:
        function(gru, x)
        results["error " + name] = "nothing"
    except Exception as error:
        results["error " + name] = [type(error).__name__, str(error).split("\n")[0]]
