"""A shared variable asked for with another dtype

Cause: a variable has one dtype; who shares it gets that one.
Fix: ask for the dtype that it has, and cast.
"""
import minigraph as tf

with tf.variable_scope("model"):
    w = tf.get_variable("w", [2], tf.float32)
with tf.variable_scope("model", reuse=True):
    v = tf.get_variable("w", [2], tf.float64)
