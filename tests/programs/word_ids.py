"""Sentences to ids and back with lookup tables, the preprocessing of a translation model."""
from __future__ import print_function

import os

import tensorflow as tf
from tensorflow.python.ops import lookup_ops

with open("vocab.txt", "w") as f:
    f.write("\n".join(["<unk>", "<s>", "</s>", "the", "cat", "sat", "on", "mat", "a", "dog"]) + "\n")
UNK_ID = 0

sentences = tf.constant(["the cat sat on the mat", "a dog  barked at the cat", "sat"])
src_table = lookup_ops.index_table_from_file("vocab.txt", default_value=UNK_ID)
tgt_table = lookup_ops.index_to_string_table_from_file("vocab.txt", default_value="<unk>")
hashed_table = tf.contrib.lookup.index_table_from_file("vocab.txt", num_oov_buckets=4)

tokens = tf.string_split(sentences)
ids = src_table.lookup(tokens)
hashed = hashed_table.lookup(tokens)
eos_id = tf.cast(src_table.lookup(tf.constant("</s>")), tf.int32)
dense = tf.sparse_tensor_to_dense(tf.cast(ids, tf.int32), default_value=2)
lengths = tf.sparse_reduce_sum(tf.SparseTensor(tokens.indices, tf.ones_like(ids.values), tokens.dense_shape), 1)
padded = tf.concat([dense, tf.fill([tf.shape(dense)[0], 1], eos_id)], 1)
words = tgt_table.lookup(tf.cast(padded, tf.int64))
joined = tf.reduce_join(words, 1, separator=" ")
chars = tf.string_split(tf.constant(["cat"]), delimiter="")

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(tf.tables_initializer())
    print(sess.run(padded))
    print("lengths", sess.run(lengths))
    print("hashed", sess.run(hashed).values)
    print("sizes", sess.run([src_table.size(), hashed_table.size()]))
    for line in sess.run(joined):
        print(line.decode())
    print("letters", [c.decode() for c in sess.run(chars).values])
    print("mean id %.4f" % sess.run(tf.reduce_mean(tf.cast(padded, tf.float32))))
os.remove("vocab.txt")
