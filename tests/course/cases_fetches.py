"""Lesson 1."""

from minigraph.course import fetches
from tests.course.case import Case

SIDES = """
a = tf.placeholder(tf.float32, [], name="a")
b = tf.placeholder(tf.float32, [], name="b")
"""
GRAPH = """
graph = tf.get_default_graph()
x = tf.placeholder(tf.float32, [], name="x")
target = tf.placeholder(tf.float32, [], name="target")
double = tf.multiply(x, 2.0, name="double")
triple = tf.multiply(x, 3.0, name="triple")
error = tf.subtract(double, target, name="error")
loss = tf.square(error, name="loss")
report = tf.add(loss, triple, name="report")
"""

CASES = [
    Case(
        fetches.is_hypotenuse,
        ["c", "a", "b"],
        SIDES,
        wrong=[
            "c = 5.0",
            "c = tf.sqrt(tf.square(3.0) + tf.square(b))",
            "c = tf.square(a) + tf.square(b)",
            "c = a + b",
            "c = tf.sqrt(a + b)",
        ],
        right=[
            "c = tf.sqrt(tf.square(a) + tf.square(b))",
            "c = tf.norm(tf.stack([a, b]))",
            "c = (a ** 2 + b * b) ** 0.5",
        ],
    ),
    Case(
        fetches.is_needed,
        ["names", "loss"],
        GRAPH,
        wrong=[
            "names = 'loss'",
            "names = [loss, error]",
            "names = ['loss:0', 'error:0']",
            "names = ['loss', 'error', 'double', 'x', 'target', 'triple']",
            "names = ['loss', 'error', 'double', 'x', 'target']",
        ],
        right=[
            'names = ["loss", "error", "double", "double/y", "x", "target"]',
            "names = {op.name for op in graph.get_operations() if 'triple' not in op.name} - {'report'}",
        ],
    ),
    Case(
        fetches.is_cut,
        ["feed", "report", "x"],
        GRAPH,
        wrong=[
            "feed = [double, triple]",
            "feed = {'double': 1.0}",
            "feed = {x: 1.0, target: 2.0}",
            "feed = {double: 10.0, target: 4.0}",
            "feed = {double: 10.0, triple: 15.0}",
            "feed = {report: 1.0}",
        ],
        right=[
            "feed = {error: 6.0, triple: 15.0}",
            "feed = {double: 10.0, triple: 15.0, target: 4.0}",
            "feed = {loss: 1.0, triple: 3.0}",
            "feed = {'double:0': 10.0, 'triple:0': 15.0, target: 4.0}",
        ],
    ),
]
