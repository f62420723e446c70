"""Two types in one operation

Cause: nothing is converted silently: an int32 tensor cannot be added to a float32 one.
Fix: `tf.cast` one of them.
"""
import minigraph as tf

count = tf.constant(3, name="count")
total = tf.constant(1.5, name="total")
mean = total / count
