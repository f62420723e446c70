"""Static shapes: known, partly known (`(?, 10)`) and of unknown rank.

The rules of operations calculate with `TensorShape`; inside, a shape is a tuple of ints and Nones, or None for
an unknown rank. `Dimension` objects, which TF1 programs see as `t.shape[0]`, are made on demand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from minigraph.graph.dimension import Dimension, dimension_value
from minigraph.graph.read_only import read_only
from minigraph.graph.shape_methods import ShapeError, ShapeMethods

__all__ = ["Dimension", "TensorShape", "ShapeError", "brackets", "dimension_value"]


class TensorShape(ShapeMethods):
    """The shape of a tensor, as far as it is known before anything runs.

    Args:
        dims: None for an unknown rank, an int for a vector, or one entry an axis: an int, a `Dimension`, or None
            (also -1, as in protos) if the size is unknown.

    Example:
        >>> s = TensorShape([None, 10])
        >>> s, s.ndims, s.as_list(), s[1]
        (TensorShape([Dimension(None), Dimension(10)]), 2, [None, 10], Dimension(10))
        >>> print(s, TensorShape([3]), TensorShape(None))
        (?, 10) (3,) <unknown>
        >>> s.merge_with([32, None]).as_list()
        [32, 10]
        >>> s.merge_with([32, 9])
        Traceback (most recent call last):
        ...
        ValueError: Shapes (?, 10) and (32, 9) are not compatible
    """

    __slots__ = ("_dims",)

    def __init__(self, dims: Any):
        if isinstance(dims, TensorShape):
            self._dims: tuple | None = dims._dims
        elif dims is None or getattr(dims, "unknown_rank", False):
            self._dims = None
        elif isinstance(dims, (int, Dimension)):
            self._dims = (Dimension(dims)._value,)
        elif isinstance(dims, str):
            raise TypeError(f"A string has ambiguous TensorShape, please wrap in a list or convert to an int: {dims}")
        else:
            sizes = _proto_dims(dims)
            self._dims = tuple(d if d is None or type(d) is int and d >= 0 else Dimension(d)._value for d in sizes)

    @classmethod
    def of(cls, dims: tuple | None) -> TensorShape:
        """Build a shape from a valid tuple of ints and Nones without checks (it is fast, for rules)."""
        shape = cls.__new__(cls)
        shape._dims = dims
        return shape

    tuple: Any = read_only("_dims", "The sizes as a tuple of ints and Nones; None if the rank is unknown.")

    @property
    def ndims(self) -> int | None:
        """The rank, or None."""
        return None if self._dims is None else len(self._dims)

    rank = ndims

    def as_list(self) -> list:
        """Return the sizes as a list of ints and Nones; ValueError if the rank is unknown."""
        if self._dims is None:
            raise ValueError("as_list() is not defined on an unknown TensorShape.")
        return list(self._dims)

    def num_elements(self) -> int | None:
        """Return the number of elements, or None if it is not known."""
        return math.prod(self._dims or ()) if self.is_fully_defined() else None

    def is_fully_defined(self) -> bool:
        """Return True if the rank and every size are known."""
        return self._dims is not None and None not in self._dims

    def is_compatible_with(self, other: Any) -> bool:
        """Return True if a tensor could have both shapes."""
        a, b = self._dims, as_shape(other)._dims
        if a is None or b is None:
            return True
        return len(a) == len(b) and all(x is None or y is None or x == y for x, y in zip(a, b))

    def __eq__(self, other: Any) -> bool:
        """Compare two shapes as TF1 does: an unknown size equals none, not even another unknown one."""
        try:
            return self is other or self._dims == as_shape(other)._dims and None not in (self._dims or ())
        except TypeError:
            return NotImplemented

    def __ne__(self, other: Any) -> bool:
        try:
            other = as_shape(other)
        except TypeError:
            return NotImplemented
        if self._dims is None or other._dims is None:
            raise ValueError("The inequality of unknown TensorShapes is undefined.")
        return self._dims != other._dims or None in self._dims

    def __hash__(self) -> int:
        return hash(self._dims)

    def __repr__(self) -> str:
        return f"TensorShape({self.dims})"

    def __str__(self) -> str:
        if self._dims is None:
            return "<unknown>"
        text = ", ".join("?" if d is None else str(d) for d in self._dims)
        return f"({text},)" if len(self._dims) == 1 else f"({text})"

    def __reduce__(self):
        return TensorShape, (self._dims,)


def _proto_dims(dims: Any) -> Iterable:
    """Return the entries of a list of sizes or of a TensorShapeProto."""
    if hasattr(dims, "unknown_rank"):
        return [None if d.size == -1 else d.size for d in dims.dim]
    try:
        return list(dims)
    except TypeError:
        return [int(dims)]


def as_shape(shape: Any) -> TensorShape:
    """Convert a shape, a list, an int or None to a `TensorShape`."""
    return shape if isinstance(shape, TensorShape) else TensorShape(shape)


def unknown_shape(ndims: int | None = None) -> TensorShape:
    """Return a shape of unknown rank, or of `ndims` unknown sizes."""
    return TensorShape.of(None if ndims is None else (None,) * ndims)


def broadcast(a: TensorShape, b: TensorShape) -> TensorShape:
    """Return the result shape of an elementwise operation; ShapeError if two known sizes differ and neither is 1."""
    x, y = a._dims, b._dims
    if x is None or y is None:
        return unknown_shape()
    if x == y and None not in x:
        return a
    if len(x) < len(y):
        x = (1,) * (len(y) - len(x)) + x
    elif len(y) < len(x):
        y = (1,) * (len(x) - len(y)) + y
    return TensorShape.of(tuple(_broadcast_sizes(m, n) for m, n in zip(x, y)))


def _broadcast_sizes(m: int | None, n: int | None) -> int | None:
    if m == n or n == 1:
        return m
    if m == 1:
        return n
    if m is None or n is None:  # the other can only be 1 or equal to a known size above 1; TF1 infers nothing from 0
        return (n if m is None else m) or None
    raise ShapeError(f"Dimensions must be equal, but are {m} and {n}")


def brackets(shape: Any) -> str:
    """Format a shape as TF1's kernels do: `[2,?]`."""
    sizes = shape._dims if isinstance(shape, TensorShape) else shape
    return "<unknown>" if sizes is None else "[" + ",".join("?" if d is None else str(d) for d in sizes) + "]"
