"""tf.losses.*: weights of several shapes, reductions, the LOSSES collection."""
import minigraph as tf

labels = tf.constant([[1.0, 0.0, 2.0], [0.5, 1.5, -1.0]], name="labels")
predictions = tf.constant([[0.8, 0.1, 1.0], [0.1, 1.0, -2.0]], name="predictions")
weights = tf.constant([[1.0], [0.0]], name="weights")
made = [tf.losses.absolute_difference(labels, predictions),
        tf.losses.mean_squared_error(labels, predictions, weights=weights),
        tf.losses.mean_squared_error(labels, predictions, weights=2.0, scope="weighted"),
        tf.losses.huber_loss(labels, predictions, delta=0.5),
        tf.losses.log_loss(tf.nn.sigmoid(labels), tf.nn.sigmoid(predictions)),
        tf.losses.hinge_loss([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]], predictions),
        tf.losses.cosine_distance(labels, predictions, axis=1),
        tf.losses.mean_pairwise_squared_error(labels, predictions),
        tf.losses.absolute_difference(labels, predictions, reduction=tf.losses.Reduction.NONE),
        tf.losses.absolute_difference(labels, predictions, reduction=tf.losses.Reduction.SUM),
        tf.losses.absolute_difference(labels, predictions, weights, reduction=tf.losses.Reduction.MEAN),
        tf.losses.absolute_difference(labels, predictions, reduction=tf.losses.Reduction.SUM_OVER_BATCH_SIZE),
        tf.losses.compute_weighted_loss(labels, weights=weights, scope="mine")]
tf.losses.add_loss(tf.reduce_sum(labels))
got = [loss.name for loss in tf.losses.get_losses()]
grads = tf.gradients(made[3] + made[4] + made[6], predictions)
with tf.Session() as sess:
    results = {"made": sess.run(made), "collection": got, "grads": sess.run(grads)}

for name, value in results.items():
    print(name, value)
