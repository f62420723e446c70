"""Arrays that cannot be broadcast

Cause: sizes 3 and 2 on the same axis; one of them would have to be 1.
Fix: the message gives the shapes of this run and the line that made the operation.
"""
import minigraph as tf

a = tf.placeholder(tf.float32, name="a")
b = tf.placeholder(tf.float32, name="b")
difference = tf.subtract(a, b, name="difference")
with tf.Session() as sess:
    sess.run(difference, {a: [1.0, 2.0, 3.0], b: [1.0, 2.0]})
