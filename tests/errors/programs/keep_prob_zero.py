"""A dropout that keeps nothing

Cause: the second argument of `tf.nn.dropout` is the probability of keeping an element, not of dropping it.
Fix: name the argument: `rate` is the probability of dropping.
"""
import minigraph as tf

x = tf.ones([3], name="x")
y = tf.nn.dropout(x, 0.0)
