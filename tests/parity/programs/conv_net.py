"""A convolutional network: conv2d, pooling, dense, dropout, Adam."""
import numpy as np

import minigraph as tf

tf.set_random_seed(4)
x = tf.placeholder(tf.float32, [None, 8, 8, 1], name="x")
y = tf.placeholder(tf.int64, [None], name="y")
net = tf.layers.conv2d(x, 3, 3, activation=tf.nn.relu, padding="same")
net = tf.layers.max_pooling2d(net, 2, 2)
net = tf.layers.conv2d(net, 2, [2, 2], strides=2, name="second", use_bias=False)
net = tf.layers.average_pooling2d(net, 2, 1)
net = tf.layers.dropout(tf.layers.flatten(net), 0.25, training=True)
logits = tf.layers.dense(net, 3)
loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
step = tf.train.get_or_create_global_step()
train = tf.train.AdamOptimizer(0.01).minimize(loss, step)
feed = {x: np.cos(np.arange(128, dtype=np.float32)).reshape(2, 8, 8, 1), y: [0, 2]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"loss": sess.run(loss, feed)}
    for _ in range(2):
        sess.run(train, feed)
    results.update({v.name: sess.run(v) for v in tf.trainable_variables()})

for name, value in results.items():
    print(name, value)
