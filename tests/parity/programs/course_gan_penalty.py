"""A generative adversarial network with a gradient penalty: second order gradients, two optimizers, clipped weights."""
import numpy as np

import minigraph as tf

tf.set_random_seed(5)


def generator(z, reuse=None):
    with tf.variable_scope('gen', reuse=reuse):
        h = tf.layers.dense(z, 6, activation=tf.nn.leaky_relu,
                            kernel_initializer=tf.contrib.layers.xavier_initializer())
        h = tf.layers.batch_normalization(h, training=True)
        return tf.layers.dense(h, 4, activation=tf.nn.tanh)


def discriminator(x, reuse=None):
    with tf.variable_scope('dis', reuse=reuse):
        h = tf.layers.dense(x, 6, activation=tf.nn.elu)
        return tf.layers.dense(h, 1)


z = tf.placeholder(tf.float32, [None, 3])
x = tf.placeholder(tf.float32, [None, 4])
fake = generator(z)
dr = discriminator(x)
df = discriminator(fake, reuse=True)
dl = (tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=dr, labels=tf.ones_like(dr)))
      + tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=df, labels=tf.zeros_like(df))))
gl = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=df, labels=tf.ones_like(df)))
alpha = tf.random_uniform([tf.shape(x)[0], 1], 0., 1.)
inter = alpha * x + (1 - alpha) * fake
g = tf.gradients(discriminator(inter, True), [inter])[0]
slopes = tf.sqrt(tf.reduce_sum(tf.square(g), reduction_indices=[1]))
dl += 10. * tf.reduce_mean((slopes - 1.) ** 2)
tv = tf.trainable_variables()
gv = [v for v in tv if 'gen' in v.name]
dv = [v for v in tv if 'dis' in v.name]
update = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.control_dependencies(update):
    go = tf.train.AdamOptimizer(2e-4, beta1=.5).minimize(gl, var_list=gv)
    do = tf.train.AdamOptimizer(2e-4, beta1=.5).minimize(dl, var_list=dv)
clip = [v.assign(tf.clip_by_value(v, -0.01, 0.01)) for v in dv]
results = {}
fd = {z: np.linspace(-1, 1, 15).reshape(5, 3), x: np.linspace(-1, 1, 20).reshape(5, 4)}
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for i in range(2):
        s.run(do, fd)
        s.run(go, fd)
    results['gl'] = s.run(gl, fd)
    s.run(clip)
    results['v'] = s.run(dv)
