"""Helpers for shape rules: requirements on input shapes, with TF1's messages where one is violated."""

from __future__ import annotations

from typing import Any

from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape

__all__ = ["with_rank", "with_rank_at_least", "with_size", "merge_sizes", "merge", "as_sizes", "demand"]


def demand(holds: Any, words: str) -> None:
    """Raise ValueError with these words, those of TF1's kernel, unless a condition holds."""
    if not holds:
        raise ValueError(words)


def with_rank(shape: TensorShape, rank: int) -> TensorShape:
    """Return the shape, with unknown sizes if its rank was unknown; ShapeError if it has another rank."""
    if shape.ndims is None:
        return unknown_shape(rank)
    if shape.ndims != rank:
        raise ShapeError(f"Shape must be rank {rank} but is rank {shape.ndims}")
    return shape


def with_rank_at_least(shape: TensorShape, rank: int) -> TensorShape:
    """Return the shape; ShapeError if it is known to have fewer axes."""
    if shape.ndims is not None and shape.ndims < rank:
        raise ShapeError(f"Shape must be at least rank {rank} but is rank {shape.ndims}")
    return shape


def with_size(found: int | None, wanted: int | None) -> int | None:
    """Return the size of an axis, merged with the size required of it; ShapeError if they differ."""
    if found is not None and wanted is not None and found != wanted:
        raise ShapeError(f"Dimension must be {wanted} but is {found}")
    return wanted if found is None else found


def as_sizes(vector: Any) -> TensorShape:
    """Return the shape that is the value of an input (a `StaticInput`), as far as it is known.

    ShapeError if it is not a vector or has a value below -1, which stands for an unknown size.
    """
    with_rank(vector.shape, 1)
    if vector.value is not None and vector.value.size and vector.value.min() < -1:
        raise ShapeError(f"Invalid value in tensor used for shape: {vector.value[vector.value < -1][0]}")
    return vector.as_shape


def merge_sizes(m: int | None, n: int | None) -> int | None:
    """Merge two sizes as far as they are known; ShapeError if they differ."""
    if m is not None and n is not None and m != n:
        raise ShapeError(f"Dimensions must be equal, but are {m} and {n}")
    return n if m is None else m


def merge(a: TensorShape, b: TensorShape) -> TensorShape:
    """Merge two shapes; ShapeError if they contradict each other."""
    if a.tuple is None or b.tuple is None:
        return b if a.tuple is None else a
    if len(a.tuple) != len(b.tuple):
        raise ShapeError(f"Shapes must be equal rank, but are {a.ndims} and {b.ndims}")
    for i, (m, n) in enumerate(zip(a.tuple, b.tuple)):
        if m is not None and n is not None and m != n:
            raise ShapeError(
                f"Dimension {i} in both shapes must be equal, but are {m} and {n}. "
                f"Shapes are {brackets(a)} and {brackets(b)}."
            )
    return TensorShape.of(tuple(n if m is None else m for m, n in zip(a.tuple, b.tuple)))
