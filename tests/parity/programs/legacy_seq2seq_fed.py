"""Models of `tf.contrib.legacy_seq2seq` for which a run decides whether the decoder takes its own outputs."""
import numpy as np

import minigraph as tf

legacy, cells, results = tf.contrib.legacy_seq2seq, tf.nn.rnn_cell, {}
random = np.random.RandomState(3)


def ids(count):
    return [tf.constant(random.randint(0, 5, [3]), tf.int32) for _ in range(count)]


CASES = {
    "embedding": lambda feeds: legacy.embedding_rnn_seq2seq(
        ids(2), ids(3), cells.BasicLSTMCell(4), 5, 5, 3, feed_previous=feeds),
    "tied": lambda feeds: legacy.embedding_tied_rnn_seq2seq(
        ids(2), ids(3), cells.BasicLSTMCell(4), 5, 3, feed_previous=feeds),
    "attention": lambda feeds: legacy.embedding_attention_seq2seq(
        ids(2), ids(3), cells.GRUCell(4), 5, 5, 3, feed_previous=feeds),
    "one2many": lambda feeds: [
        each["b"] for each in legacy.one2many_rnn_seq2seq(
            ids(2), {"b": ids(3)}, cells.GRUCell(4), {"b": cells.GRUCell(4)}, 5, {"b": 5}, 3, feeds)],
}
for name, build in sorted(CASES.items()):
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        feeds = tf.placeholder(tf.bool, [])
        outputs, state = build(feeds)
        results[name + " names"] = [[v.name, str(v.shape)] for v in tf.trainable_variables()]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for given in True, False:
                results["%s %s" % (name, given)] = sess.run([outputs, state], {feeds: given})
