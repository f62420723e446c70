"""Linear regression by gradient descent, as the textbooks write it."""
import numpy as np

import minigraph as tf

xs = np.linspace(-1, 1, 21).astype(np.float32).reshape(-1, 1)
ys = 3 * xs + 2
x = tf.placeholder(tf.float32, [None, 1], name="x")
y = tf.placeholder(tf.float32, [None, 1], name="y")
w = tf.Variable(tf.zeros([1, 1]), name="w")
b = tf.Variable(tf.zeros([1]), name="b")
loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + b - y), name="loss")
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    losses = []
    for _ in range(20):
        losses.append(sess.run(loss, {x: xs, y: ys}))
        sess.run(train, {x: xs, y: ys})
    results = {"losses": np.array(losses), "w": sess.run(w), "b": sess.run(b), "train": str(train.name)}

for name, value in results.items():
    print(name, value)
