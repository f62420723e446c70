"""A tensor in an if

Cause: `if` asks for a value now; a tensor has one only in a run.
Fix: `tf.cond`, or `is not None` where a default argument is meant.
"""
import minigraph as tf


def relu(x):
    if x > 0:
        return x
    return 0.0


relu(tf.constant(2.0, name="two"))
