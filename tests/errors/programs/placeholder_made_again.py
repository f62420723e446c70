"""A placeholder that was made twice

Cause: a notebook cell ran twice: `x` names the second placeholder, and the model was built on the first.
Fix: run the cells below it again too, or begin them with `tf.reset_default_graph()`.
"""
import minigraph as tf

x = tf.placeholder(tf.float32, [None], name="x")
y = tf.reduce_sum(x * x, name="y")
x = tf.placeholder(tf.float32, [None], name="x")

with tf.Session() as sess:
    print(sess.run(y, feed_dict={x: [1.0, 2.0]}))
