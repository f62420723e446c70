"""A graph convolution with sparse dropout and a sparse attention head, as the papers' code has them."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(2)
n_nodes, n_features, n_classes, hidden = 20, 10, 3, 6
group = np.arange(n_nodes) % n_classes
adj = np.triu(rng.rand(n_nodes, n_nodes) < np.where(group[:, None] == group, 0.5, 0.05), 1)
adj = (adj + adj.T + np.eye(n_nodes)).astype(np.float32)
features = ((rng.rand(n_nodes, n_features) < 0.2) * (1.0 + group[:, None] * 0.1)).astype(np.float32)
labels = np.eye(n_classes)[group]
mask = np.arange(n_nodes) < 12


def sparse_to_tuple(mx):
    coords = np.argwhere(mx)
    return coords, mx[coords[:, 0], coords[:, 1]], np.array(mx.shape)


def sparse_dropout(x, keep_prob, noise_shape):
    random_tensor = keep_prob
    random_tensor += tf.random_uniform(noise_shape, seed=11)
    dropout_mask = tf.cast(tf.floor(random_tensor), dtype=tf.bool)
    pre_out = tf.sparse_retain(x, dropout_mask)
    return pre_out * (1.0 / keep_prob)


def glorot(shape, seed):
    limit = np.sqrt(6.0 / sum(shape))
    return tf.Variable(np.random.RandomState(seed).uniform(-limit, limit, shape).astype(np.float32))


def attention_head(seq, out_size, adj_mat, nb_nodes):
    fts = tf.layers.conv1d(seq[None], out_size, 1, use_bias=False, kernel_initializer=tf.ones_initializer())
    fts = fts * tf.constant(rng.randn(out_size).astype(np.float32))
    f_1 = tf.reshape(tf.layers.conv1d(fts, 1, 1, kernel_initializer=tf.ones_initializer()), (nb_nodes, 1))
    f_2 = tf.reshape(tf.layers.conv1d(fts, 1, 1, kernel_initializer=tf.ones_initializer()), (nb_nodes, 1))
    logits = tf.sparse_add(adj_mat * f_1, adj_mat * tf.transpose(f_2, [1, 0]))
    lrelu = tf.SparseTensor(logits.indices, tf.nn.leaky_relu(logits.values), logits.dense_shape)
    coefs = tf.sparse_softmax(lrelu)
    coefs = tf.sparse_reshape(coefs, [nb_nodes, nb_nodes])
    return tf.nn.elu(tf.sparse_tensor_dense_matmul(coefs, tf.squeeze(fts, 0)))


support = tf.sparse_placeholder(tf.float32)
inputs = tf.sparse_placeholder(tf.float32, shape=tf.constant(features.shape, dtype=tf.int64))
keep_prob = tf.placeholder_with_default(1.0, shape=())
num_nonzero = tf.placeholder(tf.int32)
y = tf.placeholder(tf.float32, [None, n_classes])
weights = [glorot((n_features, hidden), 1), glorot((hidden, n_classes), 2)]

x = sparse_dropout(inputs, keep_prob, tf.expand_dims(num_nonzero, 0))
h = tf.nn.relu(tf.sparse_tensor_dense_matmul(support, tf.sparse_tensor_dense_matmul(x, weights[0])))
out = tf.sparse_tensor_dense_matmul(support, tf.matmul(h, weights[1]))
attended = attention_head(h, 4, support, n_nodes)
out = out + 0.1 * attended[:, :n_classes]
losses = tf.nn.softmax_cross_entropy_with_logits_v2(logits=out, labels=tf.stop_gradient(y))
m = tf.cast(mask, tf.float32)
loss = tf.reduce_mean(losses * m / tf.reduce_mean(m)) + 5e-4 * tf.nn.l2_loss(weights[0])
train = tf.train.AdamOptimizer(0.02).minimize(loss)
hits = tf.cast(tf.equal(tf.argmax(out, 1), tf.argmax(y, 1)), tf.float32)
accuracy = tf.reduce_mean(hits * m / tf.reduce_mean(m))

degree = adj.sum(1)
normal = adj / np.sqrt(degree)[:, None] / np.sqrt(degree)[None, :]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feed = {support: sparse_to_tuple(normal), inputs: sparse_to_tuple(features), y: labels}
    feed[num_nonzero] = len(feed[inputs][1])
    for step in range(41):
        value, acc, _ = sess.run([loss, accuracy, train], feed)
        if step % 10 == 0:
            print("step %02d: loss %.5f, accuracy %.4f" % (step, value, acc))
    dropped = sess.run(x, {inputs: feed[inputs], num_nonzero: feed[num_nonzero], keep_prob: 0.5})
    print("kept %d of %d, sum %.4f" % (len(dropped.values), len(feed[inputs][1]), dropped.values.sum()))
    print("attended:", np.round(sess.run(attended, feed)[0], 4))
