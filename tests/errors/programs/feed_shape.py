"""A value of another shape than the placeholder's

Cause: the placeholder was declared for rows of three numbers.
Fix: give the value that shape; the message says which axis differs and what to write.
"""
import numpy as np

import minigraph as tf

x = tf.placeholder(tf.float32, [None, 3], name="x")
with tf.Session() as sess:
    sess.run(tf.reduce_sum(x), feed_dict={x: np.zeros(3)})
