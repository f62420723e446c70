"""Tensors of two graphs in one operation

Cause: an operation belongs to one graph, and so do all its inputs.
Fix: build everything in one graph, inside one `with graph.as_default():` block.
"""
import minigraph as tf

a = tf.constant(1.0, name="a")
graph = tf.Graph()
with graph.as_default():
    b = tf.constant(2.0, name="b")
c = a + b
