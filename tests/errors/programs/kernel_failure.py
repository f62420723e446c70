"""Shapes that do not fit, seen in the run

Cause: the static shapes are unknown, so the mistake shows with the values.
Fix: declare the shapes of placeholders, `[None, 3]`; the message gives those of this run.
"""
import numpy as np

import minigraph as tf

x = tf.placeholder(tf.float32, name="x")
w = tf.constant(np.ones((4, 2), np.float32), name="w")
y = tf.matmul(x, w, name="y")


def evaluate(sess, batch):
    return sess.run(y, feed_dict={x: batch})


with tf.Session() as sess:
    evaluate(sess, np.zeros((2, 3)))
