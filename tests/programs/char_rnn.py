"""A recurrent network that learns to spell a sentence, letter by letter."""
import numpy as np
import tensorflow as tf

text = "hello world, how are you? hello world, i am well. "
chars = sorted(set(text))
char_to_ix = {c: i for i, c in enumerate(chars)}
data = np.array([char_to_ix[c] for c in text])

hidden_size, seq_length, vocab_size = 24, 12, len(chars)
tf.set_random_seed(7)

inputs = tf.placeholder(tf.int32, [None, None])
targets = tf.placeholder(tf.int32, [None, None])
embedding = tf.get_variable('embedding', [vocab_size, 8])
cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.GRUCell(hidden_size), tf.nn.rnn_cell.BasicLSTMCell(hidden_size)])
state_in = cell.zero_state(tf.shape(inputs)[0], tf.float32)
outputs, state_out = tf.nn.dynamic_rnn(cell, tf.nn.embedding_lookup(embedding, inputs), initial_state=state_in)
logits = tf.layers.dense(outputs, vocab_size)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=targets, logits=logits))
tvars = tf.trainable_variables()
grads, norm = tf.clip_by_global_norm(tf.gradients(loss, tvars), 5)
train_op = tf.train.AdamOptimizer(0.02).apply_gradients(zip(grads, tvars))
guess = tf.argmax(logits, 2)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    batch = np.stack([data[p:p + seq_length + 1] for p in range(0, len(data) - seq_length - 1, 6)])
    for epoch in range(41):
        feed = {inputs: batch[:, :-1], targets: batch[:, 1:]}
        l, n, _ = sess.run([loss, norm, train_op], feed_dict=feed)
        if epoch % 10 == 0:
            print('epoch %d loss %.5f norm %.5f' % (epoch, l, n))
    letter, state, made = 'h', None, 'h'
    for _ in range(20):
        feed = {inputs: [[char_to_ix[letter]]]}
        if state is not None:
            feed[state_in] = state
        g, state = sess.run([guess, state_out], feed)
        letter = chars[g[0, 0]]
        made += letter
    print(repr(made))
    print([v.name for v in tvars])
