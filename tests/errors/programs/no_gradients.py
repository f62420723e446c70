"""No gradient for any variable

Cause: a cast to an integer stands between the variables and the loss; nothing can be differentiated through it.
Fix: compute the loss from the floating point values. `minigraph.explain.why_none(loss, v)` explains each variable.
"""
import minigraph as tf

x = tf.placeholder(tf.float32, [None, 2], name="x")
scores = tf.layers.dense(x, 3, name="scores")
classes = tf.cast(tf.argmax(scores, 1, name="classes"), tf.float32)
loss = tf.reduce_mean(classes, name="loss")
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
