"""A Keras layer

Cause: Keras is not a part of MiniGraph, as little as of a TensorFlow 1.x program written with `tf.layers`.
Fix: the layer of the same name in `tf.layers`.
"""
import minigraph as tf

x = tf.placeholder(tf.float32, [None, 5], name="x")
h = tf.keras.layers.Dense(3)(x)
