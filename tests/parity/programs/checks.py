"""Assertions on shapes and values, at once and in a run."""
import minigraph as tf

labels = tf.constant([1, 0, 1, 1], name="labels")
fed = tf.placeholder(tf.float32, [None], name="fed")
positive = tf.assert_positive(fed, message="must be positive")
equal = tf.assert_equal(tf.shape(fed)[0], 2, name="two")
with tf.control_dependencies([positive, equal]):
    root = tf.sqrt(fed)
tf.assert_rank(labels, 1)
with tf.Session() as sess:
    results = {"root": sess.run(root, {fed: [4.0, 9.0]})}
    try:
        sess.run(root, {fed: [4.0, -9.0]})
    except tf.errors.InvalidArgumentError as error:
        results["error"] = type(error).__name__

for name, value in results.items():
    print(name, value)
