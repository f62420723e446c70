"""A decay function: exponential, by staircase."""
import minigraph as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0], [-1.0, 0.5]], name="x")
y = tf.constant([[1.0], [0.0], [2.0]], name="y")
out = tf.layers.dense(x, 1, kernel_initializer=tf.constant_initializer([[0.3], [-0.2]]))
loss = tf.losses.mean_squared_error(y, out)


def decay(rate, step):
    return tf.train.exponential_decay(rate, step, decay_steps=2, decay_rate=0.5, staircase=True)


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
