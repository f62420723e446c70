"""Move of a drawing that have function bodies: branches and loops, whose shapes agree or not, and their gradients."""

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
    other = g.choice(
        [
            lambda: x[:1],
            lambda: tf.concat([x, x], 0),
            lambda: tf.reshape(x, [-1]),
            lambda: tf.shape(x)[0],
            lambda: tf.cond(inner, lambda: x[1:], lambda: -x),
            lambda: tf.random_uniform(tf.shape(x), seed=1),
        ]
    )
    return tf.cond(condition(g), lambda: x * 2.0, lambda: tf.cast(other(), x.dtype))


def loop(g, step=lambda x: tf.tanh(x) * 2.0, shape=lambda x: x.shape, x=None):
    """Three steps, or as many as a number tells."""
    x = g.floats() if x is None else x
    end = 3
    if g.number(0, 1):
        end = tf.cast(tf.minimum(tf.abs(tf.reduce_sum(g.pick((tf.int32, tf.int64)))), 3), tf.int32)
    return tf.while_loop(
        lambda i, x: i < end, lambda i, x: (i + 1, step(x)), [0, x], shape_invariants=[tf.TensorShape([]), shape(x)]
    )[1]


def growing_loop(g):
    return loop(
        g, lambda x: tf.concat([x, x[:1]], 0), lambda x: tf.TensorShape([None, *x.shape.as_list()[1:]]), g.floats(1, 2)
    )


# Gradients. What a body leaves for its gradient may be the very array that came in: so some steps need their input, or
# what they take from outside, and what comes in is computed in the same run. The numbers that a loop asks are exact.


def step(g, x):
    """Return a function of one tensor; the values stay small."""
    y, flag = g.alike(x), g.switch
    return g.choice(
        [
            lambda u: u * u - 0.25,
            lambda u: u * 1.5,
            lambda u: u * y * 0.5 + u,
            lambda u: tf.minimum(u * u, 4.0) + u,
            lambda u: tf.where(u > tf.zeros_like(u), u * 0.5, u * u),
            lambda u: tf.abs(u) * u,
            lambda u: u / (tf.abs(y) + u * u + 1.0),
            lambda u: tf.cond(flag, lambda: u * u * 0.5, lambda: u * y),
            tf.identity,
        ]
    )


def bounded(x):
    return tf.clip_by_value(x, -3.0, 3.0)


def as_often_as_told(g, x):
    first, second = step(g, x), step(g, x)
    count = g.choice([0, 1, 2, 3, tf.cast(g.switch, tf.int32) + 1])
    return tf.while_loop(lambda i, u: i < count, lambda i, u: (i + 1, bounded(second(first(u)))), [0, x])[1]


def as_long_as_small(g, x):
    f = step(g, x)
    return tf.while_loop(
        lambda u: tf.reduce_max(tf.abs(u)) < 2.5,
        lambda u: bounded(f(u) + u * 1.25),
        [x],
        maximum_iterations=g.number(1, 4),
    )


def by_size(g, x):
    first, second = g.choice([step, inner_loop])(g, x), step(g, x)
    return tf.cond(tf.reduce_max(x) > 1.0, lambda: first(x), lambda: second(x))


def by_case(g, x):
    first, second, third = step(g, x), g.choice([step, inner_loop])(g, x), step(g, x)
    return tf.case([(tf.reduce_max(x) > 2.0, lambda: first(x)), (g.switch, lambda: second(x))], lambda: third(x))


def inner_loop(g, x):
    f, kind = step(g, x), g.number(0, 1)
    return lambda u: tf.while_loop(
        lambda i, u: tf.logical_and(i < 2, tf.reduce_max(tf.abs(u)) < 2.5) if kind else i < 2,
        lambda i, u: (i + 1, bounded(f(u) + u)),
        [0, u],
    )[1]


def loop_in_a_loop(g, x):
    f, inside = step(g, x), inner_loop(g, x)
    return tf.while_loop(lambda i, u: i < 2, lambda i, u: (i + 1, inside(f(u))), [0, x])[1]


def of_bodies(g):
    """One of the above, of what this run has computed."""
    x = g.floats()
    return g.choice([as_often_as_told, as_long_as_small, by_size, by_case, loop_in_a_loop])(g, bounded(x * 1.25 - 0.5))


def gradients(g):
    """Gradients of the first to the third order, by what is there to differentiate with respect to."""
    y, weight = of_bodies(g), g.choice([lambda v: v, tf.square, lambda v: tf.tanh(v) * v])
    made = []
    variables = [v.value() for v in g.variables if v.dtype.base_dtype in (tf.float32, tf.float64)]
    xs = list(dict.fromkeys([g.floats(), g.floats(), *variables]))  # a set would be in another order each time
    for _ in range(g.number(1, 3)):
        found = [tf.convert_to_tensor(dx) for dx in tf.gradients(weight(y), xs) if dx is not None]
        if not found:
            break
        made += found
        y = tf.add_n([tf.reduce_sum(tf.cast(dx, tf.float32)) for dx in found])
    return made


def branch_update(g, v, value):
    return tf.cond(condition(g), lambda: v.assign_sub(value), lambda: v.read_value()).op


def loop_update(v, value):
    def step(i):
        with tf.control_dependencies([v.assign_sub(value)]):
            return i + 1

    return tf.while_loop(lambda i: i < 2, step, [0]).op


EXACT = {"cond": branch, "cond of shapes": branches_of_other_shapes, "growing loop": growing_loop}
ROUGH = {"loop": loop, "gradients": gradients}
CAREFUL = {"of bodies": of_bodies}
GRADIENTS = {"gradients": gradients, "more": gradients}
