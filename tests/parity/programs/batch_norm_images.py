"""Batch normalization of images while training (the fused kernel) behind a convolution."""
import numpy as np

import minigraph as tf

tf.set_random_seed(17)
x = tf.placeholder(tf.float32, [None, 4, 4, 1], name="x")
net = tf.layers.conv2d(x, 2, 3, padding="same", activation=None)
net = tf.nn.relu(tf.layers.batch_normalization(net, training=True, momentum=0.5))
loss = tf.reduce_mean(tf.square(net - 0.5))
train = tf.contrib.layers.optimize_loss(loss, tf.train.get_or_create_global_step(), 0.1, "SGD")
feed = {x: np.sin(np.arange(32, dtype=np.float32)).reshape(2, 4, 4, 1)}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"net": sess.run(net, feed)}
    for _ in range(2):
        sess.run(train, feed)
    results.update({v.name: sess.run(v) for v in tf.global_variables()})

for name, value in results.items():
    print(name, value)
