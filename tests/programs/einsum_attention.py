"""Self-attention with several heads, by tf.einsum; it learns to copy a marked element."""
import numpy as np
import tensorflow as tf

STEPS, SIZE, HEADS, DEPTH = 6, 8, 2, 5
rng = np.random.RandomState(4)


def batch(size=32):
    x = rng.randn(size, STEPS, SIZE).astype(np.float32)
    marked = rng.randint(0, STEPS, size)
    x[:, :, 0] = np.eye(STEPS)[marked] * 3
    return x, x[np.arange(size), marked, 1:3]


def heads(x, name):
    w = tf.get_variable(name, [SIZE, HEADS, DEPTH], initializer=tf.random_normal_initializer(stddev=0.4))
    return tf.einsum("bts,shd->bhtd", x, w)


def attention(x):
    with tf.variable_scope("attention"):
        q, k, v = heads(x, "q"), heads(x, "k"), heads(x, "v")
        scores = tf.einsum("bhqd,bhkd->bhqk", q, k) / np.sqrt(DEPTH).astype(np.float32)
        weights = tf.nn.softmax(scores)
        mixed = tf.einsum("bhqk,bhkd->bqhd", weights, v)
        out = tf.get_variable("out", [HEADS, DEPTH, SIZE], initializer=tf.random_normal_initializer(stddev=0.4))
        return tf.einsum("bqhd,hds->bqs", mixed, out), weights


tf.set_random_seed(0)
x = tf.placeholder(tf.float32, [None, STEPS, SIZE])
y = tf.placeholder(tf.float32, [None, 2])
mixed, weights = attention(x)
gate = tf.get_variable("gate", [STEPS], initializer=tf.ones_initializer())
summary = tf.einsum("bqs,q->bs", mixed, tf.nn.softmax(gate))
prediction = tf.layers.dense(summary, 2)
loss = tf.losses.mean_squared_error(y, prediction)
train = tf.train.AdamOptimizer(0.02).minimize(loss)
gram = tf.einsum("ij,kj->ik", y, y)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(150):
        a, b = batch()
        value, _ = sess.run([loss, train], {x: a, y: b})
        if step % 30 == 29:
            print("step", step + 1, "loss %.4f" % value)
    a, b = batch(3)
    print("shapes", mixed.shape, weights.shape, summary.shape)
    print("weights of the first head\n", np.round(sess.run(weights, {x: a})[0, 0], 2))
    print("gram\n", np.round(sess.run(gram, {y: b}), 3))
    print("trace %.3f" % sess.run(tf.einsum("ii", tf.constant(np.arange(9.0).reshape(3, 3), tf.float32))))
