"""tf.contrib.losses, also as slim.losses: weights, smoothing, gradients and collections."""

import minigraph as tf

results = {}
losses = tf.contrib.slim.losses
p = tf.reshape(tf.sin(tf.range(12, dtype=tf.float32)), [3, 4], name="p")
y = tf.reshape(tf.cos(tf.range(12, dtype=tf.float32)), [3, 4], name="y")
q = tf.sigmoid(p)
hot = tf.one_hot([1, 3, 0], 4)
w = tf.constant([1.0, 0.0, 2.0])
wide = tf.constant([[1.0, 0.0, 2.0, 1.0], [0.0, 0.0, 0.0, 1.0], [3.0, 1.0, 1.0, 0.0]])
made = [
    losses.absolute_difference(p, y),
    losses.mean_squared_error(p, y, w),
    losses.mean_squared_error(p, y, wide, scope="wide"),
    losses.mean_squared_error(p, y, 0.0),
    losses.log_loss(q, hot, 0.5),
    losses.sigmoid_cross_entropy(p, hot),
    losses.sigmoid_cross_entropy(p, hot, w, label_smoothing=0.2),
    losses.softmax_cross_entropy(p, hot),
    losses.softmax_cross_entropy(p, tf.cast(hot, tf.int32), w, label_smoothing=0.1, scope="soft"),
    losses.sparse_softmax_cross_entropy(p, tf.constant([1, 3, 0])),
    losses.sparse_softmax_cross_entropy(p, tf.constant([[1], [3], [0]], tf.int64), tf.constant([[1.0], [2.0], [0.0]])),
    losses.cosine_distance(tf.nn.l2_normalize(p, 1), tf.nn.l2_normalize(y, 1), 1, w),
    losses.mean_pairwise_squared_error(p, y),
    losses.mean_pairwise_squared_error(p, y, w, scope="pairs"),
    tf.contrib.losses.compute_weighted_loss(tf.square(p), w),
]
hinge = losses.hinge_loss(p, hot)
extra = losses.add_loss(tf.reduce_sum(hinge, name="extra"))
tf.add_to_collection(tf.GraphKeys.REGULARIZATION_LOSSES, tf.constant(0.25, name="reg"))
total = losses.get_total_loss()
gradient = tf.gradients(total, p)[0]
results["names"] = [str(t) for t in made + [hinge, total]]
results["collection"] = [t.name for t in losses.get_losses()]
with tf.Session() as sess:
    results["values"] = sess.run(made + [hinge, total, gradient])
