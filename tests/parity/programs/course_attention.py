"""Attention layers of a language model, with layer normalization by hand."""

import numpy as np

import minigraph as tf

results = {}
tf.set_random_seed(8)


def layer_norm(x, scope):
    with tf.variable_scope(scope):
        n = x.get_shape()[-1]
        g = tf.get_variable("g", [n], initializer=tf.constant_initializer(1))
        b = tf.get_variable("b", [n], initializer=tf.constant_initializer(0))
        u = tf.reduce_mean(x, axis=[-1], keepdims=True)
        s = tf.reduce_mean(tf.square(x - u), axis=[-1], keepdims=True)
        return (x - u) * tf.rsqrt(s + 1e-5) * g + b


def heads(x, n):
    s = tf.shape(x)
    return tf.transpose(tf.reshape(x, [s[0], s[1], n, x.shape[-1].value // n]), [0, 2, 1, 3])


def attn(x, scope, n=2):
    with tf.variable_scope(scope):
        d = x.shape[-1].value
        q, k, v = [heads(t, n) for t in tf.split(tf.layers.dense(x, 3 * d, use_bias=False, name="qkv"), 3, axis=-1)]
        w = tf.matmul(q, k, transpose_b=True) / np.sqrt(d / n)
        t = tf.shape(w)[-1]
        mask = tf.matrix_band_part(tf.ones([t, t]), -1, 0)
        w = tf.nn.softmax(w * mask + (1 - mask) * -1e9)
        w = tf.nn.dropout(w, 0.9)
        o = tf.transpose(tf.matmul(w, v), [0, 2, 1, 3])
        return tf.layers.dense(tf.reshape(o, tf.shape(x)), d)


x = tf.placeholder(tf.int32, [None, None])
emb = tf.get_variable("emb", [7, 4], initializer=tf.random_normal_initializer(stddev=0.5))
pos = tf.get_variable("pos", [5, 4])
hh = tf.gather(emb, x) + tf.expand_dims(pos[: tf.shape(x)[1]], 0)
for layer in range(2):
    with tf.variable_scope("layer%d" % layer):
        hh = hh + attn(layer_norm(hh, "ln1"), "attn")
lm = tf.tensordot(hh, emb, [[2], [1]])
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=x[:, 1:], logits=lm[:, :-1]))
op = tf.contrib.layers.optimize_loss(
    loss,
    tf.train.get_or_create_global_step(),
    0.01,
    "Adam",
    clip_gradients=1.0,
    learning_rate_decay_fn=lambda lr, gs: lr * tf.minimum(1.0, tf.to_float(gs) / 10.0),
)
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for k in range(3):
        results[str(k)] = s.run(op, {x: [[1, 2, 3, 4], [6, 5, 0, 1]]})
    results["shapes"] = [str(hh.shape), str(lm.shape), repr(loss)]
