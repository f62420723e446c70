"""Ratings in a file of records, read as sparse features, for a factorization with weighted embeddings."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(9)
users, items, size = 8, 15, 3
taste = rng.randn(users, 2).dot(rng.randn(2, items))

with tf.python_io.TFRecordWriter("ratings.tfrecords") as writer:
    for user in range(users):
        chosen = np.sort(rng.choice(items, rng.randint(3, 7), replace=False))
        rated = taste[user, chosen] + 0.1 * rng.randn(len(chosen))
        features = tf.train.Features(
            feature={
                "user": tf.train.Feature(int64_list=tf.train.Int64List(value=[user])),
                "items": tf.train.Feature(int64_list=tf.train.Int64List(value=chosen)),
                "ratings": tf.train.Feature(float_list=tf.train.FloatList(value=rated)),
            }
        )
        writer.write(tf.train.Example(features=features).SerializeToString())

serialized = list(tf.python_io.tf_record_iterator("ratings.tfrecords"))
batch = tf.placeholder(tf.string, [None])
parsed = tf.parse_example(
    batch,
    {
        "user": tf.FixedLenFeature([], tf.int64),
        "items": tf.VarLenFeature(tf.int64),
        "ratings": tf.VarLenFeature(tf.float32),
        "row": tf.SparseFeature("items", "ratings", tf.float32, items),
    },
)
row = tf.sparse_tensor_to_dense(parsed["row"])
seen = tf.sparse_to_indicator(parsed["items"], items)
item_factors = tf.Variable(rng.randn(items, size).astype(np.float32) * 0.3)
user_factors = tf.Variable(rng.randn(users, size).astype(np.float32) * 0.3)
owner = tf.gather(parsed["user"], parsed["items"].indices[:, 0])
predicted = tf.reduce_sum(
    tf.nn.embedding_lookup(user_factors, owner) * tf.nn.embedding_lookup(item_factors, parsed["items"].values), 1
)
loss = tf.reduce_mean(tf.square(predicted - parsed["ratings"].values))
train = tf.train.AdagradOptimizer(0.2).minimize(loss)
profile = tf.nn.embedding_lookup_sparse(item_factors, parsed["items"], parsed["ratings"], combiner="sum")
best = tf.sparse_reduce_max(parsed["ratings"], 1)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feed = {batch: serialized}
    print("rated:", sess.run(tf.sparse_reduce_sum(tf.SparseTensor(
        parsed["items"].indices, tf.ones_like(parsed["items"].values), parsed["items"].dense_shape), 1), feed))
    print("row 0 has", sess.run([tf.count_nonzero(row[0]), tf.reduce_sum(tf.cast(seen, tf.int32))], feed))
    for step in range(101):
        value, _ = sess.run([loss, train], {batch: serialized[:4] if step % 2 else serialized[4:]})
        if step % 25 == 0:
            print("step %3d: %.5f" % (step, value))
    print("profile of the first:", np.round(sess.run(profile, feed)[0], 4))
    print("best ratings:", np.round(sess.run(best, feed)[:4], 4))
