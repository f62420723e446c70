"""One tensor given to clip_by_global_norm

Cause: the function takes a list of tensors and scales all of them alike.
Fix: `tf.clip_by_global_norm([grad], 1.0)`, or `tf.clip_by_norm(grad, 1.0)`.
"""
import minigraph as tf

w = tf.Variable([3.0, 4.0], name="w")
(grad,) = tf.gradients(tf.reduce_sum(w * w), [w])
clipped, norm = tf.clip_by_global_norm(grad, 1.0)
