"""Op seeds by the number of nodes, before, in and after conditionals and loops."""
import minigraph as tf

tf.set_random_seed(31)
p = tf.placeholder(tf.bool, [])
x = tf.placeholder(tf.float32, [2])
y = tf.placeholder(tf.float32, [2])
a = tf.cond(p, lambda: x * x + y, lambda: y)
u0 = tf.random_uniform([2])
b = tf.cond(p, lambda: (tf.random_uniform([2]), x), lambda: (y, tf.constant(1.)))
u1 = tf.random_uniform([2])
c = tf.cond(p, lambda: tf.no_op(), lambda: tf.group(tf.identity(x)))
u2 = tf.random_uniform([2])
d = tf.cond(p, lambda: tf.cond(x[0] > 0, lambda: x, lambda: y), lambda: tf.random_normal([2]))
u3 = tf.random_uniform([2])
v = tf.get_variable('v', [2])
e = tf.cond(p, lambda: tf.constant(3.), lambda: tf.constant(2.))
e2 = tf.cond(p, lambda: v * 1., lambda: v)
u4 = tf.random_uniform([2])
r = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * x + tf.random_uniform([2])), [0, tf.zeros([2])])
u5 = tf.random_uniform([2])
cs = tf.case([(x[0] > 5, lambda: x), (x[0] > 1, lambda: y + 1.)], default=lambda: tf.random_uniform([2]))
u6 = tf.random_uniform([2])
z = tf.nn.zero_fraction(x)
u7 = tf.random_uniform([2])
results = {}
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for k in (True, False):
        results[str(k)] = s.run([a, b, d, e, e2, r, cs, u0, u1, u2, u3, u4, u5, u6, z, u7],
                                {p: k, x: [.5, 1.], y: [3., 4.]})
