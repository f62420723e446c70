"""Shapes that do not fit, seen while building

Cause: the rows of the first matrix have 3 elements, the columns of the second 4.
Fix: the message gives both shapes and where they come from.
"""
import minigraph as tf


def dense(x, w):
    return tf.matmul(x, w)


x = tf.placeholder(tf.float32, [None, 3], name="x")
w = tf.Variable(tf.zeros([4, 2]), name="w")
y = dense(x, w)
