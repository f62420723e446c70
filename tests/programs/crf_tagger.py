"""A tagger: a bidirectional LSTM, and a conditional random field over its scores."""
import numpy as np
import tensorflow as tf

WORDS, TAGS, STEPS, BATCH = 20, 4, 9, 16
rng = np.random.RandomState(1)


def batch():
    """Tag 0 for low words, 1 for high ones; a word after a high one gets 2, and the next one 3."""
    words = rng.randint(1, WORDS, (BATCH, STEPS))
    lengths = rng.randint(3, STEPS + 1, BATCH)
    tags = np.zeros((BATCH, STEPS), np.int32)
    for row in range(BATCH):
        for t in range(STEPS):
            before = tags[row, t - 1] if t else 0
            tags[row, t] = {1: 2, 2: 3}.get(before, 1 if words[row, t] > 12 else 0)
    return words, tags, lengths


tf.set_random_seed(3)
words = tf.placeholder(tf.int32, [None, None])
tags = tf.placeholder(tf.int32, [None, None])
lengths = tf.placeholder(tf.int32, [None])
with tf.variable_scope("words"):
    table = tf.get_variable("table", [WORDS, 8])
    embedded = tf.nn.embedding_lookup(table, words)
with tf.variable_scope("bi-lstm"):
    forward, backward = tf.contrib.rnn.LSTMCell(10), tf.contrib.rnn.LSTMCell(10)
    outputs, _ = tf.nn.bidirectional_dynamic_rnn(forward, backward, embedded, sequence_length=lengths, dtype=tf.float32)
    output = tf.concat(outputs, axis=-1)
with tf.variable_scope("proj"):
    w = tf.get_variable("w", [20, TAGS])
    b = tf.get_variable("b", [TAGS], initializer=tf.zeros_initializer())
    logits = tf.reshape(tf.matmul(tf.reshape(output, [-1, 20]), w) + b, [-1, tf.shape(output)[1], TAGS])

log_likelihood, transitions = tf.contrib.crf.crf_log_likelihood(logits, tags, lengths)
loss = tf.reduce_mean(-log_likelihood)
decoded, best = tf.contrib.crf.crf_decode(logits, transitions, lengths)
optimizer = tf.train.AdamOptimizer(0.05)
gradients = [(tf.clip_by_value(g, -5.0, 5.0), v) for g, v in optimizer.compute_gradients(loss)]
train = optimizer.apply_gradients(gradients)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(40):
        x, y, n = batch()
        value, _ = sess.run([loss, train], {words: x, tags: y, lengths: n})
        if step % 10 == 9:
            print("step %d loss %.4f" % (step + 1, value))
    x, y, n = batch()
    scores, trans, found = sess.run([logits, transitions, decoded], {words: x, tags: y, lengths: n})
    right = total = 0
    for row, (score, length) in enumerate(zip(scores, n)):
        path, _ = tf.contrib.crf.viterbi_decode(score[:length], trans)
        assert list(path) == list(found[row][:length])
        right += np.sum(np.array(path) == y[row][:length])
        total += length
    print("accuracy %.4f of %d" % (float(right) / total, total))
    print("transitions\n", np.round(trans, 2))
