"""Cases: element-wise operations of one and of two tensors, comparisons, casts, broadcasting."""

import math

import numpy as np
from opcases import Case

import minigraph as tf
from minigraph.graph.apply import apply
from minigraph.ops.arrays import broadcast_gradient
from minigraph.ops.math import comparison, modulo, no_nan, reciprocal

X = np.array([[-1.7, -0.4, 0.3], [0.6, 1.2, 2.5]], np.float32)
POSITIVE = np.array([[0.2, 0.7, 1.1], [1.5, 2.25, 3.0]], np.float32)
UNIT = np.array([-0.9, -0.35, 0.0, 0.4, 0.8], np.float32)
ROW = np.array([0.5, -1.5, 2.0], np.float32)
COLUMN = np.array([[0.7], [-1.3]], np.float32)
N = np.array([[7, -7, 5], [-5, 3, -1]], np.int32)
M = np.array([[2, 2, -3], [3, -2, 4]], np.int32)
Z = np.array([1 + 2j, -0.5 + 1j, 2 - 1.5j], np.complex64)
TRUE = np.array([[True, False, True], [False, True, True]])
FALSE = np.array([True, True, False])
SPECIAL = np.array([0.0, -1.0, np.inf, -np.inf, np.nan], np.float32)


def each(function):
    """Return a function of Python numbers, applied to every element."""
    return lambda x: np.vectorize(function, otypes=[np.float64])(x.astype(np.float64)).astype(x.dtype)


def unary(op_type, function, array, expected, **options):
    return Case(op_type, function, (array,), expected, **options)


def grad_of(function):
    """Return the gradient of the sum of `function`, as a function of its argument: builds the …Grad operation."""
    return lambda x: tf.gradients(function(x), x)[0]


SIGMOID = lambda x: 1 / (1 + np.exp(-x))  # noqa: E731

