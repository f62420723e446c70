"""while_loop with its gradient, as functional control flow."""
import minigraph as tf

x = tf.constant(2.0, name="x")
i, total = tf.while_loop(lambda i, t: i < 5, lambda i, t: (i + 1, t * x), [0, 1.0])
grad = tf.gradients(total, x)[0]
with tf.Session() as sess:
    results = {"i": sess.run(i), "total": sess.run(total), "grad": sess.run(grad)}

for name, value in results.items():
    print(name, value)
