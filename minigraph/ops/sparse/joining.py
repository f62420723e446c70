"""Sparse tensors joined, split and sliced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, merge, with_rank
from minigraph.graph.shapes import TensorShape, brackets, unknown_shape
from minigraph.graph.sparse_tensor import SparseTensor, as_sparse
from minigraph.ops.arrays import concat, reshape
from minigraph.ops.arrays.shape_ops import either
from minigraph.ops.math import reduce_max_min
from minigraph.ops.sparse.indices import NUMBERS, VECTOR, check_parts, length, matrix, ranked

__all__ = ["sparse_concat", "sparse_slice", "sparse_split"]


class SparseConcat(OpDef):
    """Sparse tensors joined along an axis."""

    concat_dim: int

    inputs = ("*indices: int64", "*values: T", "*shapes: int64")
    outputs = ("output_indices: int64", "output_values: T", "output_shape: int64")
    minimum = {"indices": 2, "values": 2, "shapes": 2}

    def shape(self, *inputs):
        count = len(inputs) // 3
        indices, shapes = inputs[:count], inputs[2 * count :]
        rows = [with_rank(each, 2).tuple[0] for each in indices]
        total = None if None in rows else sum(rows)
        whole = unknown_shape()
        columns = VECTOR
        for each, sizes in zip(indices, shapes):
            columns = merge(columns, with_rank(each, 2)[1:])
            whole = merge(whole, with_rank(sizes, 1))
        columns = merge(columns, whole)
        return TensorShape.of((total, columns.tuple[0])), TensorShape.of((total,)), whole

    def kernel(self, xp, *inputs):
        count = len(inputs) // 3
        indices, values, shapes = (inputs[i * count : (i + 1) * count] for i in range(3))
        for each in zip(indices, values, shapes):
            check_parts(*each)
        rank = len(shapes[0])
        demand(
            -rank <= self.concat_dim < rank,
            f"Concat dimension must be in range [{-rank}, {rank}), got {self.concat_dim}",
        )
        axis = self.concat_dim % rank
        for i, shape in enumerate(shapes):
            demand(
                len(shape) == rank,
                f"Ranks of all input tensors must match: expected {rank} but got {len(shape)} at position {i}",
            )
            for at in set(range(rank)) - {axis}:
                demand(
                    shape[at] == shapes[0][at],
                    f"Input shapes must match: expected {shapes[0][at]} for dimension {at} but got {shape[at]} at "
                    f"position {i}",
                )
        starts = np.cumsum([0, *[shape[axis] for shape in shapes]])
        moved = []
        for vectors, start in zip(indices, starts):
            own = np.array(vectors)
            own[:, axis] += start
            moved.append(own)
        whole = np.array(shapes[0])
        whole[axis] = starts[-1]
        joined = np.concatenate(moved)
        order = np.argsort(ranked(joined), kind="stable")
        return joined[order], np.concatenate(values)[order], whole

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class SparseSplit(OpDef):
    """A sparse tensor split into parts along an axis."""

    outputs = ("num_split * output_indices: int64", "num_split * output_values: T", "num_split * output_shape: int64")

    num_split: int

    inputs = ("split_dim: int64", "indices: int64", "values: T", "shape: int64")
    minimum = {"num_split": 1}

    def dtype(self, split_dim, indices, values, shape):
        kinds = dtypes.int64, values, dtypes.int64
        return tuple([kind for kind in kinds for _ in range(self.num_split)])

    def shape(self, split_dim, indices, values, shape):
        kinds = matrix(shape.num_elements() if shape.ndims is None else length(shape)), VECTOR, shape
        return tuple([kind for kind in kinds for _ in range(self.num_split)])

    def kernel(self, xp, split_dim, indices, values, shape):
        demand(
            np.size(split_dim) == 1,
            f"Input split_dim should be a scalar but received shape {brackets(np.shape(split_dim))}",
        )
        check_parts(indices, values, shape)
        axis, rank = int(split_dim), len(shape)
        demand(-rank <= axis < rank, f"Input split_dim should be between 0 and rank ({rank}), got {axis}")
        axis %= rank
        size = int(shape[axis])
        demand(
            1 <= self.num_split <= size,
            f"Input num_split should be between 1 and the splitting dimension size ({size}), got {self.num_split}",
        )
        each, extra = divmod(size, self.num_split)
        starts = np.cumsum([0, *[each + (i < extra) for i in range(self.num_split)]])
        part = np.searchsorted(starts, indices[:, axis], side="right") - 1
        found: tuple[list, list, list] = ([], [], [])
        for i in range(self.num_split):
            own, sizes = indices[part == i], np.array(shape)
            own[:, axis] -= starts[i]
            sizes[axis] = starts[i + 1] - starts[i]
            for target, array in zip(found, (own, values[part == i], sizes)):
                target.append(array)
        return tuple(found[0] + found[1] + found[2])

    def gradient(self, tf, dy, y, *inputs):
        raise LookupError(f"No gradient defined for operation type {self.type}")


class SparseSlice(OpDef):
    """The part of a sparse tensor in a box."""

    inputs = ("indices: int64", "values: T", "shape: int64", "start: int64", "size: int64")
    outputs = ("output_indices: int64", "output_values: T", "output_shape: int64")

    def shape(self, indices, values, shape, start, size):
        return matrix(None if shape.ndims is None else length(shape)), VECTOR, shape

    def kernel(self, xp, indices, values, shape, start, size):
        check_parts(indices, values, shape)
        for name, given in (("start", start), ("size", size)):
            demand(
                np.shape(given) == np.shape(shape),
                f"Expected {name} to be a vector of length {len(shape)} but got length {np.size(given)}",
            )
        sizes = np.maximum(np.minimum(size, shape - start), 0)
        moved = indices - start
        inside = ((moved >= 0) & (moved < sizes)).all(axis=1)
        return moved[inside], values[inside], sizes

    def gradient(self, tf, dy, y, indices, values, shape, start, size):
        found = apply(SparseSliceGrad(), dy[1], indices, start, y[0])
        found.set_shape(values.shape)
        return None, found, None, None, None


class SparseSliceGrad(OpDef, output="val_grad"):
    """The gradient of the elements of a sliced tensor: zero for those outside."""

    inputs = ("backprop_val_grad: T", "input_indices: int64", "input_start: int64", "output_indices: int64")
    allowed = {"T": NUMBERS}

    def shape(self, grad, indices, start, output_indices):
        return TensorShape.of((with_rank(indices, 2).tuple[0],))

    def kernel(self, xp, grad, indices, start, output_indices):
        found = {tuple(index): value for index, value in zip((output_indices + start).tolist(), grad)}
        return np.array([found.get(tuple(index), 0) for index in indices.tolist()], grad.dtype)


def sparse_concat(
    axis: int | None = None,
    sp_inputs: Sequence | None = None,
    name: str | None = None,
    expand_nonconcat_dim: bool = False,
    concat_dim: int | None = None,
    expand_nonconcat_dims: bool | None = None,
) -> SparseTensor:
    """Join sparse tensors along an axis.

    Args:
        axis: the axis; a negative one counts from the last.
        sp_inputs: a list of sparse tensors of one rank and type.
        name: the name of the node.
        expand_nonconcat_dim: the other sizes may differ, and become the largest.
        concat_dim: the former name of `axis`.
        expand_nonconcat_dims: a later name of `expand_nonconcat_dim`.

    Returns:
        A sparse tensor with its index vectors in order; the only one of `sp_inputs` if there is one.

    Raises:
        TypeError: if `sp_inputs` is not a list of sparse tensors.
        InvalidArgumentError: in a run, if ranks or sizes differ.

    Example:
        >>> row = tf.SparseTensor([[0, 1]], [5.0], [1, 2])
        >>> print(sess.run(tf.sparse.concat(0, [row, row])).indices.tolist())
        [[0, 1], [1, 1]]
    """
    at: Any = either("axis", axis, "concat_dim", concat_dim)
    if not isinstance(sp_inputs, (list, tuple)):
        raise TypeError("Inputs must be a list or tuple.")
    with get_default_graph().atomic():
        tensors = [as_sparse(each) for each in sp_inputs]
        if len(tensors) == 1:
            return tensors[0]
        shapes = [each.dense_shape for each in tensors]
        if either("expand_nonconcat_dims", expand_nonconcat_dims, "expand_nonconcat_dim", expand_nonconcat_dim or None):
            shapes = _expanded(shapes, at)
        parts = [each.indices for each in tensors], [each.values for each in tensors], shapes
        indices, values, shape = apply(SparseConcat(at), *parts[0], *parts[1], *parts[2], name=name)
        known = _joined_shape(shapes, at)
        return SparseTensor(indices, values, shape if known is None else convert_to_tensor(known))


def _joined_shape(shapes: list, axis: int) -> np.ndarray | None:
    """Return the shape of what is joined, None if one of the shapes is not constant."""
    known = [constant_value(each) for each in shapes]
    if any(each is None for each in known):
        return None
    whole = np.array(known[0])
    whole[axis] = sum(each[axis] for each in known)
    return whole


def _expanded(shapes: list, axis: int) -> list:
    """Return the shapes with the largest size of each axis but the one along which tensors are joined."""
    rows = [reshape.reshape(each, [1, -1]) for each in shapes]
    most = reduce_max_min.reduce_max(concat.concat(rows, 0), 0)
    return [
        concat.concat(
            [most[:axis], each[-1:], []] if axis == -1 else [most[:axis], each[axis : axis + 1], most[axis + 1 :]], 0
        )
        for each in shapes
    ]


class _Keyword:
    def __repr__(self) -> str:
        return "KeywordRequired()"


_KEYWORD = _Keyword()


def sparse_split(
    keyword_required: Any = _KEYWORD,
    sp_input: Any = None,
    num_split: int | None = None,
    axis: Any = None,
    name: str | None = None,
    split_dim: Any = None,
) -> list[SparseTensor]:
    """Split a sparse tensor into parts along an axis; the first ones are larger where the size does not divide.

    Args:
        keyword_required: nothing: the arguments are given by name.
        sp_input: a sparse tensor.
        num_split: the number of parts.
        axis: the axis.
        name: the name of the node.
        split_dim: the former name of `axis`.

    Raises:
        ValueError: if an argument is lacking or not given by name.
        InvalidArgumentError: in a run, if the axis has fewer elements than there are parts.

    Example:
        >>> both = tf.sparse.split(sp_input=tf.SparseTensor([[0], [3]], [1, 2], [4]), num_split=2, axis=0)
        >>> print(sess.run(both[1]).indices.tolist())
        [[1]]
    """
    if keyword_required is not _KEYWORD:
        raise ValueError("Keyword arguments are required for this function.")
    at: Any = either("axis", axis, "split_dim", split_dim)
    for given, what in ((sp_input, "sp_input"), (num_split, "num_split"), (at, "axis")):
        if given is None:
            raise ValueError(f"{what} is required")
    with get_default_graph().atomic():
        found = apply(SparseSplit(num_split or 0), at, *as_sparse(sp_input).nest_parts(), name=name)
        return [SparseTensor(*found[i::num_split]) for i in range(num_split)]  # type: ignore[arg-type]


def sparse_slice(sp_input: Any, start: Any, size: Any, name: str | None = None) -> SparseTensor:
    """Return the part of a sparse tensor in a box.

    Args:
        sp_input: a sparse tensor.
        start: the least index of each axis, an int64 vector.
        size: the size along each axis; beyond the end of the tensor there is nothing.
        name: the name of the node.

    Example:
        >>> part = tf.sparse.slice(tf.SparseTensor([[0, 0], [1, 2]], [1, 2], [2, 3]), [1, 1], [1, 2])
        >>> print(sess.run(part))
        SparseTensorValue(indices=array([[0, 1]]), values=array([2], dtype=int32), dense_shape=array([1, 2]))
    """
    with get_default_graph().atomic():
        sparse = as_sparse(sp_input)
        start, size = convert_to_tensor(start, dtypes.int64), convert_to_tensor(size, dtypes.int64)
        with atomic_scope(name, "SparseSlice", [sparse]) as scope:
            return SparseTensor(*apply(SparseSlice(), *sparse.nest_parts(), start, size, name=scope))
