"""Custom getters of variable scopes: what they are called with, and how they nest."""

import minigraph as tf

results = {}
calls = []


def getter(getter, name, *args, **kwargs):
    calls.append([name, sorted(k for k in kwargs if kwargs[k] is not None)])
    return getter(name, *args, **kwargs) * 2.0


def plain(getter, *args, **kw):
    v = getter(*args, **kw)
    calls.append(["plain", v.op.name])
    return v


with tf.variable_scope("s", custom_getter=plain) as s:
    v = tf.get_variable("v", [1], initializer=tf.ones_initializer())
    with tf.variable_scope("t", custom_getter=getter):
        w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    u = tf.get_variable("u", [], custom_getter=getter, initializer=tf.constant_initializer(4.0))
with tf.variable_scope(s, reuse=True):
    v2 = tf.get_variable("v")
with tf.variable_scope("q", custom_getter=getter):
    y = tf.layers.dense(tf.ones([1, 2]), 3)
results["calls"] = [str(c) for c in calls]
results["n"] = [str(t) for t in (v, w, u, v2, y)]
