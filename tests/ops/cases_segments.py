"""Cases of the reductions of segments."""

import numpy as np
from opcases import Case

import minigraph as tf

RANDOM = np.random.RandomState(2)
# No two elements are equal, so that the extremes have derivatives.
X = (RANDOM.permutation(20).reshape(5, 4) * 0.25 - 2.1).astype(np.float32)
ROW = X[:, 0].copy()
CUBE = (RANDOM.permutation(24).reshape(2, 3, 4) * 0.25 - 3.1).astype(np.float32)
WITH_ZEROS = np.array([0.0, 2.0, 0.0, 0.0, 3.0], np.float32)
IDS = np.array([0, 0, 2, 2, 3], np.int32)  # nothing is numbered 1
UNSORTED = np.array([3, 0, -1, 3, 0], np.int32)  # -1 is dropped
GRID = np.array([[0, 2, 0], [2, -1, 0]], np.int64)
EMPTY = np.zeros((0, 4), np.float32)
NO_IDS = np.zeros((0,), np.int32)


def by_number(reduce, empty, count=None):
    """Return the definition: the rows of each number, reduced."""

    def expected(data, ids):
        rows, flat = data.reshape(ids.size, *data.shape[ids.ndim :]), ids.reshape(-1)
        size = count if count is not None else flat[-1] + 1
        found = [
            reduce(rows[flat == i], axis=0) if (flat == i).any() else np.full(rows.shape[1:], empty, rows.dtype)
            for i in range(size)
        ]
        return np.stack(found).astype(data.dtype)

    return expected


def sqrt_n(rows, axis):
    return rows.sum(axis) / np.sqrt(len(rows))


def segment_cases(op, function, reduce, empty, order):
    """Cases of an operation of sorted segments."""
    expected = by_number(reduce, empty)
    return [
        Case(op, function, (X, IDS), expected=expected, grad_order=order),
        Case(op, function, (ROW, IDS.astype(np.int64)), name="vector", expected=expected, grad_order=order),
        Case(op, function, (CUBE, np.array([1, 1], np.int32)), name="cube", expected=expected, grad_order=order),
        Case(
            op,
            function,
            (np.array([5, -3, 2], np.int32), np.array([0, 2, 2], np.int32)),
            name="int32",
            expected=expected,
        ),
        Case(op, function, (EMPTY, NO_IDS), name="empty", expected=np.zeros((0, 4)), grad_order=0),
    ]


def unsorted_cases(op, function, reduce, empty, order=2):
    """Cases of an operation of unsorted segments."""
    integers = (np.array([5, -3, 2], np.int32), np.array([2, 0, 2], np.int32))
    lowest = empty if np.isscalar(empty) else empty(np.float32)
    lowest_integer = empty if np.isscalar(empty) else empty(np.int32)
    return [
        Case(
            op, lambda x, i: function(x, i, 4), (X, UNSORTED), expected=by_number(reduce, lowest, 4), grad_order=order
        ),
        Case(
            op,
            lambda x, i: function(x, i, 4),
            (ROW, UNSORTED),
            name="vector",
            grad_order=order,
            expected=by_number(reduce, lowest, 4),
        ),
        Case(
            op,
            lambda x, i: function(x, i, tf.constant(3, tf.int64)),
            (CUBE, GRID),
            name="grid",
            expected=by_number(reduce, lowest, 3),
            hide=False,
            grad_order=order,
        ),
        Case(
            op,
            lambda x, i: function(x, i, tf.placeholder_with_default(4, [])),
            (X, UNSORTED),
            name="unknown-count",
            expected=by_number(reduce, lowest, 4),
            grad_order=order,
        ),
        Case(op, lambda x, i: function(x, i, 3), integers, name="int32", expected=by_number(reduce, lowest_integer, 3)),
        Case(
            op,
            lambda x, i: function(x, i, 2),
            (EMPTY, NO_IDS),
            name="empty",
            grad_order=0,
            expected=np.full((2, 4), lowest),
        ),
    ]


def lowest(dtype):
    return np.finfo(dtype).min if np.dtype(dtype).kind == "f" else np.iinfo(dtype).min


def highest(dtype):
    return np.finfo(dtype).max if np.dtype(dtype).kind == "f" else np.iinfo(dtype).max


def finite(function):
    """Numbers without rows give the least or greatest float, too large for finite differences."""
    return lambda x, i: tf.clip_by_value(function(x, i, 4), -100.0, 100.0)


CASES = [
    *segment_cases("SegmentSum", tf.segment_sum, np.sum, 0, 2),
    *segment_cases("SegmentMean", tf.segment_mean, np.mean, 0, 2)[:3],
    *segment_cases("SegmentMax", tf.segment_max, np.max, 0, 2),
    *segment_cases("SegmentMin", tf.segment_min, np.min, 0, 2),
    *segment_cases("SegmentProd", tf.segment_prod, np.prod, 1, 0),
    *unsorted_cases("UnsortedSegmentSum", tf.unsorted_segment_sum, np.sum, 0),
    *unsorted_cases("UnsortedSegmentMax", tf.unsorted_segment_max, np.max, lowest, 0),
    *unsorted_cases("UnsortedSegmentMin", tf.unsorted_segment_min, np.min, highest, 0),
    *unsorted_cases("UnsortedSegmentProd", tf.unsorted_segment_prod, np.prod, 1),
    Case("UnsortedSegmentMax", finite(tf.unsorted_segment_max), (X, UNSORTED), name="finite"),
    Case("UnsortedSegmentMin", finite(tf.unsorted_segment_min), (X, UNSORTED), name="finite"),
    Case("UnsortedSegmentMax", finite(tf.unsorted_segment_max), (CUBE, GRID), name="finite-grid", hide=False),
    Case("UnsortedSegmentMin", finite(tf.unsorted_segment_min), (CUBE, GRID), name="finite-grid", hide=False),
    # The quotients need the rank of the data, as in TF1.
    Case(
        "UnsortedSegmentSum",
        lambda x, i: tf.unsorted_segment_mean(x, i, 4),
        (X, UNSORTED),
        name="mean",
        hide=False,
        expected=by_number(np.mean, 0, 4),
    ),
    Case(
        "UnsortedSegmentSum",
        lambda x, i: tf.unsorted_segment_sqrt_n(x, i, 4),
        (X, UNSORTED),
        name="sqrt-n",
        hide=False,
        expected=by_number(sqrt_n, 0, 4),
    ),
    Case(
        "SegmentMax",
        lambda x: tf.gradients(tf.segment_max(x, [0, 0, 1]), x),
        (np.array([2.0, 2.0, 1.0], np.float32),),
        name="ties",
        expected=[np.array([0.5, 0.5, 1.0])],
        grad_order=0,
    ),
    Case(
        "UnsortedSegmentProd",
        lambda x: tf.gradients(tf.unsorted_segment_prod(x, [0, 0, 1, 1, 2], 3), x),
        (WITH_ZEROS,),
        name="zeros",
        expected=[np.array([2.0, 0.0, 0.0, 0.0, 1.0])],
        grad_order=0,
        hide=False,
    ),
]
