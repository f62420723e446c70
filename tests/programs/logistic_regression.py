"""Logistic regression by hand: two clouds of points, and where the line between them runs."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
x_data = np.concatenate([rng.randn(40, 2) + [2, 1], rng.randn(40, 2) - [2, 1]]).astype(np.float32)
y_data = np.concatenate([np.ones([40, 1]), np.zeros([40, 1])]).astype(np.float32)

X = tf.placeholder(tf.float32, shape=[None, 2])
Y = tf.placeholder(tf.float32, shape=[None, 1])
W = tf.Variable(tf.random_normal([2, 1], seed=3), name='weight')
b = tf.Variable(tf.random_normal([1], seed=4), name='bias')

hypothesis = tf.sigmoid(tf.matmul(X, W) + b)
cost = -tf.reduce_mean(Y * tf.log(hypothesis) + (1 - Y) * tf.log(1 - hypothesis))
train = tf.train.GradientDescentOptimizer(learning_rate=0.1).minimize(cost)

predicted = tf.cast(hypothesis > 0.5, dtype=tf.float32)
accuracy = tf.reduce_mean(tf.cast(tf.equal(predicted, Y), dtype=tf.float32))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(201):
        cost_val, _ = sess.run([cost, train], feed_dict={X: x_data, Y: y_data})
        if step % 40 == 0:
            print(step, cost_val)
    h, c, a = sess.run([hypothesis, predicted, accuracy], feed_dict={X: x_data, Y: y_data})
    print("Hypothesis:", h[:5].ravel(), "Correct:", c[:5].ravel(), "Accuracy:", a)
    w, bias = sess.run([W, b])
    print("line: x2 = %.4f x1 + %.4f" % (-w[0, 0] / w[1, 0], -bias[0] / w[1, 0]))
    print(W, b, cost.name)
