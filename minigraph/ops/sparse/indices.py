"""Index vectors of sparse tensors, as arrays: their order, and what is checked of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.graph.type_lists import types

__all__: list[str] = []

NUMBERS = types(
    "float32 float64 int32 uint8 int16 int8 complex64 int64 qint8 quint8 qint32 bfloat16 uint16 complex128 float16 "
    "uint32 uint64"
)
REALS = types("float32 float64 int32 uint8 int16 int8 int64 bfloat16 uint16 float16 uint32 uint64")
VECTOR = TensorShape.of((None,))


def matrix(columns: int | None) -> TensorShape:
    """Return the static shape of index vectors of that length."""
    return TensorShape.of((None, columns))


def length(vector: TensorShape) -> int | None:
    """Return the static size of a vector, None if it is not known."""
    return with_rank(vector, 1).tuple[0]


def check_parts(indices: Any, values: Any, shape: Any) -> None:
    """Raise ValueError unless three arrays are the parts of a sparse tensor."""
    demand(np.ndim(indices) == 2, f"Input indices should be a matrix but received shape {brackets(np.shape(indices))}")
    demand(np.ndim(values) == 1, f"Input values should be a vector but received shape {brackets(np.shape(values))}")
    demand(np.ndim(shape) == 1, f"Input shape should be a vector but received shape {brackets(np.shape(shape))}")
    demand(len(values) == len(indices), f"{len(values)} values for {len(indices)} index vectors")
    demand(
        indices.shape[1] == len(shape), f"Index rank and shape rank do not match: {indices.shape[1]} vs. {len(shape)}"
    )


def flat(indices: np.ndarray, shape: Any) -> np.ndarray:
    """Return the position of each index vector in the flat tensor of that shape."""
    strides = np.append(np.cumprod(np.asarray(shape, np.int64)[:0:-1])[::-1], np.int64(1))
    return indices @ strides[len(strides) - indices.shape[1] :]


def unflat(positions: np.ndarray, shape: Any) -> np.ndarray:
    """Return the index vectors of positions in the flat tensor."""
    result = np.zeros((len(positions), len(shape)), np.int64)
    for axis in range(len(shape)):
        stride = max(int(np.prod(shape[axis + 1 :], dtype=np.int64)), 1)
        result[:, axis] = np.sign(positions) * (np.abs(positions) // stride)  # as C++ divides
        positions = positions - result[:, axis] * stride
    return result


def ranked(indices: np.ndarray) -> np.ndarray:
    """Return numbers that are ordered as index vectors are, whether they are within bounds or not.

    Example:
        >>> print(ranked(np.array([[1, 0], [0, 7], [-1, 0], [1, 0]])))
        [16 15  0 16]
    """
    if not indices.size:
        return np.zeros(len(indices), np.int64)
    least = indices.min(axis=0)
    return flat(indices - least, indices.max(axis=0) - least + 1)


def check_bounds(indices: np.ndarray, shape: Any, words: str = "is out of bounds: need 0 <= index <") -> None:
    """Raise ValueError, in TF1's words, for an index vector that is outside."""
    outside = np.flatnonzero(((indices < 0) | (indices >= np.asarray(shape))).any(axis=1))
    if outside.size:
        at = outside[0]
        raise ValueError(f"indices[{at}] = {brackets(indices[at].tolist())} {words} {brackets(list(shape))}")


INT64 = dtypes.int64
