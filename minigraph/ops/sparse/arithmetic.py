"""Sums, maxima and minima of two sparse tensors; the sum of a sparse and a dense one."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape
from minigraph.graph.sparse_tensor import SparseTensor, as_sparse, is_sparse
from minigraph.ops.arrays.broadcast import broadcast_static_shape
from minigraph.ops.arrays.shape_ops import either
from minigraph.ops.rows.sparse_dense_add import sparse_tensor_dense_add
from minigraph.ops.sparse.indices import NUMBERS, REALS, VECTOR, check_parts, length, matrix, ranked

__all__ = ["sparse_add", "sparse_maximum", "sparse_minimum"]

_PAIR = (*("a_indices: int64", "a_values: T", "a_shape: int64"), *("b_indices: int64", "b_values: T", "b_shape: int64"))


def _aligned(a_indices: Any, a: Any, a_shape: Any, b_indices: Any, b: Any, b_shape: Any) -> tuple:
    """Return the index vectors of both tensors' elements, merged, and the values of each there, or zero."""
    check_parts(a_indices, a, a_shape)
    check_parts(b_indices, b, b_shape)
    ranks = f"{a_shape.tolist()} and {b_shape.tolist()}"
    demand(len(a_shape) == len(b_shape), f"Operands do not have the same ranks; got shapes: {ranks}")
    for i, (m, n) in enumerate(zip(a_shape.tolist(), b_shape.tolist())):
        demand(m == n, f"Operands' shapes do not match: got {m} and {n} for dimension {i}")
    joined = np.concatenate([a_indices, b_indices])
    in_a, in_b = _merged(*np.split(ranked(joined), [len(a)]))
    zero = np.zeros(1, a.dtype)  # what is nowhere is at -1
    return joined[np.where(in_a < 0, len(a) + in_b, in_a)], np.append(a, zero)[in_a], np.append(b, zero)[in_b]


def _merged(first: np.ndarray, second: np.ndarray) -> Any:
    """Return which elements of two sequences stand at each place of the merged one, -1 for none.

    TF1 compares the first elements that are left, so that what is not sorted is not sorted afterwards either.
    """
    if all(np.all(keys[1:] > keys[:-1]) for keys in (first, second)):
        both = np.union1d(first, second)
        found = np.full((2, len(both)), -1)
        for own, keys in zip(found, (first, second)):
            own[np.searchsorted(both, keys)] = np.arange(len(keys))
        return found
    pairs, i, j = [], 0, 0
    while i < len(first) and j < len(second):
        takes_first, takes_second = first[i] <= second[j], second[j] <= first[i]
        pairs.append((i if takes_first else -1, j if takes_second else -1))
        i, j = i + takes_first, j + takes_second
    pairs += [(k, -1) for k in range(i, len(first))] + [(-1, k) for k in range(j, len(second))]
    return np.array(pairs, np.int64).reshape(-1, 2).T


class SparseAdd(OpDef):
    """The sum of two sparse tensors; elements below a threshold are left out."""

    inputs = (*_PAIR, "thresh: Treal")
    outputs = ("sum_indices: int64", "sum_values: T", "sum_shape: int64")
    allowed = {"T": NUMBERS, "Treal": REALS}

    def shape(self, a_indices, a_values, a_shape, b_indices, b_values, b_shape, thresh):
        return matrix(length(a_shape)), VECTOR, with_rank(a_shape, 1)

    def kernel(self, xp, a_indices, a_values, a_shape, b_indices, b_values, b_shape, thresh):
        indices, a, b = _aligned(a_indices, a_values, a_shape, b_indices, b_values, b_shape)
        total = a + b
        kept = thresh <= np.abs(total)
        return indices[kept], total[kept], a_shape

    def gradient(self, tf, dy, y, a_indices, a_values, a_shape, b_indices, b_values, b_shape, thresh):
        da, db = apply(SparseAddGrad(), dy[1], a_indices, b_indices, y[0])
        da.set_shape(a_values.shape)
        db.set_shape(b_values.shape)
        return None, da, None, None, db, None, None


