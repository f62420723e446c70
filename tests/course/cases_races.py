"""Lesson 9."""

from minigraph.course import races
from tests.course.case import Case

UPDATES = """
v = tf.Variable(3.0, name="v")
plus_one = tf.assign_add(v, 1.0, name="plus_one")
squared = tf.assign(v, tf.square(v, name="square"), name="squared")
everything = tf.group(plus_one, squared)
twice = tf.multiply(v, 2.0, name="twice")
record = tf.summary.scalar("v", v)
"""

CASES = [
    Case(
        races.are_outcomes,
        ["values", "everything", "v"],
        UPDATES,
        wrong=[
            "values = 16.0",
            "values = [16.0, 12.0]",
            "values = []",
            "values = [16.0]",
            "values = [16.0, 10.0]",
            "values = ['10', '16', '9']",
        ],
        right=["values = [16.0, 10.0, 9.0]", "values = {9, 10, 16}"],
    ),
    Case(
        races.is_settled,
        ["fixed", "8.0"],
        UPDATES,
        wrong=[
            "fixed = 8.0",
            "fixed = [plus_one, twice]",
            "fixed = tf.group(plus_one, twice)",
            "fixed = twice",
            """
with tf.control_dependencies([plus_one]):
    fixed = tf.identity(twice)
            """,
            """
with tf.control_dependencies([twice]):
    late = tf.assign_add(v, 1.0)
with tf.control_dependencies([late]):
    fixed = tf.identity(twice)
            """,
            """
with tf.control_dependencies([squared]):
    fixed = v * 2.0
            """,
        ],
        right=[
            """
with tf.control_dependencies([plus_one]):
    fixed = v * 2.0
            """,
            "fixed = plus_one * 2.0",
            """
with tf.control_dependencies([plus_one]):
    fixed = tf.add(v.read_value(), v.read_value())
            """,
        ],
    ),
    Case(
        races.is_after,
        ["step", "record", "v"],
        UPDATES,
        wrong=[
            "step = [plus_one]",
            """
with tf.control_dependencies([record]):
    step = tf.no_op()
            """,
            """
with tf.control_dependencies([record]):
    step = tf.identity(plus_one)
            """,
            """
with tf.control_dependencies([record]):
    step = tf.assign_add(v, 2.0)
            """,
            """
with tf.control_dependencies([record]):
    step = tf.assign_sub(v, 2.0)
            """,
        ],
        right=[
            """
with tf.control_dependencies([record]):
    step = tf.assign_add(v, 1.0)
            """,
            """
with tf.control_dependencies([record]):
    step = tf.group(tf.assign(v, v + 1.0))
            """,
        ],
    ),
]
