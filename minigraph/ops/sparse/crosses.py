"""Crosses of features: every combination of the values in a row of several tensors."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.graph.type_lists import types
from minigraph.ops.arrays import cast
from minigraph.ops.rows.sparse_parts import sparse_parts
from minigraph.ops.sparse.indices import VECTOR, matrix
from minigraph.ops.strings.hashes import concatenated, fingerprint

__all__ = ["sparse_cross", "sparse_cross_hashed"]

_HASH_KEY = 0xDECAFCAFFE
_LARGEST = (1 << 63) - 1


class SparseCross(OpDef):
    """Every combination of the values of each row, joined to a text or hashed."""

    N: int
    sparse_types: tuple
    dense_types: tuple
    hashed_output: bool
    num_buckets: int
    hash_key: int
    out_type: DType
    internal_type: DType

    inputs = ("*indices: int64", "*values: *sparse_types", "*shapes: int64", "*dense_inputs: *dense_types")
    outputs = ("output_indices: int64", "output_values: out_type", "output_shape: int64")
    allowed = {"out_type": types("int64 string"), "internal_type": types("int64 string")}
    lengths = {"indices": "N", "values": "N", "shapes": "N", "dense_inputs": "dense_types"}
    minimum = {"indices": 0, "shapes": 0, "num_buckets": 0}

    def shape(self, *inputs):
        return matrix(2), VECTOR, TensorShape.of((2,))

    def kernel(self, xp, *inputs):
        n = self.N
        columns = [_rows(*parts) for parts in zip(inputs[:n], inputs[n : 2 * n], inputs[2 * n : 3 * n])]
        columns += [np.asarray(dense).tolist() for dense in inputs[3 * n :]]
        found = [[self._joined(each) for each in itertools.product(*row)] for row in zip(*columns)]
        return sparse_parts(found, np.int64 if self.hashed_output else object)

    def _joined(self, values: tuple) -> Any:
        if not self.hashed_output:
            return b"_X_".join([each if isinstance(each, bytes) else str(each).encode() for each in values])
        key = self.hash_key
        for each in values:
            key = concatenated(key, fingerprint(each) if isinstance(each, bytes) else each % (1 << 64))
        return key % (self.num_buckets or _LARGEST)

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


def _rows(indices: np.ndarray, values: np.ndarray, shape: np.ndarray) -> list[list]:
    """Return the values of each row of a sparse matrix."""
    rows: list[list] = [[] for _ in range(int(shape[0]))]
    for i, value in zip(indices[:, 0].tolist(), values.tolist()):
        rows[i].append(value)
    return rows


def sparse_cross(inputs: list, name: str | None = None) -> SparseTensor:
    """Return all combinations of the values in each row of several tensors, joined by "_X_".

    Args:
        inputs: a list of matrices, sparse or dense, of strings or integers, with one number of rows.
        name: the name of the node.

    Returns:
        A sparse matrix of strings.

    Raises:
        TypeError: if `inputs` is not a list of tensors.

    Example:
        >>> crosses = tf.sparse.cross([tf.constant([["a", "b"]]), tf.constant([["c"]])])
        >>> print(sess.run(crosses).values)
        [b'a_X_c' b'b_X_c']
    """
    return _cross(inputs, False, 0, None, name)


def sparse_cross_hashed(
    inputs: list, num_buckets: int = 0, hash_key: int | None = None, name: str | None = None
) -> SparseTensor:
    """Return hashes of all combinations of the values in each row of several tensors.

    Args:
        inputs: a list of matrices, as in `sparse_cross`.
        num_buckets: the number of different hashes; 0 for all of 63 bits.
        hash_key: what the hash begins with.
        name: the name of the node.

    Returns:
        A sparse matrix of int64.
    """
    return _cross(inputs, True, num_buckets, hash_key, name)


def _checked(inputs: list) -> list:
    if not isinstance(inputs, list):
        raise TypeError("Inputs must be a list")
    if not all(isinstance(each, (SparseTensor, Tensor)) for each in inputs):
        raise TypeError("All inputs must be SparseTensors")
    return inputs


def _cross(inputs: list, hashed: bool, buckets: int, key: int | None, name: str | None) -> SparseTensor:
    with get_default_graph().atomic():
        sparse = [each for each in _checked(inputs) if isinstance(each, SparseTensor)]
        values = [_text_or_integer(each.values) for each in sparse]
        dense = [_text_or_integer(each) for each in inputs if not isinstance(each, SparseTensor)]
        definition = _definition(_kinds(values), _kinds(dense), hashed, buckets, key or _HASH_KEY)
        indices, shapes = [each.indices for each in sparse], [each.dense_shape for each in sparse]
        return SparseTensor(*apply(definition, *indices, *values, *shapes, *dense, name=name))


def _definition(sparse: tuple, dense: tuple, hashed: bool, buckets: int, key: int) -> SparseCross:
    """Return the definition for inputs of these types."""
    inner = dtypes.string if {*sparse, *dense} <= {dtypes.string} else dtypes.int64
    outer = dtypes.int64 if hashed else dtypes.string
    return SparseCross(len(sparse), sparse, dense, hashed, buckets, key, outer, inner)


def _kinds(tensors: list[Tensor]) -> tuple[DType, ...]:
    return tuple([each.dtype.base_dtype for each in tensors])


def _text_or_integer(tensor: Tensor) -> Tensor:
    return tensor if tensor.dtype.base_dtype is dtypes.string else cast.cast(tensor, dtypes.int64)
