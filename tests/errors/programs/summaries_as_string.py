"""One string as summaries

Cause: the argument is a list; of a string each letter is taken for a name.
Fix: write a list.
"""
import minigraph as tf

w = tf.Variable(3.0, name="w")
step = tf.train.get_or_create_global_step()
train_op = tf.contrib.layers.optimize_loss(
    w * w, step, 0.1, "SGD", summaries="loss"
)
