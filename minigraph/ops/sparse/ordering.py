"""Sparse tensors with their elements in order, of another shape, or transposed."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.graph.sparse_tensor import SparseTensor, as_sparse, plain_shape
from minigraph.ops.arrays import cast, constant, identity, ranges, size_ops, transpose
from minigraph.ops.rows import gather
from minigraph.ops.sparse.indices import check_parts, flat, ranked, unflat

__all__ = ["sparse_reorder", "sparse_reshape", "sparse_transpose"]


class SparseReorder(OpDef):
    """The index vectors and elements in row-major order."""

    inputs = ("input_indices: int64", "input_values: T", "input_shape: int64")
    outputs = ("output_indices: int64", "output_values: T")

    def shape(self, indices, values, shape):
        with_rank(shape, 1)
        return with_rank(indices, 2), with_rank(values, 1)

    def kernel(self, xp, indices, values, shape):
        check_parts(indices, values, shape)
        order = np.argsort(ranked(indices), kind="stable")
        return indices[order], values[order]

    def gradient(self, tf, dy, y, indices, values, shape):
        entries = tf.range(tf.shape(indices)[0])
        ordered = tf.sparse_reorder(SparseTensor(indices, entries, shape))
        return None, tf.gather(dy[1], tf.invert_permutation(ordered.values)), None


class SparseReshape(OpDef):
    """The index vectors of the elements in a tensor of another shape."""

    inputs = ("input_indices: int64", "input_shape: int64", "new_shape: int64")
    outputs = ("output_indices: int64", "output_shape: int64")

    def shape(self, indices, shape, new_shape):
        rows, wanted = with_rank(indices, 2).tuple[0], with_rank(new_shape, 1)
        with_rank(shape, 1)
        return TensorShape.of((rows, wanted.tuple[0])), wanted

    def kernel(self, xp, indices, shape, new_shape):
        demand(np.ndim(indices) == 2, "Input indices should be a matrix")
        sizes = self._sizes(shape, np.array(new_shape))
        return unflat(flat(indices, shape), sizes), sizes

    @staticmethod
    def _sizes(shape: np.ndarray, sizes: np.ndarray) -> np.ndarray:
        """Return the new shape, the size -1 worked out."""
        total = np.prod(shape, dtype=np.int64)
        both = f". input_shape={brackets(shape)} output_shape={brackets(np.where(sizes == -1, 1, sizes))}"
        unknown = np.flatnonzero(sizes == -1)
        demand(
            len(unknown) <= 1, f"only one output dimension may be -1, not both {' and '.join(map(str, unknown[:2]))}"
        )
        for i, size in enumerate(sizes.tolist()):
            demand(size >= -1, f"size {i} must be non-negative, not {size}")
        if len(unknown):
            rest = int(np.prod(sizes[sizes != -1]))
            demand(
                rest > 0,
                "reshape cannot infer the missing input size for an empty tensor unless all specified input sizes are "
                "non-zero",
            )
            demand(
                total % rest == 0,
                f"Input to reshape is a SparseTensor with {total} dense values, but the requested shape requires a "
                f"multiple of {rest}{both}",
            )
            sizes[unknown[0]] = total // rest
        demand(
            np.prod(sizes) == total,
            f"Input to reshape is a tensor with {total} dense values, but the requested shape has "
            f"{np.prod(sizes)}{both}",
        )
        return sizes

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


def sparse_reorder(sp_input: Any, name: str | None = None) -> SparseTensor:
    """Put the elements of a sparse tensor into row-major order, which most functions of sparse tensors demand.

    Args:
        sp_input: a sparse tensor.
        name: the name of the node.

    Example:
        >>> print(sess.run(tf.sparse.reorder(tf.SparseTensor([[1], [0]], [10, 20], [2]))).values)
        [20 10]
    """
    with get_default_graph().atomic():
        sparse = as_sparse(sp_input)
        indices, values = apply(SparseReorder(), *sparse.nest_parts(), name=name)
        known = sparse.shape
        shape = known.as_list() if known.is_fully_defined() else identity.identity(sparse.dense_shape)
        return SparseTensor(indices, values, shape)


def sparse_reshape(sp_input: Any, shape: Any, name: str | None = None) -> SparseTensor:
    """Return a sparse tensor of another shape, with the same elements in the same row-major order.

    Args:
        sp_input: a sparse tensor.
        shape: the new shape, integers; one may be -1.
        name: the name of the node.

    Raises:
        ValueError: if the number of elements is known to be another one, or more than one size is -1.

    Example:
        >>> print(sess.run(tf.sparse.reshape(tf.SparseTensor([[1, 0]], [7], [2, 3]), [-1])).indices.tolist())
        [[3]]
    """
    with get_default_graph().atomic():
        sparse = as_sparse(sp_input)
        wanted = cast.cast(shape, dtypes.int64)
        with atomic_scope(name, "SparseReshape", [sparse]) as scope:
            indices, new_shape = apply(SparseReshape(), sparse.indices, sparse.dense_shape, wanted, name=scope)
            known = _known_sizes(sparse.shape, wanted)
            if known is not None:
                new_shape = constant.constant(known, dtypes.int64)
            return SparseTensor(indices, identity.identity(sparse.values), new_shape)


def _known_sizes(old: TensorShape, wanted: Tensor) -> list[int] | None:
    """Return the new shape if it follows from what is known; ValueError if it does not fit."""
    sizes = plain_shape(wanted)
    if sizes.ndims is None or not old.is_fully_defined():
        return None
    given, given_sizes = constant_value(wanted), sizes.as_list()
    if given is not None and np.count_nonzero(given == -1) > 1:
        raise ValueError(f"At most one dimension can be inferred (-1). Found: {given}")
    known, total = list(given_sizes), int(np.prod(old.as_list()))
    if known.count(None) > 1:
        return None
    if None in known:
        at = known.index(None)
        known[at] = total // int(np.prod(known[:at] + known[at + 1 :]))
    if np.prod(known) != total:
        raise ValueError(
            f"Cannot reshape a tensor with {total} elements to shape {given_sizes} ({int(np.prod(known))} elements)."
        )
    return known


def sparse_transpose(sp_input: SparseTensor, perm: Any = None, name: str | None = None) -> SparseTensor:
    """Permute the axes of a sparse tensor.

    Args:
        sp_input: a sparse tensor.
        perm: the old axis at each new position; the reverse order by default.
        name: the name scope.

    Returns:
        A sparse tensor with its index vectors in order.

    Example:
        >>> print(sess.run(tf.sparse.transpose(tf.SparseTensor([[0, 2]], [7], [2, 3]))).dense_shape)
        [3 2]
    """
    with atomic_scope(name, "SparseTranspose", [sp_input]):
        if perm is None:
            rank = size_ops.rank(sp_input)
            perm = (rank - 1) - ranges.range(0, rank, 1)
        vectors = transpose.transpose(gather.gather(transpose.transpose(sp_input.indices), perm))
        known_perm, known = constant_value(convert_to_tensor(perm)), sp_input.shape
        shape: Any
        if known_perm is not None and known.is_fully_defined():
            shape = [known.as_list()[axis] for axis in known_perm.tolist()]
        else:
            shape = gather.gather(sp_input.dense_shape, perm)
        return sparse_reorder(SparseTensor(vectors, sp_input.values, shape))
