"""`tf.math`: arithmetic, functions, reductions, segments."""

from minigraph.graph.absent import absent
from minigraph.nn.linear import zero_fraction
from minigraph.nn.normalization import l2_normalize
from minigraph.ops.activations import log_sigmoid, softplus, softsign
from minigraph.ops.arithmetic import add, multiply, scalar_mul, subtract
from minigraph.ops.binary import (
    atan2,
    maximum,
    minimum,
    multiply_no_nan,
    pow,
    reciprocal_no_nan,
    squared_difference,
    xdivy,
    xlogy,
)
from minigraph.ops.binary import div_no_nan as divide_no_nan
from minigraph.ops.checks import is_non_decreasing, is_strictly_increasing
from minigraph.ops.comparison import (
    equal,
    greater,
    greater_equal,
    less,
    less_equal,
    logical_and,
    logical_not,
    logical_or,
    logical_xor,
    not_equal,
)
from minigraph.ops.complex_numbers import angle, conj, imag, real
from minigraph.ops.cumulative import cumprod, cumsum
from minigraph.ops.division import divide, floordiv, floormod, mod, truediv
from minigraph.ops.elementwise import abs, negative, reciprocal, rsqrt, sign, sqrt, square
from minigraph.ops.exponential import exp, expm1, log, log1p
from minigraph.ops.extremes import argmax, argmin, reduce_all, reduce_any, reduce_max, reduce_min
from minigraph.ops.hyperbolic import acosh, asinh, atanh, cosh, sigmoid, sinh, tanh
from minigraph.ops.reduction import accumulate_n, add_n, reduce_euclidean_norm, reduce_mean, reduce_prod, reduce_sum
from minigraph.ops.rounding import ceil, floor, is_finite, is_inf, is_nan, rint, round
from minigraph.ops.segment import (
    segment_max,
    segment_mean,
    segment_min,
    segment_prod,
    segment_sum,
    unsorted_segment_max,
    unsorted_segment_mean,
    unsorted_segment_min,
    unsorted_segment_prod,
    unsorted_segment_sqrt_n,
    unsorted_segment_sum,
)
from minigraph.ops.softmax import log_softmax, softmax
from minigraph.ops.special import digamma, erf, erfc, lgamma, polygamma
from minigraph.ops.statistics import count_nonzero, reduce_logsumexp, reduce_std, reduce_variance
from minigraph.ops.top_k import in_top_k, top_k
from minigraph.ops.trigonometry import acos, asin, atan, cos, sin, tan

__all__ = [
    "abs",
    "accumulate_n",
    "acos",
    "acosh",
    "add",
    "add_n",
    "angle",
    "argmax",
    "argmin",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "ceil",
    "conj",
    "cos",
    "cosh",
    "count_nonzero",
    "cumprod",
    "cumsum",
    "digamma",
    "divide",
    "divide_no_nan",
    "equal",
    "erf",
    "erfc",
    "exp",
    "expm1",
    "floor",
    "floordiv",
    "floormod",
    "greater",
    "greater_equal",
    "imag",
    "in_top_k",
    "is_finite",
    "is_inf",
    "is_nan",
    "is_non_decreasing",
    "is_strictly_increasing",
    "l2_normalize",
    "less",
    "less_equal",
    "lgamma",
    "log",
    "log1p",
    "log_sigmoid",
    "log_softmax",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "maximum",
    "minimum",
    "mod",
    "multiply",
    "multiply_no_nan",
    "negative",
    "not_equal",
    "polygamma",
    "pow",
    "real",
    "reciprocal",
    "reciprocal_no_nan",
    "reduce_all",
    "reduce_any",
    "reduce_euclidean_norm",
    "reduce_logsumexp",
    "reduce_max",
    "reduce_mean",
    "reduce_min",
    "reduce_prod",
    "reduce_std",
    "reduce_sum",
    "reduce_variance",
    "rint",
    "round",
    "rsqrt",
    "scalar_mul",
    "segment_max",
    "segment_mean",
    "segment_min",
    "segment_prod",
    "segment_sum",
    "sigmoid",
    "sign",
    "sin",
    "sinh",
    "softmax",
    "softplus",
    "softsign",
    "sqrt",
    "square",
    "squared_difference",
    "subtract",
    "tan",
    "tanh",
    "top_k",
    "truediv",
    "unsorted_segment_max",
    "unsorted_segment_mean",
    "unsorted_segment_min",
    "unsorted_segment_prod",
    "unsorted_segment_sqrt_n",
    "unsorted_segment_sum",
    "xdivy",
    "xlogy",
    "zero_fraction",
]

__getattr__ = absent(__name__)
