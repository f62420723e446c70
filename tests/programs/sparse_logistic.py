"""Logistic regression on sparse bag-of-words features, fed through a sparse placeholder."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
n_docs, n_words, batch_size = 60, 40, 20
counts = rng.poisson(0.3, (n_docs, n_words)).astype(np.float32)
truth = rng.randn(n_words)
labels = (counts.dot(truth) > 0).astype(np.float32)[:, None]


def to_sparse(rows):
    indices = np.argwhere(rows)
    return tf.SparseTensorValue(indices, rows[indices[:, 0], indices[:, 1]], rows.shape)


x = tf.sparse_placeholder(tf.float32, name="documents")
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.zeros([n_words, 1]), name="weights")
b = tf.Variable(tf.zeros([1]), name="bias")
logits = tf.sparse_tensor_dense_matmul(x, w) + b
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=logits, labels=y))
regularized = loss + 0.001 * tf.nn.l2_loss(w)
train = tf.train.AdamOptimizer(0.1).minimize(regularized)
correct = tf.equal(tf.cast(logits > 0, tf.float32), y)
accuracy = tf.reduce_mean(tf.cast(correct, tf.float32))
length = tf.sparse_reduce_sum(x, 1)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(10):
        for start in range(0, n_docs, batch_size):
            rows = slice(start, start + batch_size)
            sess.run(train, feed_dict={x: to_sparse(counts[rows]), y: labels[rows]})
        cost, acc = sess.run([loss, accuracy], {x: to_sparse(counts), y: labels})
        if epoch % 3 == 0:
            print("epoch %d: loss %.5f accuracy %.3f" % (epoch, cost, acc))
    print("longest document:", sess.run(tf.reduce_max(length), {x: to_sparse(counts)}))
    print("largest weights:", np.argsort(-sess.run(w).ravel())[:5])
