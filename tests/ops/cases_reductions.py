"""Cases of the operations that reduce, accumulate and compare over axes."""

import numpy as np
from opcases import Case

import minigraph as tf

RANDOM = np.random.RandomState(1)
X = RANDOM.uniform(-2.0, 2.0, (2, 3, 4)).astype(np.float32)
M = RANDOM.uniform(0.5, 2.0, (3, 4)).astype(np.float32)
V = np.array([1.5, -2.0, 0.5, 3.0], np.float32)
S = np.float32(1.5)
EMPTY = np.zeros((0, 3), np.float32)
INTEGERS = np.array([[7, -7, 2], [-5, 4, -4]], np.int32)
BOOLEANS = np.array([[True, False, True], [True, True, True]])
WITH_ZERO = np.array([[2.0, 0.0, 3.0], [4.0, 5.0, -1.0]], np.float32)
TWO_ZEROS = np.array([[0.0, 0.0, 3.0], [4.0, 0.0, -1.0]], np.float32)
NANS = np.array([[np.nan, 1.0, np.nan], [2.0, np.nan, np.nan], [3.0, np.nan, np.nan]], np.float32)
# An order without ties, so that the extremes have derivatives.
PERMUTED = (RANDOM.permutation(24).reshape(2, 3, 4) * 0.25 - 3.0).astype(np.float32)

# (name, arguments, the same for numpy)
AXES = [
    ("all", {}, {}),
    ("axis0", {"axis": 0}, {"axis": 0}),
    ("negative", {"axis": -1}, {"axis": -1}),
    ("two", {"axis": [0, -1]}, {"axis": (0, 2)}),
    ("keepdims", {"axis": [1], "keepdims": True}, {"axis": 1, "keepdims": True}),
    ("none", {"axis": []}, {"axis": ()}),
    ("every", {"keepdims": True}, {"keepdims": True}),
]


def over_axes(op, function, numpy, x, **more):
    """Return a case of the operation for each choice of axes."""
    return [
        Case(
            op,
            lambda t, a=arguments: function(t, **a),
            (x,),
            name=name,
            expected=lambda a, k=keywords: numpy(a, **k),
            **more,
        )
        for name, arguments, keywords in AXES
    ]


def euclidean(a, **keywords):
    if keywords.get("axis") == ():  # copied
        return a
    return np.sqrt(np.sum(a * a, **keywords))


def of_complex(function):
    """Make a real function of two real tensors of a function of a complex one, for the gradient check."""

    def build(re, im):
        y = function(tf.complex(re, im))
        return tf.real(y) + 2.0 * tf.imag(y)

    return build


def expected_complex(function):
    def expected(re, im):
        y = function(re + 1j * im)
        return (y.real + 2.0 * y.imag).astype(re.dtype)

    return expected


def tensor_axis(function):
    """Return the axis as a tensor that is known in a run only."""
    return lambda x: function(x, tf.placeholder_with_default([0], [None]))


