"""Variables given by name

Cause: names are not looked up; variables, or a list of them, are wanted.
Fix: `tf.trainable_variables("w")` gives the variables whose names begin so.
"""
import minigraph as tf

w = tf.Variable(3.0, name="w")
step = tf.train.get_or_create_global_step()
train_op = tf.contrib.layers.optimize_loss(
    w * w, step, 0.1, "SGD", variables=["w"]
)
