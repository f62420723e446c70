"""Moves of a drawing that have function bodies: branches and loops, whose shapes agree or not, and their gradients."""
from __future__ import annotations

import minigraph as tf


def condition(g):
    """One that is fed, that follows from shapes, or that asks numbers."""
    whole = g.pick((tf.int32, tf.int64)) if g.number(0, 1) else tf.constant([1, 2])
    return g.choice([g.switch, tf.logical_not(g.switch), tf.size(whole) > 2, tf.reduce_sum(whole) > 0])


def branch(g):
    x = g.floats()
    return tf.cond(condition(g), lambda: x * 2.0, lambda: g.choice([tf.identity, tf.negative, tf.abs])(x))


def branches_of_other_shapes(g):
    x, inner = g.floats(1, 2, 3), condition(g)
    other = g.choice([
        lambda: x[:1], lambda: tf.concat([x, x], 0), lambda: tf.reshape(x, [-1]), lambda: tf.shape(x)[0],
        lambda: tf.cond(inner, lambda: x[1:], lambda: -x), lambda: tf.random_uniform(tf.shape(x), seed=1)])
    return tf.cond(condition(g), lambda: x * 2.0, lambda: tf.cast(other(), x.dtype))


def loop(g, step=lambda x: tf.tanh(x) * 2.0, shape=lambda x: x.shape, x=None):
    """Three steps, or as many as a number tells."""
    x = g.floats() if x is None else x
    end = 3
    if g.number(0, 1):
        end = tf.cast(tf.minimum(tf.abs(tf.reduce_sum(g.pick((tf.int32, tf.int64)))), 3), tf.int32)
    return tf.while_loop(lambda i, x: i < end, lambda i, x: (i + 1, step(x)), [0, x],
                         shape_invariants=[tf.TensorShape([]), shape(x)])[1]


def growing_loop(g):
    return loop(g, lambda x: tf.concat([x, x[:1]], 0), lambda x: tf.TensorShape([None, *x.shape.as_list()[1:]]),
                g.floats(1, 2))


def gradients_of_branches(g):
    x = g.floats()
    y = tf.cond(condition(g), lambda: tf.tanh(x) * x,
                lambda: tf.cond(g.switch, lambda: tf.square(x), lambda: x[..., :1]))
    return tf.gradients(tf.gradients(y, x)[0] * tf.sin(x), x) if g.number(0, 1) else tf.gradients(y, x)


def gradients_of_a_loop(g):
    x = g.floats()
    return tf.gradients(loop(g, x=x), x)


def branch_update(g, v, value):
    return tf.cond(condition(g), lambda: v.assign_sub(value), lambda: v.read_value()).op


def loop_update(v, value):
    def step(i):
        with tf.control_dependencies([v.assign_sub(value)]):
            return i + 1
    return tf.while_loop(lambda i: i < 2, step, [0]).op


EXACT = {"cond": branch, "cond of shapes": branches_of_other_shapes, "growing loop": growing_loop}
ROUGH = {"loop": loop, "gradients of branches": gradients_of_branches, "gradients of a loop": gradients_of_a_loop}
