"""A gradient that is None, clipped

Cause: the loss does not depend on `b`, so its gradient is None; `clip_by_norm` takes tensors.
Fix: leave out what is None: `if g is not None`.
"""
import minigraph as tf

w, b = tf.Variable(1.0, name="w"), tf.Variable(0.0, name="b")
pairs = tf.train.GradientDescentOptimizer(0.1).compute_gradients(w * w, [w, b])
clipped = []
for gradient, variable in pairs:
    clipped.append((tf.clip_by_norm(gradient, 1.0), variable))
