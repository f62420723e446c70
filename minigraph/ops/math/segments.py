"""Reductions of the rows of each segment, for sorted and unsorted segment ids."""

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, merge_sizes, with_rank, with_rank_at_least
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape
from minigraph.ops.arrays import fill, reshape, shape_ops
from minigraph.ops.math import maximum_minimum, powers

__all__ = [
    "segment_sum",
    "segment_mean",
    "segment_max",
    "segment_min",
    "segment_prod",
    "unsorted_segment_sum",
    "unsorted_segment_max",
    "unsorted_segment_min",
    "unsorted_segment_prod",
    "unsorted_segment_mean",
    "unsorted_segment_sqrt_n",
]


def _lowest(dtype: Any) -> Any:
    return np.finfo(dtype).min if np.dtype(dtype).kind == "f" else np.iinfo(dtype).min


def _highest(dtype: Any) -> Any:
    return np.finfo(dtype).max if np.dtype(dtype).kind == "f" else np.iinfo(dtype).max


def _infinite(sign: int) -> Any:
    """Return the limit that no number exceeds: infinite, for types that have infinities."""
    limit = _highest if sign > 0 else _lowest
    return lambda dtype: sign * np.inf if np.dtype(dtype).kind == "f" else limit(dtype)


_SUM = np.add, lambda dtype: 0
_PROD = np.multiply, lambda dtype: 1
_MAX = np.maximum, _lowest
_MIN = np.minimum, _highest
_SORTED_MAX = np.fmax, _infinite(-1)  # these ignore NaN
_SORTED_MIN = np.fmin, _infinite(1)


def _reduce_rows(how: tuple, data: Any, ids: Any, count: int, empty: Any = None) -> Any:
    """Reduce the rows of each segment id; `empty` is the value of a segment without rows."""
    ufunc, start = how
    shape = data.shape[ids.ndim :]
    result = np.full((count, *shape), start(data.dtype), data.dtype)
    ids, rows = ids.reshape(-1), data.reshape(ids.size, *shape)
    if ufunc in (np.maximum, np.minimum) and data.dtype.kind == "f" and np.isnan(data).any():
        _extremes_with_nan(ufunc, result, ids, rows)
    else:
        ufunc.at(result, ids, rows)
    if empty is not None:
        number = np.bincount(ids, minlength=count)
        result[number == 0] = empty
        if ufunc in (np.fmax, np.fmin):  # a single row is the result unchanged
            alone = number[ids] == 1
            result[ids[alone]] = rows[alone]
    return result


def _extremes_with_nan(ufunc: Any, result: Any, ids: Any, rows: Any) -> None:
    """Reduce row by row, as TF1 does: NaN replaces the value so far, and the next row replaces NaN."""
    for i, row in zip(ids, rows):
        old = result[i]
        result[i] = np.where(old > row if ufunc is np.maximum else old < row, old, row)


class _Segment(OpDef):
    """Base of the reductions of sorted segments."""

    inputs = ("data: T", "segment_ids: Tindices")
    allowed = {"T": dtypes.NUMBERS, "Tindices": dtypes.INDICES}
    how: ClassVar[tuple] = _SUM

    def shape(self, data, ids):
        with_rank(ids, 1)
        if with_rank_at_least(data, 1).ndims is None:
            return unknown_shape()
        return TensorShape.of((None, *data.tuple[1:]))

    def kernel(self, xp, data, ids):
        demand(np.ndim(ids) == 1, "segment_ids should be a vector.")
        if not np.ndim(data) or len(ids) != len(data):
            raise ValueError("segment_ids should be the same size as dimension 0 of input.")
        count = int(ids[-1]) + 1 if len(ids) else 0
        demand(not len(ids) or ids[-1] >= 0, "segment ids must be >= 0")
        steps = np.diff(ids)
        steps = steps[steps != 0]
        if len(ids) and ids[0] < 0 < steps[0]:  # TF1 goes from segment to segment, and checks each when it ends
            raise ValueError(
                f"Segment id {ids[0]} out of range [0, {count}), possibly because 'segment_ids' input is not sorted."
            )
        demand((steps > 0).all(), "segment ids are not increasing")
        return _reduce_rows(self.how, data, ids, count, self.empty)

    empty = 0  # the value of an empty segment


class SegmentSum(_Segment):
    """The sum of the rows of each segment."""

    def gradient(self, tf, dy, y, data, ids):
        return tf.gather(dy, ids), None


class SegmentProd(_Segment):
    """The product of the rows of each segment."""

    how = _PROD
    empty = 1


