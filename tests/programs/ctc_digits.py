"""A small recurrent network that reads sequences of digits, trained with CTC and judged by edit distance."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(3)
num_features, num_units, num_classes, batch_size = 6, 12, 5 + 1, 4
max_steps = 12


def make_batch():
    inputs = np.zeros((batch_size, max_steps, num_features), np.float32)
    targets, lengths = [], []
    for i in range(batch_size):
        digits = rng.randint(0, num_classes - 1, rng.randint(2, 4))
        frames = np.concatenate([[d, d, num_features - 1] for d in digits])
        inputs[i, np.arange(len(frames)), frames] = 1.0
        inputs[i] += 0.1 * rng.randn(max_steps, num_features)
        targets.append(digits)
        lengths.append(len(frames))
    return inputs, sparse_tuple_from(targets), np.array(lengths, np.int32)


def sparse_tuple_from(sequences):
    indices = [(i, j) for i, seq in enumerate(sequences) for j in range(len(seq))]
    values = np.concatenate(sequences).astype(np.int32)
    shape = [len(sequences), max(len(seq) for seq in sequences)]
    return np.array(indices, np.int64), values, np.array(shape, np.int64)


tf.set_random_seed(1)
inputs = tf.placeholder(tf.float32, [None, None, num_features])
targets = tf.sparse_placeholder(tf.int32)
seq_len = tf.placeholder(tf.int32, [None])

cell = tf.nn.rnn_cell.LSTMCell(num_units, initializer=tf.random_uniform_initializer(-0.5, 0.5, seed=2))
outputs, _ = tf.nn.dynamic_rnn(cell, inputs, seq_len, dtype=tf.float32)
W = tf.Variable(tf.truncated_normal([num_units, num_classes], stddev=0.3, seed=3))
b = tf.Variable(tf.zeros([num_classes]))
logits = tf.reshape(tf.matmul(tf.reshape(outputs, [-1, num_units]), W) + b, [tf.shape(inputs)[0], -1, num_classes])
logits = tf.transpose(logits, (1, 0, 2))

cost = tf.reduce_mean(tf.nn.ctc_loss(targets, logits, seq_len))
optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
gradients, variables = zip(*optimizer.compute_gradients(cost))
gradients, norm = tf.clip_by_global_norm(gradients, 5.0)
train = optimizer.apply_gradients(zip(gradients, variables))
decoded, log_prob = tf.nn.ctc_greedy_decoder(logits, seq_len)
beams, scores = tf.nn.ctc_beam_search_decoder(logits, seq_len, beam_width=8, top_paths=2, merge_repeated=False)
ler = tf.reduce_mean(tf.edit_distance(tf.cast(decoded[0], tf.int32), targets))

with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for step in range(151):
        batch_inputs, batch_targets, batch_lengths = make_batch()
        feed = {inputs: batch_inputs, targets: batch_targets, seq_len: batch_lengths}
        batch_cost, size, _ = session.run([cost, norm, train], feed)
        if step % 30 == 0:
            print("step %d: cost %.4f, norm %.4f" % (step, batch_cost, size))
    print("label error rate %.4f" % session.run(ler, feed))
    print("greedy", session.run(decoded[0], feed).values)
    best, likely = session.run([beams[0], scores], feed)
    print("beam", best.values, best.dense_shape)
    print("scores", np.round(likely[:, 0], 3))
