"""A variational autoencoder."""

import numpy as np

import minigraph as tf

results = {}
tf.set_random_seed(0)
n_z, n_in = 2, 6
x = tf.placeholder(tf.float32, [None, n_in], name="X")
lr = tf.placeholder_with_default(0.01, shape=(), name="lr")


def encoder(x):
    with tf.variable_scope("encoder"):
        h = tf.layers.dense(x, 5, activation=tf.nn.softplus, name="h1")
        mu = tf.layers.dense(h, n_z, name="mu")
        ls = tf.layers.dense(h, n_z, name="log_sigma")
        eps = tf.random_normal(tf.shape(mu), 0, 1, dtype=tf.float32)
        z = mu + tf.exp(0.5 * ls) * eps
    return z, mu, ls


def decoder(z):
    with tf.variable_scope("decoder", reuse=tf.AUTO_REUSE):
        h = tf.layers.dense(z, 5, tf.nn.tanh, name="h1")
        return tf.layers.dense(h, n_in, name="out")


z, mu, ls = encoder(x)
logits = decoder(z)
rec = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(logits=logits, labels=x), 1)
kl = -0.5 * tf.reduce_sum(1 + ls - tf.square(mu) - tf.exp(ls), axis=1)
cost = tf.reduce_mean(rec + kl, name="elbo")
train = tf.train.AdamOptimizer(lr).minimize(cost)
sample = tf.nn.sigmoid(decoder(tf.random_normal([3, n_z])))
data = np.array([[0, 1, 0, 1, 1, 0], [1, 0, 1, 0, 0, 1]], np.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(4):
        _, results["cost%d" % i] = sess.run([train, cost], {x: data})
    results["sample"] = sess.run(sample)
