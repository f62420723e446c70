"""Lesson 3."""

from minigraph.course import variables
from tests.course.case import Case

READS = """
v = tf.get_variable("v", [], initializer=tf.constant_initializer(1.0))
alias = tf.identity(v, name="alias")
kept = tf.multiply(v, 1.0, name="kept")
with tf.control_dependencies([alias, kept]):
    bump = tf.assign_add(v, 1.0, name="bump")
with tf.control_dependencies([bump]):
    double = tf.multiply(alias, 2.0, name="double")
    late = tf.multiply(kept, 2.0, name="late")
"""
COUNTER = """
counter = tf.get_variable("counter", [], initializer=tf.zeros_initializer())
"""
LOSS = """
x = tf.placeholder(tf.float32, [], name="x")
w = tf.get_variable("w", [], initializer=tf.constant_initializer(3.0))
def loss_of(x):
    return tf.square(w * x - 1.0)
loss = loss_of(x)
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
"""

CASES = [
    Case(
        variables.are_reads,
        ["values", "[alias, kept, double, late]"],
        READS,
        wrong=[
            "values = [alias, kept, double, late]",
            "values = [2, 1, 4]",
            "values = 2.0",
            "values = [1, 1, 2, 2]",
            "values = [2, 2, 4, 4]",
            "values = [2, 1, 2, 2]",
            "values = [2, 1, 4, 4]",
        ],
        right=[
            "values = [2.0, 1.0, 4.0, 2.0]",
            """
            sess = tf.Session()
            sess.run(tf.global_variables_initializer())
            values = tuple(sess.run([alias, kept, double, late]))
            """,
        ],
    ),
    Case(
        variables.is_ticket,
        ["ticket", "counter"],
        COUNTER,
        wrong=[
            "ticket = 0.0",
            "ticket = counter",
            "ticket = tf.assign_add(counter, 1.0).op",
            "ticket = tf.identity(counter)",
            "ticket = tf.constant(0.0)",
            "ticket = tf.assign_add(counter, 1.0)",
            "ticket = tf.assign_add(counter, 2.0) - 2.0",
            "ticket = 2.0 * tf.assign_add(counter, 1.0)",
            """
            number = counter + 0.0
            bump = tf.assign_add(counter, 1.0)
            with tf.control_dependencies([bump]):
                ticket = tf.identity(number)
            """,
        ],
        right=[
            """
            number = tf.add(counter, 0.0, name="number")
            with tf.control_dependencies([number]):
                bump = tf.assign_add(counter, 1.0, name="bump")
            with tf.control_dependencies([bump]):
                ticket = tf.identity(number, name="ticket")
            """,
            "ticket = tf.assign_add(counter, 1.0) - 1.0",
            """
            with tf.control_dependencies([counter.assign_add(1.0)]):
                ticket = counter - 1.0
            """,
        ],
    ),
    Case(
        variables.is_loss_after,
        ["loss_after", "x", "w"],
        LOSS,
        wrong=[
            "loss_after = 2.56",
            "loss_after = train",
            "loss_after = loss",
            """
            with tf.control_dependencies([train]):
                loss_after = tf.identity(loss)
            """,
            "loss_after = tf.square(w - 1.0)",
            """
            bump = train
            gradient = tf.gradients(loss, w)[0]
            loss_after = tf.square((w - 0.1 * gradient) * x - 1.0)
            with tf.control_dependencies([train]):
                loss_after = tf.identity(loss_after)
            """,
            """
            with tf.control_dependencies([train]):
                loss_after = tf.constant(2.56)
            """,
            """
            with tf.control_dependencies([train]):
                loss_after = tf.square(w * x)
            """,
            """
            with tf.control_dependencies([tf.assign_sub(w, 1.0)]):
                loss_after = loss_of(x)
            """,
        ],
        right=[
            """
            with tf.control_dependencies([train]):
                loss_after = loss_of(x)
            """,
            """
            gradient = tf.gradients(loss, w)[0]
            loss_after = tf.square(tf.assign_sub(w, 0.1 * gradient) * x - 1.0)
            """,
            """
            with tf.control_dependencies([train]):
                new = w.read_value()
            loss_after = tf.square(new * x - 1.0)
            """,
        ],
    ),
]
