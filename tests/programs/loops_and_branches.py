"""Newton's method, Fibonacci, the Collatz problem, a running mean: tf.while_loop, tf.cond, tf.case, tf.scan, tf.map_fn."""
import tensorflow as tf

target = tf.placeholder(tf.float32, [])


def newton(a):
    def body(i, x):
        return i + 1, x - (x * x - a) / (2.0 * x)

    return tf.while_loop(lambda i, x: tf.logical_and(i < 20, tf.abs(x * x - a) > 1e-4), body, [0, a])


steps, root = newton(target)
slope = tf.gradients(root, target)[0]

n = tf.placeholder(tf.int32, [])
fibonacci = tf.while_loop(lambda i, a, b: i < n, lambda i, a, b: (i + 1, b, a + b), [0, 0, 1])[1]


def collatz(i, k):
    return i + 1, tf.cond(tf.equal(k % 2, 0), lambda: k // 2, lambda: 3 * k + 1)


length = tf.while_loop(lambda i, k: k > 1, collatz, [0, n])[0]
size = tf.case([(n < 5, lambda: tf.constant('few')), (n < 20, lambda: tf.constant('some'))], default=lambda: tf.constant('many'))

numbers = tf.constant([4.0, 8.0, 6.0, 2.0])
running = tf.scan(lambda mean, pair: mean + (pair[0] - mean) / pair[1], (numbers, tf.range(1.0, 5.0)), initializer=0.0)
powers = tf.map_fn(lambda x: tf.stack([x, x * x]), numbers)
total = tf.foldl(lambda a, x: 2.0 * a + x, numbers)

with tf.Session() as sess:
    for value in (2.0, 9.0, 100.0):
        i, x, s = sess.run([steps, root, slope], {target: value})
        print('sqrt(%g) = %.6f after %d steps, slope %.6f' % (value, x, i, s))
    for value in (3, 10, 27):
        print(value, sess.run([fibonacci, length, size], {n: value}))
    print(sess.run([running, powers, total]))
