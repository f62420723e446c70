"""Some of the elements of a sparse tensor, empty rows filled, and another shape around them."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with, control_dependencies
from minigraph.graph.shape_rules import demand, merge_sizes, with_rank
from minigraph.graph.shapes import TensorShape
from minigraph.graph.sparse_tensor import SparseTensor, as_sparse
from minigraph.ops.arrays import cast, constant, filled_like, identity, reshape, shape_ops, unique, where
from minigraph.ops.control import assertions
from minigraph.ops.math import arithmetic, maximum_minimum, reduce_max_min
from minigraph.ops.rows import gather
from minigraph.ops.sparse.indices import VECTOR, length

__all__ = ["sparse_fill_empty_rows", "sparse_mask", "sparse_reset_shape", "sparse_retain"]


class SparseFillEmptyRows(OpDef):
    """A sparse tensor with a default value in the first column of each row that has no element."""

    inputs = ("indices: int64", "values: T", "dense_shape: int64", "default_value: T")
    outputs = ("output_indices: int64", "output_values: T", "empty_row_indicator: bool", "reverse_index_map: int64")
    static_inputs = shape_inputs = (2,)

    def shape(self, indices, values, dense_shape, default_value):
        with_rank(default_value, 0)
        count, columns = with_rank(indices, 2).tuple
        count = merge_sizes(count, length(values))
        columns = merge_sizes(columns, length(dense_shape.shape))
        sizes = dense_shape.as_shape.tuple
        return (
            TensorShape.of((None, columns)),
            VECTOR,
            TensorShape.of((sizes[0] if sizes else None,)),
            TensorShape.of((count,)),
        )

    def kernel(self, xp, indices, values, dense_shape, default_value):
        demand(np.ndim(dense_shape) == 1, "dense_shape must be a vector")
        demand(np.ndim(indices) == 2, "indices must be a matrix")
        demand(np.ndim(values) == 1, "values must be a vector")
        demand(np.ndim(default_value) == 0, "default_value must be a scalar")
        count, rows = int(dense_shape[0]), indices[:, 0]
        if not count:
            demand(
                not len(indices), f"Received SparseTensor with dense_shape[0] = 0 but indices.shape[0] = {len(indices)}"
            )
        outside = np.flatnonzero((rows < 0) | (rows >= count))
        if outside.size:
            at = outside[0]
            raise ValueError(f"indices({at}, 0) is invalid: {rows[at]} >= {count}")
        empty = np.bincount(rows, minlength=count)[:count] == 0
        added = np.zeros((int(empty.sum()), indices.shape[1]), np.int64)
        added[:, 0] = np.flatnonzero(empty)
        fill = np.empty(len(added), values.dtype)
        fill[...] = np.asarray(default_value)[()]
        order = np.argsort(np.concatenate([rows, added[:, 0]]), kind="stable")
        places = np.empty(len(order), np.int64)
        places[order] = np.arange(len(order))
        return (
            np.concatenate([indices, added])[order],
            np.concatenate([values, fill])[order],
            empty,
            places[: len(indices)],
        )

    def gradient(self, tf, dy, y, *inputs):
        d_values, d_default = apply(SparseFillEmptyRowsGrad(), y[3], dy[1])
        return None, d_values, None, d_default


class SparseFillEmptyRowsGrad(OpDef):
    """The gradients of the elements, and of the default value."""

    inputs = ("reverse_index_map: int64", "grad_values: T")
    outputs = ("d_values: T", "d_default_value: T")

    def shape(self, places, grad):
        with_rank(grad, 1)
        return with_rank(places, 1), TensorShape.of(())

    def kernel(self, xp, places, grad):
        found = grad[places]
        rest = np.ones(len(grad), bool)
        rest[places] = False
        return found, grad[rest].sum(dtype=grad.dtype)


def sparse_retain(sp_input: Any, to_retain: Any) -> SparseTensor:
    """Return the elements of a sparse tensor for which a mask is True.

    Args:
        sp_input: a sparse tensor.
        to_retain: a bool for each element.

    Raises:
        ValueError: if the mask is not a vector, or known to have another length.

    Example:
        >>> sparse = tf.SparseTensor([[0], [2]], [1, 2], [3])
        >>> print(sess.run(tf.sparse.retain(sparse, [False, True])).values)
        [2]
    """
    with get_default_graph().atomic():
        sparse = as_sparse(sp_input)
        mask = convert_to_tensor(to_retain)
        (count,) = mask.shape.with_rank(1).dims
        if sparse.values.shape.dims is not None:
            sparse.values.shape[0].merge_with(count)
        places = reshape.reshape(where.where(mask), [-1])
        indices, values = gather.gather(sparse.indices, places), gather.gather(sparse.values, places)
        return SparseTensor(indices, values, identity.identity(sparse.dense_shape))


def sparse_reset_shape(sp_input: Any, new_shape: Any = None) -> SparseTensor:
    """Return a sparse tensor with the same elements in a larger shape, or in the smallest one that holds them.

    Args:
        sp_input: a sparse tensor.
        new_shape: a shape that is at no axis smaller; None for the smallest that holds all elements.

    Raises:
        ValueError: if the new shape is known to have another rank or to be smaller.
        InvalidArgumentError: in a run, for the same reason.

    Example:
        >>> print(sess.run(tf.sparse.reset_shape(tf.SparseTensor([[1]], [7], [9]))).dense_shape)
        [2]
    """
    with get_default_graph().atomic():
        sparse = as_sparse(sp_input)
        indices, values, shape = [identity.identity(part) for part in sparse.nest_parts()]
        if new_shape is None:
            last = reduce_max_min.reduce_max(indices, axis=0)
            return SparseTensor(indices, values, _next(last, shape))
        wanted = convert_to_tensor(new_shape)
        wanted.shape.assert_has_rank(1)
        wanted = cast.cast(wanted, dtypes.int64)
        wanted.shape[0].merge_with(shape.shape.with_rank(1)[0])
        return SparseTensor(indices, values, _checked(sparse.shape, shape, wanted))


def _next(last: Tensor, shape: Tensor) -> Tensor:
    return maximum_minimum.maximum(
        constant.constant(0, dtypes.int64), arithmetic.add(last, filled_like.ones_like(shape))
    )


def _checked(known: TensorShape, shape: Tensor, wanted: Tensor) -> Any:
    """Return the wanted shape if it is nowhere smaller: checked now where both are known, else in each run."""
    value = constant_value(wanted)
    if value is not None and known.is_fully_defined():
        old = np.array(known.as_list())
        if not np.all(old <= value):
            raise ValueError(
                "Requested new_shape should have dimension sizes >= sp_input.shape."
                f"  Found new_shape ({old}), sp_input.shape ({value})."
            )
        return value
    wanted = _after(assertions.assert_equal(shape_ops.shape(shape), shape_ops.shape(wanted)), wanted)
    return _after(assertions.assert_less_equal(shape, wanted), wanted)


def _after(assertion: Any, tensor: Tensor) -> Tensor:
    with colocate_with(tensor), control_dependencies([assertion]):
        return identity.identity(tensor, name="control_dependency")


def sparse_fill_empty_rows(sp_input: Any, default_value: Any, name: str | None = None) -> tuple[SparseTensor, Tensor]:
    """Give each row of a sparse tensor that has no element one, at its first column.

    Args:
        sp_input: a sparse tensor.
        default_value: the value of these elements.
        name: the name scope.

    Returns:
        The sparse tensor, and a bool for each row: True if it was empty.

    Example:
        >>> filled, was_empty = tf.sparse.fill_empty_rows(tf.SparseTensor([[1, 2]], [7], [2, 3]), 0)
        >>> print(sess.run(filled).indices.tolist(), sess.run(was_empty))
        [[0, 0], [1, 2]] [ True False]
    """
    sparse = as_sparse(sp_input)
    with atomic_scope(name, "SparseFillEmptyRows", [sparse]):
        default_value = convert_to_tensor(default_value, sparse.values.dtype)
        indices, values, empty, _ = apply(SparseFillEmptyRows(), *sparse.nest_parts(), default_value)
        return SparseTensor(indices, values, sparse.dense_shape), empty


def sparse_mask(a: IndexedSlices, mask_indices: Any, name: str | None = None) -> IndexedSlices:
    """Return the rows of `IndexedSlices` that are not at some indices.

    Args:
        a: the slices.
        mask_indices: the indices that are left out.
        name: the name scope.

    Example:
        >>> rows = tf.IndexedSlices(tf.constant([[1.0], [2.0]]), tf.constant([4, 6]))
        >>> print(sess.run(tf.sparse.mask(rows, [4])).indices)
        [6]
    """
    with atomic_scope(name, "sparse_mask", [a, mask_indices]) as scope:
        left, places = apply(unique.ListDiff(), a.indices, mask_indices)
        return IndexedSlices(gather.gather(a.values, places, name=scope), left, a.dense_shape)
