"""A tensor given to numpy

Cause: numpy computes now, and a tensor has no value yet.
Fix: the operation of the same name in `tf`, or numpy on what `sess.run` gives.
"""
import numpy as np

import minigraph as tf

x = tf.constant([1.0, 2.0], name="x")
y = np.sqrt(x)
