"""A variational autoencoder, its densities by tf.distributions."""
import numpy as np
import tensorflow as tf

tfd = tf.distributions
rng = np.random.RandomState(0)
centers = (rng.rand(3, 16) > 0.5).astype(np.float32)
labels = rng.randint(0, 3, 120)
data = np.abs(centers[labels] - (rng.rand(120, 16) < 0.05)).astype(np.float32)

tf.set_random_seed(42)
x = tf.placeholder(tf.float32, [None, 16], name="x")


def encoder(x):
    with tf.variable_scope("encoder"):
        h = tf.layers.dense(x, 12, activation=tf.nn.relu)
        loc = tf.layers.dense(h, 2, name="loc")
        scale = tf.layers.dense(h, 2, activation=tf.nn.softplus, name="scale")
    return tfd.Normal(loc, scale + 1e-3, name="q_z")


def decoder(z):
    with tf.variable_scope("decoder", reuse=tf.AUTO_REUSE):
        h = tf.layers.dense(z, 12, activation=tf.nn.relu, name="h")
        return tfd.Bernoulli(logits=tf.layers.dense(h, 16, name="logits"), dtype=tf.float32, name="p_x")


q = encoder(x)
z = q.sample(seed=1)
prior = tfd.Normal(tf.zeros(2), tf.ones(2), name="p_z")
p = decoder(z)
log_likelihood = tf.reduce_sum(p.log_prob(x), axis=1)
kl = tf.reduce_sum(tfd.kl_divergence(q, prior), axis=1)
elbo = tf.reduce_mean(log_likelihood - kl)
train = tf.train.AdamOptimizer(0.02).minimize(-elbo)
pictures = decoder(prior.sample(2, seed=3)).mean()

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(30):
        for i in range(0, 120, 40):
            sess.run(train, feed_dict={x: data[i:i + 40]})
        if epoch % 6 == 5:
            e, k = sess.run([elbo, tf.reduce_mean(kl)], feed_dict={x: data})
            print("epoch %d: elbo %.4f kl %.4f" % (epoch + 1, e, k))
    print("q:", q.batch_shape, q.event_shape, q.dtype)
    print("entropy %.4f" % sess.run(tf.reduce_mean(q.entropy()), feed_dict={x: data}))
    print(np.round(sess.run(pictures), 3))
