"""Pairs given to clip_by_global_norm

Cause: `compute_gradients` returns pairs of gradient and variable; the norm needs only the gradients.
Fix: take the pairs apart, clip, and put them together again.
"""
import minigraph as tf

w = tf.Variable([3.0, 4.0], name="w")
optimizer = tf.train.GradientDescentOptimizer(0.1)
grads_and_vars = optimizer.compute_gradients(tf.reduce_sum(w * w))
clipped, norm = tf.clip_by_global_norm(grads_and_vars, 1.0)
