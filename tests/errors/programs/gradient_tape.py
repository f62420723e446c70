"""A GradientTape

Cause: what records eager operations has nothing to record: lines build a graph.
Fix: `tf.gradients(y, x)`.
"""
import minigraph as tf

w = tf.Variable(3.0, name="w")
with tf.GradientTape() as tape:
    loss = w * w
gradient = tape.gradient(loss, w)
