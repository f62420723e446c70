"""Batch normalization: optimize_loss runs the UPDATE_OPS first."""
import minigraph as tf

tf.set_random_seed(1)
x = tf.constant([[1.0, 2.0], [3.0, 5.0], [-1.0, 0.5], [2.0, -2.0]], name="x")
net = tf.layers.batch_normalization(x, training=True, momentum=0.5)
out = tf.layers.dense(net, 1, kernel_initializer=tf.ones_initializer())
loss = tf.reduce_mean(tf.square(out - 1.0))
updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
train = tf.contrib.layers.optimize_loss(loss, tf.train.get_or_create_global_step(), 0.1, "SGD",
                                        update_ops=updates)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(train)
    results = {v.name: sess.run(v) for v in tf.global_variables()}
    results["updates"] = [op.name for op in updates]

for name, value in results.items():
    print(name, value)
