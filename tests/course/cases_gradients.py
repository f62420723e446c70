"""Lesson 5."""

from minigraph.course import gradients
from tests.course.case import Case

PRODUCT = """
x = tf.placeholder(tf.float32, [], name="x")
f = tf.multiply(x, tf.exp(x), name="f")
"""
FIVE = """
p, q, r, s, t = [tf.get_variable(name, [], initializer=tf.ones_initializer()) for name in "pqrst"]
first = tf.multiply(p, tf.stop_gradient(q), name="first")
rounded = tf.floor(r, name="rounded")
third = tf.multiply(s, 0.0, name="third")
report = tf.square(t, name="report")
total = tf.add_n([first, rounded, third, tf.stop_gradient(p)], name="total")
"""

CASES = [
    Case(
        gradients.is_derivative,
        ["df", "f", "x"],
        PRODUCT,
        wrong=[
            "df = 2.7",
            "df = tf.exp(2.0)",
            "df = tf.exp(x)",
            "df = f",
            "df = f - tf.exp(x)",
            "df, = tf.gradients(f, x)",
        ],
        right=[
            "df = tf.exp(x) + f",
            "df = (1.0 + x) * tf.exp(x)",
            "df = f * (1.0 / tf.where(tf.equal(x, 0.0), 1.0, x)) + x * tf.exp(x) + tf.where(tf.equal(x, 0.0), 1.0, 0.0)",
        ],
    ),
    Case(
        gradients.is_none,
        ["names", "total", "[p, q, r, s, t]"],
        FIVE,
        wrong=[
            "names = 'q'",
            "names = [q, r]",
            "names = ['q', 'u']",
            "names = ['p', 'q', 'r', 't']",
            "names = ['q', 'r', 's', 't']",
            "names = ['q', 'r']",
            "names = ['q', 't']",
            "names = []",
        ],
        right=['names = ["q", "r", "t"]', "names = {v.name for v in [q, t, r]}"],
    ),
    Case(
        gradients.is_rounded_through,
        ["y", "x"],
        'x = tf.placeholder(tf.float32, [None], name="x")',
        wrong=[
            "y = [1.0, 2.0]",
            "y = tf.round(tf.constant([1.5]))",
            "y = tf.identity(x)",
            "y = tf.floor(x)",
            "y = tf.round(x)",
            "y = tf.stop_gradient(tf.round(x)) + 2.0 * x - tf.stop_gradient(2.0 * x)",
        ],
        right=[
            "y = x + tf.stop_gradient(tf.round(x) - x)",
            "y = tf.stop_gradient(tf.round(x)) + x - tf.stop_gradient(x)",
            """
            @tf.custom_gradient
            def through(x):
                return tf.round(x), lambda dy: dy
            y = through(x)
            """,
        ],
    ),
]
