"""Op seeds after gradients of conditionals and loops."""
import minigraph as tf

results = {}


def of_cond(x):
    return tf.gradients(tf.cond(x[0] > 0.0, lambda: x * x, lambda: tf.exp(x)), x)


def of_loop(x):
    return tf.gradients(tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * tf.sin(y)), [0, x])[1], x)


for build in (of_cond, of_loop):
    with tf.Graph().as_default(), tf.Session() as sess:
        tf.set_random_seed(77)
        x = tf.constant([0.5, 2.0])
        results[build.__name__ + " gradient"] = sess.run(build(x))
        results[build.__name__ + " drawn"] = sess.run(tf.random_uniform([2]))
