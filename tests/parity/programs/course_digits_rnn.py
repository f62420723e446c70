"""Digits read row by row: an LSTM, and two directions of a GRU, with static_rnn, a linear layer and Adam."""
import numpy as np

import minigraph as tf

random = np.random.RandomState(1)
images, labels = random.rand(12, 6, 5).astype(np.float32), np.eye(3)[random.randint(0, 3, [12])].astype(np.float32)
results = {}


def last_of_lstm(x):
    x = tf.unstack(x, 6, 1)
    outputs, _ = tf.contrib.rnn.static_rnn(tf.contrib.rnn.BasicLSTMCell(7, forget_bias=1.0), x, dtype=tf.float32)
    return outputs[-1]


def last_of_both(x):
    x = tf.split(tf.reshape(tf.transpose(x, [1, 0, 2]), [-1, 5]), 6, 0)
    outputs, _, _ = tf.contrib.rnn.static_bidirectional_rnn(
        tf.nn.rnn_cell.GRUCell(4), tf.nn.rnn_cell.GRUCell(3), x, dtype=tf.float32)
    return outputs[-1]


for name, network in ("lstm", last_of_lstm), ("both", last_of_both):
    with tf.Graph().as_default():
        tf.set_random_seed(11)
        x, y = tf.placeholder("float", [None, 6, 5]), tf.placeholder("float", [None, 3])
        weights = {"out": tf.Variable(tf.random_normal([7, 3]))}
        biases = {"out": tf.Variable(tf.random_normal([3]))}
        logits = tf.matmul(network(x), weights["out"]) + biases["out"]
        cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=logits, labels=y))
        optimizer = tf.train.AdamOptimizer(learning_rate=0.05).minimize(cost)
        right = tf.equal(tf.argmax(logits, 1), tf.argmax(y, 1))
        accuracy = tf.reduce_mean(tf.cast(right, tf.float32))
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for i in range(4):
                sess.run(optimizer, {x: images, y: labels})
                results["%s %d" % (name, i)] = sess.run([accuracy, cost], {x: images, y: labels})
