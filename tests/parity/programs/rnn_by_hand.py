"""Cells called in Python loops, cells of one's own, scopes and sharing, initial states."""
import numpy as np

import minigraph as tf

results = {}
tf.set_random_seed(4)
x = tf.constant(np.arange(12).reshape(2, 3, 2) / 12.0, tf.float32)


class Own(tf.nn.rnn_cell.RNNCell):
    """A cell that calls get_variable in its `call`."""

    def __init__(self, size):
        super(Own, self).__init__()
        self.size = size

    @property
    def state_size(self):
        return (self.size, tf.TensorShape([self.size, 2]))

    @property
    def output_size(self):
        return self.size

    def call(self, inputs, state):
        kernel = tf.get_variable("kernel", [2, self.size])
        count = tf.get_variable("count", [], trainable=False, initializer=tf.zeros_initializer())
        total = state[0] + tf.matmul(inputs, kernel) + count
        return tf.tanh(total), (total, state[1] + tf.expand_dims(total, 2))


class Old(tf.nn.rnn_cell.RNNCell):
    """A cell in the style of TensorFlow 0.x, with neither a call of super nor `call`."""

    def __init__(self, size):
        self.size = size

    state_size = output_size = property(lambda self: self.size)

    def __call__(self, inputs, state, scope=None):
        with tf.variable_scope(scope or type(self).__name__):
            new = tf.layers.dense(tf.concat([inputs, state], 1), self.size, tf.tanh, name="both")
        return new, new


with tf.variable_scope("lstm"):
    cell = tf.nn.rnn_cell.BasicLSTMCell(3)
    state = cell.zero_state(2, tf.float32)
    for step in range(3):
        if step > 0:
            tf.get_variable_scope().reuse_variables()
        output, state = cell(x[:, step, :], state)
with tf.variable_scope("scopes"):
    first, second = tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.GRUCell(3)
    a, _ = first(x[:, 0], first.zero_state(2, tf.float32), scope="mine")
    b, _ = second(x[:, 0], second.zero_state(2, tf.float32))
    c, _ = first(x[:, 1], first.get_initial_state(x[:, 1]))
    third = tf.nn.rnn_cell.GRUCell(3, reuse=True, name="mine")
    d, _ = third(x[:, 0], third.get_initial_state(batch_size=2, dtype=tf.float32))
    with tf.variable_scope("inside"):
        e, _ = first(x[:, 1], b)
own, old = Own(3), Old(4)
o, own_state = tf.nn.static_rnn(own, tf.unstack(x, axis=1), dtype=tf.float32)
p, old_state = tf.nn.static_rnn(old, tf.unstack(x, axis=1), dtype=tf.float32, scope="old")
q, _ = tf.nn.static_rnn(own, tf.unstack(x, axis=1), initial_state=own_state, scope="again")
r, _ = own(x[:, 0], own_state, scope="later")
multi = tf.nn.rnn_cell.MultiRNNCell([own, tf.nn.rnn_cell.GRUCell(2)])
s, multi_state = multi(x[:, 0], multi.zero_state(tf.shape(x)[0], tf.float32))
results["own"] = [[v.name for v in own.trainable_weights], [v.name for v in own.non_trainable_weights]]
results["multi"] = [[v.name for v in multi.trainable_weights], [v.name for v in multi.non_trainable_weights]]
results["names"] = [[v.name, str(v.shape)] for v in tf.global_variables()]
results["tensors"] = [t.name for t in (output, a, b, c, d, e, o[0], p[0], q[0], r, s)]
tf.gradients([output, o[-1], s], tf.trainable_variables())
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results["values"] = sess.run([output, state, a, b, c, d, e, o, own_state, p, old_state, q, r, s, multi_state])
