"""Batch normalization while training, dense: moving averages and UPDATE_OPS."""
import numpy as np

import minigraph as tf

x = tf.placeholder(tf.float32, [None, 3], name="x")
net = tf.layers.batch_normalization(x, training=True, momentum=0.9)
weights = np.arange(12, dtype=np.float32).reshape(4, 3) % 5     # uneven, so that the gradients do not cancel
loss = tf.reduce_sum(tf.square(net) * weights + net)
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
grad = tf.gradients(loss, x)
feed = {x: np.arange(12, dtype=np.float32).reshape(4, 3) ** 2 / 20}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"net": sess.run(net, feed), "grad": sess.run(grad, feed)}
    for _ in range(2):
        sess.run(train, feed)
    results.update({v.name: sess.run(v) for v in tf.global_variables()})
    results["trainable"] = [v.name for v in tf.trainable_variables()]

for name, value in results.items():
    print(name, value)
