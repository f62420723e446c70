"""eval() without a session

Cause: `eval()` needs a default session.
Fix: `with tf.Session() as sess:` around it, or `sess.run(x)`.
"""
import minigraph as tf

x = tf.constant(1.0, name="x")
x.eval()
