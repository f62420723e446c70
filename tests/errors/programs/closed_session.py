"""A session that is closed

Cause: the end of `with tf.Session()` closes the session and frees its variables.
Fix: run inside the block.
"""
import minigraph as tf

x = tf.constant(1.0, name="x")
with tf.Session() as sess:
    pass
sess.run(x)
