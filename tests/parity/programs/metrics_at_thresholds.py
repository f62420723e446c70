"""Metrics that compare predictions with many thresholds, areas, and confusion matrices, over three batches."""

import numpy as np

import minigraph as tf

results = {}
r = np.random.RandomState(4)
labels = tf.placeholder(tf.int32, [None], name="labels")
predictions = tf.placeholder(tf.float32, [None], name="predictions")
fixed = tf.placeholder(tf.float32, [6, 1], name="fixed")
weights = tf.placeholder(tf.float32, [None], name="weights")
classes = tf.placeholder(tf.int32, [6], name="classes")
guesses = tf.placeholder(tf.int32, [6], name="guesses")
m = tf.metrics
at = [0.2, 0.5, 0.75]
made = {
    "auc": m.auc(labels, predictions),
    "auc_few": m.auc(tf.reshape(labels, [6, 1]), fixed, num_thresholds=5, name="few", updates_collections=["updates"]),
    "auc_weighted": m.auc(labels, predictions, weights, metrics_collections=["values"]),
    "auc_pr": m.auc(labels, predictions, curve="PR", summation_method="careful_interpolation"),
    "auc_pr_low": m.auc(labels, predictions, curve="PR", summation_method="minoring", thresholds=[0.7, 0.3]),
    "auc_roc_high": m.auc(labels, predictions, summation_method="majoring"),
    "tp": m.true_positives_at_thresholds(labels, predictions, at),
    "fp": m.false_positives_at_thresholds(labels, predictions, at, weights),
    "tn": m.true_negatives_at_thresholds(labels, predictions, at, 2.0, ["values"], ["updates"]),
    "fn": m.false_negatives_at_thresholds(labels, predictions, at, name="missed"),
    "precision": m.precision_at_thresholds(labels, predictions, at),
    "recall": m.recall_at_thresholds(labels, predictions, at, weights),
    "sensitivity": m.sensitivity_at_specificity(labels, predictions, 0.6),
    "specificity": m.specificity_at_sensitivity(labels, predictions, 0.6, weights, 50),
    "iou": m.mean_iou(classes, guesses, 3),
    "iou_weighted": m.mean_iou(tf.reshape(classes, [3, 2]), tf.reshape(guesses, [3, 2]), 4, fixed[:, 0]),
}
matrices = [
    tf.confusion_matrix([1, 2, 4], [2, 2, 4]),
    tf.confusion_matrix(labels, labels, 3, tf.float32),
    tf.confusion_matrix(classes, guesses, 3, weights=weights, dtype=tf.float64, name="named"),
    tf.math.confusion_matrix(classes, tf.reshape(guesses, [6, 1])),
]
with tf.Session() as sess:
    sess.run(tf.local_variables_initializer())
    for step in range(3):
        feed = {
            labels: r.randint(0, 2, 6),
            predictions: r.rand(6).astype(np.float32),
            fixed: r.rand(6, 1).astype(np.float32),
            weights: r.rand(6).astype(np.float32),
            classes: r.randint(0, 3, 6),
            guesses: r.randint(0, 3, 6),
        }
        for name, (value, update) in sorted(made.items()):
            results["%s_%d" % (name, step)] = sess.run(update, feed)
            results["%s_%d_value" % (name, step)] = sess.run(value)
        results["matrices_%d" % step] = sess.run(matrices, feed)
results["values"] = [t.name for t in tf.get_collection("values")]
results["updates"] = [t.name for t in tf.get_collection("updates")]
