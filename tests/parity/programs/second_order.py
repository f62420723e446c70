"""Gradients of gradients, grad_ys, stop_gradients, several ys, unconnected xs."""
import minigraph as tf

x = tf.Variable([0.5, 1.5], name="x")
y = tf.Variable([2.0, 3.0], name="y")
z = tf.reduce_sum(tf.sin(x) * tf.exp(y) + x ** 3.0, name="z")
first = tf.gradients(z, [x, y])
second = tf.gradients(first[0], [x, y])
third = tf.gradients(second[0], x)
weighted = tf.gradients([x * y, x + y], [x, y], grad_ys=[[1.0, 2.0], None])
held = tf.gradients(x * tf.tanh(y * x), x, stop_gradients=[y])
shared = x * 2.0
fan = tf.gradients(shared * shared + tf.sigmoid(shared) + shared, x)
matrix = tf.constant([[1.0, 2.0], [3.0, 4.0]], name="matrix")
penalty = tf.gradients(tf.norm(tf.gradients(tf.tanh(tf.matmul(matrix, matrix)), matrix)[0]), matrix)
missing = tf.gradients(tf.square(x), [y])
zero = tf.gradients(tf.square(x), [y], unconnected_gradients=tf.UnconnectedGradients.ZERO)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"first": sess.run(first), "second": sess.run(second), "third": sess.run(third),
               "fan": sess.run(fan), "weighted": sess.run(weighted),
               "held": sess.run(held), "penalty": sess.run(penalty), "missing": str(missing),
               "zero": sess.run(zero)}

for name, value in results.items():
    print(name, value)
