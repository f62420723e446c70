"""tf.layers' separable, transposed and 3-D convolutions, and pools of sequences and volumes, trained a little."""

import numpy as np

import minigraph as tf

results = {}
L = tf.layers
tf.set_random_seed(13)
x = tf.placeholder(tf.float32, [None, 8, 6, 4], name="x")
s = tf.placeholder(tf.float32, [None, 9, 4], name="s")
v = tf.placeholder(tf.float32, [2, 4, 5, 4, 3], name="v")
made = [
    L.separable_conv2d(x, 5, 3),
    L.separable_conv2d(x, 5, [3, 2], strides=2, padding="same", depth_multiplier=2, activation=tf.nn.relu, name="sep"),
    L.separable_conv2d(x, 3, 3, dilation_rate=2, use_bias=False,
                       depthwise_regularizer=tf.contrib.layers.l2_regularizer(0.1)),
    L.separable_conv1d(s, 6, 3),
    L.separable_conv1d(s, 6, 2, padding="causal", dilation_rate=2, activation=tf.tanh, name="sep1"),
    L.conv3d(v, 4, 2),
    L.conv3d(v, 4, [1, 2, 3], strides=[1, 2, 1], padding="same", activation=tf.nn.relu, name="volume"),
    L.conv3d(v, 2, 2, dilation_rate=[1, 2, 1], padding="same"),
    L.conv3d_transpose(v, 2, 3, strides=2, padding="same"),
    L.conv3d_transpose(v, 2, [2, 1, 2], name="up3", use_bias=False),
    L.conv2d_transpose(x, 3, 3, strides=2),
    L.max_pooling1d(s, 2, 2),
    L.average_pooling1d(s, 3, 1, padding="same", name="mean1"),
    L.max_pooling3d(v, 2, 2),
    L.average_pooling3d(v, [1, 2, 1], 1, padding="same"),
    L.average_pooling3d(tf.transpose(v, [0, 4, 1, 2, 3]), 2, 1, data_format="channels_first", name="first"),
    L.SeparableConv2D(3, 1)(x),
]
results["names"] = [str(t) for t in made]
results["variables"] = [v.name for v in tf.trainable_variables()]
loss = tf.add_n([tf.reduce_mean(tf.square(t - 0.5)) for t in made]) + tf.losses.get_regularization_loss()
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
feed = {x: np.sin(np.arange(2 * 192.0)).reshape(2, 8, 6, 4), s: np.cos(np.arange(72.0)).reshape(2, 9, 4),
        v: np.sin(np.arange(480.0) * 0.7).reshape(2, 4, 5, 4, 3)}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results["values"] = sess.run(made, feed)
    results["losses"] = [sess.run([loss, train], feed)[0] for _ in range(3)]
