"""Counts of equal integers, and histograms of values."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scalar_inputs import size_input
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import cast, constant, reshape, shape_ops
from minigraph.ops.math import clip, division, maximum_minimum, reduce_max_min, reductions, rounding, segments

__all__ = ["bincount", "histogram_fixed_width", "histogram_fixed_width_bins"]

_WEIGHTS = (dtypes.int32, dtypes.int64, dtypes.float32, dtypes.float64)


class Bincount(OpDef, output="bins"):
    """For each integer below `size` how often it is there, or the sum of its weights."""

    inputs = ("arr: int32", "size: int32", "weights: T")
    allowed = {"T": _WEIGHTS}
    static_inputs = (1,)
    gradient = no_gradient

    def shape(self, arr, size, weights):
        with_rank(size.shape, 0)
        return TensorShape.of((size_input(size, 1),))

    def kernel(self, xp, arr, size, weights):
        size, flat = int(size), np.asarray(arr).reshape(-1)
        demand(size >= 0, f"size ({size}) must be non-negative")
        demand(not flat.size or flat.min() >= 0, "Input arr must be non-negative!")
        given = np.asarray(weights).reshape(-1) if np.size(weights) else np.ones(flat.size, weights.dtype)
        counts = np.zeros(size, weights.dtype)
        np.add.at(counts, flat[flat < size], given[flat < size])
        return counts


class HistogramFixedWidth(OpDef):
    """How many values are in each of `nbins` intervals of equal width; those outside count for the outer ones."""

    dtype_: DType = dtypes.int32

    inputs = ("values: T", "value_range: T", "nbins: int32")
    outputs = ("out: dtype",)
    allowed = {"T": (dtypes.int32, dtypes.int64, dtypes.float32, dtypes.float64), "dtype": dtypes.INDICES}
    static_inputs = (2,)
    gradient = no_gradient

    def shape(self, values, value_range, nbins):
        if value_range.ndims is not None:
            with_rank(value_range, 1)
        return TensorShape.of((size_input(nbins, 1),))

    def kernel(self, xp, values, value_range, nbins):
        values, (low, high) = np.asarray(values).reshape(-1), np.asarray(value_range)
        bins = int(nbins)
        demand(bins > 0, f"nbins should be a positive number, but got '{bins}'")
        demand(low < high, f"value_range should satisfy value_range[0] < value_range[1], but got '[{low}, {high}]'")
        step = (high.astype(np.float64) - low) / bins
        places = np.clip(np.floor((values.astype(np.float64) - low) / step), 0, bins - 1)
        return np.bincount(places.astype(np.int64), minlength=bins).astype(self.dtype_.as_numpy_dtype)


def bincount(
    arr: Any, weights: Any = None, minlength: Any = None, maxlength: Any = None, dtype: Any = dtypes.int32
) -> Tensor:
    """Count how often each integer comes.

    Args:
        arr: a tensor of type int32, not negative.
        weights: a tensor like `arr`, whose elements are summed in the place of ones.
        minlength: the least length of the result.
        maxlength: the greatest: larger integers are not counted.
        dtype: the type of the counts, without weights: int32, int64, float32 or float64.

    Returns:
        A vector as long as the largest integer plus one.

    Example:
        >>> print(tf.bincount([1, 1, 3]).eval(), tf.bincount([1, 1, 3], [0.5, 1.0, 2.0]).eval())
        [0 2 0 1] [0.  1.5 0.  2. ]
    """
    with atomic_scope("bincount"):
        arr = convert_to_tensor(arr, dtypes.int32, name="arr")
        is_there = reductions.reduce_prod(shape_ops.shape(arr)) > 0
        size = cast.cast(is_there, dtypes.int32) * (reduce_max_min.reduce_max(arr) + 1)
        if minlength is not None:
            least = convert_to_tensor(minlength, dtypes.int32, name="minlength")
            size = maximum_minimum.maximum(least, size)
        if maxlength is not None:
            most = convert_to_tensor(maxlength, dtypes.int32, name="maxlength")
            size = maximum_minimum.minimum(most, size)
        if weights is not None:
            weights = convert_to_tensor(weights, name="weights")
            return segments.unsorted_segment_sum(weights, arr, size)
        return apply(Bincount(), arr, size, constant.constant([], as_dtype(dtype)))


def histogram_fixed_width(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = dtypes.int32, name: str | None = None
) -> Tensor:
    """Count the values in intervals of equal width.

    Args:
        values: a tensor of numbers.
        value_range: the two limits, of the same type; values outside count for the first and the last interval.
        nbins: the number of intervals.
        dtype: int32 or int64.
        name: the name of the node.

    Returns:
        A vector of `nbins` counts.

    Example:
        >>> print(tf.histogram_fixed_width([-1.0, 0.0, 1.5, 2.0, 5.0, 15.0], [0.0, 5.0], nbins=5).eval())
        [2 1 1 0 2]
    """
    with atomic_scope(name, "histogram_fixed_width", _tensors(values, value_range, nbins)) as scope:
        return apply(HistogramFixedWidth(as_dtype(dtype)), values, value_range, nbins, name=scope)


def histogram_fixed_width_bins(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = dtypes.int32, name: str | None = None
) -> Tensor:
    """Return the number of the interval of each value; see `histogram_fixed_width` for the arguments.

    Returns:
        An int32 tensor of the shape of `values`.

    Example:
        >>> print(tf.histogram_fixed_width_bins([-1.0, 0.0, 1.5, 2.0, 5.0, 15.0], [0.0, 5.0], nbins=5).eval())
        [0 0 1 2 4 4]
    """
    with atomic_scope(name, "histogram_fixed_width_bins", _tensors(values, value_range, nbins)):
        values = convert_to_tensor(values, name="values")
        shape = shape_ops.shape(values)
        values = reshape.reshape(values, [-1])
        limits: Any = convert_to_tensor(value_range, name="value_range")
        nbins = convert_to_tensor(nbins, dtypes.int32, name="nbins")
        count = cast.cast(nbins, values.dtype)
        scaled = division.truediv(values - limits[0], limits[1] - limits[0], name="scaled_values")
        indices = rounding.floor(count * scaled, name="indices")
        return reshape.reshape(cast.cast(clip.clip_by_value(indices, 0, count - 1), dtypes.int32), shape)


def _tensors(*values: Any) -> list:
    return [value for value in values if isinstance(value, Tensor)]
