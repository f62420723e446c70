"""A row that the table does not have

Cause: a word index of 5 for a table of 4 rows.
Fix: check the indices; they begin with 0.
"""
import minigraph as tf

table = tf.Variable(tf.zeros([4, 2]), name="table")
words = tf.placeholder(tf.int32, [None], name="words")
vectors = tf.nn.embedding_lookup(table, words, name="vectors")
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(vectors, {words: [0, 5]})
