"""A tensor given to float

Cause: Python's number would have to be known now, and a tensor has no value yet.
Fix: run it first.
"""
import minigraph as tf

total = tf.add(1.0, 2.0, name="total")
print(float(total))