UNARY = [
    unary("Abs", tf.abs, X, np.abs),
    unary("Abs", tf.abs, N, np.abs, name="integers"),
    unary("Neg", tf.negative, X, np.negative),
    unary("Sign", tf.sign, X, np.sign),
    unary("Sign", tf.sign, N, np.sign, name="integers"),
    unary("Square", tf.square, X, np.square),
    unary("Square", tf.square, N, np.square, name="integers"),
    unary("Sqrt", tf.sqrt, POSITIVE, np.sqrt, also=("SqrtGrad",)),
    unary("Rsqrt", tf.rsqrt, POSITIVE, lambda x: 1 / np.sqrt(x), also=("RsqrtGrad",)),
    unary("Reciprocal", tf.reciprocal, X, lambda x: 1 / x, also=("ReciprocalGrad",)),
    unary("Inv", lambda x: apply(reciprocal.Inv(), x), X, lambda x: 1 / x),
    unary("SqrtGrad", grad_of(tf.sqrt), POSITIVE, lambda x: 0.5 / np.sqrt(x), grad_order=1),
    unary("RsqrtGrad", grad_of(tf.rsqrt), POSITIVE, lambda x: -0.5 * x**-1.5, grad_order=1),
    unary("ReciprocalGrad", grad_of(tf.reciprocal), X, lambda x: -1 / x**2, grad_order=1),
    unary("Exp", tf.exp, X, np.exp),
    unary("Expm1", tf.expm1, X, np.expm1),
    unary("Log", tf.log, POSITIVE, np.log),
    unary("Log1p", tf.log1p, POSITIVE, np.log1p),
    unary("Sin", tf.sin, X, np.sin),
    unary("Cos", tf.cos, X, np.cos),
    unary("Tan", tf.tan, UNIT, np.tan),
    unary("Asin", tf.asin, UNIT, np.arcsin),
    unary("Acos", tf.acos, UNIT, np.arccos),
    unary("Atan", tf.atan, X, np.arctan),
    unary("Sinh", tf.sinh, X, np.sinh),
    unary("Cosh", tf.cosh, X, np.cosh),
    unary("Tanh", tf.tanh, X, np.tanh, also=("TanhGrad",)),
    unary("Asinh", tf.asinh, X, np.arcsinh),
    unary("Acosh", tf.acosh, POSITIVE + 1, np.arccosh),
    unary("Atanh", tf.atanh, UNIT, np.arctanh),
    unary("Sigmoid", tf.sigmoid, X, SIGMOID, also=("SigmoidGrad",)),
    unary(
        "Sigmoid", tf.sigmoid, np.array([-200.0, 200.0], np.float32), np.array([0.0, 1.0]), grad_order=1, name="far out"
    ),
    unary("TanhGrad", grad_of(tf.tanh), X, lambda x: 1 - np.tanh(x) ** 2, grad_order=1),
    unary("SigmoidGrad", grad_of(tf.sigmoid), X, lambda x: SIGMOID(x) * (1 - SIGMOID(x)), grad_order=1),
    unary("Floor", tf.floor, X, np.floor, grad_order=0),
    unary("Ceil", tf.ceil, X, np.ceil, grad_order=0),
    unary("Rint", tf.rint, np.array([-1.5, -0.5, 0.5, 1.5, 2.4], np.float32), np.rint, grad_order=0),
    unary("Round", tf.round, np.array([-1.5, -0.5, 0.5, 1.5, 2.4], np.float32), np.rint, grad_order=0),
    unary("IsNan", tf.is_nan, SPECIAL, np.isnan, grad_order=0),
    unary("IsInf", tf.is_inf, SPECIAL, np.isinf, grad_order=0),
    unary("IsFinite", tf.is_finite, SPECIAL, np.isfinite, grad_order=0),
    unary("Erf", tf.erf, X, each(math.erf)),
    unary("Erfc", tf.erfc, X, each(math.erfc)),
    unary("Lgamma", tf.lgamma, POSITIVE, each(math.lgamma), atol=1e-5),
    unary(
        "Lgamma",
        tf.lgamma,
        np.array([-2.5, -0.5, 30.0], np.float32),
        each(math.lgamma),
        grad_order=0,
        name="negative and large",
    ),
    # psi(1) = -Euler's constant, psi(1/2) = -Euler's constant - 2 log 2, psi(2) = 1 - Euler's constant
    unary(
        "Digamma",
        tf.digamma,
        np.array([1.0, 0.5, 2.0], np.float32),
        np.array([-0.5772156649, -1.9635100260, 0.4227843351]),
    ),
    # psi'(1) = pi**2 / 6, psi'(2) = pi**2 / 6 - 1
    Case(
        "Polygamma",
        lambda x: tf.polygamma(tf.ones_like(x), x),
        (np.array([1.0, 2.0], np.float32),),
        np.array([np.pi**2 / 6, np.pi**2 / 6 - 1]),
        hide=False,
    ),
]

