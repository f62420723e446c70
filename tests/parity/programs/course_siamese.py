"""A siamese network with a contrastive loss and a mixture density."""

import numpy as np

import minigraph as tf

results = {}
tf.set_random_seed(13)


def net(x, reuse=False):
    with tf.variable_scope("siamese", reuse=reuse):
        with tf.variable_scope("c1"):
            n = tf.layers.conv2d(
                x,
                2,
                [3, 3],
                activation=tf.nn.relu,
                padding="SAME",
                kernel_initializer=tf.truncated_normal_initializer(stddev=0.1),
            )
            n = tf.layers.max_pooling2d(n, [2, 2], [2, 2], padding="same")
        with tf.variable_scope("f"):
            n = tf.layers.flatten(n)
            n = tf.layers.dense(n, 3)
            return tf.nn.l2_normalize(n, 1)


l, r = tf.placeholder(tf.float32, [None, 4, 4, 1], "left"), tf.placeholder(tf.float32, [None, 4, 4, 1], "right")
y = tf.placeholder(tf.float32, [None, 1])
a, b = net(l), net(r, True)
with tf.name_scope("contrastive"):
    d = tf.sqrt(tf.reduce_sum(tf.pow(a - b, 2), 1, keepdims=True) + 1e-6)
    pos = y * tf.square(d)
    neg = (1.0 - y) * tf.square(tf.maximum(0.0, 0.5 - d))
    cl = tf.reduce_mean(pos + neg) / 2
out = tf.layers.dense(tf.concat([a, b], 1), 9, name="mdn")
pi, sg, mu = tf.split(out, 3, 1)
pi = tf.nn.softmax(pi)
sg = tf.exp(sg)
pdf = tf.exp(-tf.square(tf.subtract(y, mu) / sg) / 2) / (sg * np.sqrt(2 * np.pi))
nll = tf.reduce_mean(-tf.log(tf.reduce_sum(pi * pdf, 1) + 1e-8))
fb = tf.reduce_mean(tf.abs(tf.nn.softsign(out)))
gs = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.05, gs, 2, 0.9, staircase=True)
tr = tf.train.MomentumOptimizer(lr, 0.99, use_nesterov=True).minimize(
    cl + 0.1 * nll + tf.losses.get_regularization_loss(), global_step=gs
)
q = np.random.RandomState(0)
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for i in range(3):
        f = {l: q.rand(3, 4, 4, 1), r: q.rand(3, 4, 4, 1), y: [[0.0], [1.0], [1.0]]}
        results[str(i)] = s.run([cl, nll, lr, fb, tr], f)[:4]
