"""A value given to an optimizer

Cause: `loss` is a number returned by a run; there is no graph behind it to differentiate.
Fix: give the tensor to `minimize`, and use another name for its value.
"""
import minigraph as tf

w = tf.Variable(3.0, name="w")
loss = tf.square(w)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    loss = sess.run(loss)
    train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
