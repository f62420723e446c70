"""Initialized, but in another session

Cause: each session has values of its own for the variables of the graph.
Fix: keep one session for initializing and training.
"""
import minigraph as tf

counter = tf.Variable(0, name="counter")
with tf.Session() as first:
    first.run(tf.global_variables_initializer())
with tf.Session() as second:
    second.run(counter.assign_add(1))
