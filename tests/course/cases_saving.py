"""Lesson 11."""

import atexit
import os
import tempfile

import minigraph as tf
from minigraph.course import saving
from tests.course.case import Case

FOLDER = tempfile.TemporaryDirectory()
atexit.register(FOLDER.cleanup)


def checkpoint() -> str:
    """Return a checkpoint with the variables of the lesson, which it writes."""
    with tf.Graph().as_default(), tf.Session() as sess:
        values = {"w": [[2.0]], "w/Momentum": [[0.5]], "b": [1.0], "b/Momentum": [0.25]}
        variables = [tf.get_variable(name, initializer=tf.constant(value)) for name, value in values.items()]
        sess.run(tf.global_variables_initializer())
        return tf.train.Saver(variables).save(sess, os.path.join(FOLDER.name, "model"), global_step=30)


RENAMED = """
from tests.course.cases_saving import checkpoint
path = checkpoint()
x = tf.placeholder(tf.float32, [None, 1], name="x")
weight = tf.get_variable("weight", [1, 1], initializer=tf.zeros_initializer())
b = tf.get_variable("b", [1], initializer=tf.zeros_initializer())
guess = tf.add(tf.matmul(x, weight), b, name="guess")
"""
TRAINED = """
x = tf.placeholder(tf.float32, [None, 1], name="x")
y = tf.placeholder(tf.float32, [None, 1], name="y")
w = tf.get_variable("w", [1, 1], initializer=tf.zeros_initializer())
b = tf.get_variable("b", [1], initializer=tf.zeros_initializer())
guess = tf.add(tf.matmul(x, w), b, name="guess")
loss = tf.reduce_mean(tf.square(guess - y), name="loss")
train = tf.train.MomentumOptimizer(0.1, 0.5).minimize(loss, name="train")
init = tf.global_variables_initializer()
graph = tf.get_default_graph()
graph_def = graph.as_graph_def()
sess = tf.Session()
sess.run(init)
for _ in range(5):
    sess.run(train, {x: [[0.0], [1.0]], y: [[1.0], [3.0]]})
"""
DEVICES = """
cluster = tf.train.ClusterSpec({"ps": ["a:2222", "b:2222"], "worker": ["c:2222", "d:2222"]})
with tf.device(tf.train.replica_device_setter(cluster=cluster, worker_device="/job:worker/task:1")):
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    w1 = tf.get_variable("w1", [3, 4])
    hidden = tf.matmul(x, w1, name="hidden")
    w2 = tf.get_variable("w2", [4, 1])
    guess = tf.matmul(hidden, w2, name="guess")
    step = tf.train.get_or_create_global_step()
    double = tf.multiply(2.0, w2, name="double")
asked = ["w1", "hidden", "w2", "guess", "global_step", "double"]
right = {"w1": "/job:ps/task:0", "w2": "/job:ps/task:1", "global_step": "/job:ps/task:0"}
right.update({name: "/job:worker/task:1" for name in ["hidden", "guess", "double"]})
"""

CASES = [
    Case(
        saving.is_reader,
        ["reader", "path", "weight", "b"],
        RENAMED,
        wrong=[
            "reader = {'w': weight, 'b': b}",
            "reader = tf.train.load_variable(path, 'w')",
            "reader = tf.train.Saver()",
            "reader = tf.train.Saver({'w:0': weight, 'b': b})",
            "reader = tf.train.Saver({'w': weight})",
            "reader = tf.train.Saver({'b': b})",
            "reader = tf.train.Saver({'w': b, 'b': weight})",
            "reader = tf.train.Saver({'w/Momentum': weight, 'b': b})",
            "reader = tf.train.Saver({'w': weight, 'b/Momentum': b})",
            """
            with tf.Graph().as_default():
                w, other = tf.get_variable("w", [1, 1]), tf.get_variable("b", [1])
                reader = tf.train.Saver()
            """,
        ],
        right=[
            'reader = tf.train.Saver({"w": weight, "b": b})',
            "reader = tf.train.Saver(var_list={v.op.name.replace('weight', 'w'): v for v in tf.global_variables()})",
            "reader = tf.train.Saver({'w': weight, 'b': b}, sharded=True, max_to_keep=1)",
        ],
    ),
    Case(
        saving.is_frozen,
        ["frozen", "sess", "guess", "x"],
        TRAINED,
        wrong=[
            "frozen = b'guess'",
            "frozen = graph",
            "frozen = graph_def",
            "frozen = tf.graph_util.convert_variables_to_constants(sess, graph_def, ['MatMul'])",
            "frozen = tf.graph_util.convert_variables_to_constants(sess, graph_def, ['loss'])",
            """
            other = tf.Session()
            other.run(init)
            frozen = tf.graph_util.convert_variables_to_constants(other, graph_def, ['guess'])
            """,
            """
            with tf.Graph().as_default() as after:
                tf.constant([[1.0]], name="guess")
            frozen = after.as_graph_def()
            """,
            """
            with tf.Graph().as_default() as after:
                x_again = tf.placeholder(tf.float32, [None, 1], name="x")
                tf.add(x_again * 5.0, 1.0, name="guess")
            frozen = after.as_graph_def()
            """,
            """
            with tf.Graph().as_default() as after:
                x_again = tf.placeholder(tf.float32, [None, 1], name="x")
                tf.reduce_mean(x_again, name="guess")
            frozen = after.as_graph_def()
            """,
        ],
        right=[
            "frozen = tf.graph_util.convert_variables_to_constants(sess, graph_def, ['guess'])",
            """
            frozen = tf.graph_util.convert_variables_to_constants(sess, graph_def, ['loss', 'guess'])
            frozen = tf.graph_util.extract_sub_graph(frozen, ['guess'])
            """,
            """
            values = sess.run([w, b])
            with tf.Graph().as_default() as after:
                again = tf.placeholder(tf.float32, [None, 1], name="x")
                tf.add(tf.matmul(again, values[0]), values[1], name="guess")
            frozen = after.as_graph_def()
            """,
        ],
    ),
    Case(
        saving.are_devices,
        ["devices", "[graph.get_operation_by_name(name) for name in asked]"],
        DEVICES + "graph = tf.get_default_graph()\n",
        wrong=[
            "devices = list(right.values())",
            "devices = {w1: '/job:ps/task:0'}",
            "devices = {'w1': '/job:ps/task:0'}",
            "devices = {name: 'the server' for name in asked}",
            "devices = {**right, 'hidden': '/job:worker'}",
            "devices = {**right, 'guess': '/job:worker/task:0'}",
            "devices = {**right, 'w2': '/job:ps/task:0'}",
            "devices = {**right, 'global_step': '/job:worker/task:1'}",
            "devices = {**right, 'double': '/job:ps/task:1'}",
        ],
        right=["devices = right", "devices = {op.name: op.device for op in graph.get_operations()}"],
    ),
]
