"""Gradients of the functions of sparse tensors: their nodes and values."""
import numpy as np

import minigraph as tf

random = np.random.RandomState(3)
indices = [[0, 0], [1, 2], [2, 1], [2, 3]]
values = tf.Variable([1.0, -2.0, 3.0, 0.5], name="values")
others = tf.Variable([4.0, 2.5], name="others")
dense = tf.Variable(random.randn(3, 4).astype(np.float32) + 3.0, name="dense")
weights = tf.Variable(random.randn(4, 2).astype(np.float32), name="weights")
a = tf.SparseTensor(indices, values, [3, 4])
b = tf.SparseTensor([[1, 1], [2, 3]], others, [3, 4])
scale = tf.constant(np.abs(random.randn(10)).astype(np.float32))


def weighted(tensor):
    flat = tf.reshape(tensor, [-1])
    return tf.reduce_sum(flat * flat * scale[: tf.size(flat)])


ys = [
    (weighted(tf.sparse_tensor_dense_matmul(a, weights)), [values, weights]),
    (weighted(tf.sparse_tensor_dense_matmul(a, tf.transpose(weights), adjoint_b=True)), [values, weights]),
    (weighted(tf.sparse_tensor_dense_matmul(a, dense[:, :2], adjoint_a=True)), [values, dense]),
    (weighted(tf.sparse_reduce_sum(a, 1)), [values]),
    (weighted(tf.sparse_reduce_sum(a)), [values]),
    (weighted(tf.sparse_add(a, b).values), [values, others]),
    (tf.reduce_sum(tf.square(tf.sparse_add(a, dense))), [values, dense]),
    (weighted(tf.sparse_softmax(a).values), [values]),
    (weighted((a * dense).values), [values, dense]),
    (weighted((a / dense).values), [values, dense]),
    (weighted(tf.sparse_reorder(tf.SparseTensor([[2, 1], [0, 0]], others, [3, 4])).values), [others]),
    (weighted(tf.sparse_slice(a, [1, 1], [2, 2]).values), [values]),
    (weighted(tf.sparse_fill_empty_rows(b, values[0])[0].values), [values, others]),
    (tf.reduce_sum(tf.square(tf.sparse_tensor_to_dense(a))), [values]),
    (weighted(tf.sparse_segment_sum(weights, [0, 2, 1], [0, 0, 2])), [weights]),
    (weighted(tf.sparse_segment_mean(weights, [0, 2, 1], [0, 0, 2])), [weights]),
    (weighted(tf.sparse_segment_sqrt_n(weights, [0, 2, 1], [0, 0, 2])), [weights]),
    (weighted(tf.sparse.segment_sum(weights, [0, 2, 1], [0, 0, 2], num_segments=4)), [weights]),
    (weighted(tf.sparse.segment_mean(weights, [0, 2, 1], [0, 0, 2], num_segments=4)), [weights]),
    (weighted(tf.sparse.segment_sqrt_n(weights, [0, 2, 1], [0, 0, 2], num_segments=4)), [weights]),
    (weighted(tf.sparse_reshape(a, [4, 3]).values), [values]),
    (weighted(tf.sparse_transpose(a).values), [values]),
    (tf.reduce_sum(tf.square(tf.where_v2([[True], [False], [True]], dense, weights[0, 0]))), [dense, weights]),
]
gradients = [tf.gradients(y, xs) for y, xs in ys]
results = {"kinds": [type(g).__name__ for found in gradients for g in found]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i, found in enumerate(gradients):
        results["gradients %d" % i] = sess.run([tf.convert_to_tensor(g) for g in found if g is not None])
    results["values"] = sess.run([y for y, _ in ys])

for name, value in results.items():
    print(name, value)
