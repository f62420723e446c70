"""A variable to be shared that does not exist

Cause: in a scope with `reuse=True` variables are found and never made; this one has another name.
Fix: take the name that exists, or `reuse=tf.AUTO_REUSE`.
"""
import minigraph as tf

with tf.variable_scope("encoder"):
    weights = tf.get_variable("weights", [2])
with tf.variable_scope("encoder", reuse=True):
    again = tf.get_variable("weight", [2])
