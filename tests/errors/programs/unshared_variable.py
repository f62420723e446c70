"""Weights that are not shared

Cause: `reuse` is for `tf.get_variable`; `tf.Variable` always makes a new variable.
Fix: make it with `tf.get_variable`.
"""
import minigraph as tf


def layer(x):
    w = tf.Variable(tf.zeros([2, 2]), name="w")
    return tf.matmul(x, w)


for reuse in (None, True):
    with tf.variable_scope("layer", reuse=reuse):
        layer(tf.ones([1, 2]))
print([v.name for v in tf.global_variables()])
