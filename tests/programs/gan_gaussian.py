"""A generative adversarial network that learns a bell curve."""
import numpy as np
import tensorflow as tf

np.random.seed(42)
tf.set_random_seed(42)


def generator(z, h_dim):
    h0 = tf.nn.softplus(tf.layers.dense(z, h_dim, name='g0'))
    return tf.layers.dense(h0, 1, name='g1')


def discriminator(x, h_dim):
    h0 = tf.nn.relu(tf.layers.dense(x, h_dim * 2, name='d0'))
    h1 = tf.nn.relu(tf.layers.dense(h0, h_dim * 2, name='d1'))
    return tf.sigmoid(tf.layers.dense(h1, 1, name='d2'))


def log(x):
    return tf.log(tf.maximum(x, 1e-5))


def optimizer(loss, var_list):
    step = tf.Variable(0, trainable=False)
    return tf.train.AdamOptimizer(0.005).minimize(loss, global_step=step, var_list=var_list)


with tf.variable_scope('G'):
    z = tf.placeholder(tf.float32, shape=(16, 1))
    G = generator(z, 4)
x = tf.placeholder(tf.float32, shape=(16, 1))
with tf.variable_scope('D'):
    D1 = discriminator(x, 4)
with tf.variable_scope('D', reuse=True):
    D2 = discriminator(G, 4)

loss_d = tf.reduce_mean(-log(D1) - log(1 - D2))
loss_g = tf.reduce_mean(-log(D2))
d_params = [v for v in tf.trainable_variables() if v.name.startswith('D/')]
g_params = [v for v in tf.trainable_variables() if v.name.startswith('G/')]
opt_d = optimizer(loss_d, d_params)
opt_g = optimizer(loss_g, g_params)

with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for step in range(101):
        samples = np.sort(np.random.normal(4, 0.5, 16))
        noise = np.linspace(-8, 8, 16) + np.random.random(16) * 0.01
        ld, _ = session.run([loss_d, opt_d], {x: samples.reshape(16, 1), z: noise.reshape(16, 1)})
        lg, _ = session.run([loss_g, opt_g], {z: noise.reshape(16, 1)})
        if step % 20 == 0:
            print('{}: {:.4f}\t{:.4f}'.format(step, ld, lg))
    made = session.run(G, {z: np.linspace(-8, 8, 16).reshape(16, 1)})
    print('mean %.4f, deviation %.4f' % (made.mean(), made.std()), len(d_params), len(g_params))
