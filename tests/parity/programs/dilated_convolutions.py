"""Convolutions with holes, which TF1 makes of plain ones between SpaceToBatchND and BatchToSpaceND."""

import numpy as np

import minigraph as tf

results = {}
tf.set_random_seed(4)
x = tf.random_normal([2, 7, 6, 3], seed=1)
ph = tf.placeholder(tf.float32, [None, 8, 8, 3])
ph2 = tf.placeholder(tf.float32, [None, None, None, 3])
x1 = tf.placeholder(tf.float32, [None, 9, 2])
xd = tf.placeholder(tf.float32, [2, None, 2])
L = tf.layers
o = [
    L.conv2d(x, 2, 2, dilation_rate=2, use_bias=False),
    L.conv2d(x, 2, 3, dilation_rate=(1, 2), padding="same", name="dil", activation=tf.nn.relu),
    L.conv2d(ph, 2, 3, dilation_rate=(2, 3), padding="same"),
    L.conv2d(ph, 2, 3, dilation_rate=2),
    L.conv2d(ph2, 2, 3, dilation_rate=(3, 1), padding="same"),
    L.conv2d(ph2, 2, 2, dilation_rate=2),
    L.conv1d(x1, 3, 2, dilation_rate=2),
    L.conv1d(x1, 3, 3, dilation_rate=4, padding="same"),
    L.conv1d(xd, 3, 2, dilation_rate=2, padding="same"),
]
g = tf.gradients([tf.reduce_sum(t * t) for t in o], [x, ph, ph2, x1, xd] + tf.trainable_variables())
u = tf.random_uniform([2])
f = {
    ph: np.random.RandomState(0).rand(2, 8, 8, 3),
    ph2: np.random.RandomState(1).rand(1, 7, 8, 3),
    x1: np.random.RandomState(2).rand(2, 9, 2),
    xd: np.random.RandomState(3).rand(2, 6, 2),
}
results["s"] = [str(t) for t in o + g]
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    results["v"] = s.run(o + g + [u], f)
