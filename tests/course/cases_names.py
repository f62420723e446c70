"""Lesson 2."""

from minigraph.course import names
from tests.course.case import Case

BUILD = """
def build():
    with tf.variable_scope("net"):
        a = tf.get_variable("a", [])
        with tf.name_scope("inner"):
            b = tf.get_variable("b", [])
            c = tf.Variable(1.0, name="c")
            d = tf.add(a, b, name="d")
    with tf.variable_scope("net", reuse=True):
        e = tf.get_variable("b", [])
        f = tf.add(e, 1.0, name="f")
    return a, b, c, d, e, f
"""
NET = """
state = tf.placeholder(tf.float32, [None, 3], name="state")
next_state = tf.placeholder(tf.float32, [None, 3], name="next_state")
def net(x):
    kernel = tf.get_variable("kernel", [3, 2])
    bias = tf.get_variable("bias", [2], initializer=tf.zeros_initializer())
    return tf.matmul(x, kernel) + bias
"""

CASES = [
    Case(
        names.are_names,
        ["names", "build"],
        BUILD,
        wrong=[
            "names = 'net/a:0'",
            "names = ['net/a:0', 'net/b:0', 'net/inner/c:0', 'net/inner/d:0', 'net/b:0']",
            "names = list(build())",
            "names = ['net/a', 'net/b', 'net/inner/c', 'net/inner/d', 'net/b', 'net_1/f']",
            "names = ['a:0', 'b:0', 'inner/c:0', 'inner/d:0', 'b:0', 'f:0']",
            "names = ['net/a:0', 'net/inner/b:0', 'net/inner/c:0', 'net/inner/d:0', 'net/b:0', 'net_1/f:0']",
            "names = ['net/a:0', 'net/b:0', 'net/c:0', 'net/inner/d:0', 'net/b:0', 'net_1/f:0']",
            "names = ['net/a:0', 'net/b:0', 'net/inner/c:0', 'net/d:0', 'net/b:0', 'net_1/f:0']",
            "names = ['net/a:0', 'net/b:0', 'net/inner/c:0', 'net/inner/d:0', 'net_1/b:0', 'net_1/f:0']",
            "names = ['net/a:0', 'net/b:0', 'net/inner/c:0', 'net/inner/d:0', 'net/b:0', 'net/f:0']",
        ],
        right=[
            'names = ["net/a:0", "net/b:0", "net/inner/c:0", "net/inner/d:0", "net/b:0", "net_1/f:0"]',
            "names = tuple(each.name for each in build())",
        ],
    ),
    Case(
        names.is_shared,
        ["critic"],
        "",
        wrong=[
            "critic = tf.layers.dense(tf.placeholder(tf.float32, [None, 4]), 1)",
            """
            def critic(x):
                return tf.matmul(x, tf.Variable(tf.ones([4, 1]))) + tf.Variable(tf.zeros([1]))
            """,
            """
            def critic(x):
                return tf.layers.dense(x, 1, name="critic")
            """,
            """
            def critic(x):
                return tf.layers.dense(x, 1, name="critic", reuse=True)
            """,
            """
            def critic(x):
                tf.layers.dense(x, 1, name="critic", reuse=tf.AUTO_REUSE)
            """,
            """
            def critic(x):
                return tf.layers.dense(x, 2, name="critic", reuse=tf.AUTO_REUSE)
            """,
            """
            def critic(x):
                with tf.variable_scope("critic", reuse=tf.AUTO_REUSE):
                    kernel = tf.get_variable("kernel", [4, 1])
                    bias = tf.Variable(tf.zeros([1]), name="bias")
                return tf.matmul(x, kernel) + bias
            """,
            """
            def critic(x):
                return tf.reduce_sum(x, axis=1)
            """,
            """
            def critic(x, reuse):
                return tf.layers.dense(x, 1, name="critic", reuse=reuse)
            """,
            """
            kernel, bias = tf.Variable(tf.ones([4, 1])), tf.Variable(tf.zeros([1]))
            def critic(x):
                return tf.matmul(x, kernel) + bias
            """,
            """
            def critic(x):
                with tf.variable_scope("critic", reuse=tf.AUTO_REUSE):
                    return tf.matmul(x, tf.get_variable("kernel", tf.ones([4, 1])))
            """,
        ],
        right=[
            """
            def critic(x):
                with tf.variable_scope("critic", reuse=tf.AUTO_REUSE):
                    kernel = tf.get_variable("kernel", [4, 1], initializer=tf.ones_initializer())
                    bias = tf.get_variable("bias", [1], initializer=tf.zeros_initializer())
                return tf.matmul(x, kernel) + bias
            """,
            """
            def critic(x):
                return tf.layers.dense(x, 1, name="critic", reuse=tf.AUTO_REUSE)
            """,
            "critic = tf.make_template('critic', lambda x: tf.layers.dense(x, 1))",
            "critic = tf.layers.Dense(1)",
            """
            made = []
            def critic(x):
                if not made:
                    made.extend([tf.Variable(tf.ones([4, 1])), tf.Variable(tf.zeros([1]))])
                return tf.matmul(x, made[0]) + made[1]
            """,
        ],
    ),
    Case(
        names.are_two_networks,
        ["now", "then", "goal", "state", "next_state"],
        NET,
        wrong=[
            "now, then, goal = 1.0, 2.0, 3.0",
            """
            with tf.variable_scope("online", reuse=tf.AUTO_REUSE):
                now, then, goal = net(state), net(next_state), net(next_state)
            """,
            """
            with tf.variable_scope("online"):
                now = net(state)
            with tf.variable_scope("online2"):
                then = net(next_state)
            with tf.variable_scope("target"):
                goal = net(next_state)
            """,
            """
            with tf.variable_scope("online", reuse=tf.AUTO_REUSE):
                now, then = net(state), net(next_state)
            goal = net(next_state)
            """,
            """
            with tf.variable_scope("online", reuse=tf.AUTO_REUSE):
                now, then = net(state), net(state)
            with tf.variable_scope("target"):
                goal = net(next_state)
            """,
        ],
        right=[
            """
            with tf.variable_scope("online"):
                now = net(state)
            with tf.variable_scope("online", reuse=True):
                then = net(next_state)
            with tf.variable_scope("target"):
                goal = net(next_state)
            """,
            """
            with tf.variable_scope("online") as scope:
                now = net(state)
                scope.reuse_variables()
                then = net(next_state)
            with tf.variable_scope("target"):
                goal = net(next_state)
            """,
            """
            online, target = tf.make_template("online", net), tf.make_template("target", net)
            now, then, goal = online(state), online(next_state), target(next_state)
            """,
        ],
    ),
]
