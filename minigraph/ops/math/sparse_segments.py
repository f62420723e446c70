"""Reductions of the rows of a table that are chosen by indices, segment by segment."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, merge, with_rank, with_rank_at_least
from minigraph.graph.shapes import ShapeError, TensorShape, unknown_shape
from minigraph.graph.type_lists import types
from minigraph.ops.math.grouped_sums import grouped_sums

__all__ = ["sparse_segment_mean", "sparse_segment_sqrt_n", "sparse_segment_sum"]

_FLOATS = types("float32 float64")


class SparseSegmentSum(OpDef):
    """The sum of the chosen rows of each segment."""

    inputs: ClassVar[Any] = ("data: T", "indices: Tidx", "segment_ids: int32")
    allowed = {"T": dtypes.REALS, "Tidx": dtypes.INDICES}
    type_defaults = {"Tidx": dtypes.int32}

    def _rest(self, data: TensorShape, indices: TensorShape, ids: TensorShape) -> tuple | None:
        """Return the static sizes of a row; None if they are not known."""
        merge(with_rank(indices, 1), with_rank(ids, 1))
        rest = with_rank_at_least(data, 1)
        return None if rest.tuple is None else rest.tuple[1:]

    def shape(self, data, indices, ids, *count):
        rest = self._rest(data, indices, ids)
        return unknown_shape() if rest is None else TensorShape.of((None, *rest))

    def kernel(self, xp, data, indices, ids, *count):
        return self._reduced(data, indices, ids, int(ids[-1]) + 1 if len(ids) else 0)

    def _reduced(self, data, indices, ids, count):
        demand(np.ndim(indices) == 1, "indices should be a vector.")
        demand(np.ndim(ids) == 1, "segment_ids should be a vector.")
        demand(len(indices) == len(ids), "segment_ids and indices should have same size.")
        demand(not len(ids) or ids[0] >= 0, "segment ids must be >= 0")
        demand((np.diff(ids) >= 0).all(), "segment ids are not increasing")
        demand(
            not len(ids) or ids[-1] < count,
            "segment ids must be < num_segments" if len(ids) and count else "segment ids must be >= 0",
        )
        outside = np.flatnonzero((indices < 0) | (indices >= len(data)))
        if outside.size:
            at = outside[0]
            raise ValueError(f"Bad: indices[{at}] == {indices[at]} out of range [0, {len(data)})")
        result = np.zeros((count, *data.shape[1:]), data.dtype)
        if len(ids):
            first = np.flatnonzero(np.diff(ids, prepend=-1))
            lengths = np.diff(first, append=len(ids))
            result[ids[first]] = grouped_sums(lambda at: data[indices[at]], first, lengths)
        return self._scaled(result, ids)

    def _scaled(self, total, ids):
        return total

    def gradient(self, tf, dy, y, data, indices, ids, *count):
        rows = tf.shape(data)[0]
        return tf.unsorted_segment_sum(tf.gather(dy, ids), indices, rows), None, None, *[None] * len(count)


class SparseSegmentMean(SparseSegmentSum):
    """The mean of the chosen rows of each segment."""

    allowed = {"T": _FLOATS, "Tidx": dtypes.INDICES}

    def _scaled(self, total, ids):
        return (total / _per_row(np.maximum(np.bincount(ids, minlength=len(total)), 1), total)).astype(total.dtype)

    def gradient(self, tf, dy, y, data, indices, ids, *count):
        rows = tf.shape(data)[0]
        return apply(SparseSegmentMeanGrad(), dy, indices, ids, rows), None, None, *[None] * len(count)


class SparseSegmentSqrtN(SparseSegmentSum):
    """The sum of the chosen rows of each segment, divided by the square root of their number."""

    allowed = {"T": _FLOATS, "Tidx": dtypes.INDICES}

    def _scaled(self, total, ids):
        roots = np.sqrt(np.maximum(np.bincount(ids, minlength=len(total)), 1))
        return (total / _per_row(roots, total)).astype(total.dtype)

    def gradient(self, tf, dy, y, data, indices, ids, *count):
        rows = tf.shape(data)[0]
        return apply(SparseSegmentSqrtNGrad(), dy, indices, ids, rows), None, None, *[None] * len(count)


def _per_row(numbers: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return numbers.reshape(-1, *[1] * (rows.ndim - 1))


class _WithNumSegments(SparseSegmentSum):
    """Base: the number of segments is an input."""

    inputs = (*SparseSegmentSum.inputs, "num_segments: Tnumsegments")
    allowed = {"T": _FLOATS, "Tidx": dtypes.INDICES, "Tnumsegments": dtypes.INDICES}
    type_defaults = {"Tidx": dtypes.int32, "Tnumsegments": dtypes.int32}
    static_inputs = (3,)

    def shape(self, data, indices, ids, *count):
        rest = self._rest(data, indices, ids)
        with_rank(count[0].shape, 0)
        size = None if count[0].value is None else int(count[0].value)
        if size is not None and size < 0:
            raise ShapeError("Cannot specify a negative value for num_segments")
        return unknown_shape() if rest is None else TensorShape.of((size, *rest))

    def kernel(self, xp, data, indices, ids, *count):
        return self._reduced(data, indices, ids, int(count[0]))


class SparseSegmentSumWithNumSegments(_WithNumSegments):
    """The sum of the chosen rows of each of so many segments."""

    allowed = _WithNumSegments.allowed | {"T": dtypes.REALS}


class SparseSegmentMeanWithNumSegments(_WithNumSegments, SparseSegmentMean):
    """The mean of the chosen rows of each of so many segments."""

    allowed = _WithNumSegments.allowed
    gradient = SparseSegmentMean.gradient


class SparseSegmentSqrtNWithNumSegments(_WithNumSegments, SparseSegmentSqrtN):
    """The sum of the chosen rows of each of so many segments, divided by the square root of their number."""

    allowed = _WithNumSegments.allowed
    gradient = SparseSegmentSqrtN.gradient


class SparseSegmentMeanGrad(OpDef):
    """The gradient of the table of SparseSegmentMean."""

    inputs = ("grad: T", "indices: Tidx", "segment_ids: int32", "output_dim0: int32")
    allowed = {"T": _FLOATS, "Tidx": dtypes.INDICES}
    type_defaults = {"Tidx": dtypes.int32}
    static_inputs = (3,)

    def shape(self, grad, indices, ids, rows):
        merge(with_rank(indices, 1), with_rank(ids, 1))
        rest = with_rank_at_least(grad, 1)
        size = None if rows.value is None else int(rows.value)
        return unknown_shape() if rest.tuple is None else TensorShape.of((size, *rest.tuple[1:]))

    def kernel(self, xp, grad, indices, ids, rows):
        share = grad / _per_row(self._divisors(np.maximum(np.bincount(ids, minlength=len(grad)), 1)), grad)
        result = np.zeros((int(rows), *grad.shape[1:]), grad.dtype)
        np.add.at(result, indices, share[ids].astype(grad.dtype))
        return result

    def _divisors(self, counts):
        return counts


class SparseSegmentSqrtNGrad(SparseSegmentMeanGrad):
    """The gradient of the table of SparseSegmentSqrtN."""

    def _divisors(self, counts):
        return np.sqrt(counts)


def _reduced(plain: type, counted: type, name: str | None, given: tuple, count: Any) -> Tensor:
    return apply(plain(), *given, name=name) if count is None else apply(counted(), *given, count, name=name)


def sparse_segment_sum(
    data: Any, indices: Any, segment_ids: Any, name: str | None = None, num_segments: Any = None
) -> Tensor:
    """Sum chosen rows of a table segment by segment.

    Args:
        data: the table, a tensor of rank 1 or more.
        indices: the rows that are chosen, a vector of integers.
        segment_ids: the segment of each chosen row, an int32 vector that does not descend.
        name: the name of the node.
        num_segments: the number of segments; one more than the last id by default.

    Returns:
        A tensor with a row for each segment, zero where it has none.

    Raises:
        InvalidArgumentError: in a run, if the ids descend, or an index is out of range.

    Example:
        >>> print(tf.sparse_segment_sum([[1.0], [2.0], [4.0]], [0, 2, 2], [0, 0, 1]).eval().tolist())
        [[5.0], [4.0]]
    """
    kinds = SparseSegmentSum, SparseSegmentSumWithNumSegments
    return _reduced(*kinds, name, (data, indices, segment_ids), num_segments)


def sparse_segment_mean(
    data: Any, indices: Any, segment_ids: Any, name: str | None = None, num_segments: Any = None
) -> Tensor:
    """Return the means of chosen rows of a table segment by segment; see `sparse_segment_sum`."""
    kinds = SparseSegmentMean, SparseSegmentMeanWithNumSegments
    return _reduced(*kinds, name, (data, indices, segment_ids), num_segments)


def sparse_segment_sqrt_n(
    data: Any, indices: Any, segment_ids: Any, name: str | None = None, num_segments: Any = None
) -> Tensor:
    """Sum chosen rows segment by segment, divided by the square root of their number; see `sparse_segment_sum`."""
    kinds = SparseSegmentSqrtN, SparseSegmentSqrtNWithNumSegments
    return _reduced(*kinds, name, (data, indices, segment_ids), num_segments)
