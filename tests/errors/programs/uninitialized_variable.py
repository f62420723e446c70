"""A variable that was never initialized

Cause: a variable has no value in a new session until an operation gives it one.
Fix: run `sess.run(tf.global_variables_initializer())` once, after the session is made.
"""
import minigraph as tf


def model(x):
    w = tf.get_variable("w", [3, 1])
    b = tf.get_variable("b", [1], initializer=tf.zeros_initializer())
    return tf.matmul(x, w) + b


y = model(tf.ones([2, 3]))
with tf.Session() as sess:
    print(sess.run(y))
