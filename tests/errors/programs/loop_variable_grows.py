"""A loop variable that changes its shape

Cause: a loop variable has one static shape, unless the loop is told otherwise.
Fix: `shape_invariants`, with None for the sizes that change.
"""
import minigraph as tf

rows = tf.zeros([1, 3], name="rows")
loop = tf.while_loop(
    lambda i, x: i < 4, lambda i, x: (i + 1, tf.concat([x, x], 0, name="longer")), [0, rows]
)
