"""A program in the style of tf.contrib.slim: a net under arg_scope, losses, train op with multipliers and clipping."""

import numpy as np

import minigraph as tf

slim = tf.contrib.slim
results = {}
tf.set_random_seed(21)


def net(images, is_training=True, scope="net"):
    with tf.variable_scope(scope, "net", [images]) as sc:
        ends = sc.original_name_scope + "_ends"
        with slim.arg_scope([slim.conv2d, slim.fully_connected, slim.max_pool2d], outputs_collections=[ends]):
            y = slim.repeat(images, 2, slim.conv2d, 4, [3, 3], scope="conv1")
            y = slim.max_pool2d(y, [2, 2], scope="pool1")
            y = slim.stack(y, slim.conv2d, [(6, [3, 3]), (5, [1, 1])], scope="conv2")
            y = slim.flatten(y, scope="flat")
            y = slim.dropout(y, 0.9, is_training=is_training, scope="drop")
            y = slim.fully_connected(y, 3, activation_fn=None, normalizer_fn=None, scope="logits")
        return y, slim.utils.convert_collection_to_dict(ends)


def arguments():
    with slim.arg_scope([slim.conv2d, slim.fully_connected], weights_regularizer=slim.l2_regularizer(0.001),
                        weights_initializer=tf.truncated_normal_initializer(stddev=0.1)):
        with slim.arg_scope([slim.conv2d], padding="SAME", normalizer_fn=slim.batch_norm) as sc:
            return sc


x = tf.placeholder(tf.float32, [4, 8, 8, 3], name="x")
labels = tf.placeholder(tf.int64, [4], name="labels")
with slim.arg_scope(arguments()):
    logits, ends = net(x)
    with tf.variable_scope("", reuse=True):
        test, _ = net(x, is_training=False)
results["ends"] = {name: str(t) for name, t in ends.items()}
tf.losses.sparse_softmax_cross_entropy(labels, logits)
total = tf.losses.get_total_loss()
updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)[:1]
train = slim.learning.create_train_op(
    total, tf.train.MomentumOptimizer(0.1, 0.9), update_ops=updates, clip_gradient_norm=0.5, summarize_gradients=True,
    gradient_multipliers={"net/logits/biases": 2.0},
)
plain = slim.learning.create_train_op(total, tf.train.GradientDescentOptimizer(0.1), global_step=None, update_ops=[],
                                      variables_to_train=slim.get_variables_by_name("biases"), check_numerics=False)
results["sizes"] = list(slim.model_analyzer.analyze_vars(slim.get_model_variables()))
results["names"] = [v.name for v in slim.get_variables_to_restore(exclude=["net/logits"])]
results["train"] = [t.name for t in tf.get_collection("train_op")]
feed = {x: np.sin(np.arange(4 * 8 * 8 * 3.0)).reshape(4, 8, 8, 3), labels: [0, 2, 1, 1]}
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    results["test"] = s.run([test, ends["net/pool1"]], feed)
    results["losses"] = [s.run(train, feed) for _ in range(4)] + [s.run(plain, feed)]
    results["step"] = s.run(slim.get_global_step())
