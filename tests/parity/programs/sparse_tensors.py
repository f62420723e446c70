"""Sparse tensors: made, fed, fetched, joined, ordered, reshaped, reduced, multiplied; values, nodes, static shapes."""
import numpy as np

import minigraph as tf

a = tf.SparseTensor([[0, 0], [1, 2], [2, 1]], [1.0, -2.0, 3.0], [3, 4])
b = tf.SparseTensor([[0, 0], [1, 1], [2, 1]], [4.0, 5.0, -3.0], [3, 4])
ids = tf.SparseTensor([[0, 0], [0, 1], [2, 0]], tf.constant([3, 0, 2], tf.int64), [3, 2])
fed = tf.sparse_placeholder(tf.float32)
named = tf.sparse_placeholder(tf.int32, [None, 3], name="named")
whole = tf.sparse_placeholder(tf.float32, [2, 3], name="whole")
dense = tf.constant(np.arange(12, dtype=np.float32).reshape(3, 4))
weights = tf.constant(np.arange(8, dtype=np.float32).reshape(4, 2))

sparse = [
    a,
    ids,
    tf.sparse.add(a, b),
    tf.sparse_add(a, b, 0.5),
    tf.sparse_maximum(a, b),
    tf.sparse.minimum(a, b, name="least"),
    tf.sparse.concat(0, [a, b]),
    tf.sparse_concat(1, [a, b, fed]),
    tf.sparse_concat(0, [a, tf.SparseTensor([[0, 0]], [9.0], [1, 2])], expand_nonconcat_dim=True),
    tf.sparse_slice(a, [0, 1], [2, 3]),
    tf.sparse.reorder(tf.SparseTensor([[2, 1], [0, 0]], [1.0, 2.0], [3, 4])),
    tf.sparse_reorder(fed),
    tf.sparse_reshape(a, [2, -1]),
    tf.sparse.reshape(fed, [-1]),
    tf.sparse_transpose(a),
    tf.sparse_transpose(fed, [1, 0]),
    tf.sparse_transpose(fed, name="turned"),
    tf.sparse_retain(a, [True, False, True]),
    tf.sparse_reset_shape(a),
    tf.sparse_reset_shape(a, [5, 6]),
    tf.sparse_reset_shape(fed, [5, 6]),
    tf.sparse_softmax(a),
    tf.sparse.from_dense([[0, 1], [2, 0]]),
    tf.sparse.expand_dims(a, 1),
    tf.sparse.expand_dims(a),
    tf.sparse.eye(2, 3),
    tf.sparse.eye(2),
    tf.sparse_merge(ids, a, 5),
    tf.sparse_merge([ids, ids], a, [5, 5], already_sorted=True),
    tf.sparse_reduce_sum_sparse(a, 1),
    tf.sparse_reduce_max_sparse(a, [0], keep_dims=True),
    tf.sparse.cross([ids, tf.constant([["x"], ["y"], ["z"]])]),
    tf.sparse.cross_hashed([ids, ids], num_buckets=100),
    tf.sparse.cross_hashed([ids, tf.constant([["x"], ["y"], ["z"]])], hash_key=7),
    a * dense,
    a / dense[1],
    a * tf.constant([[2.0], [3.0], [4.0]]),
]
parts = tf.sparse_split(sp_input=a, num_split=3, axis=1)
parts += tf.sparse.split(sp_input=fed, num_split=2, axis=0)
sparse += parts
filled, was_empty = tf.sparse_fill_empty_rows(ids, 7)
filled_too, was_empty_too = tf.sparse.fill_empty_rows(fed, -1.0)
sparse += [filled, filled_too]
masked = tf.sparse_mask(tf.IndexedSlices(dense, tf.constant([1, 5, 7])), [5])

tensors = [
    was_empty,
    was_empty_too,
    tf.sparse_tensor_to_dense(a),
    tf.sparse.to_dense(fed, default_value=-1.0),
    tf.sparse_tensor_to_dense(tf.SparseTensor([[1]], ["a"], [3])),
    tf.sparse_tensor_dense_matmul(a, weights),
    tf.sparse.sparse_dense_matmul(a, dense, adjoint_a=True),
    tf.sparse_tensor_dense_matmul(fed, tf.transpose(weights), adjoint_b=True, name="product"),
    tf.sparse_reduce_sum(a),
    tf.sparse_reduce_sum(a, 1),
    tf.sparse_reduce_sum(fed, [0], keep_dims=True),
    tf.sparse_reduce_sum(fed),
    tf.sparse.reduce_max(a, -1),
    tf.sparse_to_indicator(ids, 6),
    tf.sparse_add(a, dense),
    tf.sparse_add(dense, fed),
    tf.sparse_segment_sum(dense, [0, 2, 2], [0, 0, 1]),
    tf.sparse_segment_mean(dense, [0, 2, 1], [0, 0, 2]),
    tf.sparse_segment_sqrt_n(dense, [0, 2, 1], [0, 0, 2]),
    tf.sparse.segment_sum(dense, [0, 2, 1], [0, 0, 2], num_segments=4),
    tf.sparse.segment_mean(dense, [0, 2, 1], [0, 0, 2], num_segments=4),
    tf.sparse.segment_sqrt_n(dense, [0, 2, 1], [0, 0, 2], num_segments=4),
    tf.convert_to_tensor_or_sparse_tensor([1, 2]),
    tf.where_v2([[True], [False]], [1, 2], 0),
    tf.shape(a),
    tf.rank(a),
    tf.shape(fed),
    tf.rank(fed),
    tf.cast(a, tf.int32).values,
    tf.cast(fed, tf.float64).values,
    tf.zeros_like(dense),
]
feed = {
    fed: tf.SparseTensorValue([[0, 1], [2, 0]], [5.0, 7.0], [3, 4]),
    named: (np.array([[0, 1]]), np.array([4], np.int32), np.array([2, 3])),
    whole.values: np.array([2.5], np.float32),
    whole.indices: np.array([[1, 1]]),
}
results = {
    "shapes": [str(each.get_shape()) for each in sparse] + [str(each.shape) for each in tensors],
    "parts": [str(part.shape) for each in sparse for part in (each.indices, each.values, each.dense_shape)],
    "types": [each.dtype.name for each in sparse] + [str(a), str(fed)],
    "placeholders": [str(x.shape) for x in (named, whole)],
}
with tf.Session() as sess:
    for i, value in enumerate(sess.run(sparse, feed)):
        assert type(value).__name__ == "SparseTensorValue"
        results["sparse %d" % i] = list(value)
    for i, value in enumerate(sess.run(tensors, feed)):
        results["tensor %d" % i] = value
    rows = sess.run(masked)
    results["masked"] = [rows.values, rows.indices]
    results["fed"] = list(sess.run([named, whole], feed)[0]) + list(sess.run({"w": whole}, feed)["w"])
    results["eval"] = list(a.eval(session=sess))
    results["parts fed"] = sess.run([fed.values, fed.dense_shape], feed)

for name, value in results.items():
    print(name, value)
