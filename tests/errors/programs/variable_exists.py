"""A variable that exists already

Cause: a function that makes variables was called twice, and nothing says whether they are to be shared.
Fix: `reuse=tf.AUTO_REUSE` to share them, another scope to have others. In a notebook, where a cell ran twice,
`tf.reset_default_graph()` at the top.
"""
import minigraph as tf


def layer(x):
    with tf.variable_scope("layer"):
        w = tf.get_variable("w", [4, 4])
        return tf.matmul(x, w)


x = tf.ones([1, 4])
y = layer(x)
z = layer(y)
