"""An optimizer built in a reusing scope

Cause: an optimizer makes variables of its own; where `reuse=True` is in force, none can be made.
Fix: build the optimizer outside of the scope.
"""
import minigraph as tf

with tf.variable_scope("model") as scope:
    w = tf.get_variable("w", [])
    scope.reuse_variables()
    train_op = tf.train.AdamOptimizer(0.1).minimize(w * w)
