"""An initial value that depends on another variable

Cause: the init op gives all variables their values in no particular order.
Fix: write `scale.initialized_value()` in the place of `scale`.
"""
import minigraph as tf

scale = tf.Variable(tf.random_normal([], seed=1), name="scale")
shifted = tf.Variable(scale + 1.0, name="shifted")

with tf.Session() as sess:
    sess.run(shifted.initializer)
