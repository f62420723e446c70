"""The cells of `tf.nn.rnn_cell`, each unrolled, trained and run: with tuples and joined states, peepholes, clipping."""
import numpy as np

import minigraph as tf

results = {}
CELLS = {
    "basic": lambda: tf.nn.rnn_cell.BasicRNNCell(4),
    "basic_relu": lambda: tf.nn.rnn_cell.BasicRNNCell(4, activation=tf.nn.relu, name="own"),
    "basic_named": lambda: tf.nn.rnn_cell.BasicRNNCell(4, activation="sigmoid"),
    "gru": lambda: tf.nn.rnn_cell.GRUCell(4),
    "gru_initialized": lambda: tf.nn.rnn_cell.GRUCell(
        4, kernel_initializer=tf.orthogonal_initializer(), bias_initializer=tf.constant_initializer(0.3)),
    "basic_lstm": lambda: tf.nn.rnn_cell.BasicLSTMCell(4),
    "basic_lstm_forgets": lambda: tf.nn.rnn_cell.BasicLSTMCell(4, forget_bias=0.0, activation=tf.nn.softsign),
    "basic_lstm_joined": lambda: tf.nn.rnn_cell.BasicLSTMCell(4, state_is_tuple=False),
    "lstm": lambda: tf.nn.rnn_cell.LSTMCell(4),
    "lstm_all": lambda: tf.nn.rnn_cell.LSTMCell(
        4, use_peepholes=True, cell_clip=0.4, num_proj=3, proj_clip=0.2, forget_bias=0.5,
        initializer=tf.random_uniform_initializer(-1.0, 1.0)),
    "lstm_joined": lambda: tf.nn.rnn_cell.LSTMCell(4, use_peepholes=True, num_proj=2, state_is_tuple=False),
    "double": lambda: tf.nn.rnn_cell.LSTMCell(4),
}
numbers = np.random.RandomState(3).randn(5, 3, 2)
for name, make in sorted(CELLS.items()):
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        dtype = tf.float64 if name == "double" else tf.float32
        x = tf.placeholder(dtype, [5, 3 if name < "c" else None, 2], name="x")
        cell = make()
        outputs, state = tf.nn.static_rnn(cell, tf.unstack(x), dtype=dtype)
        loss = tf.reduce_mean(tf.square(tf.stack(outputs) - 0.5))
        train = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
        results[name + " names"] = [[v.name, v.shape.as_list()] for v in cell.variables]
        results[name + " sizes"] = [str(cell.state_size), str(cell.output_size), cell.scope_name]
        results[name + " shapes"] = [str(outputs[0].shape), str(state)]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for _ in range(3):
                value, _ = sess.run([loss, train], {x: numbers})
            results[name] = [value, sess.run([outputs[-1], state], {x: numbers})]
