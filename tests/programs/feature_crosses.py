"""Wide features by hand: vocabularies, buckets, crosses, indicators, and a linear model on them trained with FTRL."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(12)
n = 64
education = rng.choice(["school", "college", "master"], n)
job = rng.choice(["sales", "tech", "farm", "clerk"], n)
hours = rng.randint(20, 60, n).astype(np.float32)
income = ((education == "master") & (job == "tech") | (hours > 50)).astype(np.float32)

edu_in = tf.placeholder(tf.string, [None, 1])
job_in = tf.placeholder(tf.string, [None, 1])
hours_in = tf.placeholder(tf.float32, [None])
y = tf.placeholder(tf.float32, [None])

edu_table = tf.contrib.lookup.HashTable(
    tf.contrib.lookup.KeyValueTensorInitializer(["school", "college", "master"], tf.range(3)), -1
)
edu = tf.one_hot(edu_table.lookup(edu_in)[:, 0], 3)
job_hash = tf.one_hot(tf.string_to_hash_bucket_strong(job_in, 10, key=[7, 11])[:, 0], 10)
crossed = tf.sparse.cross_hashed([edu_in, job_in], num_buckets=30)
crossed_dense = tf.cast(tf.sparse_to_indicator(crossed, 30), tf.float32)
names = tf.sparse.cross([edu_in, job_in])
hour_bucket = tf.one_hot(tf.cast(tf.clip_by_value(hours_in // 10 - 2, 0, 3), tf.int32), 4)
wide = tf.concat([edu, job_hash, crossed_dense, hour_bucket], 1)

w = tf.get_variable("w", [int(wide.shape[1]), 1], initializer=tf.zeros_initializer())
logits = tf.squeeze(tf.matmul(wide, w), 1)
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits))
train = tf.train.FtrlOptimizer(0.5, l1_regularization_strength=0.001).minimize(loss)
accuracy = tf.reduce_mean(tf.cast(tf.equal(logits > 0, y > 0.5), tf.float32))

with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    feed = {edu_in: education[:, None], job_in: job[:, None], hours_in: hours, y: income}
    print("width", wide.shape[1], "crosses", sess.run(names, feed).values[:3])
    print("hashed", sess.run(crossed, feed).values[:6])
    for step in range(31):
        value, acc, _ = sess.run([loss, accuracy, train], feed)
        if step % 10 == 0:
            print("step %d: loss %.5f, accuracy %.4f" % (step, value, acc))
    weights = sess.run(w)[:, 0]
    print("weights not zero: %d, largest %.4f" % (np.sum(np.abs(weights) > 1e-6), weights.max()))
    print("by education:", np.round(weights[:3], 4))
