"""tf.layers.dense with each activation, with and without bias, on two and three dimensions."""
import numpy as np

import minigraph as tf

tf.set_random_seed(7)
x = tf.placeholder(tf.float32, [None, 4], name="x")
net = x
for activation in (None, tf.nn.relu, tf.nn.tanh, tf.sigmoid, tf.nn.elu, tf.nn.selu, tf.nn.softplus,
                   tf.nn.relu6, tf.nn.softsign, tf.nn.leaky_relu):
    net = tf.layers.dense(net, 3, activation=activation)
plain = tf.layers.dense(net, 2, use_bias=False, name="plain", kernel_initializer=tf.ones_initializer())
named = tf.layers.dense(tf.reshape(net, [-1, 1, 3]), 2, activation=tf.nn.softmax, name="named",
                        bias_initializer=tf.constant_initializer(0.5))
flat = tf.layers.flatten(named)
loss = tf.reduce_sum(flat) + tf.reduce_sum(plain)
grads = tf.gradients(loss, tf.trainable_variables())
feed = {x: np.arange(8, dtype=np.float32).reshape(2, 4) / 8}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"flat": sess.run(flat, feed), "plain": sess.run(plain, feed), "grads": sess.run(grads, feed),
               "variables": sess.run(tf.trainable_variables())}

for name, value in results.items():
    print(name, value)
