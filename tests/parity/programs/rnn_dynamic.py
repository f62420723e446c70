"""dynamic_rnn and its relatives, trained; recorded with TensorFlow's default control flow, for the seeds."""
import numpy as np

import minigraph as tf

tf.set_random_seed(5)
x = tf.placeholder(tf.float32, [None, None, 3], name="x")
lengths = tf.placeholder(tf.int32, [None], name="lengths")
cells = tf.nn.rnn_cell
X = np.linspace(-1.0, 1.0, 2 * 4 * 3).reshape(2, 4, 3).astype(np.float32)

plain, plain_state = tf.nn.dynamic_rnn(cells.BasicLSTMCell(4), x, dtype=tf.float32, scope="plain")
stacked = cells.MultiRNNCell([cells.GRUCell(3), cells.BasicLSTMCell(2)])
some, some_state = tf.nn.dynamic_rnn(stacked, x, lengths, dtype=tf.float32, swap_memory=True)
major, major_state = tf.nn.dynamic_rnn(
    cells.BasicRNNCell(3), tf.transpose(x, [1, 0, 2]), initial_state=some[:, -1, :2] @ tf.ones([2, 3]), time_major=True,
    scope="major",
)
both, both_states = tf.nn.bidirectional_dynamic_rnn(
    cells.GRUCell(2), cells.GRUCell(3), x, sequence_length=lengths, dtype=tf.float32
)
onward, onward_states = tf.nn.bidirectional_dynamic_rnn(
    cells.GRUCell(2), cells.GRUCell(3), x, dtype=tf.float32, scope="onward"
)
rows = tf.TensorArray(tf.float32, tf.shape(x)[1], clear_after_read=False).unstack(tf.transpose(x, [1, 0, 2]))
decoder = cells.LSTMCell(3)


def loop_fn(time, output, state, kept):
    finished = time >= lengths
    ended = tf.reduce_all(finished)
    following = tf.cond(ended, lambda: tf.zeros([tf.shape(x)[0], 3]), lambda: rows.read(time))
    following.set_shape([None, 3])
    if output is None:
        return finished, following, decoder.zero_state(tf.shape(x)[0], tf.float32), None, tf.constant(1.0)
    return finished, following, state, output, kept * 2.0


raw_array, raw_state, raw_kept = tf.nn.raw_rnn(decoder, loop_fn, scope="raw")
raw = raw_array.stack()
outputs = {
    "plain": (plain, plain_state), "some": (some, some_state), "major": (major, major_state),
    "both": (both, both_states), "onward": (onward, onward_states), "raw": (raw, raw_state, raw_kept),
}  # fmt: skip
parts = [plain[:, -1], some, major, both[0], both[1], onward[1], raw, raw_state.c]
loss = sum(tf.reduce_mean(tf.square(part - 0.5)) for part in parts)
grads = [g for g in tf.gradients(loss, [x] + tf.trainable_variables()) if g is not None]
train_op = tf.train.AdamOptimizer(0.05).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feeds = {x: X, lengths: [4, 2]}
    results = {"variables": {v.name: sess.run(v) for v in tf.trainable_variables()}}
    results.update(sess.run(outputs, feeds))
    results["grads"] = sess.run(grads, feeds)
    results["losses"] = [sess.run([loss, train_op], feeds)[0] for _ in range(5)]
    results["longer"] = sess.run([plain, some, raw], {x: np.tile(X, [1, 2, 1]), lengths: [3, 7]})
    results["shapes"] = [str(t.shape) for t in (plain, some, major, both[1], raw)]

for name, value in results.items():
    print(name, value)
