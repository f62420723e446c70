"""A number as learning_rate_decay_fn

Cause: the argument is a function: it is called with the learning rate and the global step.
Fix: a function of both, such as `lambda rate, step: tf.train.exponential_decay(rate, step, 100, 0.5)`.
"""
import minigraph as tf

w = tf.Variable(3.0, name="w")
step = tf.train.get_or_create_global_step()
train_op = tf.contrib.layers.optimize_loss(
    w * w, step, 0.1, "SGD", learning_rate_decay_fn=0.5
)
