"""None among the fetches

Cause: `tf.gradients` gives None for what the loss does not depend on.
Fix: leave the None out; the message says at which place of the fetches it stands.
"""
import minigraph as tf

w, unused = tf.Variable(1.0, name="w"), tf.Variable(2.0, name="unused")
loss = w * w
fetches = {"loss": loss, "grads": tf.gradients(loss, [w, unused])}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(fetches)
