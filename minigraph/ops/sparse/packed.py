"""Sparse tensors packed into vectors of three variants, as datasets hand them on."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.c_names import c_name
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.recordable import recordable
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.ops.sparse.indices import VECTOR, check_bounds, check_parts, matrix

__all__ = ["packed", "packed_rows", "unpacked"]


def packed(sparse: SparseTensor) -> Tensor:
    """Return a vector of three variants that holds a sparse tensor."""
    return apply(SerializeSparse(), *sparse.nest_parts())


def packed_rows(sparse: SparseTensor) -> Tensor:
    """Return a matrix of variants whose rows hold the rows of a sparse tensor."""
    return apply(SerializeManySparse(), *sparse.nest_parts())


def unpacked(tensor: Tensor, dtype: DType) -> SparseTensor:
    """Return the sparse tensor that a vector holds, or those of a batch of vectors, stacked."""
    return SparseTensor(*apply(DeserializeSparse(dtype), tensor))


@recordable("call")
def _packed(*parts: Any) -> np.ndarray:
    """Return a vector of three variants that hold copies of arrays."""
    result = np.empty(3, object)
    for i, part in enumerate(parts):
        result[i] = np.array(part)
    return result


@recordable("call")
def _packed_rows(indices: Any, values: Any, shape: Any) -> np.ndarray:
    """Return a matrix whose rows are `_packed` rows of a sparse tensor."""
    result = np.empty((int(shape[0]), 3), object)
    order = np.argsort(indices[:, 0], kind="stable")
    ends = np.searchsorted(indices[order, 0], np.arange(len(result)), side="right")
    for row, chosen in enumerate(np.split(order, ends[:-1]) if len(result) else ()):
        result[row] = _packed(indices[chosen, 1:], values[chosen], shape[1:])
    return result


class SerializeSparse(OpDef):
    """A sparse tensor as a vector of three variants."""

    out_type: DType = dtypes.variant

    inputs = ("sparse_indices: int64", "sparse_values: T", "sparse_shape: int64")
    outputs = ("serialized_sparse: out_type",)
    allowed = {"out_type": (dtypes.variant,)}

    def shape(self, indices, values, shape):
        with_rank(indices, 2), with_rank(values, 1), with_rank(shape, 1)
        return TensorShape.of((3,))

    def kernel(self, xp, indices, values, shape):
        check_parts(indices, values, shape)
        return _packed(indices, values, shape)

    def gradient(self, tf, dy, y, *inputs):
        return [None] * 3


class SerializeManySparse(OpDef):
    """The rows of a sparse tensor, each as a vector of three variants."""

    out_type: DType = dtypes.variant

    inputs = ("sparse_indices: int64", "sparse_values: T", "sparse_shape: int64")
    outputs = ("serialized_sparse: out_type",)
    allowed = {"out_type": (dtypes.variant,)}

    def shape(self, indices, values, shape):
        with_rank(indices, 2), with_rank(values, 1), with_rank(shape, 1)
        return TensorShape.of((None, 3))

    def kernel(self, xp, indices, values, shape):
        check_parts(indices, values, shape)
        demand(len(shape) > 1, f"Rank of input SparseTensor should be > 1, but saw rank: {len(shape)}")
        check_bounds(indices, shape)
        return _packed_rows(indices, values, shape)

    def gradient(self, tf, dy, y, *inputs):
        return [None] * 3


class DeserializeSparse(OpDef):
    """The sparse tensor in a vector of three variants; those in a batch of such vectors are stacked."""

    dtype_: DType

    inputs = ("serialized_sparse: Tserialized",)
    outputs = ("sparse_indices: int64", "sparse_values: dtype", "sparse_shape: int64")
    allowed = {"Tserialized": (dtypes.variant,)}

    def shape(self, serialized):
        return matrix(None), VECTOR, VECTOR

    def kernel(self, xp, serialized):
        size = brackets(np.shape(serialized))
        demand(np.ndim(serialized) > 0, f"Serialized sparse should have non-zero rank {size}")
        demand(np.shape(serialized)[-1] == 3, f"Serialized sparse should have 3 as the last dimension {size}")
        batch = serialized.shape[:-1]
        parts = serialized.reshape(-1, 3)
        demand(
            len(parts) > 0,
            f"Serialized sparse should have a non-zero number of elements to deserialize, but it has shape {size}",
        )
        self._check(parts)
        counts = [len(each) for each in parts[:, 1]]
        places = np.indices(batch).reshape(len(batch), -1).T if batch else np.zeros((1, 0), np.int64)
        indices = np.concatenate([np.repeat(places, counts, axis=0), np.concatenate(parts[:, 0])], axis=1)
        whole = np.max(np.stack(parts[:, 2]), axis=0)
        return indices, np.concatenate(parts[:, 1]), np.concatenate([np.array(batch, np.int64), whole])

    def _check(self, parts: np.ndarray) -> None:
        """Raise ValueError unless all have the same rank, and the type that was announced."""
        rank = len(parts[0, 2])
        for i, (_, values, shape) in enumerate(parts):
            demand(
                len(shape) == rank,
                f"Inconsistent shape across SparseTensors: rank prior to SparseTensor[{i}] was: {rank} but rank of "
                f"SparseTensor[{i}] is: {len(shape)}",
            )
            kind = dtypes.as_dtype(values.dtype)
            demand(
                kind == self.dtype_,
                f"Requested SparseTensor of type {c_name(self.dtype_)} but SparseTensor[{i}].values.dtype() == "
                f"{c_name(kind)}",
            )

    def gradient(self, tf, *inputs):
        return None