SUMS = [
    *over_axes("Sum", tf.reduce_sum, np.sum, X),
    *over_axes("Mean", tf.reduce_mean, np.mean, X),
    *over_axes("Prod", tf.reduce_prod, np.prod, X),
    *over_axes("EuclideanNorm", tf.math.reduce_euclidean_norm, euclidean, X, grad_order=0),
    Case("Sum", tf.reduce_sum, (S,), name="scalar", expected=S),
    Case("Sum", lambda x: tf.reduce_sum(x, 0), (EMPTY,), name="empty", expected=np.zeros(3)),
    Case("Sum", tf.reduce_sum, (INTEGERS,), name="int32", expected=np.int32(-3)),
    Case(
        "Sum", lambda x: tf.reduce_sum(x, 1), (INTEGERS.astype(np.int64),), name="int64", expected=[np.array([2, -5])]
    ),
    Case("Sum", lambda x: tf.reduce_sum(x, 0), (X.astype(np.float64),), name="float64", expected=lambda x: x.sum(0)),
    Case(
        "Sum",
        of_complex(lambda z: tf.reduce_sum(z * z, 1)),
        (M, 2.0 * M[::-1]),
        name="complex",
        rtol=1e-4,
        expected=expected_complex(lambda z: (z * z).sum(1)),
    ),
    Case("Sum", tensor_axis(tf.reduce_sum), (M,), name="unknown-axis", expected=lambda x: x.sum(0)),
    Case(
        "Sum",
        lambda x: tf.reduce_sum(x, tf.constant([-1, 0], tf.int64)),
        (X,),
        name="int64-axes",
        expected=lambda x: x.sum((0, 2)),
    ),
    Case("Mean", tf.reduce_mean, (S,), name="scalar", expected=S),
    # Integers are divided towards zero: 2 / 3 and -5 / 3.
    Case("Mean", lambda x: tf.reduce_mean(x, 1), (INTEGERS,), name="int32", expected=[np.array([0, -1], np.int32)]),
    Case("Mean", lambda x: tf.reduce_mean(x, 0), (EMPTY,), name="empty", expected=np.full(3, np.nan), grad_order=0),
    Case("Mean", lambda x: tf.reduce_mean(x, 1), (EMPTY,), name="empty-result", expected=np.zeros(0)),
    Case(
        "Mean",
        of_complex(lambda z: tf.reduce_mean(z * z, 0)),
        (M, 2.0 * M[::-1]),
        name="complex",
        rtol=1e-4,
        expected=expected_complex(lambda z: (z * z).mean(0)),
    ),
    Case("Mean", tensor_axis(tf.reduce_mean), (M,), name="unknown-axis", expected=lambda x: x.mean(0)),
    Case("Prod", tf.reduce_prod, (S,), name="scalar", expected=S),
    Case(
        "Prod", lambda x: tf.reduce_prod(x, 1), (WITH_ZERO,), name="zero", expected=np.array([0.0, -20.0]), grad_order=1
    ),
    Case("Prod", lambda x: tf.reduce_prod(x, 1), (TWO_ZEROS,), name="zeros", expected=np.zeros(2), grad_order=1),
    Case(
        "Prod", lambda x: tf.reduce_prod(x, 0), (INTEGERS,), name="int32", expected=[np.array([-35, -28, -8], np.int32)]
    ),
    Case("Prod", lambda x: tf.reduce_prod(x, 0), (EMPTY,), name="empty", expected=np.ones(3)),
    # The product's gradient goes through Cumprod, whose own gradient is that of real numbers: order 1 only.
    Case(
        "Prod",
        of_complex(lambda z: tf.reduce_prod(z, 0)),
        (M, 2.0 * M[::-1]),
        name="complex",
        rtol=1e-4,
        grad_order=1,
        expected=expected_complex(lambda z: z.prod(0)),
    ),
    Case(
        "EuclideanNorm",
        tf.math.reduce_euclidean_norm,
        (np.array([3.0, -4.0], np.float32),),
        name="vector",
        expected=np.float32(5.0),
        grad_order=0,
    ),
    Case(
        "EuclideanNorm",
        tf.math.reduce_euclidean_norm,
        (np.array([3, 4, 4], np.int32),),
        name="int32",
        expected=np.int32(6),
    ),
    # As in TF1, what has nothing to add up is copied.
    Case(
        "EuclideanNorm",
        lambda x: tf.math.reduce_euclidean_norm(x, 1),
        (np.array([[-3.0], [4.0]], np.float32),),
        name="copied",
        expected=[np.array([-3.0, 4.0])],
        grad_order=0,
    ),
    Case("AddN", lambda a, b, c: tf.add_n([a, b, c]), (M, 2.0 * M, M - 1.0), expected=lambda a, b, c: a + b + c),
    Case("AddN", lambda a, b: tf.add_n([a, b]), (INTEGERS, INTEGERS), name="int32", expected=2 * INTEGERS),
    Case("AddN", lambda a: tf.add_n([a, a * a]), (S,), name="scalar", expected=np.float32(3.75)),
    Case("AddN", lambda a, b: tf.add_n([a, b]), (EMPTY, EMPTY), name="empty", expected=EMPTY),
    Case("AccumulateNV2", lambda a, b: tf.accumulate_n([a, b * b]), (M, M + 1.0), expected=lambda a, b: a + b * b),
    Case(
        "AccumulateNV2",
        lambda a, b: tf.accumulate_n([a, b], shape=[2, 3], tensor_dtype=tf.int32),
        (INTEGERS, INTEGERS),
        name="int32",
        expected=2 * INTEGERS,
    ),
    Case("L2Loss", tf.nn.l2_loss, (X,), expected=lambda x: np.float32(0.5 * (x * x).sum())),
    Case("L2Loss", tf.nn.l2_loss, (S,), name="scalar", expected=np.float32(1.125)),
    Case("L2Loss", tf.nn.l2_loss, (EMPTY,), name="empty", expected=np.float32(0.0)),
]

