"""Cases: special functions, histograms, bits, rearrangements and draws that came after the others."""

import math

import numpy as np
from opcases import Case

import minigraph as tf
from minigraph.ops.math.incomplete import igamma_grad_a
from minigraph.ops.strings.string_format import string_format

A = np.array([0.5, 2.0, 30.0], np.float32)
X = np.array([0.25, 3.0, 28.0], np.float32)
UNIT = np.array([0.1, 0.5, 0.45], np.float32)
COLUMN = np.array([[1.5], [2.5]], np.float32)
CUBE = np.arange(24, dtype=np.float32).reshape(2, 3, 4) / 8 - 1
IMAGE = np.arange(32, dtype=np.float32).reshape(1, 4, 2, 4) / 8 - 2
MASK = np.array([[True], [False]])
N = np.array([12, -7, 93], np.int32)
M = np.array([10, 2, 3], np.int32)


def integral(function, low, high, steps=200_000):
    """Return an integral by the midpoint rule, after a substitution that is flat at both ends."""
    t = (np.arange(steps) + 0.5) / steps
    s = t * t * t * (10 - 15 * t + 6 * t * t)
    return float(np.sum(function(low + (high - low) * s) * 30 * t * t * (1 - t) ** 2) * (high - low) / steps)


def lower_gamma(a, x):
    """Return P(a, x) by its integral."""
    return integral(lambda t: t ** (a - 1) * np.exp(-t), 0.0, x) / math.gamma(a)


def lower_beta(a, b, x):
    """Return I_x(a, b) by its integral."""
    scale = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b))
    return scale * integral(lambda t: t ** (a - 1) * (1 - t) ** (b - 1), 0.0, x)


def many(function, *arrays):
    """Return a function of numbers, applied to arrays element by element, as float32."""
    wide = np.broadcast_arrays(*[np.asarray(a, np.float64) for a in arrays])
    return np.vectorize(function, otypes=[float])(*wide).astype(np.float32)


def slope_in_a(a, x, step=1e-5):
    """Return the derivative of P(a, x) by a, by differences."""
    return (lower_gamma(a + step, x) - lower_gamma(a - step, x)) / (2 * step)


SPECIAL = [
    Case("Igamma", tf.igamma, (A, X), many(lower_gamma, A, X), wrt=(1,)),
    Case("Igamma", tf.igamma, (A, X), name="by both", grad_order=1),
    Case("Igamma", tf.igamma, (A, COLUMN), many(lower_gamma, A, COLUMN), wrt=(1,), name="broadcast"),
    Case("Igammac", tf.igammac, (A, X), 1 - many(lower_gamma, A, X), wrt=(1,), atol=3e-6),
    Case("IgammaGradA", igamma_grad_a, (A, X), many(slope_in_a, A, X), grad_order=0, rtol=1e-4),
    Case("Betainc", tf.betainc, (A, X, UNIT), many(lower_beta, A, X, UNIT), wrt=(2,)),
    Case(
        "Zeta",
        tf.zeta,
        (np.float32(2.0), np.array([1.0, 0.5], np.float32)),
        np.array([1.0, 3.0]) * np.pi**2 / 6,
        wrt=(1,),
    ),
    Case("SelectV2", tf.where_v2, (MASK, A, COLUMN), np.where(MASK, A, COLUMN)),
    Case("SelectV2", tf.where_v2, (MASK, N, M), np.where(MASK, N, M), name="integers"),
    Case("NextAfter", tf.math.nextafter, (A, X), np.nextafter, grad_order=0),
]

BITS = [
    Case("BitwiseAnd", tf.bitwise.bitwise_and, (N, M), np.bitwise_and),
    Case("BitwiseOr", tf.bitwise.bitwise_or, (N, M), np.bitwise_or),
    Case("BitwiseXor", tf.bitwise.bitwise_xor, (N, M), np.bitwise_xor),
    Case("Invert", tf.bitwise.invert, (N,), np.invert),
    Case("LeftShift", tf.bitwise.left_shift, (N, M), np.left_shift),
    Case("RightShift", tf.bitwise.right_shift, (N, M), np.right_shift),
]

