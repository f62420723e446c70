"""Sentences of different lengths as averaged embeddings: embedding_lookup_sparse, hashed words, a linear classifier."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

good = ["good fun film", "great good acting", "fun great story", "good story", "great fun"]
bad = ["bad dull film", "awful acting", "dull awful story", "bad bad plot", "awful dull bad film"]
texts = good + bad
labels = np.array([1.0] * len(good) + [0.0] * len(bad), np.float32)
buckets, size = 50, 4

rng = np.random.RandomState(1)
sentence = tf.placeholder(tf.string, [None], name="sentence")
label = tf.placeholder(tf.float32, [None], name="label")
words = tf.string_split(sentence)
ids = tf.SparseTensor(
    words.indices, tf.string_to_hash_bucket_fast(words.values, num_buckets=buckets), words.dense_shape
)
table = tf.Variable(rng.uniform(-0.5, 0.5, (buckets, size)).astype(np.float32), name="embeddings")
mean = tf.nn.embedding_lookup_sparse(table, ids, None, combiner="mean")
safe = tf.nn.safe_embedding_lookup_sparse(table, ids, combiner="sqrtn")
logit = tf.squeeze(tf.layers.dense(mean, 1, kernel_initializer=tf.ones_initializer()), 1)
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=label, logits=logit))
train = tf.train.AdagradOptimizer(0.5).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feed = {sentence: texts, label: labels}
    print("words hashed to", sess.run(ids, feed).values[:6])
    for step in range(21):
        value, _ = sess.run([loss, train], feed)
        if step % 5 == 0:
            print("step %2d loss %.5f" % (step, value))
    print("predictions", (sess.run(logit, feed) > 0).astype(int))
    print("a new one: %.4f" % sess.run(logit, {sentence: ["good great plot"]})[0])
    print("with an empty one:", np.round(sess.run(safe, {sentence: ["", "fun"]}).sum(1), 4))
