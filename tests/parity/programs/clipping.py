"""Clipping by value, norm, average norm and global norm, dense and sparse, with gradients."""
import minigraph as tf

x = tf.constant([[3.0, -4.0], [1.0, 0.5]], name="x")
y = tf.constant([6.0, -8.0], name="y")
pieces = tf.IndexedSlices(tf.constant([[3.0, 4.0], [1.0, 2.0]]), tf.constant([0, 2]), tf.constant([3, 2]))
made = [tf.clip_by_value(x, -1.0, 2.0), tf.clip_by_norm(x, 2.0), tf.clip_by_norm(x, 1.0, axes=[1]),
        tf.clip_by_average_norm(x, 0.5)]
(clipped_x, nothing, clipped_y), norm = tf.clip_by_global_norm([x, None, y], 5.0)
(rows, dense), sparse_norm = tf.clip_by_global_norm([pieces, y], 3.0, name="sparse")
given, _ = tf.clip_by_global_norm([x], 1.0, use_norm=tf.constant(10.0))
grads = [tf.gradients(tensor, x)[0] for tensor in made]
with tf.Session() as sess:
    results = {"made": sess.run(made), "grads": sess.run(grads), "nothing": str(nothing),
               "global": sess.run([clipped_x, clipped_y, norm]), "given": sess.run(given),
               "sparse": sess.run([rows.values, rows.indices, dense, sparse_norm]),
               "norm": sess.run(tf.global_norm([x, y, pieces])), "type": type(rows).__name__}

for name, value in results.items():
    print(name, value)
