"""Constants, operators with Python numbers on either side, and the names that they get."""
import minigraph as tf

a = tf.constant([[1.0, 2.0], [3.0, 4.0]])
b = tf.constant(2.0, shape=[2], name="b")
n = tf.constant([7, -7, 8], tf.int32, name="n")
made = [a + 1.0, 1.0 + a, a - b, 3.0 - a, a * b, 2.0 * a, a / b, 1.0 / a, a // b, a % b, -a, a ** 2.0,
        abs(-a), a > 2.0, a <= b, a @ a, n / 2, n // 2, n % 3, n - 1, 10 // n, tf.equal(n, 7),
        tf.not_equal(n, 7), (n > 0) & (n < 8), (n > 0) | (n < 8), ~(n > 0), tf.logical_xor(n > 0, n < 8),
        tf.add(a, b, name="sum"), tf.multiply(a, a, name="sum"), tf.subtract(a, b), tf.divide(a, b),
        tf.truediv(n, 2), tf.floordiv(n, 2), tf.truncatediv(n, 2), tf.mod(n, 3), tf.add_n([a, a, a]),
        tf.zeros([2, 3]), tf.ones([3]), tf.ones_like(a), tf.zeros_like(n), tf.fill([2, 2], 7), tf.eye(3),
        tf.range(5), tf.range(1.0, 2.0, 0.25), tf.linspace(0.0, 1.0, 5), tf.cast(a, tf.int32), tf.to_float(n),
        tf.identity(a), tf.zeros([0, 2]), tf.constant("text"), tf.constant([True, False])]
with tf.Session() as sess:
    results = {tensor.name: value for tensor, value in zip(made, sess.run(made))}
    results["prints"] = [str(a), repr(a), str(n.dtype), repr(n.dtype), str(a.shape), repr(a.shape),
                         str(n.shape), str(a.op.type), repr(tf.TensorShape(None)),
                         str(tf.TensorShape([None, 3]))]

for name, value in results.items():
    print(name, value)
