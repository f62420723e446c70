"""cond and case with gradients, as functional control flow."""
import minigraph as tf

x = tf.Variable(3.0, name="x")
flag = tf.placeholder(tf.bool, [], name="flag")
y = tf.cond(flag, lambda: x * x, lambda: x + 1.0)
z = tf.case([(x > 5.0, lambda: tf.constant(1.0)), (x > 2.0, lambda: tf.constant(2.0))],
            lambda: tf.constant(3.0))
grad = tf.gradients(y * z, x)[0]
known = tf.cond(tf.constant(True), lambda: x * 2.0, lambda: x * 3.0, name="known")
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"y": [sess.run(y, {flag: f}) for f in (True, False)], "z": sess.run(z),
               "known": sess.run(known), "grad": [sess.run(grad, {flag: f}) for f in (True, False)]}

for name, value in results.items():
    print(name, value)
