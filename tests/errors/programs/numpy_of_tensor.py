"""The numpy() of a tensor

Cause: that is TensorFlow 2's: here a tensor has no value until a session runs it.
Fix: `sess.run(x)`, which gives an array.
"""
import minigraph as tf

total = tf.add(1.0, 2.0, name="total")
print(total.numpy())
