"""A fetch by the name of an operation returns None

Cause: `"total"` names an operation, which is run and has no value; its tensor is `"total:0"`.
Fix: fetch the tensor, or write the colon and the output's number.
"""
import minigraph as tf

total = tf.add(1.0, 2.0, name="total")
with tf.Session() as sess:
    print(sess.run("total"))
    print(sess.run("total:0"))
