"""Every summary that optimize_loss knows, with noise, clipping and decay."""
import minigraph as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0], [-1.0, 0.5]], name="x")
y = tf.constant([[1.0], [0.0], [2.0]], name="y")
out = tf.layers.dense(x, 1, kernel_initializer=tf.constant_initializer([[0.3], [-0.2]]))
loss = tf.losses.mean_squared_error(y, out)
tf.set_random_seed(5)
train = tf.contrib.layers.optimize_loss(
    loss, tf.train.get_or_create_global_step(), 0.1, "SGD", clip_gradients=1.0,
    learning_rate_decay_fn=lambda rate, step: tf.train.inverse_time_decay(rate, step, 10, 0.5),
    summaries=["learning_rate", "loss", "gradients", "gradient_norm", "global_gradient_norm"])
merged = tf.summary.merge_all()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(train)
    results = {v.name: sess.run(v) for v in tf.global_variables()}
    results["loss"] = sess.run(loss)

for name, value in results.items():
    print(name, value)
