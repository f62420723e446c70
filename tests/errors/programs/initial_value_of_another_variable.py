"""An initial value that depends on another variable

Cause: an initializer runs in no particular order. TensorFlow guards initial values that read other variables, as
far as it finds these in the collections of global and local variables; `scale` is in neither.
Fix: write `scale.initialized_value()` instead of `scale`.
"""
import minigraph as tf

scale = tf.Variable(tf.random_normal([], seed=1), name="scale", collections=["constants"])
shifted = tf.Variable(scale + 1.0, name="shifted")

with tf.Session() as sess:
    sess.run(shifted.initializer)
