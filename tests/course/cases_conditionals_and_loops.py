"""Lesson 10."""

from minigraph.course import conditionals_and_loops as course
from tests.course.case import Case

INPUTS = """
x = tf.placeholder(tf.float32, [], name="x")
hits = tf.get_variable("hits", [], tf.float32, tf.zeros_initializer(), trainable=False)
more = lambda: tf.assign_add(hits, 1.0)
same = lambda: tf.identity(hits)
zero = lambda: tf.zeros_like(x)
inverse = lambda: 1.0 / x
"""

CASES = [
    Case(
        course.counts_positive,
        ["count", "x", "hits"],
        INPUTS,
        wrong=[
            "count = 1.0",
            "count = lambda: tf.cond(x > 0.0, more, same)",
            "count = more()",
            "count = tf.cond(x > 0.0, lambda: hits + 1.0, same)",
            "count = tf.cond(x > 0.0, same, more)",
            """
add = more()
count = tf.cond(x > 0.0, lambda: tf.identity(add), same)
            """,
            "count = tf.cond(x >= 0.0, more, same)",
            "count = tf.cond(x > 0.0, lambda: tf.assign_add(hits, x), same)",
        ],
        right=[
            "count = tf.cond(x > 0.0, more, same)",
            "count = tf.assign_add(hits, tf.cast(x > 0.0, tf.float32))",
            "count = tf.cond(x > 0.0, lambda: tf.group(more()), tf.no_op)",
        ],
    ),
    Case(
        course.is_safe_inverse,
        ["y", "x"],
        INPUTS,
        wrong=[
            "y = 0.0",
            "y = tf.constant(0.0)",
            "y = 1.0 / x",
            "y = tf.where(tf.equal(x, 0.0), zero(), inverse())",
            "y = tf.cond(tf.equal(x, 0.0), zero, lambda: x)",
            "y = tf.cond(x > 0.0, inverse, zero)",
            "y = tf.cond(tf.equal(x, 0.0), lambda: tf.ones_like(x), inverse)",
            "y = tf.stop_gradient(tf.cond(tf.equal(x, 0.0), zero, inverse))",
        ],
        right=[
            "y = tf.cond(tf.equal(x, 0.0), zero, inverse)",
            "y = tf.where(tf.equal(x, 0.0), zero(), 1.0 / tf.where(tf.equal(x, 0.0), tf.ones_like(x), x))",
            "y = tf.div_no_nan(1.0, x)",
        ],
    ),
    Case(
        course.counts_halvings,
        ["halvings", "x"],
        INPUTS,
        wrong=[
            "halvings = 4",
            "halvings = tf.constant(4)",
            "halvings = tf.while_loop(lambda i, a: a >= 1.0, lambda i, a: (i + 1, a / 2.0), [tf.constant(0), x])",
            "_, halvings = tf.while_loop(lambda i, a: a >= 1.0, lambda i, a: (i + 1, a / 2.0), [tf.constant(0), x])",
            "halvings, _ = tf.while_loop(lambda i, a: a > 1.0, lambda i, a: (i + 1, a / 2.0), [tf.constant(0), x])",
            "halvings, _ = tf.while_loop(lambda i, a: a >= 1.0, lambda i, a: (i + 1, a / 2.0), [tf.constant(1), x])",
            """
halvings = tf.constant(0)
for i in range(4):
    halvings += tf.cast(x >= 2.0 ** i, tf.int32)
            """,
        ],
        right=[
            "halvings, _ = tf.while_loop(lambda i, a: a >= 1.0, lambda i, a: (i + 1, a / 2.0), [tf.constant(0), x])",
            "halvings = tf.while_loop(lambda i: x >= 2.0 ** tf.to_float(i), lambda i: i + 1, [tf.constant(0)])",
            "halvings = tf.maximum(tf.floor(tf.log(x) / tf.log(2.0) + 1e-4) + 1.0, 0.0)",
        ],
    ),
]
