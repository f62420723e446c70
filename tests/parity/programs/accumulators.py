"""Accumulators of gradients: steps, means and sums, dense and of rows, and what is wrong with them."""

import numpy as np

import minigraph as tf

results = {}


def attempt(sess, name, fetches, feed_dict=None):
    """Note a value, or the error."""
    try:
        found = sess.run(fetches, feed_dict)
        results[name] = "none" if found is None else found
    except Exception as error:
        results[name] = type(error).__name__ + ": " + str(error).splitlines()[0]


dense = tf.ConditionalAccumulator(tf.float32, shape=[2], name="dense", shared_name="held")
add, take, count = dense.apply_grad([1.0, 2.0]), dense.take_grad(2), dense.num_accumulated()
ahead, other = dense.set_global_step(3), tf.placeholder(tf.float32)
late, early, wrong = dense.apply_grad([1.0, 1.0], 1), dense.apply_grad([5.0, 1.0], 7), dense.apply_grad(other, 9)
none = dense.take_grad(0)
total = tf.ConditionalAccumulator(tf.float64, reduction_type="SUM")
add_total, add_more, take_total = total.apply_grad([[1.0, 2.0]]), total.apply_grad([[1.0, 2.0, 3.0]]), total.take_grad(2)
rows = tf.SparseConditionalAccumulator(tf.float32, shape=[4, 2], name="rows")
grad = tf.IndexedSlices(tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([0, 2]), tf.constant([4, 2]))
add_rows, take_rows, count_rows = rows.apply_indexed_slices_grad(grad), rows.take_indexed_slices_grad(1), rows.num_accumulated()
add_one = rows.apply_grad([1], np.ones((1, 2), "f"), local_step=5)
add_two = rows.apply_grad([1, 2], np.full((2, 2), 3.0, "f"), local_step=tf.constant(6))
outside = rows.apply_grad([0, 9], np.ones((2, 2), "f"), [4, 2], 5)
broad = rows.apply_grad([0, 1], np.ones((2, 3), "f"), local_step=5)
set_rows, free = rows.set_global_step(2), tf.SparseConditionalAccumulator(tf.float32, reduction_type="SUM")
add_free, take_free = free.apply_grad([0, 3], [[1.0], [2.0]]), free.take_grad(2)

with tf.Session() as sess:
    for _ in range(2):
        attempt(sess, "added", add)
    attempt(sess, "count", count)
    attempt(sess, "mean", take)
    attempt(sess, "dropped", add)
    attempt(sess, "still none", count)
    attempt(sess, "wrong shape", wrong)
    attempt(sess, "none required", none)
    attempt(sess, "step", ahead)
    attempt(sess, "late", late)
    attempt(sess, "early", early)
    attempt(sess, "one", count)
    attempt(sess, "first", add_total)
    attempt(sess, "other shape", add_more)
    attempt(sess, "second", add_total)
    attempt(sess, "sum", take_total)
    attempt(sess, "rows", add_rows)
    attempt(sess, "outside", outside)
    attempt(sess, "broad", broad)
    attempt(sess, "one row", add_one)
    attempt(sess, "two rows", add_two)
    attempt(sess, "gradients", count_rows)
    found = sess.run(take_rows)
    results["mean of rows"] = [found.indices, found.values, found.dense_shape]
    attempt(sess, "step of rows", set_rows)
    attempt(sess, "late rows", add_rows)
    attempt(sess, "no gradients", count_rows)
    attempt(sess, "free", [add_free])
    attempt(sess, "free again", [add_free])
    results["sum of rows"] = list(sess.run(take_free))

for name, make in {
    "reduction": lambda: tf.ConditionalAccumulator(tf.float32, reduction_type="MAX"),
    "shape": lambda: dense.apply_grad([1.0, 2.0, 3.0]),
}.items():
    try:
        make()
    except Exception as error:
        results[name] = type(error).__name__ + ": " + str(error).splitlines()[0]
results["names"] = [dense.name, rows.name, dense.dtype.name, total.take_grad(1).shape.ndims]
