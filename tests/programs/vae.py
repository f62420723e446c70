"""A variational autoencoder of points on a circle."""
import numpy as np
import tensorflow as tf

tf.set_random_seed(0)
np.random.seed(0)


class VariationalAutoencoder(object):
    def __init__(self, n_input, n_hidden, n_z, learning_rate=0.01):
        self.x = tf.placeholder(tf.float32, [None, n_input])
        with tf.variable_scope('recognition'):
            h = tf.layers.dense(self.x, n_hidden, tf.nn.softplus)
            self.z_mean = tf.layers.dense(h, n_z, name='mean')
            self.z_log_sigma_sq = tf.layers.dense(h, n_z, name='log_sigma')
        eps = tf.random_normal(tf.shape(self.z_mean), 0, 1, dtype=tf.float32)
        self.z = tf.add(self.z_mean, tf.multiply(tf.sqrt(tf.exp(self.z_log_sigma_sq)), eps))
        with tf.variable_scope('generator'):
            h = tf.layers.dense(self.z, n_hidden, tf.nn.softplus)
            self.x_reconstr_mean = tf.layers.dense(h, n_input, tf.nn.sigmoid)
        reconstr_loss = -tf.reduce_sum(self.x * tf.log(1e-10 + self.x_reconstr_mean)
                                       + (1 - self.x) * tf.log(1e-10 + 1 - self.x_reconstr_mean), 1)
        latent_loss = -0.5 * tf.reduce_sum(1 + self.z_log_sigma_sq - tf.square(self.z_mean)
                                           - tf.exp(self.z_log_sigma_sq), 1)
        self.cost = tf.reduce_mean(reconstr_loss + latent_loss)
        self.parts = tf.reduce_mean(reconstr_loss), tf.reduce_mean(latent_loss)
        self.optimizer = tf.train.AdamOptimizer(learning_rate).minimize(self.cost)
        self.sess = tf.InteractiveSession()
        self.sess.run(tf.global_variables_initializer())

    def partial_fit(self, X):
        return self.sess.run((self.optimizer, self.cost) + self.parts, feed_dict={self.x: X})[1:]


angles = np.random.uniform(0, 2 * np.pi, 50)
data = np.stack([np.cos(angles), np.sin(angles)] * 3, axis=1) * 0.4 + 0.5
vae = VariationalAutoencoder(6, 8, 2)
for epoch in range(51):
    cost, reconstruction, latent = vae.partial_fit(data)
    if epoch % 10 == 0:
        print("Epoch: %04d cost= %.6f (%.6f + %.6f)" % (epoch, cost, reconstruction, latent))
print(vae.sess.run(vae.z_mean, feed_dict={vae.x: data[:3]}))
print(vae.sess.run(vae.x_reconstr_mean, feed_dict={vae.z: [[0.0, 1.0], [1.0, -1.0]]}))
