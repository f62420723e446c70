"""`reverse_sequence`: reverse the beginning of each sequence of a batch."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, merge_sizes, with_rank
from minigraph.graph.shapes import ShapeError, TensorShape
from minigraph.ops.arrays.shape_ops import either

__all__ = ["reverse_sequence"]


class ReverseSequence(OpDef):
    """The elements of each sequence in reverse order, up to its length."""

    seq_dim: int
    batch_dim: int = 0
    inputs = ("input: T", "seq_lengths: Tlen")
    allowed = {"Tlen": dtypes.INDICES}
    type_defaults = {"Tlen": dtypes.int64}

    def shape(self, input, lengths):
        with_rank(lengths, 1)
        if input.ndims is None:
            return input
        self._check_axes(input.ndims)
        if lengths.ndims is None:
            return input
        sizes = list(input.tuple)
        sizes[self.batch_dim] = merge_sizes(sizes[self.batch_dim], lengths.tuple[0])
        return TensorShape.of(tuple(sizes))

    def _check_axes(self, ndims: int) -> None:
        for name, axis in (("seq_dim", self.seq_dim), ("batch_dim", self.batch_dim)):
            if axis >= ndims:
                raise ShapeError(f"{name} must be < input rank: {axis} vs. {ndims}")

    def kernel(self, xp, input, lengths):
        lengths = np.asarray(lengths)
        size = self._checked_size(np.shape(input), lengths)
        at, ends = np.arange(size), lengths[:, None]
        rows = np.arange(len(lengths))[:, None]
        found = np.moveaxis(input, (self.batch_dim, self.seq_dim), (0, 1))[rows, np.where(at < ends, ends - 1 - at, at)]
        return np.ascontiguousarray(np.moveaxis(found, (0, 1), (self.batch_dim, self.seq_dim)))

    def _checked_size(self, shape: tuple, lengths: Any) -> int:
        """Return the size along the sequences; ValueError if the lengths do not fit."""
        self._check_axes(len(shape))
        demand(self.seq_dim != self.batch_dim, f"batch_dim == seq_dim == {self.seq_dim}")
        demand(lengths.ndim == 1, f"seq_lens input must be 1-dim, not {lengths.ndim}")
        batch, size = shape[self.batch_dim], shape[self.seq_dim]
        demand(len(lengths) == batch, f"len(seq_lens) != input.dims({self.batch_dim}), ({len(lengths)} vs. {batch})")
        for i, length in enumerate(lengths.tolist()):
            demand(length >= 0, f"seq_lens({i}) < 0")
            demand(length <= size, f"seq_lens({i}) > input.dims({self.seq_dim})")
        return size

    def gradient(self, tf, dy, y, input, lengths):
        return tf.reverse_sequence(dy, lengths, self.seq_dim, self.batch_dim), None


def reverse_sequence(
    input: Any,
    seq_lengths: Any,
    seq_axis: int | None = None,
    batch_axis: int | None = None,
    name: str | None = None,
    seq_dim: int | None = None,
    batch_dim: int | None = None,
) -> Tensor:
    """Reverse each sequence up to its length, and leave what lies behind as it is.

    Args:
        input: a tensor.
        seq_lengths: the lengths, an integer vector.
        seq_axis: the axis along which the sequences run.
        batch_axis: the axis along which they lie side by side, by default 0.
        name: the name of the node.
        seq_dim, batch_dim: the older names of the axes.

    Raises:
        ValueError: if an axis does not exist, or there are not as many lengths as sequences.
        TypeError: if `seq_axis` is missing.

    Example:
        >>> print(tf.reverse_sequence([[1, 2, 3], [4, 5, 6]], [2, 3], seq_axis=1).eval().tolist())
        [[2, 1, 3], [6, 5, 4]]
    """
    seq_axis = either("seq_axis", seq_axis, "seq_dim", seq_dim)
    batch_axis = either("batch_axis", batch_axis, "batch_dim", batch_dim)
    if seq_axis is None:
        raise TypeError("Expected int for argument 'seq_dim' not None.")
    return apply(ReverseSequence(seq_axis, batch_axis or 0), input, seq_lengths, name=name)