EXTREMES = [
    *[
        Case(op, lambda x, f=function: f(x, 0), (NANS,), name="nan", expected=[np.array(values)], grad_order=0)
        for op, function, values in [
            ("Max", tf.reduce_max, [3.0, 1.0, -np.inf]),
            ("Min", tf.reduce_min, [2.0, 1.0, np.inf]),
            ("ArgMax", tf.argmax, [2, 0, 0]),
            ("ArgMin", tf.argmin, [1, 0, 0]),
        ]
    ],
    Case("Max", lambda x: tf.reduce_max(x, 0), (NANS[:1],), name="copied", expected=NANS[0], grad_order=0),
    *over_axes("Max", tf.reduce_max, np.max, PERMUTED),
    *over_axes("Min", tf.reduce_min, np.min, PERMUTED),
    Case("Max", tf.reduce_max, (S,), name="scalar", expected=S),
    Case("Max", lambda x: tf.reduce_max(x, 0), (EMPTY,), name="empty", expected=np.full(3, -np.inf), grad_order=0),
    Case("Max", lambda x: tf.reduce_max(x, 0), (INTEGERS,), name="int32", expected=[np.array([7, 4, 2], np.int32)]),
    Case(
        "Max",
        lambda x: tf.reduce_max(x, 0),
        (np.zeros((0, 2), np.int32),),
        name="empty-int32",
        expected=np.full(2, -(2**31)),
    ),
    Case("Min", lambda x: tf.reduce_min(x, 0), (EMPTY,), name="empty", expected=np.full(3, np.inf), grad_order=0),
    Case("Min", lambda x: tf.reduce_min(x, -1), (INTEGERS,), name="int32", expected=[np.array([-7, -5], np.int32)]),
    Case(
        "Max",
        lambda x: tf.gradients(tf.reduce_max(x, 1), x),
        (np.array([[1.0, 1.0, 0.0]], np.float32),),
        name="ties",
        expected=[np.array([[0.5, 0.5, 0.0]])],
        grad_order=0,
    ),
    Case(
        "Min",
        lambda x: tf.gradients(tf.reduce_min(x), x),
        (np.zeros((2, 2), np.float32),),
        name="ties",
        expected=[np.full((2, 2), 0.25)],
        grad_order=0,
    ),
    Case("ArgMax", tf.argmax, (X,), expected=lambda x: np.argmax(x, 0), grad_order=0),
    Case(
        "ArgMax", lambda x: tf.argmax(x, -1), (X,), name="negative", expected=lambda x: np.argmax(x, -1), grad_order=0
    ),
    Case(
        "ArgMax",
        lambda x: tf.argmax(x, 1, output_type=tf.int32),
        (INTEGERS,),
        name="int32",
        expected=[np.array([0, 1], np.int32)],
    ),
    Case(
        "ArgMax",
        lambda x: tf.argmax(x, 1),
        (np.zeros((2, 3), np.float32),),
        name="ties",
        grad_order=0,
        expected=[np.zeros(2, np.int64)],
    ),
    Case("ArgMin", tf.argmin, (X,), expected=lambda x: np.argmin(x, 0), grad_order=0),
    Case("ArgMin", lambda x: tf.argmin(x, -2), (X,), name="negative", expected=lambda x: np.argmin(x, 1), grad_order=0),
    Case("ArgMin", lambda x: tf.argmin(x, 1), (EMPTY,), name="empty", expected=[np.zeros(0, np.int64)], grad_order=0),
    *over_axes("All", tf.reduce_all, np.all, np.stack([BOOLEANS] * 2)),
    *over_axes("Any", tf.reduce_any, np.any, ~np.stack([BOOLEANS] * 2)),
    Case("All", lambda x: tf.reduce_all(x, 0), (np.zeros((0, 2), bool),), name="empty", expected=[np.ones(2, bool)]),
    Case("Any", lambda x: tf.reduce_any(x, 0), (np.zeros((0, 2), bool),), name="empty", expected=[np.zeros(2, bool)]),
    Case("All", tf.reduce_all, (np.bool_(True),), name="scalar", expected=np.bool_(True)),
]


