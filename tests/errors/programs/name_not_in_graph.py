"""A name that the graph does not have

Cause: a typing error, or a scope that the name lacks.
Fix: the message has the names that are close.
"""
import minigraph as tf

with tf.name_scope("model"):
    prediction = tf.constant(1.0, name="prediction")
graph = tf.get_default_graph()
graph.get_tensor_by_name("model/predictions:0")