class SegmentMean(_Segment):
    """The mean of the rows of each segment."""

    def kernel(self, xp, data, ids):
        total = super().kernel(xp, data, ids)
        count = np.maximum(np.bincount(ids, minlength=len(total)), 1)
        return (total / count.reshape((-1,) + (1,) * (total.ndim - 1))).astype(data.dtype)

    def gradient(self, tf, dy, y, data, ids):
        ndims = tf.rank(data)
        shape = tf.concat([tf.shape(ids), tf.fill(tf.expand_dims(ndims - 1, 0), 1)], 0)
        ones = tf.fill(shape, tf.constant(1, dy.dtype))
        return tf.gather(tf.divide(dy, tf.segment_sum(ones, ids)), ids), None


class _SegmentExtreme(_Segment):
    allowed = {"T": dtypes.REALS, "Tindices": dtypes.INDICES}

    def gradient(self, tf, dy, y, data, ids):
        zeros = tf.zeros_like(data, dtype=data.dtype)
        chosen = tf.equal(data, tf.gather(y, ids))
        count = tf.segment_sum(tf.cast(chosen, dy.dtype), ids)
        parts = tf.gather(tf.divide(dy, count), ids)
        return tf.where(chosen, parts, zeros), None


class SegmentMax(_SegmentExtreme):
    """The largest row elements of each segment."""

    how = _SORTED_MAX


class SegmentMin(_SegmentExtreme):
    """The smallest row elements of each segment."""

    how = _SORTED_MIN


class _Unsorted(OpDef):
    """Base of the reductions of segments in any order; rows with a negative id are dropped."""

    inputs = ("data: T", "segment_ids: Tindices", "num_segments: Tnumsegments")
    allowed = {"T": dtypes.NUMBERS, "Tindices": dtypes.INDICES, "Tnumsegments": dtypes.INDICES}
    type_defaults = {"Tnumsegments": dtypes.int32}
    static_inputs = (2,)
    how: ClassVar[tuple] = _SUM

    def shape(self, data, ids, count):
        with_rank(count.shape, 0)
        if data.ndims is None or ids.ndims is None:
            return unknown_shape()
        with_rank_at_least(data, ids.ndims)
        for m, n in zip(data.tuple, ids.tuple):
            merge_sizes(m, n)
        size = None if count.value is None else int(count.value)
        if size is not None and size < 0:
            raise ShapeError(f"Dimension size, given by scalar input 2, must be non-negative but is {size}")
        return TensorShape.of((size, *data.tuple[ids.ndims :]))

    def kernel(self, xp, data, ids, count):
        demand(not np.ndim(count), f"num_segments should be a scalar, not shape {brackets(np.shape(count))}")
        ids, count = np.asarray(ids), int(count)
        demand(
            data.shape[: ids.ndim] == ids.shape,
            f"data.shape = {brackets(data.shape)} does not start with segment_ids.shape = {brackets(ids.shape)}",
        )
        if ids.size and ids.max() >= count:
            where = np.argwhere(ids >= count)[0]
            raise ValueError(f"segment_ids{brackets(where)} = {ids[tuple(where)]} is out of range [0, {count})")
        if ids.size and ids.min() < 0:
            keep = ids >= 0
            data, ids = data[keep], ids[keep]
        return _reduce_rows(self.how, data, ids, count)


class UnsortedSegmentSum(_Unsorted):
    """The sum of the rows with each segment id."""

    def gradient(self, tf, dy, y, data, ids, count):
        return _gather_kept(tf, dy, ids)[0], None, None


class _UnsortedExtreme(_Unsorted):
    allowed = {"T": dtypes.REALS, "Tindices": dtypes.INDICES, "Tnumsegments": dtypes.INDICES}

    def gradient(self, tf, dy, y, data, ids, count):
        rows, places, kept = _gather_kept(tf, y, ids)
        chosen = tf.logical_and(tf.equal(data, rows), kept)
        number = tf.unsorted_segment_sum(tf.cast(chosen, dy.dtype), ids, count)
        parts = _gather_kept(tf, tf.divide(dy, number), None, places, kept)[0]
        return tf.where(chosen, parts, tf.zeros_like(parts)), None, None


class UnsortedSegmentMax(_UnsortedExtreme):
    """The maximum of the rows with each segment id, element by element."""

    how = _MAX


class UnsortedSegmentMin(_UnsortedExtreme):
    """The minimum of the rows with each segment id, element by element."""

    how = _MIN


