"""Clipping by a function: adaptive_clipping_fn with its moving averages and reports."""
import minigraph as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0], [-1.0, 0.5]], name="x")
y = tf.constant([[1.0], [0.0], [2.0]], name="y")
out = tf.layers.dense(x, 1, kernel_initializer=tf.constant_initializer([[0.3], [-0.2]]))
loss = tf.losses.mean_squared_error(y, out)
global_step = tf.train.get_or_create_global_step()
clip = tf.contrib.layers.adaptive_clipping_fn(std_factor=1.5, decay=0.9, static_max_norm=2.0,
                                              report_summary=True, global_step=global_step)
train = tf.contrib.layers.optimize_loss(loss, global_step, 0.1, "SGD", clip_gradients=clip)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(train)
    results = {v.name: sess.run(v) for v in tf.global_variables()}
    results["loss"] = sess.run(loss)

for name, value in results.items():
    print(name, value)
