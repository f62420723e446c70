# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.metrics.confusion_matrix import confusion_matrix
from minigraph.nn.linear import zero_fraction
from minigraph.nn.normalization import l2_normalize
from minigraph.ops.arrays.transpose import invert_permutation
from minigraph.ops.control.assertions import is_non_decreasing, is_strictly_increasing
from minigraph.ops.math.add_n import accumulate_n, add_n
from minigraph.ops.math.arithmetic import add, multiply, subtract
from minigraph.ops.math.comparison import (
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
from minigraph.ops.math.complex_numbers import angle, imag, real
from minigraph.ops.math.conj import conj
from minigraph.ops.math.cumulative import cumprod, cumsum
from minigraph.ops.math.division import divide, floordiv, truediv
from minigraph.ops.math.exponential import exp, expm1, log, log1p
from minigraph.ops.math.histograms import bincount
from minigraph.ops.math.hyperbolic import acosh, asinh, atanh, cosh, sinh, tanh
from minigraph.ops.math.incomplete import betainc, igamma, igammac, lbeta, zeta
from minigraph.ops.math.maximum_minimum import maximum, minimum
from minigraph.ops.math.modulo import floormod, mod
from minigraph.ops.math.moments import (
    count_nonzero,
    reduce_euclidean_norm,
    reduce_logsumexp,
    reduce_std,
    reduce_variance,
)
from minigraph.ops.math.negative import negative
from minigraph.ops.math.no_nan import div_no_nan as divide_no_nan, multiply_no_nan, reciprocal_no_nan, xdivy, xlogy
from minigraph.ops.math.polynomials import nextafter, polyval
from minigraph.ops.math.pow import pow
from minigraph.ops.math.powers import sqrt, square
from minigraph.ops.math.reciprocal import reciprocal, rsqrt
from minigraph.ops.math.reduce_max_min import argmax, argmin, reduce_all, reduce_any, reduce_max, reduce_min
from minigraph.ops.math.reductions import reduce_mean, reduce_prod, reduce_sum
from minigraph.ops.math.rounding import ceil, floor, is_finite, is_inf, is_nan, rint, round
from minigraph.ops.math.scalar_mul import scalar_mul
from minigraph.ops.math.segments import (
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
from minigraph.ops.math.sigmoid import sigmoid
from minigraph.ops.math.signs import abs, sign
from minigraph.ops.math.special import digamma, erf, erfc, lgamma, polygamma
from minigraph.ops.math.squared_difference import squared_difference
from minigraph.ops.math.trigonometry import acos, asin, atan, atan2, cos, sin, tan
from minigraph.ops.nn.activations import log_sigmoid, softplus, softsign
from minigraph.ops.nn.softmax import log_softmax, softmax
from minigraph.ops.nn.top_k import in_top_k, top_k

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
    "betainc",
    "bincount",
    "ceil",
    "confusion_matrix",
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
    "igamma",
    "igammac",
    "imag",
    "in_top_k",
    "invert_permutation",
    "is_finite",
    "is_inf",
    "is_nan",
    "is_non_decreasing",
    "is_strictly_increasing",
    "l2_normalize",
    "lbeta",
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
    "nextafter",
    "not_equal",
    "polygamma",
    "polyval",
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
    "zeta",
]
