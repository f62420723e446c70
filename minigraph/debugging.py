"""`tf.debugging`: checks, at once where the answer is known, else in a run."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.ops.namespace": """
            Assert assert_all_finite=verify_tensor_all_finite assert_equal assert_greater assert_greater_equal
            assert_integer assert_less assert_less_equal assert_near assert_negative assert_non_negative
            assert_non_positive assert_none_equal assert_positive assert_proper_iterable assert_rank
            assert_rank_at_least assert_rank_in assert_same_float_dtype assert_scalar assert_type check_numerics
            is_finite is_inf is_nan is_non_decreasing is_numeric_tensor is_strictly_increasing
        """.split()
    },
    absent(__name__),
)
