"""Op seeds after functions that build conditionals themselves: losses, decays, layers, checks, averages."""
import minigraph as tf

results = {}


def floats(*sizes):
    return tf.placeholder(tf.float32, sizes)


def flag():
    return tf.placeholder(tf.bool, [])


def step():
    return tf.train.get_or_create_global_step()


def averages():
    v = tf.Variable([1.0, 2.0])
    tf.train.ExponentialMovingAverage(0.9).apply([v, tf.Variable(v.initialized_value() * 2.0)])


def training():
    w = tf.get_variable("w", [2, 1], initializer=tf.zeros_initializer())
    loss = tf.losses.mean_squared_error(floats(None, 1), tf.matmul(floats(None, 2), w), weights=floats(None, 1))
    clip = tf.contrib.layers.adaptive_clipping_fn(global_step=step())
    tf.contrib.layers.optimize_loss(loss, step(), 0.1, "Adam", clip_gradients=clip)


cases = {
    "weighted": lambda: tf.losses.mean_squared_error(floats(None, 3), floats(None, 3), floats(None, 1)),
    "unreduced": lambda: tf.losses.absolute_difference(floats(None), floats(None), floats(None), reduction="none"),
    "pairwise": lambda: tf.losses.mean_pairwise_squared_error(floats(None, 3), floats(None, 3), floats(None, 1)),
    "zero_fraction": lambda: tf.nn.zero_fraction(floats(None)),
    "batch_norm": lambda: tf.layers.batch_normalization(floats(None, 3), training=flag()),
    "fused_batch_norm": lambda: tf.layers.batch_normalization(floats(None, 3, 3, 2), training=flag()),
    "dropout": lambda: tf.layers.dropout(floats(None, 3), training=flag()),
    "cycling_decay": lambda: tf.train.polynomial_decay(0.1, step(), 5, cycle=True),
    "steps": lambda: tf.train.piecewise_constant(step(), [1, 2], [1.0, 2.0, 3.0]),
    "restarts": lambda: tf.train.cosine_decay_restarts(0.1, step(), 5),
    "assert_less": lambda: tf.group(tf.assert_less(floats(2), floats(2), message="larger")),
    "increasing": lambda: tf.is_strictly_increasing(floats(3)),
    "averages": averages,
    "training": training,
}
for name, build in cases.items():
    with tf.Graph().as_default(), tf.Session() as sess:
        tf.set_random_seed(77)
        build()
        results[name] = sess.run(tf.random_uniform([2]))

for name, value in results.items():
    print(name, value)
