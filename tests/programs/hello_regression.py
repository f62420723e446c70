'''
A linear regression with TensorFlow.
'''
from __future__ import print_function

import numpy
import tensorflow as tf

rng = numpy.random.RandomState(7)

learning_rate = 0.01
training_epochs = 60
display_step = 20

train_X = rng.uniform(1, 10, 17).astype('float32')
train_Y = 0.25 * train_X + 0.8 + 0.05 * rng.randn(17)
n_samples = train_X.shape[0]

tf.set_random_seed(1)
X = tf.placeholder("float")
Y = tf.placeholder("float")
W = tf.Variable(tf.random_normal([]), name="weight")
b = tf.Variable(tf.random_normal([]), name="bias")

pred = tf.add(tf.multiply(X, W), b)
cost = tf.reduce_sum(tf.pow(pred - Y, 2)) / (2 * n_samples)
optimizer = tf.train.GradientDescentOptimizer(learning_rate).minimize(cost)
init = tf.global_variables_initializer()

with tf.Session() as sess:
    sess.run(init)
    print("start:", sess.run([W, b]))
    for epoch in range(training_epochs):
        for (x, y) in zip(train_X, train_Y):
            sess.run(optimizer, feed_dict={X: x, Y: y})
        if (epoch + 1) % display_step == 0:
            c = sess.run(cost, feed_dict={X: train_X, Y: train_Y})
            print("Epoch:", '%04d' % (epoch + 1), "cost=", "{:.9f}".format(c),
                  "W=", sess.run(W), "b=", sess.run(b))
    print("Training cost=", sess.run(cost, feed_dict={X: train_X, Y: train_Y}), W, b.dtype)
