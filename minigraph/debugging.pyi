# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.ops.check_numerics import check_numerics, verify_tensor_all_finite as assert_all_finite
from minigraph.ops.control.assert_scalar import assert_scalar
from minigraph.ops.control.assertions import (
    Assert,
    assert_equal,
    assert_greater,
    assert_greater_equal,
    assert_integer,
    assert_less,
    assert_less_equal,
    assert_negative,
    assert_non_negative,
    assert_non_positive,
    assert_none_equal,
    assert_positive,
    assert_type,
    is_non_decreasing,
    is_numeric_tensor,
    is_strictly_increasing,
)
from minigraph.ops.control.float_assertions import assert_near, assert_proper_iterable, assert_same_float_dtype
from minigraph.ops.control.rank_assertions import assert_rank, assert_rank_at_least, assert_rank_in
from minigraph.ops.math.rounding import is_finite, is_inf, is_nan

__all__ = [
    "Assert",
    "assert_all_finite",
    "assert_equal",
    "assert_greater",
    "assert_greater_equal",
    "assert_integer",
    "assert_less",
    "assert_less_equal",
    "assert_near",
    "assert_negative",
    "assert_non_negative",
    "assert_non_positive",
    "assert_none_equal",
    "assert_positive",
    "assert_proper_iterable",
    "assert_rank",
    "assert_rank_at_least",
    "assert_rank_in",
    "assert_same_float_dtype",
    "assert_scalar",
    "assert_type",
    "check_numerics",
    "is_finite",
    "is_inf",
    "is_nan",
    "is_non_decreasing",
    "is_numeric_tensor",
    "is_strictly_increasing",
]
