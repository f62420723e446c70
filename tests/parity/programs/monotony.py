"""is_strictly_increasing and is_non_decreasing."""

import minigraph as tf

x = tf.placeholder(tf.float32, [3])
y = tf.constant([1, 2, 2])
a = tf.is_strictly_increasing(x)
b = tf.is_non_decreasing(y)
c = tf.is_strictly_increasing(tf.placeholder(tf.float32))
d = tf.is_numeric_tensor(x)
with tf.Session() as s:
    results = {"r": s.run([a, b], {x: [1.0, 2.0, 3.0]}), "n": [str(t) for t in (a, b, c, d)]}
