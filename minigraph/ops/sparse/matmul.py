"""The product of a sparse matrix and a dense one."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import as_sizes, demand, merge_sizes, with_rank
from minigraph.graph.shapes import TensorShape, brackets, unknown_shape
from minigraph.graph.sparse_tensor import as_sparse
from minigraph.ops.math.grouped_sums import grouped_sums

__all__ = ["sparse_tensor_dense_matmul"]


class SparseTensorDenseMatMul(OpDef, output="product"):
    """A sparse matrix times a dense one; either may be transposed and conjugated."""

    adjoint_a: bool = False
    adjoint_b: bool = False

    inputs = ("a_indices: Tindices", "a_values: T", "a_shape: int64", "b: T")
    allowed = {"Tindices": dtypes.INDICES}
    type_defaults = {"Tindices": dtypes.int64}
    static_inputs = shape_inputs = (2,)

    def shape(self, indices, values, a_shape, b):
        with_rank(indices, 2)
        with_rank(values, 1)
        sizes = as_sizes(a_shape)
        a = with_rank(sizes if sizes.ndims is not None else unknown_shape(2), 2).tuple
        b = with_rank(b, 2).tuple
        left, inner = a[::-1] if self.adjoint_a else a
        other, right = b[::-1] if self.adjoint_b else b
        merge_sizes(inner, other)
        return TensorShape.of((left, right))

    def kernel(self, xp, indices, values, a_shape, b):
        demand(np.ndim(b) == 2, f"Tensor 'b' is not a matrix: {brackets(np.shape(b))}")
        demand(np.shape(a_shape) == (2,), f"Tensor 'a_shape' must have 2 elements: {brackets(np.shape(a_shape))}")
        demand(np.ndim(values) == 1, "Tensor 'a_values' is not a vector")
        demand(np.ndim(indices) == 2 and indices.shape[1] == 2, "Tensor 'a_indices' is not a matrix of 2 columns")
        demand(
            len(indices) == len(values),
            "Number of rows of a_indices does not match number of entries in a_values: "
            f"{len(indices)} vs. {len(values)}",
        )
        sizes = a_shape.tolist()
        rows, columns, (count, inner) = indices[:, 0], indices[:, 1], sizes
        if self.adjoint_a:
            rows, columns, count, inner, values = columns, rows, inner, count, np.conj(values)
        if self.adjoint_b:
            b = np.conj(b.T)
        demand(
            b.shape[0] == inner,
            f"Cannot multiply A and B because inner dimension does not match: {inner} vs. {b.shape[0]}.  Did you "
            f"forget a transpose?  Dimensions of A: [{sizes[0]}, {sizes[1]}).  Dimensions of B: {brackets(b.shape)}",
        )
        for name, index, size in (("k", columns, inner), ("m", rows, count)):
            outside = np.flatnonzero((index < 0) | (index >= size))
            if outside.size:
                at = outside[0]
                axis = int((name == "k") != self.adjoint_a)
                raise ValueError(f"{name} ({index[at]}) from index[{at},{axis}] out of bounds (>={size})")
        result = np.zeros((count, b.shape[1]), b.dtype)
        if len(values):
            if (rows[1:] < rows[:-1]).any():
                order = np.argsort(rows, kind="stable")
                rows, columns, values = rows[order], columns[order], values[order]
            first = np.flatnonzero(np.diff(rows, prepend=-1))
            lengths = np.diff(first, append=len(rows))
            result[rows[first]] = grouped_sums(lambda at: values[at, None] * b[columns[at]], first, lengths)
        return result

    def gradient(self, tf, dy, y, indices, values, a_shape, b):
        if values.dtype.base_dtype.is_complex:
            raise NotImplementedError("SparseTensorDenseMatMul op does not support complex gradients.")
        db = apply(SparseTensorDenseMatMul(not self.adjoint_a), indices, values, a_shape, dy)
        db = tf.transpose(db) if self.adjoint_b else db
        rows, columns = indices[:, 0], indices[:, 1]
        of_dy = tf.gather(dy, columns if self.adjoint_a else rows)
        of_b = tf.gather(tf.transpose(b) if self.adjoint_b else b, rows if self.adjoint_a else columns)
        return None, tf.reduce_sum(of_dy * of_b, axis=1), None, db


def sparse_tensor_dense_matmul(
    sp_a: Any, b: Any, adjoint_a: bool = False, adjoint_b: bool = False, name: str | None = None
) -> Tensor:
    """Multiply a sparse matrix by a dense one.

    Args:
        sp_a: a sparse matrix.
        b: a dense matrix of its type.
        adjoint_a, adjoint_b: transpose and conjugate the matrix first.
        name: the name scope.

    Returns:
        A dense matrix.

    Raises:
        ValueError: if the sizes are known and do not fit.

    Example:
        >>> a = tf.SparseTensor([[0, 1], [1, 0]], [2.0, 3.0], [2, 2])
        >>> print(tf.sparse.sparse_dense_matmul(a, [[1.0], [10.0]]).eval().tolist())
        [[20.0], [3.0]]
    """
    sparse = as_sparse(sp_a)
    with atomic_scope(name, "SparseTensorDenseMatMul", [sparse.indices, sparse.values, b]):
        b = convert_to_tensor(b, name="b")
        return apply(SparseTensorDenseMatMul(adjoint_a, adjoint_b), *sparse.nest_parts(), b)
