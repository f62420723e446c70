"""A multilayer perceptron as courses write it: variables in dicts, dropout by keep_prob, Adam, accuracy."""
import numpy as np

import minigraph as tf

tf.set_random_seed(1)
weights = {'h1': tf.Variable(tf.random_normal([4, 8])), 'out': tf.Variable(tf.random_normal([8, 3]))}
biases = {'b1': tf.Variable(tf.random_normal([8])), 'out': tf.Variable(tf.random_normal([3]))}
X = tf.placeholder("float", [None, 4])
Y = tf.placeholder("float", [None, 3])
layer_1 = tf.add(tf.matmul(X, weights['h1']), biases['b1'])
layer_1 = tf.nn.dropout(layer_1, 0.75)
logits = tf.matmul(layer_1, weights['out']) + biases['out']
loss_op = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=logits, labels=Y))
optimizer = tf.train.AdamOptimizer(learning_rate=0.001)
train_op = optimizer.minimize(loss_op)
correct_pred = tf.equal(tf.argmax(tf.nn.softmax(logits), 1), tf.argmax(Y, 1))
accuracy = tf.reduce_mean(tf.cast(correct_pred, tf.float32))
init = tf.global_variables_initializer()
results = {}
x = np.arange(20).reshape(5, 4) / 10.
y = np.eye(3)[[0, 1, 2, 1, 0]]
with tf.Session() as sess:
    sess.run(init)
    for i in range(3):
        _, c = sess.run([train_op, loss_op], {X: x, Y: y})
        results['c%d' % i] = c
    results['acc'] = sess.run(accuracy, {X: x, Y: y})
    results['w'] = weights['h1'].eval()
