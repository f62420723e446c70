"""Assertions on shapes and values, and the streaming metrics with their local variables."""
import minigraph as tf

labels = tf.constant([1, 0, 1, 1], name="labels")
predictions = tf.constant([1, 1, 1, 0], name="predictions")
accuracy, update = tf.metrics.accuracy(labels, predictions)
mean, mean_update = tf.metrics.mean([1.0, 2.0, 6.0], weights=[1.0, 1.0, 0.5])
fed = tf.placeholder(tf.float32, [None], name="fed")
positive = tf.assert_positive(fed, message="must be positive")
equal = tf.assert_equal(tf.shape(fed)[0], 2, name="two")
with tf.control_dependencies([positive, equal]):
    root = tf.sqrt(fed)
tf.assert_rank(labels, 1)
with tf.Session() as sess:
    sess.run(tf.local_variables_initializer())
    results = {"update": sess.run([update, mean_update]), "values": sess.run([accuracy, mean]),
               "root": sess.run(root, {fed: [4.0, 9.0]})}
    try:
        sess.run(root, {fed: [4.0, -9.0]})
    except tf.errors.InvalidArgumentError as error:
        results["error"] = type(error).__name__

for name, value in results.items():
    print(name, value)
