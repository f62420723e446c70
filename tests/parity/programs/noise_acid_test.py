"""Gradient noise under a graph seed: TensorFlow's own test of optimize_loss expects 9.86912."""
import minigraph as tf

tf.set_random_seed(42)
x = tf.placeholder(tf.float32, [])
var = tf.get_variable("test", [], initializer=tf.constant_initializer(10))
loss = tf.abs(var * x)
global_step = tf.get_variable("global_step", [], trainable=False, dtype=tf.int64,
                              initializer=tf.constant_initializer(0, dtype=tf.int64))
train = tf.contrib.layers.optimize_loss(loss, global_step, learning_rate=0.1, optimizer="SGD",
                                        gradient_noise_scale=10.0)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(train, feed_dict={x: 5})
    results = {"var": sess.run(var), "global_step": sess.run(global_step)}

for name, value in results.items():
    print(name, value)
