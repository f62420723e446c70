"""Every metric that needs no set operations, over three batches, with and without weights, and their collections."""

import numpy as np

import minigraph as tf

results = {}
r = np.random.RandomState(3)
labels = tf.placeholder(tf.float32, [None], name="labels")
predictions = tf.placeholder(tf.float32, [None], name="predictions")
weights = tf.placeholder(tf.float32, [None], name="weights")
classes = tf.placeholder(tf.int32, [4, 2], name="classes")
guesses = tf.placeholder(tf.int64, [4, 2], name="guesses")
rows = tf.placeholder(tf.float32, [3, 2], name="rows")
m = tf.metrics
yes, guess = labels > 0.5, predictions > 0.4
made = {
    "accuracy": m.accuracy(classes, guesses),
    "accuracy_column": m.accuracy(tf.reshape(classes, [8, 1]), tf.reshape(guesses, [8]), name="column"),
    "accuracy_weighted": m.accuracy(yes, guess, weights, ["values"], ["updates"], "weighted"),
    "mean": m.mean(predictions),
    "mean_weighted": m.mean(rows, [[1.0], [2.0], [0.0]], "values", "updates"),
    "mean_scalar": m.mean(rows, 2.0),
    "mean_tensor": m.mean_tensor(rows),
    "mean_tensor_weighted": m.mean_tensor(rows, [[1.0, 0.0]] * 3, name="wt"),
    "mae": m.mean_absolute_error(labels, predictions, weights),
    "mse": m.mean_squared_error(labels, predictions),
    "rmse": m.root_mean_squared_error(labels, predictions, weights, ["values"], ["updates"]),
    "mre": m.mean_relative_error(labels, predictions, labels),
    "cosine": m.mean_cosine_distance(rows, rows[::-1], dim=1, metrics_collections=["values"]),
    "below": m.percentage_below(predictions, 0.3, weights),
    "tp": m.true_positives(labels, guess, weights),
    "fp": m.false_positives(yes, predictions),
    "tn": m.true_negatives(yes, guess, 2, updates_collections=["updates"]),
    "fn": m.false_negatives(yes, guess),
    "precision": m.precision(yes, guess, metrics_collections=["values"], updates_collections=["updates"]),
    "precision_weighted": m.precision(labels, guess, weights),
    "recall": m.recall(yes, guess, name="my_recall"),
    "recall_weighted": m.recall(yes, guess, weights),
    "class_accuracy": m.mean_per_class_accuracy(classes, guesses, 3),
    "class_accuracy_weighted": m.mean_per_class_accuracy(classes, guesses, 3, tf.ones([4, 2]) * 0.5),
}
with tf.Session() as sess:
    sess.run(tf.local_variables_initializer())
    for step in range(3):
        feed = {
            labels: r.randint(0, 2, 6),
            predictions: r.rand(6).astype(np.float32),
            weights: r.rand(6).astype(np.float32),
            classes: r.randint(0, 3, (4, 2)),
            guesses: r.randint(0, 3, (4, 2)),
            rows: r.rand(3, 2).astype(np.float32),
        }
        for name, (value, update) in sorted(made.items()):
            results["%s_%d" % (name, step)] = sess.run(update, feed)
            results["%s_%d_value" % (name, step)] = sess.run(value)
results["values"] = [t.name for t in tf.get_collection("values")]
results["updates"] = [t.name for t in tf.get_collection("updates")]
results["variables"] = [v.name for v in tf.get_collection(tf.GraphKeys.METRIC_VARIABLES)]