class SparseAddGrad(OpDef):
    """The gradients of the elements of both summands."""

    inputs = ("backprop_val_grad: T", "a_indices: int64", "b_indices: int64", "sum_indices: int64")
    outputs = ("a_val_grad: T", "b_val_grad: T")
    allowed = {"T": NUMBERS}

    def shape(self, grad, a_indices, b_indices, sum_indices):
        return tuple([TensorShape.of((with_rank(each, 2).tuple[0],)) for each in (a_indices, b_indices)])

    def kernel(self, xp, grad, a_indices, b_indices, sum_indices):
        found = {tuple(index): value for index, value in zip(sum_indices.tolist(), grad)}
        return tuple(
            [
                np.array([found.get(tuple(index), 0) for index in indices.tolist()], grad.dtype)
                for indices in (a_indices, b_indices)
            ]
        )

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class _Extreme(OpDef):
    """Base: the larger or smaller elements, where a missing one counts as zero."""

    inputs = _PAIR
    outputs = ("int64", "T")
    choose: ClassVar[Any] = None

    def shape(self, *shapes):
        return matrix(None), VECTOR

    def kernel(self, xp, a_indices, a_values, a_shape, b_indices, b_values, b_shape):
        indices, a, b = _aligned(a_indices, a_values, a_shape, b_indices, b_values, b_shape)
        return indices, type(self).choose(a, b)

    def gradient(self, tf, dy, y, *inputs):
        raise NotImplementedError(f"Gradient for {self.type} is currently not implemented yet.")


class SparseSparseMaximum(_Extreme):
    """The larger elements of two sparse tensors."""

    outputs = ("output_indices: int64", "output_values: T")

    allowed = {"T": REALS}
    choose = np.maximum


class SparseSparseMinimum(_Extreme):
    """The smaller elements of two sparse tensors."""

    outputs = ("output_indices: int64", "output_values: T")

    allowed = {"T": NUMBERS}
    choose = np.minimum


def sparse_add(a: Any, b: Any, threshold: Any = None, thresh: Any = None) -> Any:
    """Add two tensors of which at least one is sparse.

    Args:
        a, b: sparse tensors of one shape, or a sparse and a dense one of its shape; there is no broadcasting.
        threshold: the magnitude that an element of a sparse sum must have, or else it is left out; 0 by default, which
            keeps zeros.
        thresh: the former name of `threshold`.

    Returns:
        A `SparseTensor` if both are sparse, with its index vectors in order; else a `Tensor`.

    Raises:
        TypeError: if neither is sparse.
        ValueError: if the static shapes differ.

    Example:
        >>> a = tf.SparseTensor([[0, 0], [1, 1]], [1.0, 2.0], [2, 2])
        >>> print(tf.sparse.to_dense(tf.sparse.add(a, a)).eval().tolist())
        [[2.0, 0.0], [0.0, 4.0]]
    """
    threshold = either("threshold", threshold, "thresh", thresh)
    if not (is_sparse(a) or is_sparse(b)):
        raise TypeError("At least one input should be SparseTensor; do you mean to use tf.add()?")
    with get_default_graph().atomic():
        if not (is_sparse(a) and is_sparse(b)):
            sparse, dense = (as_sparse(a), b) if is_sparse(a) else (as_sparse(b), a)
            return sparse_tensor_dense_add(sparse.indices, sparse.values, sparse.dense_shape, dense)
        a, b = as_sparse(a), as_sparse(b)
        least = 0 if threshold is None else threshold
        least = convert_to_tensor(least, a.values.dtype.real_dtype.base_dtype, name="threshold")
        indices, values, shape = apply(SparseAdd(), *a.nest_parts(), *b.nest_parts(), least)
        a.shape.assert_is_compatible_with(b.shape)
        known = broadcast_static_shape(a.shape, b.shape)
        return SparseTensor(indices, values, known.as_list() if known.is_fully_defined() else shape)


def sparse_maximum(sp_a: SparseTensor, sp_b: SparseTensor, name: str | None = None) -> SparseTensor:
    """Return the larger of the elements of two sparse tensors of one shape; a missing element counts as zero.

    Args:
        sp_a, sp_b: sparse tensors of real numbers, their index vectors in order.
        name: the name of the node.

    Example:
        >>> a = tf.SparseTensor([[0], [1]], [-1.0, 2.0], [3])
        >>> print(tf.sparse.maximum(a, tf.SparseTensor([[1]], [5.0], [3])).eval().values)
        [0. 5.]
    """
    return _extreme(SparseSparseMaximum(), sp_a, sp_b, name)


def sparse_minimum(sp_a: SparseTensor, sp_b: SparseTensor, name: str | None = None) -> SparseTensor:
    """Return the smaller of the elements of two sparse tensors; see `sparse_maximum`."""
    return _extreme(SparseSparseMinimum(), sp_a, sp_b, name)


def _extreme(definition: OpDef, a: SparseTensor, b: SparseTensor, name: str | None) -> SparseTensor:
    with get_default_graph().atomic():
        with atomic_scope(name, definition.type, [a.indices, a.values, b.indices, b.values]) as scope:
            indices, values = apply(definition, *a.nest_parts(), *b.nest_parts(), name=scope)
        return SparseTensor(indices, values, a.dense_shape)
