"""Dropout layers and functions, with their gradients, under a graph seed."""
import minigraph as tf

tf.set_random_seed(8)
x = tf.Variable(tf.ones([4, 5]), name="x")
kept = tf.nn.dropout(x, 0.6)
rated = tf.nn.dropout(x, rate=0.3, noise_shape=[4, 1])
on = tf.layers.dropout(x, rate=0.5, training=True)
off = tf.layers.dropout(x, rate=0.5, training=False)
prob = tf.placeholder_with_default(0.5, [], name="prob")
fed = tf.nn.dropout(x, prob)
grads = [tf.gradients(tensor, x)[0] for tensor in (kept, rated, on, off, fed)]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"values": sess.run([kept, rated, on, off, fed]), "grads": sess.run(grads)}

for name, value in results.items():
    print(name, value)
