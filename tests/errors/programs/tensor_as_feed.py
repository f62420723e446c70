"""A tensor as the value of a feed

Cause: a feed is a value (a number, a list, an array); a tensor has none before a run.
Fix: run it first and feed what comes out, or build on the tensor and leave out the placeholder.
"""
import minigraph as tf

images = tf.zeros([8, 4], name="images")
x = tf.placeholder(tf.float32, [None, 4], name="x")
with tf.Session() as sess:
    sess.run(tf.reduce_mean(x), feed_dict={x: images})