BINARY = [
    Case(op_type, function, arrays, expected)
    for op_type, function, expected, arrays in [
        ("Add", tf.add, np.add, (X, ROW)),
        ("AddV2", lambda x, y: x + y, np.add, (X, COLUMN)),
        ("Sub", tf.subtract, np.subtract, (X, ROW)),
        ("Mul", tf.multiply, np.multiply, (COLUMN, ROW)),
        ("Div", lambda x, y: apply(modulo.Div(), x, y), np.divide, (X, POSITIVE)),
        ("RealDiv", tf.divide, np.divide, (X, POSITIVE)),
        ("Pow", tf.pow, np.power, (POSITIVE, ROW)),
        ("Maximum", tf.maximum, np.maximum, (X, ROW)),
        ("Minimum", tf.minimum, np.minimum, (X, ROW)),
        ("SquaredDifference", tf.squared_difference, lambda x, y: (x - y) ** 2, (X, ROW)),
        ("Atan2", tf.atan2, np.arctan2, (X, POSITIVE)),
    ]
] + [
    Case("Add", tf.add, (N, M), np.add, name="integers"),
    Case("Sub", tf.subtract, (N, np.int32(2)), np.subtract, name="integers, scalar"),
    Case("Mul", lambda x, y: x * y, (X, X), lambda x, y: x * y, name="one shape"),
    Case("Mul", lambda x: x * x, (X,), np.square, name="with itself"),
    Case("Mul", tf.multiply, (Z, Z), np.multiply, name="complex"),
    Case("AddV2", lambda x, y: x + y, (np.zeros((0, 3), np.float32), ROW), np.add, name="empty"),
    Case("Pow", tf.pow, (POSITIVE, np.float32(2.0)), np.power, name="scalar"),
    Case("Pow", tf.pow, (np.array([2, 3], np.int32), np.array([3, 2], np.int32)), np.power, name="integers"),
    Case("FloorDiv", tf.floordiv, (N, M), np.floor_divide),
    Case("FloorDiv", tf.floordiv, (X, ROW), np.floor_divide, name="floats", grad_order=0),
    Case("FloorMod", tf.floormod, (N, M), np.mod),
    Case("FloorMod", tf.floormod, (X, ROW), np.mod, name="floats"),
    Case("TruncateDiv", tf.truncatediv, (N, M), lambda x, y: np.trunc(x / y).astype(np.int32)),
    Case("TruncateMod", tf.truncatemod, (N, M), np.fmod),
    Case("RealDiv", tf.truediv, (N, M), lambda x, y: x.astype(np.float64) / y, name="integers"),
    Case("FloorDiv", tf.div, (N, M), np.floor_divide, name="div of integers"),
    Case(
        "DivNoNan",
        tf.div_no_nan,
        (X, np.array([2.0, 0.0, -4.0], np.float32)),
        lambda x, y: np.where(y == 0, 0, x / np.where(y == 0, 1, y)),
        wrt=(0,),
    ),
    Case(
        "MulNoNan",
        no_nan.multiply_no_nan,
        (np.array([1.0, np.inf, np.nan], np.float32), np.array([2.0, 0.0, 0.0], np.float32)),
        np.array([2.0, 0.0, 0.0]),
        grad_order=0,
    ),
    Case("MulNoNan", no_nan.multiply_no_nan, (X, ROW), np.multiply, name="finite"),
    Case(
        "Xlogy",
        no_nan.xlogy,
        (np.array([0.0, 1.5, 2.0], np.float32), np.array([0.5, 0.5, 3.0], np.float32)),
        np.array([0.0, 1.5 * math.log(0.5), 2 * math.log(3.0)]),
        wrt=(1,),
    ),
    Case(
        "Xlogy",
        no_nan.xlogy,
        (np.array([0.0], np.float32), np.array([0.0], np.float32)),
        np.array([0.0]),
        grad_order=0,
        name="zero log zero",
    ),
    Case(
        "Xdivy",
        no_nan.xdivy,
        (np.array([0.0, 1.5], np.float32), np.array([0.0, 0.5], np.float32)),
        np.array([0.0, 3.0]),
        grad_order=0,
    ),
    Case("Xdivy", no_nan.xdivy, (X, POSITIVE), np.divide, name="finite"),
]

COMPARISONS = [
    Case("Equal", tf.equal, (N, M), np.equal),
    Case(
        "Equal",
        tf.equal,
        (np.array(["a", "b"], object), np.array(["a", "c"], object)),
        np.array([True, False]),
        name="strings",
    ),
    Case("NotEqual", tf.not_equal, (N, np.int32(3)), np.not_equal),
    Case("Less", tf.less, (X, ROW), np.less, grad_order=0),
    Case("LessEqual", tf.less_equal, (N, np.int32(3)), np.less_equal),
    Case("Greater", tf.greater, (X, ROW), np.greater, grad_order=0),
    Case("GreaterEqual", tf.greater_equal, (N, np.int32(3)), np.greater_equal),
    Case(
        "ApproximateEqual",
        lambda x, y: comparison.approximate_equal(x, y, tolerance=0.1),
        (X, X + np.array([0.05, 0.2, 0.0], np.float32)),
        np.array([[True, False, True]] * 2),
        grad_order=0,
    ),
    Case("LogicalAnd", tf.logical_and, (TRUE, FALSE), np.logical_and),
    Case("LogicalOr", tf.logical_or, (TRUE, FALSE), np.logical_or),
    Case("LogicalNot", tf.logical_not, (TRUE,), np.logical_not),
    Case("LogicalAnd", tf.logical_xor, (TRUE, FALSE), np.logical_xor, name="logical_xor", also=("LogicalOr",)),
]

