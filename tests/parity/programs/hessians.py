"""Hessians, which loop over the elements of the gradient."""
import minigraph as tf

x = tf.Variable([0.5, 1.5], name="x")
y = tf.Variable([[2.0, 3.0]], name="y")
z = tf.reduce_sum(tf.sin(x) * tf.exp(y) + x ** 3.0, name="z")
one, other = tf.hessians(z, [x, y])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"x": sess.run(one), "y": sess.run(other)}

for name, value in results.items():
    print(name, value)
