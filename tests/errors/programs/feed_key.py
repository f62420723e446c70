"""A feed_dict key that is not a tensor

Cause: `"x"` is the name of an operation; tensors are called `"x:0"`.
Fix: use the placeholder itself as the key, or the tensor's name.
"""
import minigraph as tf

x = tf.placeholder(tf.float32, [], name="x")
with tf.Session() as sess:
    sess.run(2.0 * x, feed_dict={"x": 1.0})