REARRANGED = [
    Case("Roll", lambda x: tf.roll(x, [1, -2], [0, 2]), (CUBE,), np.roll(CUBE, [1, -2], [0, 2])),
    Case("Roll", lambda x, n: tf.roll(x, n, 1), (CUBE, np.int32(2)), np.roll(CUBE, 2, 1), name="by a tensor"),
    Case(
        "SpaceToDepth",
        lambda x: tf.space_to_depth(x, 2),
        (IMAGE,),
        IMAGE.reshape(1, 2, 2, 1, 2, 4).transpose(0, 1, 3, 2, 4, 5).reshape(1, 2, 1, 16),
    ),
    Case(
        "DepthToSpace",
        lambda x: tf.depth_to_space(x, 2),
        (IMAGE,),
        IMAGE.reshape(1, 4, 2, 2, 2, 1).transpose(0, 1, 3, 2, 4, 5).reshape(1, 8, 4, 1),
    ),
    Case(
        "LowerBound",
        lambda rows, values: tf.searchsorted(rows, values),
        (np.array([[1, 3, 5], [0, 0, 2]]), np.array([[3, 4], [0, 9]])),
        np.array([[1, 2], [0, 3]], np.int32),
    ),
    Case(
        "UpperBound",
        lambda rows, values: tf.searchsorted(rows, values, side="right", out_type=tf.int64),
        (np.array([[1, 3, 5], [0, 0, 2]]), np.array([[3, 4], [0, 9]])),
        np.array([[2, 2], [2, 3]]),
    ),
    Case(
        "GatherTree",
        lambda ids, parents, lengths: tf.contrib.seq2seq.gather_tree(ids, parents, lengths, 9),
        (
            np.array([[[1, 2], [1, 2]], [[3, 4], [9, 4]], [[5, 6], [5, 6]]], np.int32),
            np.array([[[0, 0], [0, 0]], [[1, 0], [0, 1]], [[1, 0], [0, 1]]], np.int32),
            np.array([3, 5], np.int32),
        ),
        np.array([[[1, 2], [1, 2]], [[4, 3], [9, 4]], [[5, 6], [9, 6]]], np.int32),
    ),
    Case(
        "UnravelIndex",
        tf.unravel_index,
        (np.array([2, 5, 7], np.int32), np.array([3, 3], np.int32)),
        np.array([[0, 1, 2], [2, 2, 1]], np.int32),
    ),
    Case("UnravelIndex", tf.unravel_index, (np.int64(7), np.array([4, 3])), np.array([2, 1]), name="of a scalar"),
    Case(
        "StringFormat",
        lambda x: string_format("x: {}!", x, summarize=1),
        (np.array([[1, 2, 3], [4, 5, 6]], np.int32),),
        np.array(b"x: [[1 ... 3]\n [4 ... 6]]!", object),
    ),
    Case(
        "PrintV2",
        lambda x: tf.print("x:", x),
        (np.array([1.0, 2.0], np.float32),),
        grad_order=0,
        also=("StringFormat",),
    ),
    Case("Bincount", tf.bincount, (np.array([1, 1, 3], np.int32),), np.array([0, 2, 0, 1], np.int32)),
    Case(
        "HistogramFixedWidth",
        lambda x: tf.histogram_fixed_width(x, [0.0, 5.0], 5),
        (np.array([[-1.0, 0.0, 1.5], [2.0, 5.0, 15.0]], np.float32),),
        np.array([2, 1, 1, 0, 2], np.int32),
        grad_order=0,
    ),
]


def drawn(function, tolerance):
    """Return the means of draws rounded to what many of them agree in."""
    return lambda *args: tf.round(tf.reduce_mean(function(*args), 0) / tolerance) * tolerance


DRAWS = [
    Case(
        "RandomGamma",
        drawn(lambda a: tf.random_gamma([40000], a, seed=1), 0.5),
        (np.array([0.5, 2.0, 30.0], np.float32),),
        np.array([0.5, 2.0, 30.0], np.float32),
        grad_order=0,
    ),
    Case(
        "RandomGammaGrad",
        lambda a: tf.gradients(tf.reduce_mean(tf.random_gamma([40000], a, seed=1), 0), a)[0] * 0.5 // 0.45,
        (np.array([0.5, 2.0, 30.0], np.float32),),
        np.ones(3, np.float32),  # the mean is a itself
        grad_order=0,
    ),
    Case(
        "RandomPoissonV2",
        drawn(lambda rate: tf.random_poisson(rate, [40000], seed=1), 0.5),
        (np.array([0.5, 3.0, 40.0], np.float32),),
        np.array([0.5, 3.0, 40.0], np.float32),
    ),
]

CASES = SPECIAL + BITS + REARRANGED + DRAWS
