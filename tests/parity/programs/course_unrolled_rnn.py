"""A recurrent network written by hand and unrolled, its state fed back from run to run."""
import numpy as np

import minigraph as tf

tf.set_random_seed(21)
batchX = tf.placeholder(tf.float32, [3, 5])
batchY = tf.placeholder(tf.int32, [3, 5])
init_state = tf.placeholder(tf.float32, [3, 4])
W = tf.Variable(np.arange(20).reshape(5, 4) / 20., dtype=tf.float32)
b = tf.Variable(np.zeros((1, 4)), dtype=tf.float32)
W2 = tf.Variable(tf.random_normal([4, 2]))
b2 = tf.Variable(np.zeros((1, 2)), dtype=tf.float32)
inputs_series = tf.unstack(batchX, axis=1)
labels_series = tf.unstack(batchY, axis=1)
state = init_state
states = []
for cur in inputs_series:
    cur = tf.reshape(cur, [3, 1])
    cat = tf.concat([cur, state], 1)
    state = tf.tanh(tf.matmul(cat, W) + b)
    states.append(state)
logits_series = [tf.matmul(s, W2) + b2 for s in states]
preds = [tf.nn.softmax(logits) for logits in logits_series]
losses = [tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=labels)
          for logits, labels in zip(logits_series, labels_series)]
total = tf.reduce_mean(losses)
train = tf.train.AdagradOptimizer(0.3).minimize(total)
results = {}
numbers = np.arange(15).reshape(3, 5) % 2
fd = {batchX: numbers, batchY: numbers, init_state: np.zeros((3, 4))}
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for i in range(3):
        loss, _, fd[init_state], p = s.run([total, train, state, preds], fd)
        results[str(i)] = [loss, fd[init_state], p]
