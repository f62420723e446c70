"""Sparse tensors that do not fit: the types and first lines of errors, while building and in a run."""
import numpy as np

import minigraph as tf


def failure(function, *args, **kwargs):
    """Return the type of the error of a call, and its first line."""
    try:
        found = function(*args, **kwargs)
        return "no error: %s" % type(found).__name__
    except Exception as error:
        return type(error).__name__ + ": " + str(error).split("\n")[0].partition("(Identity")[0]


fed = tf.sparse_placeholder(tf.float32)
a = tf.SparseTensor([[0, 0], [1, 2]], [1.0, -2.0], [3, 4])
dense = tf.constant(np.ones((3, 4), np.float32))
results = {
    "building": [
        failure(tf.SparseTensor, [[0, 0]], [1.0, 2.0], [3, 4]),
        failure(tf.SparseTensor, [[0, 0]], [1.0], [3]),
        failure(tf.SparseTensor, [0], [1.0], [3]),
        failure(tf.sparse_add, dense, dense),
        failure(tf.sparse_add, a, tf.SparseTensor([[0, 0]], [1.0], [2, 4])),
        failure(tf.sparse_reorder, dense),
        failure(tf.sparse_concat, 0, a),
        failure(tf.sparse_concat, 0, [a, dense]),
        failure(tf.sparse_split, 0, a, 2),
        failure(tf.sparse_split, sp_input=a, num_split=2),
        failure(tf.sparse_split, sp_input=a, axis=1),
        failure(tf.sparse_split, num_split=2, axis=1),
        failure(tf.sparse_reshape, a, [-1, -1]),
        failure(tf.sparse_reshape, a, [5, 3]),
        failure(tf.sparse_retain, a, [True]),
        failure(tf.sparse_retain, a, [[True, False]]),
        failure(tf.sparse_reset_shape, a, [2, 2]),
        failure(tf.sparse_reset_shape, a, [5]),
        failure(tf.sparse_merge, a, a, "x"),
        failure(tf.sparse_merge, [a], a, 5),
        failure(tf.sparse_merge, [a], a, [5, 6]),
        failure(tf.sparse_merge, 3, a, 5),
        failure(tf.sparse.eye, 2.5),
        failure(tf.sparse.expand_dims, a, 1.5),
        failure(tf.sparse.cross, a),
        failure(tf.sparse.cross, [3]),
        failure(tf.sparse_tensor_dense_matmul, a, dense),
        failure(tf.sparse_reduce_sum, a, 1, reduction_axes=0),
        failure(tf.convert_to_tensor_or_sparse_tensor, a, tf.int32),
        failure(tf.SparseTensor.from_value, 3),
        failure(lambda: a + 1.0),
    ]
}
ok = tf.SparseTensorValue([[0, 1], [2, 0]], [5.0, 7.0], [3, 4])
unordered = tf.SparseTensorValue([[2, 1], [0, 0]], [5.0, 7.0], [3, 4])
twice = tf.SparseTensorValue([[0, 1], [0, 1]], [5.0, 7.0], [3, 4])
outside = tf.SparseTensorValue([[0, 1], [3, 1]], [5.0, 7.0], [3, 4])
with tf.Session() as sess:
    runs = [
        (tf.sparse_tensor_to_dense(fed), [unordered, twice, outside]),
        (tf.sparse_tensor_dense_matmul(fed, tf.transpose(dense)), [outside]),
        (tf.sparse_tensor_dense_matmul(fed, tf.placeholder_with_default(dense, None)), [ok]),
        (tf.sparse_reorder(fed), [outside]),
        (tf.sparse_concat(0, [a, fed]), [tf.SparseTensorValue([[0, 0]], [5.0], [3, 5])]),
        (tf.sparse_add(a, fed), [tf.SparseTensorValue([[0, 0]], [5.0], [3, 5])]),
        (tf.sparse_reshape(fed, [5, 5]), [ok]),
        (tf.sparse_reshape(fed, [-1, 5]), [ok]),
        (tf.sparse_reset_shape(fed, [2, 2]), [ok]),
        (tf.sparse_fill_empty_rows(fed, 0.0)[0], [outside]),
        (tf.sparse_segment_sum(dense, [0, 5], [0, 1]), [ok]),
        (tf.sparse_segment_sum(dense, [0, 1], [1, 0]), [ok]),
        (tf.sparse_reduce_sum(fed, 2), [ok]),
        (tf.sparse_split(sp_input=fed, num_split=9, axis=1), [ok]),
        (fed * tf.placeholder_with_default(dense[:, :3], None), [ok]),
    ]
    results["in a run"] = [failure(sess.run, fetch, {fed: value}) for fetch, values in runs for value in values]
    results["fed"] = [
        failure(sess.run, fed.values),
    ]

for name, value in results.items():
    print(name, value)
