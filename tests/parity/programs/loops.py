"""while_loop, map_fn and scan with gradients, as functional control flow."""
import minigraph as tf

x = tf.constant(2.0, name="x")
i, total = tf.while_loop(lambda i, t: i < 5, lambda i, t: (i + 1, t * x), [0, 1.0])
grad = tf.gradients(total, x)[0]
mapped = tf.map_fn(lambda value: value * value, tf.constant([1.0, 2.0, 3.0]))
scanned = tf.scan(lambda a, b: a + b, tf.constant([1.0, 2.0, 3.0]))
folded = tf.foldl(lambda a, b: a * b, tf.constant([1.0, 2.0, 3.0]))
with tf.Session() as sess:
    results = {"i": sess.run(i), "total": sess.run(total), "grad": sess.run(grad), "mapped": sess.run(mapped),
               "scanned": sess.run(scanned), "folded": sess.run(folded)}

for name, value in results.items():
    print(name, value)
