"""A decay function: piecewise constant, which is made of conditionals."""
import minigraph as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0], [-1.0, 0.5]], name="x")
y = tf.constant([[1.0], [0.0], [2.0]], name="y")
out = tf.layers.dense(x, 1, kernel_initializer=tf.constant_initializer([[0.3], [-0.2]]))
loss = tf.losses.mean_squared_error(y, out)


def decay(rate, step):
    return tf.train.piecewise_constant(step, [1, 2], [0.1, 0.05, 0.01])


train = tf.contrib.layers.optimize_loss(loss, tf.train.get_or_create_global_step(), 0.1, "SGD",
                                        learning_rate_decay_fn=decay)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(train)
    results = {v.name: sess.run(v) for v in tf.global_variables()}
    results["loss"] = sess.run(loss)

for name, value in results.items():
    print(name, value)
