"""Noise-contrastive estimation and sampled softmax: their nodes, losses by seed, gradients and a few steps."""

import numpy as np

import minigraph as tf

results = {}
tf.set_random_seed(11)
labels = tf.placeholder(tf.int32, [None], name="labels")
table = tf.Variable(tf.random_uniform([50, 8], -1.0, 1.0), name="table")
embedded = tf.nn.embedding_lookup(table, labels)
weights = tf.Variable(tf.truncated_normal([50, 8], stddev=0.35), name="weights")
biases = tf.Variable(tf.zeros([50]), name="biases")
targets = tf.placeholder(tf.int32, [None, 1], name="targets")
nce = tf.reduce_mean(
    tf.nn.nce_loss(weights=weights, biases=biases, labels=targets, inputs=embedded, num_sampled=16, num_classes=50)
)
softmax = tf.nn.sampled_softmax_loss(weights, biases, targets, embedded, 10, 50, seed=3, name="soft")
hits = tf.nn.nce_loss(weights, biases, targets, embedded, 5, 50, remove_accidental_hits=True)
wide = tf.placeholder(tf.int64, [4, 2], name="wide")
several = tf.nn.sampled_softmax_loss(weights, biases, wide, embedded, 6, 50, num_true=2)
values = tf.nn.uniform_candidate_sampler(wide, 2, 7, True, 50, seed=4)
given = tf.nn.nce_loss(weights, biases, wide, embedded, 7, 50, 2, values, name=None)
parts = [tf.Variable(tf.random_normal([25, 8], seed=i), name="part") for i in range(2)]
split_biases = [tf.Variable(tf.zeros([25]), name="part_bias") for i in range(2)]
div = tf.nn.nce_loss(parts, split_biases, targets, embedded, 5, 50, partition_strategy="div")
mod = tf.nn.sampled_softmax_loss(parts, split_biases, targets, embedded, 5, 50)
gradients = tf.gradients([softmax, hits, several, given, div, mod], [embedded, biases])
train = tf.train.GradientDescentOptimizer(1.0).minimize(nce)

feed = {labels: [3, 0, 7, 3], targets: [[1], [2], [0], [9]], wide: [[1, 4], [2, 0], [0, 3], [9, 11]]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results["losses"] = sess.run([nce, softmax, hits, several, given, div, mod], feed)
    results["gradients"] = sess.run([tf.convert_to_tensor(g) for g in gradients], feed)
    results["steps"] = [sess.run([nce, train], feed)[0] for _ in range(5)]
    results["after"] = np.sum(sess.run(weights), axis=1)
