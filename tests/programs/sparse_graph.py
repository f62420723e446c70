"""PageRank and two graph-convolution layers on the sparse adjacency matrix of a random graph."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(5)
n, classes = 12, 3
community = np.arange(n) % classes
prob = np.where(community[:, None] == community[None, :], 0.8, 0.1)
upper = np.triu(rng.rand(n, n) < prob, 1)
adjacency = (upper | upper.T).astype(np.float32)

edges = tf.constant(np.argwhere(adjacency), tf.int64)
a = tf.SparseTensor(edges, tf.ones([tf.shape(edges)[0]]), [n, n])
a_hat = tf.sparse_add(a, tf.sparse.eye(n))
degree = tf.sparse_reduce_sum(a_hat, 1)
scale = tf.rsqrt(degree)
normal = a_hat * tf.reshape(scale, [-1, 1]) * tf.reshape(scale, [1, -1])

# power iteration
transition = tf.sparse_transpose(a) / tf.reshape(tf.sparse_reduce_sum(a, 1), [1, -1])
rank = tf.fill([n, 1], 1.0 / n)
for _ in range(30):
    rank = 0.85 * tf.sparse_tensor_dense_matmul(transition, rank) + 0.15 / n

# graph convolution
tf.set_random_seed(4)
features = tf.eye(n)
w1 = tf.Variable(rng.randn(n, 8).astype(np.float32) * 0.3)
w2 = tf.Variable(rng.randn(8, classes).astype(np.float32) * 0.3)
hidden = tf.nn.relu(tf.sparse_tensor_dense_matmul(normal, tf.matmul(features, w1)))
logits = tf.sparse.matmul(normal, tf.matmul(hidden, w2))
known = tf.constant([0, 1, 2, 3, 4, 5])
loss = tf.reduce_mean(
    tf.nn.sparse_softmax_cross_entropy_with_logits(
        labels=tf.gather(tf.constant(community), known), logits=tf.gather(logits, known)
    )
)
train = tf.train.AdamOptimizer(0.05).minimize(loss)
attention = tf.sparse_softmax(tf.SparseTensor(a.indices, tf.cast(a.indices[:, 1], tf.float32) * 0.1, a.dense_shape))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print("edges:", sess.run(tf.size(a.values)))
    print("rank sums to %.4f, highest at %d" % (sess.run(tf.reduce_sum(rank)), sess.run(tf.argmax(rank))[0]))
    for step in range(41):
        value, _ = sess.run([loss, train])
        if step % 10 == 0:
            print("step %d: %.5f" % (step, value))
    print("predicted:", sess.run(tf.argmax(logits, 1)))
    print("attention of node 0:", np.round(sess.run(attention).values[:4], 4))
    print("dense row:", np.round(sess.run(tf.sparse_tensor_to_dense(normal))[0, :6], 4))
    print("half of it:", sess.run(tf.sparse_slice(normal, [0, 0], [6, 6])).values.shape)
