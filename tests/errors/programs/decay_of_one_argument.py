"""A decay function of one argument

Cause: the function gets two arguments, the learning rate and the global step.
Fix: let it take both.
"""
import minigraph as tf

w = tf.Variable(3.0, name="w")
step = tf.train.get_or_create_global_step()
train_op = tf.contrib.layers.optimize_loss(
    w * w, step, 0.1, "SGD", learning_rate_decay_fn=lambda rate: rate * 0.5
)
