"""Lesson 8."""

from minigraph.course import two_optimizers
from tests.course.case import Case

PARTS = """
import warnings
warnings.simplefilter("ignore")  # one of the wrong answers counts steps twice
x = tf.placeholder(tf.float32, [None, 1], name="x")
with tf.variable_scope("left"):
    left = tf.layers.dense(x, 1, name="out")
with tf.variable_scope("right"):
    right = tf.layers.dense(left, 1, name="out")
left_loss = tf.reduce_mean(tf.square(right - 1.0), name="left_loss")
right_loss = tf.reduce_mean(tf.square(right + 1.0), name="right_loss")
step = tf.train.get_or_create_global_step()
train_left = tf.contrib.layers.optimize_loss(
    left_loss, step, 0.1, "SGD", variables=tf.trainable_variables("left"), summaries=[], name="train_left")
optimize = tf.contrib.layers.optimize_loss
right_weights = tf.trainable_variables("right")
"""
NORMS = """
x = tf.placeholder(tf.float32, [None, 3], name="x")
with tf.variable_scope("first"):
    h = tf.layers.batch_normalization(tf.layers.dense(x, 4, name="dense"), training=True, name="norm")
    h = tf.nn.relu(h)
with tf.variable_scope("second"):
    y = tf.layers.batch_normalization(tf.layers.dense(h, 1, name="dense"), training=True, name="norm")
loss = tf.reduce_mean(tf.square(y - x[:, :1]), name="loss")
step = tf.train.get_or_create_global_step()
optimize = tf.contrib.layers.optimize_loss
weights = tf.trainable_variables("second")
averages = tf.get_collection(tf.GraphKeys.UPDATE_OPS, "second")
"""

CASES = [
    Case(
        two_optimizers.is_changed,
        ["names", "train_left"],
        PARTS,
        wrong=[
            "names = 'global_step'",
            "names = tf.trainable_variables('left')",
            "names = ['left/kernel']",
            "names = ['left/out/kernel', 'left/out/bias', 'right/out/bias', 'global_step']",
            "names = ['left/out/kernel', 'left/out/bias']",
            "names = ['left/out/kernel', 'global_step']",
        ],
        right=[
            "names = ['left/out/kernel', 'left/out/bias', 'global_step']",
            "names = {v.name for v in tf.trainable_variables('left')} | {step.name}",
        ],
    ),
    Case(
        two_optimizers.is_of_one_part,
        ["train_right", "'right'"],
        PARTS,
        wrong=[
            "train_right = [right_loss]",
            "train_right = right_loss",
            "train_right = optimize(right_loss, step, 0.1, 'SGD')",
            "train_right = optimize(right_loss, step, 0.1, 'SGD', variables=tf.trainable_variables('left'))",
            "train_right = optimize(right_loss, step, 0.1, 'SGD', variables=right_weights[:1])",
            "train_right = optimize(right_loss, None, 0.1, 'SGD', variables=right_weights)",
        ],
        right=[
            """
train_right = optimize(
    right_loss, step, 0.1, "SGD", variables=right_weights, increment_global_step=False, summaries=[])
            """,
            "train_right = tf.train.AdamOptimizer(0.1).minimize(right_loss, var_list=right_weights)",
        ],
    ),
    Case(
        two_optimizers.has_own_averages,
        ["train", "'second'"],
        NORMS,
        wrong=[
            "train = 'train'",
            "train = loss",
            "train = optimize(loss, step, 0.1, 'SGD', update_ops=averages)",
            "train = optimize(loss, step, 0.1, 'SGD', variables=weights)",
            "train = optimize(loss, step, 0.1, 'SGD', variables=weights, update_ops=[])",
        ],
        right=[
            "train = optimize(loss, step, 0.1, 'SGD', variables=weights, update_ops=averages)",
            """
with tf.control_dependencies(averages):
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, step, var_list=weights)
            """,
        ],
    ),
]
