"""Errors for Python values that do not make an array of one type."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph.dtypes import DType

__all__ = ["not_dense", "no_common_type", "wrong_element"]


def not_dense(value: Any) -> Exception:
    """Return the error for nested lists whose rows differ in length."""
    shape: list[int] = []
    level = [value]
    while all(isinstance(v, (list, tuple)) for v in level) and len({len(v) for v in level}) == 1:
        shape.append(len(level[0]))
        level = [v for row in level for v in row]
    wanted, first = [], value
    while isinstance(first, (list, tuple)):
        wanted.append(len(first))
        first = first[0] if first else None
    if shape == wanted:
        return no_common_type(value)
    return ValueError(f"Argument must be a dense tensor: {value} - got shape {shape}, but wanted {wanted}.")


def no_common_type(value: Any) -> TypeError:
    """Return the error for elements of which some are strings or objects."""
    return TypeError(
        f"Failed to convert object of type {type(value)} to Tensor. Contents: {value}. Consider casting "
        "elements to a supported type."
    )


def wrong_element(item: Any, dtype: DType) -> TypeError:
    """Return the error for an element that the type does not take."""
    kind = "bool_" if isinstance(item, np.bool_) else type(item).__name__
    shown = item.item() if isinstance(item, np.generic) else item
    return TypeError(f"Expected {dtype.name}, got {shown!r} of type '{kind}' instead.")
