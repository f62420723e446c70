"""tf.Print that prints nothing

Cause: `tf.Print` returns a tensor that prints when it runs; nothing uses this one.
Fix: go on with what it gives: `y = tf.Print(y, [y])`.
"""
import minigraph as tf

y = tf.square(3.0)
tf.Print(y, [y], "y is ")
with tf.Session() as sess:
    print(sess.run(y))
