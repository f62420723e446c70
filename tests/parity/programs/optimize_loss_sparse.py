"""Sparse gradients through multipliers, clipping and summaries."""
import minigraph as tf

tf.set_random_seed(2)
table = tf.get_variable("table", [5, 2], initializer=tf.ones_initializer())
rows = tf.nn.embedding_lookup(table, [1, 3, 1])
loss = tf.reduce_sum(tf.square(rows - [[0.5, 0.25]]))
train = tf.contrib.layers.optimize_loss(loss, tf.train.get_or_create_global_step(), 0.1, "SGD",
                                        clip_gradients=1.0, gradient_multipliers={"table:0": 3.0},
                                        summaries=["loss", "gradients", "gradient_norm",
                                                   "global_gradient_norm"])
noisy = tf.contrib.layers.optimize_loss(loss, None, 0.1, "Adagrad", gradient_noise_scale=0.1, name="noisy",
                                        increment_global_step=False)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(train)
    sess.run(train)
    results = {"table": sess.run(table)}
    sess.run(noisy)
    results["noisy"] = sess.run(table)

for name, value in results.items():
    print(name, value)
