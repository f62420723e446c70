"""Lesson 6."""

from minigraph.course import optimize_loss
from tests.course.case import Case

MODEL = """
optimize = tf.contrib.layers.optimize_loss
x = tf.placeholder(tf.float32, [None], name="x")
y = tf.placeholder(tf.float32, [None], name="y")
w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
b = tf.get_variable("b", [], initializer=tf.zeros_initializer())
loss = tf.reduce_mean(tf.square(w * x + b - y), name="loss")
"""
STEP = """
step = tf.train.get_or_create_global_step()
"""

CASES = [
    Case(
        optimize_loss.is_written,
        ["names", "train"],
        MODEL + STEP + 'train = optimize(loss, step, 0.1, "Momentum")\n',
        wrong=[
            "names = 'w'",
            "names = [w, b]",
            "names = [v.op.name for v in tf.global_variables()]",
            "names = ['w', 'b', 'global_step', 'x']",
            "names = ['w', 'b', 'OptimizeLoss/w/Momentum', 'OptimizeLoss/b/Momentum']",
            "names = ['w', 'b', 'global_step']",
            "names = ['OptimizeLoss/w/Momentum', 'OptimizeLoss/b/Momentum', 'global_step']",
        ],
        right=[
            'names = ["w", "b", "OptimizeLoss/w/Momentum", "OptimizeLoss/b/Momentum", "global_step"]',
            "names = {v.name for v in tf.global_variables() if 'rate' not in v.name}",
        ],
    ),
    Case(
        optimize_loss.is_bias_only,
        ["train", "loss"],
        MODEL,
        wrong=[
            "train = 0.1",
            "train = loss",
            "train = optimize(tf.square(loss), None, 0.1, 'SGD', variables=[b])",
            "train = optimize(loss, None, 0.1, lambda rate: tf.train.MomentumOptimizer(rate, 0.5))",
            "train = optimize(loss, None, 0.1, 'SGD', variables=[b])",
            "train = optimize(loss, None, 0.1, 'Momentum', variables=[b])",
        ],
        right=[
            """
            train = optimize(loss, None, 0.1, lambda rate: tf.train.MomentumOptimizer(rate, momentum=0.5),
                             variables=[v for v in tf.trainable_variables() if v.op.name == "b"])
            """,
            "train = optimize(loss, None, None, tf.train.MomentumOptimizer(0.1, 0.5), variables=[b], summaries=[])",
            "train = tf.train.MomentumOptimizer(0.1, 0.5, use_nesterov=True).minimize(loss, var_list=[b])",
        ],
    ),
    Case(
        optimize_loss.is_staircase,
        ["train", "step"],
        MODEL + STEP + "decay = tf.train.exponential_decay\n",
        wrong=[
            "train = lambda rate, step: decay(rate, step, 10, 0.5)",
            "train = tf.identity(loss)",
            "train = optimize(loss, step, 0.8, 'SGD')",
            "train = optimize(loss, step, 0.8, 'SGD', learning_rate_decay_fn=lambda r, s: decay(r, s, 10, 0.5))",
            """
            train = optimize(loss, step, 0.4, 'SGD', learning_rate_decay_fn=lambda r, s: decay(r, s, 10, 0.5, True))
            """,
            """
            train = optimize(loss, step, 0.8, 'SGD', learning_rate_decay_fn=lambda r, s: decay(r, s, 20, 0.5, True))
            """,
            """
            train = optimize(loss, step, 0.8, 'SGD', increment_global_step=False,
                             learning_rate_decay_fn=lambda r, s: decay(r, s, 10, 0.5, True))
            """,
        ],
        right=[
            """
            train = optimize(loss, step, 0.8, 'SGD', learning_rate_decay_fn=lambda r, s: decay(r, s, 10, 0.5, True))
            """,
            "train = optimize(loss, step, decay(0.8, step, 10, 0.5, staircase=True), 'SGD')",
            """
            stairs = lambda rate, step: rate * tf.pow(0.5, tf.cast(step // 10, tf.float32))
            train = optimize(loss, step, 0.8, tf.train.GradientDescentOptimizer, learning_rate_decay_fn=stairs)
            """,
        ],
    ),
]
