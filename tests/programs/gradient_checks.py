"""Backward passes checked by finite differences: losses, layers, and an operation with a gradient of its own."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(231)


def report(name, x, x_shape, y, y_shape, value, **options):
    analytic, numeric = tf.test.compute_gradient(x, x_shape, y, y_shape, value, **options)
    error = np.abs(analytic - numeric).max()
    print("%-24s %-8s norm %.6f %s" % (name, analytic.shape, np.linalg.norm(analytic), "ok" if error < 1e-5 else "WRONG"))
    return analytic


@tf.RegisterGradient("Doubled")
def _doubled(op, grad):
    return 2 * grad


tf.set_random_seed(1)
with tf.Session() as sess:
    x = tf.placeholder(tf.float64, [3, 4], name="x")
    w = tf.get_variable("w", [4, 2], tf.float64, tf.random_normal_initializer())
    labels = tf.constant([0, 1, 1])
    start = [tf.global_variables_initializer()]
    scores = tf.matmul(x, w)
    value = rng.randn(3, 4)

    jacobian = report("affine", x, [3, 4], scores, [3, 2], value, init_targets=start)
    print(np.round(jacobian[:4, :2] - sess.run(w), 12).tolist())
    for name, y in [
        ("softmax loss", tf.losses.sparse_softmax_cross_entropy(labels, scores)),
        ("hinge loss", tf.reduce_sum(tf.maximum(0.0 * scores, 1.0 + scores[:, :1] - scores))),
        ("weight decay", tf.nn.l2_loss(w) * tf.reduce_sum(tf.square(x))),
        ("logsumexp", tf.reduce_logsumexp(scores)),
    ]:
        report(name, x, [3, 4], y, [], value)
    for name, y in [
        ("sigmoid", tf.sigmoid(scores)),
        ("selu", tf.nn.selu(scores)),
        ("softmax", tf.nn.softmax(scores)),
        ("batch norm", tf.nn.batch_normalization(scores, *tf.nn.moments(scores, [0]), offset=1.0, scale=2.0, variance_epsilon=1e-3)),
    ]:
        report(name, x, [3, 4], y, [3, 2], value)
    both = tf.test.compute_gradient([x, w], [[3, 4], [4, 2]], scores, [3, 2], [value, np.ones([4, 2])], extra_feed_dict={x: value})
    print([pair[0].shape for pair in both], np.round([np.sum(pair[0]) for pair in both], 5))

    image = tf.constant(rng.rand(1, 4, 4, 1), tf.float64, name="image")
    kernel = tf.constant(rng.rand(2, 2, 1, 2), tf.float64, name="kernel")
    conv = tf.nn.conv2d(image, kernel, [1, 1, 1, 1], "VALID")
    report("convolution", image, [1, 4, 4, 1], conv, [1, 3, 3, 2], rng.rand(1, 4, 4, 1))
    report("kernel", kernel, [2, 2, 1, 2], conv, [1, 3, 3, 2], rng.rand(2, 2, 1, 2))
    pooled = tf.nn.avg_pool(image, [1, 2, 2, 1], [1, 2, 2, 1], "SAME")
    report("pooling", image, [1, 4, 4, 1], pooled, [1, 2, 2, 1], rng.rand(1, 4, 4, 1))

    with tf.get_default_graph().gradient_override_map({"Identity": "Doubled"}):
        wrong = tf.identity(x, name="doubled")
    report("overridden", x, [3, 4], wrong, [3, 4], value)
    print("error %.4f" % tf.test.compute_gradient_error(x, [3, 4], wrong, [3, 4]))
