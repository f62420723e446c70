"""The arithmetic of reshaping: resolving a -1 in a shape, and checking the number of elements."""

import math

import numpy as np

from minigraph.graph.shapes import ShapeError, TensorShape, brackets

__all__ = ["completed", "static_shape", "whole_shape"]


def completed(shape: TensorShape, count: int | None) -> TensorShape:
    """Return the shape with its only unknown size computed from the number of elements, if that is known.

    Example:
        >>> print(completed(TensorShape([None, 3]), 12))
        (4, 3)
    """
    if shape.tuple is None or count is None or shape.tuple.count(None) != 1:
        return shape
    product = math.prod(d for d in shape.tuple if d is not None)
    if not product or count % product:
        return shape
    return TensorShape.of(tuple(count // product if d is None else d for d in shape.tuple))


def static_shape(wanted: TensorShape, sizes: list, count: int | None) -> TensorShape:
    """Return the static shape of `count` elements in constant sizes, `wanted` as a shape; ShapeError if it cannot be.

    Example:
        >>> print(static_shape(TensorShape([None, 3]), [-1, 3], 12))
        (4, 3)
    """
    if sizes.count(-1) > 1:
        return wanted  # an error, but at run time
    known = math.prod([d for d in sizes if d != -1])
    if -1 not in sizes and count not in (None, known):
        raise ShapeError(f"Cannot reshape a tensor with {count} elements to shape {brackets(sizes)} ({known} elements)")
    if -1 in sizes and count is not None and known and count % known:
        raise ShapeError(f"Dimension size must be evenly divisible by {known} but is {count}")
    return completed(wanted, count)


def _check_requested(sizes: list) -> None:
    open_places = [i for i, size in enumerate(sizes) if size == -1]
    if len(open_places) > 1:
        raise ValueError(f"Only one input size may be -1, not both {open_places[0]} and {open_places[1]}")
    for i, size in enumerate(sizes):
        if size < -1:
            raise ValueError(f"Size {i} must be non-negative, not {size}")


def whole_shape(given: tuple, shape: np.ndarray) -> tuple:
    """Return the shape to which one of the shape `given` is reshaped, with its -1 computed; ValueError if it cannot be.

    Example:
        >>> whole_shape((2, 6), np.array([-1, 4]))
        (3, 4)
    """
    if shape.ndim != 1:
        raise ValueError(f"sizes input must be 1-D, not {brackets(shape.shape)}")
    sizes = shape.tolist()
    _check_requested(sizes)
    if -1 in sizes:
        sizes[sizes.index(-1)] = _missing_size(given, [size for size in sizes if size != -1])
    count, wanted = math.prod(given), math.prod(sizes)
    if wanted != count:
        raise ValueError(f"Input to reshape is a tensor with {count} values, but the requested shape has {wanted}")
    return tuple(sizes)


def _missing_size(given: tuple, sizes: list) -> int:
    # sizes of zero on both sides cancel out: (0, 3) in the shape (-1, 0) is (3, 0)
    count = math.prod([n for n in given if n or 0 not in sizes])
    known = math.prod([n for n in sizes if n])
    if 0 not in given and count % known:
        both = f"{math.prod(given)} values, but the requested shape requires a multiple of {known}"
        raise ValueError(f"Input to reshape is a tensor with {both}")
    return count // known
