"""Precision and recall of a classifier by thresholds: the streaming metrics, and TensorBoard's curve of them."""
import glob

import numpy as np
import tensorflow as tf
from tensorboard.plugins.pr_curve import summary as pr_summary

THRESHOLDS = 11
rng = np.random.RandomState(5)
points = rng.randn(300, 2).astype(np.float32)
truth = points.sum(1) + 0.8 * rng.randn(300) > 0.5

tf.set_random_seed(2)
x = tf.placeholder(tf.float32, [None, 2], name="x")
y = tf.placeholder(tf.bool, [None], name="y")
logits = tf.squeeze(tf.layers.dense(x, 1, kernel_initializer=tf.zeros_initializer()), 1)
predictions = tf.sigmoid(logits)
loss = tf.losses.sigmoid_cross_entropy(tf.cast(y, tf.int32), logits)
train_op = tf.train.AdamOptimizer(0.1).minimize(loss)

levels = [0.25, 0.5, 0.75]
precision, update_precision = tf.metrics.precision_at_thresholds(y, predictions, levels)
recall, update_recall = tf.metrics.recall_at_thresholds(y, predictions, levels)
auc, update_auc = tf.metrics.auc(y, predictions, num_thresholds=101)
pr_summary.op(name="curve", labels=y, predictions=predictions, num_thresholds=THRESHOLDS, display_name="validation")
merged = tf.summary.merge_all()

with tf.Session() as sess, tf.summary.FileWriter("log") as writer:
    sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    for step in range(41):
        if step % 20 == 0:
            sess.run(tf.local_variables_initializer())
            for start in range(0, 300, 100):
                batch = {x: points[start : start + 100], y: truth[start : start + 100]}
                sess.run([update_precision, update_recall, update_auc], batch)
            print(step, "auc %.4f" % sess.run(auc), np.round(sess.run([precision, recall]), 4).tolist())
            writer.add_summary(sess.run(merged, {x: points, y: truth}), step)
        sess.run(train_op, {x: points, y: truth})

for event in tf.train.summary_iterator(glob.glob("log/*")[0]):
    for value in event.summary.value:
        curve = tf.make_ndarray(value.tensor)
        print(event.step, value.tag, value.metadata.plugin_data.plugin_name, curve.shape)
        for name, row in zip(["true positives", "false positives", "true negatives", "false negatives", "precision", "recall"], curve):
            print("  %-16s" % name, " ".join("%.3f" % number for number in row))
