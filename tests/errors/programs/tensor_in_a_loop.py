"""A loop over a tensor

Cause: how many rows there are is known in a run; the Python loop runs before.
Fix: `tf.map_fn`, `tf.while_loop`, or `tf.unstack` where the size is known.
"""
import minigraph as tf

rows = tf.placeholder(tf.float32, [None, 2], name="rows")
total = 0.0
for row in rows:
    total += row
