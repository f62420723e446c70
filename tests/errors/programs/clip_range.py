"""A range as clip_gradients

Cause: a number clips by the norm of all gradients together; a range of values is something else.
Fix: a function of the pairs of gradients and variables, or one number.
"""
import minigraph as tf

w = tf.Variable(3.0, name="w")
step = tf.train.get_or_create_global_step()
train_op = tf.contrib.layers.optimize_loss(
    w * w, step, 0.1, "SGD", clip_gradients=(-1.0, 1.0)
)