TYPES = [
    Case("Cast", lambda x: tf.cast(x, tf.int32), (X,), lambda x: np.trunc(x).astype(np.int32), grad_order=0),
    Case(
        "Cast", lambda x: tf.cast(x, tf.float64), (X,), lambda x: x.astype(np.float64), name="to double", grad_order=0
    ),
    Case("Cast", lambda x: tf.cast(x, tf.bool), (N,), lambda x: x != 0, name="to bool"),
    Case(
        "Cast",
        lambda x: tf.cast(tf.cast(x, tf.float32), tf.float64),
        (X,),
        lambda x: x.astype(np.float64),
        name="there and back",
        grad_tol=2e-2,
        step=1e-2,
        grad_order=1,
    ),
    Case("Bitcast", lambda x: tf.bitcast(x, tf.int32), (X,), lambda x: x.view(np.int32), grad_order=0),
    Case(
        "Bitcast",
        lambda x: tf.bitcast(x, tf.uint8),
        (np.array([1, 258], np.int32),),
        lambda x: x.view(np.uint8).reshape(2, 4),
        name="to smaller",
    ),
    Case("Complex", tf.complex, (ROW, ROW[::-1].copy()), lambda x, y: x + 1j * y, grad_order=0),
    Case(
        "Complex",
        lambda x, y: tf.real(tf.square(tf.complex(x, y))),
        (ROW, ROW[::-1].copy()),
        lambda x, y: x * x - y * y,
        name="gradient",
        also=("Real", "Conj"),
    ),
    Case("Real", tf.real, (Z,), np.real),
    Case("Imag", tf.imag, (Z,), np.imag),
    Case(
        "Imag",
        lambda x, y: tf.imag(tf.square(tf.complex(x, y))),
        (ROW, ROW[::-1].copy()),
        lambda x, y: 2 * x * y,
        name="gradient",
    ),
    Case("Conj", tf.conj, (Z,), np.conj),
    Case("Angle", tf.angle, (Z,), np.angle),
    Case(
        "Angle",
        lambda x, y: tf.angle(tf.complex(x, y)),
        (POSITIVE, X),
        lambda x, y: np.arctan2(y, x),
        name="gradient",
        grad_order=1,
    ),
    Case("ComplexAbs", tf.abs, (Z,), np.abs),
    Case("ComplexAbs", lambda x, y: tf.abs(tf.complex(x, y)), (POSITIVE, X), np.hypot, name="gradient", grad_order=1),
]

BROADCASTS = [
    Case("BroadcastTo", lambda x: tf.broadcast_to(x, [2, 3]), (COLUMN,), lambda x: np.broadcast_to(x, (2, 3))),
    Case(
        "BroadcastTo",
        lambda x: tf.broadcast_to(x, [4, 2, 3]),
        (ROW,),
        lambda x: np.broadcast_to(x, (4, 2, 3)),
        name="more axes",
    ),
    Case(
        "BroadcastArgs",
        tf.broadcast_dynamic_shape,
        (np.array([2, 1], np.int32), np.array([3], np.int32)),
        np.array([2, 3], np.int32),
    ),
    Case(
        "BroadcastGradientArgs",
        lambda a, b: apply(broadcast_gradient.BroadcastGradientArgs(), a, b),
        (np.array([2, 1, 3], np.int32), np.array([5, 1], np.int32)),
        lambda a, b: [np.array([1], np.int32), np.array([0, 2], np.int32)],
    ),
]

CASES = UNARY + BINARY + COMPARISONS + TYPES + BROADCASTS
