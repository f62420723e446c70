"""A number as update_ops

Cause: the argument is the list of operations to run before each step.
Fix: give the operations, or leave it out: then it is the collection UPDATE_OPS.
"""
import minigraph as tf

w = tf.Variable(3.0, name="w")
step = tf.train.get_or_create_global_step()
train_op = tf.contrib.layers.optimize_loss(
    w * w, step, 0.1, "SGD", update_ops=3
)
