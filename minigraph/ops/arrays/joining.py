"""The common part of `stack`, `unstack` and `add_n`: the axis, and the shape that all tensors have."""

from collections.abc import Iterable

from minigraph.graph.shape_rules import merge
from minigraph.graph.shapes import ShapeError, TensorShape, unknown_shape


def place_of(axis: int, ndims: int) -> int:
    """Return an axis counted from the front; ShapeError if it is out of range."""
    if not -ndims <= axis < ndims:
        raise ShapeError(f"Invalid axis: {axis}; must be in [{-ndims},{ndims})")
    return axis % ndims


def merge_all(numbered: Iterable) -> TensorShape:
    """Merge the shapes of (index, shape) pairs into the one shape that all have."""
    merged = unknown_shape()
    for i, shape in numbered:
        try:
            merged = merge(shape, merged)
        except ShapeError as error:
            raise ShapeError(f"{error}\n\tFrom merging shape {i} with other shapes.") from None
    return merged
