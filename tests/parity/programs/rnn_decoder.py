"""An encoder and a decoder with embeddings and resource variables, trained; with TensorFlow's default control flow."""
import minigraph as tf

tf.set_random_seed(3)
x = tf.placeholder(tf.int32, [None, None], name="x")
lengths = tf.placeholder(tf.int32, [None], name="lengths")
with tf.variable_scope("m", use_resource=True):
    table = tf.get_variable("table", [10, 4])
    encoder, decoder = tf.nn.rnn_cell.GRUCell(5), tf.nn.rnn_cell.LSTMCell(5)
    encoded, last = tf.nn.dynamic_rnn(encoder, tf.nn.embedding_lookup(table, x), lengths, dtype=tf.float32)

    def loop_fn(time, output, state, kept):
        if output is None:
            start = tf.nn.rnn_cell.LSTMStateTuple(last, last)
            return tf.zeros([2], tf.bool), tf.nn.embedding_lookup(table, x[:, 0]), start, None, None
        chosen = tf.cast(tf.argmax(output, 1), tf.int32)
        return tf.fill([2], time >= 4), tf.nn.embedding_lookup(table, chosen), state, output, None

    array, state, _ = tf.nn.raw_rnn(decoder, loop_fn)
decoded = array.stack()
loss = tf.reduce_mean(tf.square(decoded - 0.3)) + tf.reduce_mean(encoded)
optimizer = tf.train.AdamOptimizer(0.05)
pairs = optimizer.compute_gradients(loss)
train_op = optimizer.apply_gradients(pairs)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feeds = {x: [[1, 2, 3], [4, 5, 1]], lengths: [3, 2]}
    results = {
        "kinds": [[type(grad).__name__, v.name] for grad, v in pairs],
        "gradients": [list(sess.run(tf.convert_to_tensor(grad), feeds)) for grad, _ in pairs],
        "losses": [sess.run([loss, train_op], feeds)[0] for _ in range(6)],
        "decoded": sess.run(decoded, feeds),
        "state": list(sess.run(state, feeds)),
    }

for name, value in results.items():
    print(name, value)
