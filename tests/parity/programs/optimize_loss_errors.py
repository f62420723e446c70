"""What optimize_loss refuses, with which exception and which words."""
import re

import minigraph as tf

SGD = tf.train.GradientDescentOptimizer


def refused(**changes):
    """The exception that optimize_loss raises, as text, in a graph of its own."""
    with tf.Graph().as_default():
        v = tf.get_variable("v", initializer=[1.0, 2.0])
        options = {"loss": tf.reduce_sum(v), "global_step": None, "learning_rate": 0.1, "optimizer": "SGD"}
        options.update({name: make(v) for name, make in changes.items()})
        try:
            tf.contrib.layers.optimize_loss(**options)
        except (ValueError, TypeError, AttributeError) as error:
            # a class is shown without the module that it lives in
            text = re.sub(r"<class '[\w.]*\.(\w+)'>", r"<class '\1'>", str(error))
            return [type(error).__name__, text.split("\n")[0]]
    return ["nothing", ""]


results = {
    "no_loss": refused(loss=lambda v: None),
    "vector_loss": refused(loss=lambda v: v * 2.0),
    "unknown_loss": refused(loss=lambda v: tf.placeholder(tf.float32)),
    "negative_rate": refused(learning_rate=lambda v: -0.1)[0],      # 1.15 forgets to format the message
    "integer_rate": refused(learning_rate=lambda v: 1),
    "text_rate": refused(learning_rate=lambda v: "fast"),
    "vector_rate": refused(learning_rate=lambda v: tf.constant([0.1])),
    "no_rate_for_name": refused(learning_rate=lambda v: None),
    "no_rate_for_class": refused(learning_rate=lambda v: None, optimizer=lambda v: SGD),
    "unknown_name": refused(optimizer=lambda v: "Magic"),
    "not_an_instance": refused(optimizer=lambda v: 5),
    "bad_function": refused(optimizer=lambda v: lambda rate: 5),
    "integer_clip": refused(clip_gradients=lambda v: 5),
    "unknown_summary": refused(summaries=lambda v: ["speed"]),
    "float_step": refused(global_step=lambda v: tf.get_variable("step", initializer=0.0)),
    "vector_step": refused(global_step=lambda v: tf.get_variable("step", initializer=[1, 2])),
    "no_gradients": refused(loss=lambda v: tf.constant(1.0)),
    "empty_variables": refused(variables=lambda v: []),
    "integer_step_constant": refused(global_step=lambda v: tf.constant(1)),
    "decay": refused(learning_rate_decay_fn=lambda v: lambda rate, step: rate / 2.0),
}

for name, value in results.items():
    print(name, value)
