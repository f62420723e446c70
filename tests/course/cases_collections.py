"""Lesson 4."""

from minigraph.course import collections
from tests.course.case import Case

HEAD = """
x = tf.placeholder(tf.float32, [None, 3], name="x")
body = tf.layers.dense(x, 4, tf.nn.tanh, kernel_initializer=tf.ones_initializer(), name="body")
head = tf.layers.dense(body, 1, kernel_initializer=tf.ones_initializer(), name="head")
loss = tf.reduce_mean(tf.square(head - 1.0), name="loss")
optimizer = tf.train.GradientDescentOptimizer(0.1)
"""
NORMAL = """
x = tf.placeholder(tf.float32, [None, 2], name="x")
normal = tf.layers.batch_normalization(x, training=True, name="norm")
guess = tf.layers.dense(normal, 1, kernel_initializer=tf.ones_initializer(), name="guess")
loss = tf.reduce_mean(tf.square(guess - 1.0), name="loss")
step = tf.train.get_or_create_global_step()
optimizer = tf.train.GradientDescentOptimizer(0.1)
updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
"""
LINEAR = """
x = tf.placeholder(tf.float32, [None, 2], name="x")
guess = tf.layers.dense(x, 1, kernel_initializer=tf.ones_initializer(), name="guess")
loss = tf.reduce_mean(tf.square(guess - 1.0), name="loss")
"""

CASES = [
    Case(
        collections.trains_only,
        ["train", "x", "'head'"],
        HEAD,
        wrong=[
            "train = tf.trainable_variables('head')",
            "train = loss",
            "train = optimizer.minimize(loss)",
            "train = optimizer.minimize(loss, var_list=tf.trainable_variables('body'))",
            "train = optimizer.minimize(loss, var_list=tf.trainable_variables('head/kernel'))",
        ],
        right=[
            "train = optimizer.minimize(loss, var_list=tf.trainable_variables('head'))",
            """
            scope = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="head")
            train = tf.contrib.layers.optimize_loss(loss, None, 0.1, "Adam", variables=scope)
            """,
            """
            pairs = optimizer.compute_gradients(loss)
            train = optimizer.apply_gradients([(g, v) for g, v in pairs if "head" in v.name])
            """,
        ],
    ),
    Case(
        collections.is_whole_step,
        ["train", "x"],
        NORMAL,
        wrong=[
            "train = updates",
            "train = tf.group(*updates)",
            "train = optimizer.minimize(loss, global_step=step)",
            """
            with tf.control_dependencies(updates):
                train = optimizer.minimize(loss)
            """,
            """
            train = tf.group(optimizer.minimize(loss, global_step=step), tf.assign_add(step, 1), *updates)
            """,
        ],
        right=[
            """
            with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
                train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, global_step=step)
            """,
            "train = tf.contrib.layers.optimize_loss(loss, step, 0.1, 'SGD')",
            "train = tf.group(optimizer.minimize(loss, global_step=step), *updates)",
        ],
    ),
    Case(
        collections.counts_examples,
        ["seen", "tf.contrib.layers.optimize_loss(loss, None, 0.1, 'SGD', summaries=[])", "x"],
        LINEAR,
        wrong=[
            "seen = 0.0",
            """
            seen = tf.get_variable("seen", [], initializer=tf.zeros_initializer())
            tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(seen, tf.to_float(tf.shape(x)[0])))
            """,
            """
            seen = tf.get_variable("seen", [], initializer=tf.ones_initializer(), trainable=False)
            tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(seen, tf.to_float(tf.shape(x)[0])))
            """,
            """
            seen = tf.get_variable("seen", [], initializer=tf.zeros_initializer(), trainable=False)
            tf.assign_add(seen, tf.to_float(tf.shape(x)[0]))
            """,
            """
            seen = tf.get_variable("seen", [], initializer=tf.zeros_initializer(), trainable=False)
            tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, seen + tf.to_float(tf.shape(x)[0]))
            """,
            """
            seen = tf.get_variable("seen", [], initializer=tf.zeros_initializer(), trainable=False)
            tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(seen, 1.0))
            """,
            """
            seen = tf.get_variable("seen", [], initializer=tf.zeros_initializer(), trainable=False)
            tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(seen, tf.to_float(tf.size(x))))
            """,
            """
            seen = tf.get_variable("seen", [], initializer=tf.zeros_initializer(), trainable=False)
            tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign(seen, tf.to_float(tf.shape(x)[0])))
            """,
        ],
        right=[
            """
            seen = tf.get_variable("seen", [], initializer=tf.zeros_initializer(), trainable=False)
            examples = tf.to_float(tf.shape(x)[0])
            tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(seen, examples))
            """,
            """
            seen = tf.Variable(0, trainable=False)
            tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, seen.assign(seen + tf.shape(x)[0]).op)
            """,
            """
            seen = tf.Variable(0, trainable=False, dtype=tf.int64)
            update = tf.py_func(lambda x: x[:, 0].size, [x], tf.int64)
            tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, seen.assign_add(update))
            """,
        ],
    ),
]
