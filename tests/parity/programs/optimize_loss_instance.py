"""An optimizer instance, class and function; learning_rate None."""
import minigraph as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0], [-1.0, 0.5]], name="x")
y = tf.constant([[1.0], [0.0], [2.0]], name="y")
out = tf.layers.dense(x, 1, kernel_initializer=tf.constant_initializer([[0.3], [-0.2]]))
loss = tf.losses.mean_squared_error(y, out)
step = tf.train.get_or_create_global_step()
first = tf.contrib.layers.optimize_loss(loss, step, None, tf.train.AdamOptimizer(0.01), name="instance")
second = tf.contrib.layers.optimize_loss(loss, None, 0.01, tf.train.AdagradOptimizer, name="class")
third = tf.contrib.layers.optimize_loss(loss, None, None, lambda: tf.train.MomentumOptimizer(0.01, 0.5),
                                        name="none", increment_global_step=False)
fourth = tf.contrib.layers.optimize_loss(loss, None, 0.01, lambda rate: tf.train.RMSPropOptimizer(rate),
                                         name="fn", increment_global_step=False)
with tf.control_dependencies([first]):
    train = tf.no_op("train")
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(train)
    results = {v.name: sess.run(v) for v in tf.global_variables()}
    results["loss"] = sess.run(loss)

for name, value in results.items():
    print(name, value)