class UnsortedSegmentProd(_Unsorted):
    """The product of the rows with each segment id."""

    how = _PROD

    def gradient(self, tf, dy, y, data, ids, count):
        zero = tf.equal(data, 0)
        zeros = tf.unsorted_segment_sum(tf.cast(zero, dtypes.int32), ids, count)
        dy = tf.where(tf.greater(zeros, 1), tf.zeros_like(dy), dy)
        others = tf.unsorted_segment_prod(tf.where(zero, tf.ones_like(data), data), ids, count)
        places = tf.maximum(ids, tf.zeros_like(ids))
        whole, without = tf.gather(y, places), tf.gather(others, places)
        partial = tf.where(zero, without, whole / data)
        return _gather_kept(tf, dy, ids, places)[0] * partial, None, None


def _gather_kept(tf: Any, params: Tensor, ids: Any, places: Any = None, kept: Any = None) -> tuple:
    """Gather rows by index, zeros for a negative one; return also the intermediate results for a second call."""
    if places is None:
        places = tf.maximum(ids, tf.zeros_like(ids))
    rows = tf.gather(params, places)
    if kept is None:
        kept = tf.greater_equal(ids, 0)
        for _ in range(rows.shape.ndims - kept.shape.ndims):
            kept = tf.expand_dims(kept, -1)
        kept = kept & tf.ones_like(rows, dtype=dtypes.bool_)
    return tf.where(kept, rows, tf.zeros_like(rows)), places, kept


def segment_sum(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
    """Sum the rows of each segment.

    Args:
        data: a tensor.
        segment_ids: the segment id of each row, in increasing order.
        name: the name of the node.

    Returns:
        A tensor with a row for each id up to the largest; zeros for an id without rows.

    Example:
        >>> print(tf.segment_sum([1, 2, 3], [0, 0, 2]).eval())
        [3 0 3]
    """
    return apply(SegmentSum(), data, segment_ids, name=name)


def segment_mean(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
    """Return the mean of the rows of each segment; see `segment_sum`."""
    return apply(SegmentMean(), data, segment_ids, name=name)


def segment_max(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
    """Return the largest of the rows of each segment; see `segment_sum`."""
    return apply(SegmentMax(), data, segment_ids, name=name)


def segment_min(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
    """Return the smallest of the rows of each segment; see `segment_sum`."""
    return apply(SegmentMin(), data, segment_ids, name=name)


def segment_prod(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
    """Multiply the rows of each segment; see `segment_sum`. It has no gradient, as in TF1."""
    return apply(SegmentProd(), data, segment_ids, name=name)


def unsorted_segment_sum(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """Sum the rows with each segment id.

    Args:
        data: a tensor.
        segment_ids: ids in any order, of a shape with which that of `data` starts; rows with a negative id are
            dropped.
        num_segments: the number of segments.
        name: the name of the node.

    Returns:
        A tensor of `num_segments` rows.

    Example:
        >>> print(tf.unsorted_segment_sum([1, 2, 3], [2, 0, 2], 4).eval())
        [2 0 4 0]
    """
    return apply(UnsortedSegmentSum(), data, segment_ids, num_segments, name=name)


def unsorted_segment_max(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """Return the maximum of the rows with each segment id; see `unsorted_segment_sum`."""
    return apply(UnsortedSegmentMax(), data, segment_ids, num_segments, name=name)


def unsorted_segment_min(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """Return the minimum of the rows with each segment id; see `unsorted_segment_sum`."""
    return apply(UnsortedSegmentMin(), data, segment_ids, num_segments, name=name)


def unsorted_segment_prod(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """Multiply the rows with each segment id; see `unsorted_segment_sum`."""
    return apply(UnsortedSegmentProd(), data, segment_ids, num_segments, name=name)


def _number_of_rows(data: Tensor, ids: Tensor, count: Any) -> Tensor:
    ones = fill.ones(shape_ops.shape_internal(ids), dtype=data.dtype)
    number = unsorted_segment_sum(ones, ids, count)
    number = reshape.reshape(number, [count] + [1] * (data.shape.ndims - ids.shape.ndims))  # type: ignore[operator]
    return maximum_minimum.maximum(number, 1)


def unsorted_segment_mean(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """Return the mean of the rows with each segment id; see `unsorted_segment_sum`."""
    with atomic_scope(name, "UnsortedSegmentMean"):
        data, ids = convert_to_tensor(data), convert_to_tensor(segment_ids)
        number = _number_of_rows(data, ids, num_segments)
        return unsorted_segment_sum(data, ids, num_segments) / number


def unsorted_segment_sqrt_n(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """Return the sum of the rows with each segment id over the square root of their count."""
    with atomic_scope(name, "UnsortedSegmentSqrtN"):
        data, ids = convert_to_tensor(data), convert_to_tensor(segment_ids)
        number = _number_of_rows(data, ids, num_segments)
        return unsorted_segment_sum(data, ids, num_segments) / powers.sqrt(number)
