"""Lloyd's algorithm with segments, until no point changes its cluster."""
import numpy as np
import tensorflow as tf

N, K = 90, 3
rng = np.random.RandomState(10)
centers = np.array([[0, 0], [4, 4], [0, 5]])
points_np = (np.repeat(centers, N // K, axis=0) + rng.randn(N, 2)).astype(np.float32)

points = tf.Variable(points_np, trainable=False)
cluster_assignments = tf.Variable(tf.zeros([N], dtype=tf.int64), trainable=False)
centroids = tf.Variable(tf.slice(points.initialized_value(), [28, 0], [K, 2]), trainable=False)

rep_centroids = tf.reshape(tf.tile(centroids, [N, 1]), [N, K, 2])
rep_points = tf.reshape(tf.tile(points, [1, K]), [N, K, 2])
sum_squares = tf.reduce_sum(tf.square(rep_points - rep_centroids), axis=2)
best_centroids = tf.argmin(sum_squares, 1)
did_assignments_change = tf.reduce_any(tf.not_equal(best_centroids, cluster_assignments))


def bucket_mean(data, bucket_ids, num_buckets):
    total = tf.unsorted_segment_sum(data, bucket_ids, num_buckets)
    count = tf.unsorted_segment_sum(tf.ones_like(data), bucket_ids, num_buckets)
    return total / count


means = bucket_mean(points, best_centroids, K)
with tf.control_dependencies([did_assignments_change, means]):
    do_updates = tf.group(centroids.assign(means), cluster_assignments.assign(best_centroids))

sess = tf.Session()
sess.run(tf.global_variables_initializer())
changed, iters = True, 0
while changed and iters < 30:
    iters += 1
    changed, _, inertia = sess.run([did_assignments_change, do_updates, tf.reduce_sum(tf.reduce_min(sum_squares, 1))])
    print('iteration', iters, changed, '%.4f' % inertia)
found, assignments = sess.run([centroids, cluster_assignments])
print(found)
print(np.bincount(assignments))
sess.close()
