"""The global step made twice

Cause: `create_global_step` is for a graph that has none.
Fix: `tf.train.get_or_create_global_step()`.
"""
import minigraph as tf


def build():
    return tf.train.create_global_step()


build()
step = build()