def running(function, axis, exclusive, reverse):
    """Return the running sum or product by slices: the definition, element by element."""

    def run(x):
        rows = np.moveaxis(x, axis, 0)
        found = np.empty_like(rows)
        for i in range(len(rows)):
            if reverse:
                part = rows[i + 1 :] if exclusive else rows[i:]
            else:
                part = rows[:i] if exclusive else rows[: i + 1]
            found[i] = function(part, axis=0)
        return [np.moveaxis(found, 0, axis)]

    return run


def cumulative(op, function, numpy):
    """Cases for each combination of the attributes."""
    return [
        Case(
            op,
            lambda x, a=axis, e=exclusive, r=reverse: function(x, a, e, r),
            (X,),
            name=f"axis{axis}{'-exclusive' * exclusive}{'-reverse' * reverse}",
            expected=running(numpy, axis, exclusive, reverse),
            grad_tol=1e-4,
        )
        for axis, exclusive, reverse in [(0, False, False), (1, True, False), (-1, False, True), (2, True, True)]
    ]


CUMULATIVE = [
    *cumulative("Cumsum", tf.cumsum, np.sum),
    *cumulative("Cumprod", tf.cumprod, np.prod),
    Case("Cumsum", tf.cumsum, (INTEGERS[0],), name="int32", expected=[np.array([7, 0, 2], np.int32)]),
    Case("Cumsum", lambda x: tf.cumsum(x, exclusive=True), (EMPTY,), name="empty", expected=EMPTY),
    Case(
        "Cumsum",
        lambda x: tf.cumsum(x, tf.placeholder_with_default(1, [])),
        (M,),
        name="unknown-axis",
        expected=lambda x: np.cumsum(x, 1),
    ),
    Case(
        "Cumsum",
        of_complex(lambda z: tf.cumsum(z * z)),
        (M, M[::-1]),
        name="complex",
        rtol=1e-4,
        expected=expected_complex(lambda z: np.cumsum(z * z, 0)),
    ),
    Case("Cumprod", tf.cumprod, (INTEGERS[0],), name="int32", expected=[np.array([7, -49, -98], np.int32)]),
    Case(
        "Cumprod",
        lambda x: tf.cumprod(x, exclusive=True, reverse=True),
        (V,),
        name="vector",
        expected=np.array([-3.0, 1.5, 3.0, 1.0]),
    ),
]

CASES = [*SUMS, *EXTREMES, *CUMULATIVE]
