"""None among the fetches

Cause: `tf.gradients` returns None for a variable on which the loss does not depend.
Fix: leave the None out; the message says where in the fetches it is.
"""
import minigraph as tf

w, unused = tf.Variable(1.0, name="w"), tf.Variable(2.0, name="unused")
loss = w * w
fetches = {"loss": loss, "grads": tf.gradients(loss, [w, unused])}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(fetches)
