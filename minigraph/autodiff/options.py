"""Options of `gradients`: how paths are summed, and the gradient where there is no path."""

from __future__ import annotations

import enum

__all__ = ["AggregationMethod", "UnconnectedGradients"]


class AggregationMethod:
    """How gradients along several paths are summed: one `AddN` (the default), pairwise, or one `AccumulateNV2`."""

    ADD_N = DEFAULT = 0
    EXPERIMENTAL_TREE = 1
    EXPERIMENTAL_ACCUMULATE_N = 2


class UnconnectedGradients(enum.Enum):
    """The gradient that `gradients` returns for an x on which no y depends: None, or zeros."""

    NONE = "none"
    ZERO = "zero"
