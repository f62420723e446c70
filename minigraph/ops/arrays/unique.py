"""Distinct elements of vectors, and set differences."""

from collections import namedtuple
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.shape_rules import with_rank
from minigraph.graph.shapes import TensorShape

__all__ = ["unique", "unique_with_counts", "setdiff1d"]


class Unique(OpDef):
    """The distinct elements of a vector in order of appearance, and the index of each element's value among them."""

    out_idx: DType = dtypes.int32

    inputs = ("x",)
    outputs = ("y: T", "idx: out_idx")
    allowed = {"out_idx": dtypes.INDICES}

    def shape(self, x):
        if x.ndims is not None:
            with_rank(x, 1)
        return TensorShape.of((None,)), x

    def find(self, x):
        if x.ndim != 1:
            raise ValueError("unique expects a 1D vector.")
        _, first, inverse, counts = np.unique(
            x, return_index=True, return_inverse=True, return_counts=True, equal_nan=False
        )
        order = np.argsort(first)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        kind = self.out_idx.as_numpy_dtype
        return x[first[order]], rank[inverse.reshape(-1)].astype(kind), counts[order].astype(kind)

    def kernel(self, xp, x):
        return self.find(x)[:2]


class UniqueWithCounts(Unique):
    """As Unique, with the count of each value."""

    outputs = (*Unique.outputs, "count: out_idx")  # type: ignore[assignment]

    def shape(self, x):
        return TensorShape.of((None,)), x, TensorShape.of((None,))

    def kernel(self, xp, x):
        return self.find(x)


class ListDiff(OpDef):
    """The elements of x that are not in y, and their indices in x."""

    out_idx: DType = dtypes.int32

    inputs = ("x", "y")
    outputs = ("out: T", "idx: out_idx")
    allowed = {"out_idx": dtypes.INDICES}

    def shape(self, x, y):
        with_rank(x, 1)
        with_rank(y, 1)
        return TensorShape.of((None,)), TensorShape.of((None,))

    def kernel(self, xp, x, y):
        for name, value in (("x", x), ("y", y)):
            if np.ndim(value) != 1:
                raise ValueError(f"{name} should be a 1D vector.")
        places = np.flatnonzero(~np.isin(x, y))
        return x[places], places.astype(self.out_idx.as_numpy_dtype)


# The results of the functions, named as TF1 prints them.
_Unique = namedtuple("Unique", ["y", "idx"])  # type: ignore[name-match]
_UniqueWithCounts = namedtuple("UniqueWithCounts", ["y", "idx", "count"])  # type: ignore[name-match]
_ListDiff = namedtuple("ListDiff", ["out", "idx"])  # type: ignore[name-match]


def unique(x: Any, out_idx: Any = dtypes.int32, name: str | None = None) -> _Unique:
    """Return the distinct elements of a vector in order of appearance, and each element's index among them.

    Args:
        x: a vector.
        out_idx: the type of the indices.
        name: the name of the node.

    Example:
        >>> print(sess.run(tf.unique([7, 3, 7])))
        Unique(y=array([7, 3], dtype=int32), idx=array([0, 1, 0], dtype=int32))
    """
    return _Unique(*apply(Unique(as_dtype(out_idx)), x, name=name))


def unique_with_counts(x: Any, out_idx: Any = dtypes.int32, name: str | None = None) -> _UniqueWithCounts:
    """Return the result of `unique` and the count of each value.

    Example:
        >>> print(sess.run(tf.unique_with_counts([7, 3, 7])[2]))
        [2 1]
    """
    return _UniqueWithCounts(*apply(UniqueWithCounts(as_dtype(out_idx)), x, name=name))


def setdiff1d(x: Any, y: Any, index_dtype: Any = dtypes.int32, name: str | None = None) -> _ListDiff:
    """Return the elements of a vector that are not in another, and their indices.

    Args:
        x, y: vectors of one type.
        index_dtype: the type of the indices.
        name: the name of the node.

    Example:
        >>> print(sess.run(tf.setdiff1d([1, 2, 3], [2])))
        ListDiff(out=array([1, 3], dtype=int32), idx=array([0, 2], dtype=int32))
    """
    return _ListDiff(*apply(ListDiff(as_dtype(index_dtype)), x, y, name=name))
