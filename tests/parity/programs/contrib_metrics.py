"""`tf.contrib.metrics` and `tf.nest`: older names, older orders, nested structures."""
import collections

import numpy as np

import minigraph as tf

m, results = tf.contrib.metrics, {}
random = np.random.RandomState(3)
scores, truth = tf.constant(random.rand(8).astype(np.float32)), tf.constant(random.randint(0, 2, 8))
logits, classes = random.rand(8, 4).astype(np.float32), random.randint(0, 4, 8)
guesses = tf.cast(scores > 0.5, tf.int64)
PAIRS = {
    "accuracy": lambda: m.streaming_accuracy(guesses, truth), "weighted": lambda: m.streaming_accuracy(guesses, truth, scores, name="mine"),
    "precision": lambda: m.streaming_precision(guesses, truth), "recall": lambda: m.streaming_recall(guesses, labels=truth),
    "tp": lambda: m.streaming_true_positives(guesses, truth), "tn": lambda: m.streaming_true_negatives(guesses, truth),
    "fp": lambda: m.streaming_false_positives(guesses, truth), "fn": lambda: m.streaming_false_negatives(guesses, truth),
    "auc": lambda: m.streaming_auc(scores, truth, curve="PR"), "mean": lambda: m.streaming_mean(scores, None, None, None, "average"),
    "mean tensor": lambda: m.streaming_mean_tensor(scores), "mae": lambda: m.streaming_mean_absolute_error(scores, tf.cast(truth, tf.float32)),
    "mse": lambda: m.streaming_mean_squared_error(scores, tf.cast(truth, tf.float32)),
    "rmse": lambda: m.streaming_root_mean_squared_error(scores, tf.cast(truth, tf.float32)),
    "relative": lambda: m.streaming_mean_relative_error(scores, tf.cast(truth, tf.float32), scores + 1),
    "less": lambda: m.streaming_percentage_less(scores, 0.4), "iou": lambda: m.streaming_mean_iou(guesses, truth, 2),
    "cosine": lambda: m.streaming_mean_cosine_distance(tf.constant(logits), tf.constant(logits[::-1].copy()), 1),
    "at thresholds": lambda: m.streaming_precision_at_thresholds(scores, truth, [0.2, 0.6]),
    "recalls": lambda: m.streaming_recall_at_thresholds(scores, truth, [0.2, 0.6]),
    "sensitivity": lambda: m.streaming_sensitivity_at_specificity(scores, truth, 0.5),
    "specificity": lambda: m.streaming_specificity_at_sensitivity(scores, truth, 0.5, None, 50),
    "at k": lambda: m.streaming_recall_at_k(logits, classes, 2),
}
pairs = collections.OrderedDict((name, PAIRS[name]()) for name in sorted(PAIRS))
once = [m.accuracy(guesses, truth), m.accuracy(guesses, truth, scores, name="acc"),
        m.confusion_matrix(truth, guesses)]
values, updates = m.aggregate_metric_map(pairs)
listed = m.aggregate_metrics(*pairs.values())
results["lists"] = [len(listed[0]), len(listed[1]), type(listed[0]).__name__]
results["locals"] = [v.name for v in tf.local_variables()]
results["names"] = [[value.name, update.name] for value, update in pairs.values()]
with tf.Session() as sess:
    sess.run(tf.local_variables_initializer())
    results["updates"] = [[sess.run(updates[name]) for name in updates] for _ in range(2)]
    results["values"] = [sess.run(values[name]) for name in values]
    results["once"] = sess.run(once)

Point = collections.namedtuple("Point", "x y")
tree = {"b": [1, (2, 3)], "a": Point(4, {"z": 5})}
results["nest"] = [
    tf.nest.flatten(tree), str(tf.nest.pack_sequence_as(tree, list("vwxyz"))), tf.nest.is_nested(tree), tf.nest.is_nested(3),
    str(tf.nest.map_structure(lambda a, b: a * b, tree, tree)), tf.contrib.framework.nest.flatten([1, [2]]),
    tf.contrib.framework.nest.is_sequence("abc"), tf.contrib.framework.is_tensor(once[0]), tf.is_tensor(np.ones(2)), tf.is_tensor(tf.Variable(1.0))]
for name, function in sorted({
    "callable": lambda: tf.nest.map_structure(3, [1]), "none": lambda: tf.nest.map_structure(len),
    "other": lambda: tf.nest.map_structure(max, [1, 2], [1, [2]]), "types": lambda: tf.nest.assert_same_structure([1, 2], (1, 2)),
    "pack": lambda: tf.nest.pack_sequence_as([1, 2], [1]), "scalar": lambda: tf.nest.pack_sequence_as(1, [1, 2]),
    "no list": lambda: tf.nest.pack_sequence_as([1], 3), "floats": lambda: m.accuracy(tf.ones([2]), tf.ones([2])),
    "kinds": lambda: m.accuracy(tf.ones([2]), tf.constant([1, 2])), "empty": lambda: m.aggregate_metrics(),
}.items()):
    try:
        function()
    except Exception as error:
        results["error " + name] = [type(error).__name__, str(error).split("\n")[0]]
