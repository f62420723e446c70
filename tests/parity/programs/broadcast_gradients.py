"""Gradients of + - * / pow maximum minimum under every kind of broadcasting."""
import minigraph as tf

x = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], name="x")
row = tf.constant([0.5, 1.5, 2.5], name="row")
column = tf.constant([[2.0], [3.0]], name="column")
scalar = tf.constant(3.0, name="scalar")
fed = tf.placeholder(tf.float32, [None, 3], name="fed")
results = {}
with tf.Session() as sess:
    for op in (tf.add, tf.subtract, tf.multiply, tf.divide, tf.pow, tf.maximum, tf.minimum,
               tf.squared_difference):
        for other in (x, row, column, scalar, fed):
            name = op.__name__ + "_" + other.op.name
            got = tf.gradients(op(x, other), [x, other], name=name)
            results[name] = sess.run(got, {fed: [[1.0, 1.5, 2.0], [2.5, 3.0, 3.5]]})

for name, value in results.items():
    print(name, value)
