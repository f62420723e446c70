"""Scalar inputs whose values a shape rule needs."""

from __future__ import annotations

from typing import Any

from minigraph.graph.shape_rules import with_rank
from minigraph.graph.shapes import ShapeError

__all__ = ["scalar_value", "size_input"]


def scalar_value(input: Any) -> int | None:
    """Return the value of a scalar input (a `StaticInput`), or None if unknown; ShapeError if it is not a scalar."""
    with_rank(input.shape, 0)
    return None if input.value is None else int(input.value)


def size_input(input: Any, index: int) -> int | None:
    """Return the value of a size input (a `StaticInput`), or None if unknown; ShapeError if it is not a size.

    `index` is the input's position, for the message.
    """
    value = input.value
    if input.shape.ndims:
        raise ShapeError(f"Input must be scalar but has rank {input.shape.ndims}")
    if value is not None and value < 0:
        raise ShapeError(f"Dimension size, given by scalar input {index}, must be non-negative but is {value}")
    return None if value is None else int(value)
