"""An autoencoder with tied weights that takes noise off waves."""
import math
import numpy as np
import tensorflow as tf


def autoencoder(dimensions=[32, 12, 4]):
    x = tf.placeholder(tf.float32, [None, dimensions[0]], name='x')
    corrupt_prob = tf.placeholder(tf.float32, [1])
    noisy = x + corrupt_prob * tf.random_normal(tf.shape(x), seed=5)
    current_input, encoder = noisy, []
    for layer_i, n_output in enumerate(dimensions[1:]):
        n_input = int(current_input.get_shape()[1])
        W = tf.Variable(tf.random_uniform([n_input, n_output], -1.0 / math.sqrt(n_input), 1.0 / math.sqrt(n_input)))
        b = tf.Variable(tf.zeros([n_output]))
        encoder.append(W)
        current_input = tf.nn.tanh(tf.matmul(current_input, W) + b)
    z = current_input
    for W, n_output in zip(encoder[::-1], dimensions[:-1][::-1]):
        b = tf.Variable(tf.zeros([n_output]))
        current_input = tf.nn.tanh(tf.matmul(current_input, tf.transpose(W)) + b)
    y = current_input
    return {'x': x, 'z': z, 'y': y, 'corrupt_prob': corrupt_prob, 'cost': tf.sqrt(tf.reduce_mean(tf.square(y - x)))}


tf.set_random_seed(3)
t = np.linspace(0, 1, 32)
phase = np.random.RandomState(4).rand(30, 1)
waves = (0.8 * np.sin(2 * np.pi * (t + phase))).astype(np.float32)
mean = waves.mean(axis=0)

ae = autoencoder()
optimizer = tf.train.AdamOptimizer(0.02).minimize(ae['cost'])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch_i in range(41):
        train = waves - mean
        sess.run(optimizer, feed_dict={ae['x']: train, ae['corrupt_prob']: [0.1]})
        if epoch_i % 10 == 0:
            print(epoch_i, sess.run(ae['cost'], feed_dict={ae['x']: train, ae['corrupt_prob']: [0.0]}))
    recon, code = sess.run([ae['y'], ae['z']], feed_dict={ae['x']: waves[:2] - mean, ae['corrupt_prob']: [0.0]})
    print(code)
    print(np.round(recon[:, ::8] + mean[::8], 3), len(tf.trainable_variables()))
