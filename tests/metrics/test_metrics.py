"""Metrics: ranks that only a run knows, errors that leave nothing; what is expected was recorded from TensorFlow 1.15.5.

Nodes and values of each metric are held by the parity programs `metrics_all` and `metrics_at_thresholds`.
"""

from __future__ import annotations

import pytest

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")

LABELS, PREDICTIONS, WEIGHTS = [1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [1.0, 0.0, 3.0]


def column(values):
    return [[value] for value in values]


@pytest.mark.parametrize(
    "values, shapes, expected",
    [
        ((LABELS, PREDICTIONS, WEIGHTS), (None, None, None), 2.5),
        ((column(LABELS), PREDICTIONS, WEIGHTS), (None, None, None), 2.5),
        ((LABELS, column(PREDICTIONS), WEIGHTS), (None, None, None), 2.5),
        ((LABELS, PREDICTIONS, column(WEIGHTS)), (None, None, None), 2.5),
        ((LABELS, PREDICTIONS, 2.0), (None, None, None), 2.0),
        ((LABELS, PREDICTIONS, column(WEIGHTS)), ([None], [None], None), 2.5),
        ((column(LABELS), column(PREDICTIONS), WEIGHTS), (None, None, None), 2.5),
        ((LABELS, PREDICTIONS, WEIGHTS), ([None], None, [None]), 2.5),
        ((LABELS, column(PREDICTIONS), WEIGHTS), ([None], None, [3]), 2.5),
    ],
)
def test_ranks_that_only_a_run_knows(values, shapes, expected):
    given = [tf.placeholder(tf.float32, shape) for shape in shapes]
    _, update = tf.metrics.mean_absolute_error(*given)
    with tf.Session() as sess:
        sess.run(tf.local_variables_initializer())
        assert sess.run(update, dict(zip(given, values))) == pytest.approx(expected)


@pytest.mark.parametrize(
    "build, error, text",
    [
        (lambda m, y, p: m.mean([1.0, 2.0], [1.0, 2.0, 3.0]), ValueError, "weights can not be broadcast to values."),
        (lambda m, y, p: m.accuracy([1, 2], [1, 2, 3]), ValueError, r"Shapes \(3,\) and \(2,\) are incompatible"),
        (lambda m, y, p: m.auc(y, p, curve="x"), ValueError, "curve must be either ROC or PR, x unknown"),
        (lambda m, y, p: m.auc(y, p, summation_method="x"), ValueError, "Invalid summation_method: x"),
        (
            lambda m, y, p: m.sensitivity_at_specificity(y, p, 1.5),
            ValueError,
            r"`specificity` must be in the range \[0, 1\].",
        ),
        (
            lambda m, y, p: m.specificity_at_sensitivity(y, p, -0.5),
            ValueError,
            r"`sensitivity` must be in the range \[0, 1\].",
        ),
        (lambda m, y, p: m.mean([1.0], metrics_collections=5), TypeError, "'int' object is not iterable"),
        (lambda m, y, p: m.mean_tensor(tf.placeholder(tf.float32, [None])), ValueError, "partially known TensorShape"),
        (lambda m, y, p: m.true_positives([1, 1], [1, 1], [[[1.0]]]), ValueError, "must have rank in"),
    ],
)
def test_a_call_that_fails_leaves_no_variable(build, error, text):
    y, p = tf.constant([1]), tf.constant([0.5])
    with pytest.raises(error, match=text):
        build(tf.metrics, y, p)
    assert tf.local_variables() == []


@pytest.mark.parametrize(
    "name, arguments, text",
    [
        ("auc", ([1], [1.5]), r"predictions must be in \[0, 1\]"),
        ("mean_iou", ([1], [2], 2), "`predictions` out of bound"),
        ("mean_iou", ([-1], [1], 2), "`labels` contains negative values"),
    ],
)
def test_what_a_run_refuses(name, arguments, text):
    labels, predictions, *rest = arguments
    inputs = [tf.placeholder_with_default(x, [1]) for x in (labels, predictions)]
    _, update = getattr(tf.metrics, name)(*inputs, *rest)
    with tf.Session() as sess:
        sess.run(tf.local_variables_initializer())
        with pytest.raises(tf.errors.InvalidArgumentError, match=text):
            sess.run(update)


def test_the_value_changes_nothing_and_a_second_initialization_begins_anew():
    value, update = tf.metrics.accuracy([1, 2, 3, 4], [1, 2, 0, 0])
    with tf.Session() as sess:
        sess.run(tf.local_variables_initializer())
        assert [sess.run(value), sess.run(update), sess.run(update), sess.run(value)] == [0.0, 0.5, 0.5, 0.5]
        total, count = sess.run(tf.get_collection(tf.GraphKeys.METRIC_VARIABLES))
        assert (total, count) == (4.0, 8.0)
        sess.run(tf.local_variables_initializer())
        assert sess.run(value) == 0.0


def test_the_trapezoidal_rule_warns_for_precision_over_recall(caplog):
    tf.metrics.auc(tf.constant([1, 0]), tf.constant([0.6, 0.2]), curve="PR")
    assert "Trapezoidal rule is known to produce incorrect PR-AUCs" in caplog.text
