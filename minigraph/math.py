"""`tf.math`: arithmetic, functions, reductions, segments."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.metrics.confusion_matrix": ["confusion_matrix"],
        "minigraph.nn.linear": ["zero_fraction"],
        "minigraph.nn.normalization": ["l2_normalize"],
        "minigraph.ops.namespace": """
            abs accumulate_n acos acosh add add_n angle argmax argmin asin asinh atan atan2 atanh betainc bincount ceil
            conj cos cosh count_nonzero cumprod cumsum digamma divide divide_no_nan=div_no_nan equal erf erfc exp expm1
            floor floordiv floormod greater greater_equal igamma igammac imag in_top_k invert_permutation is_finite
            is_inf is_nan is_non_decreasing is_strictly_increasing lbeta less less_equal lgamma log log1p log_sigmoid
            log_softmax logical_and logical_not logical_or logical_xor maximum minimum mod multiply multiply_no_nan
            negative nextafter not_equal polygamma polyval pow real reciprocal reciprocal_no_nan reduce_all reduce_any
            reduce_euclidean_norm reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_std reduce_sum
            reduce_variance rint round rsqrt scalar_mul segment_max segment_mean segment_min segment_prod segment_sum
            sigmoid sign sin sinh softmax softplus softsign sqrt square squared_difference subtract tan tanh top_k
            truediv unsorted_segment_max unsorted_segment_mean unsorted_segment_min unsorted_segment_prod
            unsorted_segment_sqrt_n unsorted_segment_sum xdivy xlogy zeta
        """.split(),
    },
    absent(__name__),
)
